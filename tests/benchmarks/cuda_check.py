"""Checks and times the training on an NVIDIA GPU: `python -m tests.benchmarks.cuda_check`.

It needs no data set: the images are drawn, in the form of Fashion-MNIST. Every table says what it is. It takes about a
minute on a large GPU. With `--device cpu` it tries the script itself.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import tempfile
import time
import traceback
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from tests.benchmarks.cuda_times import Times, drawn_data, recipe_on
from workbench.engine.checkpoints.checkpoint import load_checkpoint, save_checkpoint
from workbench.engine.data.unit_floats import UnitFloats, has_exact_bytes
from workbench.engine.history.records import ScheduledChange
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.commands import Resume
from workbench.engine.protocol.events import GraphGivenUp, RunEnded, Travelled
from workbench.engine.training import step_graphs
from workbench.engine.training.stepper import Stepper
from workbench.engine.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.engine.data.dataset import Dataset
    from workbench.engine.recipe import Recipe

REPLAYS = [0]
OPTIMIZERS = {
    "sgd": ("sgd", {}),
    "sgd, momentum": ("sgd", {"momentum": 0.9, "weight_decay": 1e-3}),
    "sgd, nesterov": ("sgd", {"momentum": 0.9, "nesterov": True}),
    "adam": ("adam", {}),
    "adamw": ("adamw", {}),
}


def count_replays() -> None:
    """Let `REPLAYS` count the replays of all graphs."""
    (capture,) = step_graphs.StepGraphs.__init__.__defaults__

    def counting(step: object, inputs: torch.Tensor, targets: torch.Tensor) -> object:
        replay = capture(step, inputs, targets)

        call = type(replay).__call__

        def counted(self: object, *arguments: torch.Tensor) -> object:
            REPLAYS[0] += 1
            return call(self, *arguments)

        if call.__name__ != "counted":
            type(replay).__call__ = counted
        return replay

    step_graphs.StepGraphs.__init__.__defaults__ = (counting,)


@contextmanager
def without_graphs() -> Iterator[None]:
    """Train as with a graph, but step by step."""
    before = step_graphs.SETTLED
    step_graphs.SETTLED = 1 << 40
    try:
        yield
    finally:
        step_graphs.SETTLED = before


class Check:
    """The checks; each prints its lines and returns."""

    def __init__(self, device: str, data: Dataset) -> None:
        self.device, self.data = device, data
        self.small = dataclasses.replace(
            data, train_inputs=data.train_inputs[:8000], train_targets=data.train_targets[:8000]
        )
        self.failures = 0

    def say(self, good: bool, text: str) -> None:
        self.failures += not good
        print("ok  " if good else "FAIL", text, flush=True)

    def trained(self, recipe: Recipe, changes: list[ScheduledChange] | None = None) -> tuple[str, Trainer]:
        trainer = Trainer(recipe, self.small, scheduled=changes or ())
        for event in trainer.run():
            if isinstance(event, GraphGivenUp):
                self.say(False, f"given up: {event.problem}")
            if isinstance(event, RunEnded) and event.problem is not None:
                self.say(False, str(event.problem))
        return weights_sha256(trainer.weights)[:8], trainer

    def bytes_are_exact(self) -> None:
        device = torch.device(self.device)
        print(f"     images stay bytes on the device: {has_exact_bytes(device)}")
        levels = torch.arange(256, dtype=torch.uint8)
        by_number = levels.to(device).float().div(255).cpu()
        print(f"     … divided by a number instead: {int((by_number != levels.float() / 255).sum())} of 256 differ")
        there = self.data.to(device)
        ours = UnitFloats(there.train_inputs).batch(100, 164).cpu()
        self.say(torch.equal(ours, UnitFloats(self.data.train_inputs).batch(100, 164)), "a batch has the CPU's bits")

    def graphs_have_the_bits_of_steps(self) -> None:
        for model in ("mlp", "mlp-dropout"):
            for name, (optimizer, values) in OPTIMIZERS.items():
                settings = {"optimizer": optimizer, "model": model, **values}
                REPLAYS[0] = 0
                graph, _ = self.trained(recipe_on(self.device, **settings, cuda_graph=True))
                replays = REPLAYS[0]
                with without_graphs():
                    eager, _ = self.trained(recipe_on(self.device, **settings, cuda_graph=True))
                again, _ = self.trained(recipe_on(self.device, **settings, cuda_graph=True))
                fused, _ = self.trained(recipe_on(self.device, **settings, fused=True))
                plain, _ = self.trained(recipe_on(self.device, **settings))
                also = [text for text, sha in (("fused", fused), ("plain torch", plain)) if sha == graph]
                good = graph == eager == again and replays > 0
                self.say(good, f"{model}, {name}: graph = single steps; {replays} replays; also equal: {also}")

    def other_networks(self) -> None:
        cases = {"mlp-custom": {"batch_norm": True, "dropout": 0.1}, "cnn": {}, "resnet8": {}}
        for model, values in cases.items():
            for optimizer in ("sgd", "adam"):
                REPLAYS[0] = 0
                settings = {"optimizer": optimizer, "model": model, "epochs": 1, **values}
                times = []
                shas = []
                for has_graph in (True, False):
                    start = time.perf_counter()
                    with nullcontext() if has_graph else without_graphs():
                        shas.append(self.trained(recipe_on(self.device, **settings, cuda_graph=True))[0])
                    times.append(time.perf_counter() - start)
                took = f"{times[0]:.2f} s with the proof, {times[1]:.2f} s without a graph"
                self.say(
                    shas[0] == shas[1], f"{model}, {optimizer}: graph = single steps; {REPLAYS[0]} replays; {took}"
                )

    def changes_are_honoured(self) -> None:
        cases = {
            "a new rate": ([ScheduledChange(120, "learning_rate", 0.05)], {}),
            "two rates": (
                [ScheduledChange(100, "learning_rate", 0.05), ScheduledChange(101, "learning_rate", 0.02)],
                {},
            ),
            "momentum": ([ScheduledChange(110, "momentum", 0.9)], {}),
            "weight decay": ([ScheduledChange(110, "weight_decay", 0.1)], {}),
            "clipping": ([ScheduledChange(110, "clip_norm", 0.1)], {}),
            "batch size": ([ScheduledChange(110, "batch_size", 100)], {}),
            "dropout": ([ScheduledChange(110, "dropout", 0.5)], {"model": "mlp-dropout"}),
            "a cosine schedule": ([], {"schedule": "cosine"}),
            "shuffled": ([], {"shuffle": True}),
            "flipped and turned": ([], {"flip": True, "rotation": 10.0}),
            "held out": ([], {"validation_share": 0.1}),
        }
        for name, (changes, settings) in cases.items():
            graph, _ = self.trained(recipe_on(self.device, **settings, cuda_graph=True), changes)
            with without_graphs():
                eager, _ = self.trained(recipe_on(self.device, **settings, cuda_graph=True), changes)
            unchanged, _ = self.trained(recipe_on(self.device, model=settings.get("model", "mlp"), cuda_graph=True))
            self.say(graph == eager != unchanged, f"{name}: graph = single steps, and not without it")

    def travel_and_resume_are_exact(self) -> None:
        for has_graph in (False, True):
            for model in ("cnn", "resnet8"):
                expected, trainer = self.trained(recipe_on(self.device, "sgd", model, cuda_graph=has_graph))
                arrived = [event for event in trainer.travel(137) if isinstance(event, Travelled)]
                list(trainer.resume(Resume()))
                good = bool(arrived) and arrived[0].differed_at is None
                good = good and weights_sha256(trainer.weights)[:8] == expected
                self.say(good, f"{model}, {'graph' if has_graph else 'eager'}: back to step 137 and on again")
            for name in ("sgd", "sgd, momentum", "adam"):
                optimizer, values = OPTIMIZERS[name]
                recipe = recipe_on(self.device, optimizer, "mlp-dropout", cuda_graph=has_graph, shuffle=True, **values)
                way = f"{name}, dropout, {'graph' if has_graph else 'eager'}"
                expected, trainer = self.trained(recipe)
                arrived = [event for event in trainer.travel(137) if isinstance(event, Travelled)]
                list(trainer.resume(Resume()))
                found = weights_sha256(trainer.weights)[:8]
                good = bool(arrived) and arrived[0].differed_at is None and found == expected
                self.say(good, f"{way}: back to step 137 and on again")
                first = Trainer(recipe, self.small, stop_after=150)
                list(first.run())
                with tempfile.TemporaryDirectory() as folder:
                    path = Path(folder) / "state.checkpoint"
                    save_checkpoint(first.checkpoint(), path)
                    second = Trainer(recipe, self.small, checkpoint=load_checkpoint(path))
                list(second.run())
                self.say(weights_sha256(second.weights)[:8] == expected, f"{way}: resumed from a file at step 150")

    def tests_equal_the_cpus_way(self) -> None:
        stepper = Stepper(
            recipe_on(
                self.device,
            ),
            self.data,
        )
        result = stepper.test(64, lambda batches: batches)
        total, correct, count = 0.0, 0.0, 0
        with torch.no_grad():
            for start in range(0, len(self.data.test_inputs), 64):
                stop = start + 64
                outputs = stepper.model(UnitFloats(stepper.data.test_inputs).batch(start, stop))
                targets = stepper.data.test_targets[start:stop]
                total += stepper.loss_fn(outputs, targets).item()
                correct += (outputs.argmax(1) == targets).type(torch.float).sum().item()
                count += 1
        expected = total / count, correct / len(self.data.test_inputs)
        self.say(expected == tuple(result)[:2], "a test gives what reading each batch gives")


def main(words: list[str] | None = None) -> int:
    """Run the checks; returns 1 if one failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(words)
    if options.device != "cpu":
        properties = torch.cuda.get_device_properties(options.device)
        print(f"{properties.name}, {properties.total_memory / 2**30:.0f} GiB, torch {torch.__version__}")
        count_replays()
    data = drawn_data()
    check, times = Check(options.device, data), Times(options.device, data, options.rounds)
    parts = [
        check.bytes_are_exact,
        check.tests_equal_the_cpus_way,
        check.graphs_have_the_bits_of_steps,
        check.other_networks,
        check.changes_are_honoured,
        check.travel_and_resume_are_exact,
    ]
    if options.device != "cpu":
        parts += [times.snapshot_costs, times.step_times, times.epoch_times]
    for part in parts:
        start = time.perf_counter()
        print(f"-- {part.__name__.replace('_', ' ')}", flush=True)
        try:
            part()
        except Exception:  # noqa: BLE001  # the other parts are still worth the machine's time
            check.failures += 1
            traceback.print_exc(limit=8)
        print(f"     {time.perf_counter() - start:.1f} s", flush=True)
    print(f"{check.failures} failed" if check.failures else "all good")
    return 1 if check.failures else 0


if __name__ == "__main__":
    sys.exit(main())
