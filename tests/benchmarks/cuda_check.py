"""Checks and times the training on an NVIDIA GPU: `python -m tests.benchmarks.cuda_check`.

It needs no data set: the images are drawn, in the form of Fashion-MNIST. Every table says what it is. It takes about a
minute on a large GPU. With `--device cpu` it tries the script itself.
"""

from __future__ import annotations

import argparse
import dataclasses
import statistics
import sys
import tempfile
import time
import traceback
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from workbench.engine.checkpoints import snapshot as snapshots
from workbench.engine.checkpoints.checkpoint import load_checkpoint, save_checkpoint
from workbench.engine.data.dataset import FASHION_MNIST_SPEC, Dataset
from workbench.engine.data.unit_floats import UnitFloats, has_exact_bytes
from workbench.engine.history.records import ScheduledChange
from workbench.engine.models.mlp import NeuralNetwork
from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.commands import Resume
from workbench.engine.protocol.events import EpochTested, GraphGivenUp, RunEnded, Travelled
from workbench.engine.recipe import Recipe
from workbench.engine.training import step_graphs
from workbench.engine.training.stepper import Stepper
from workbench.engine.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPLAYS = [0]
OPTIMIZERS = {
    "sgd": ("sgd", {}),
    "sgd, momentum": ("sgd", {"momentum": 0.9, "weight_decay": 1e-3}),
    "sgd, nesterov": ("sgd", {"momentum": 0.9, "nesterov": True}),
    "adam": ("adam", {}),
    "adamw": ("adamw", {}),
}


def drawn_data(train: int = 60_000, test: int = 10_000) -> Dataset:
    """Ten classes of images, each a pattern with noise; bytes, as Fashion-MNIST is read."""
    generator = torch.Generator().manual_seed(0)
    patterns = torch.randint(0, 200, (10, 1, 28, 28), generator=generator)

    def part(count: int) -> tuple[torch.Tensor, torch.Tensor]:
        labels = torch.randint(0, 10, (count,), generator=generator)
        noise = torch.randint(0, 256, (count, 1, 28, 28), generator=generator)
        return ((patterns[labels] + noise) // 2).to(torch.uint8), labels

    return Dataset("fashion-mnist", FASHION_MNIST_SPEC, *part(train), *part(test))


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

    def __init__(self, device: str, data: Dataset, rounds: int) -> None:
        self.device, self.data, self.rounds = device, data, rounds
        self.small = dataclasses.replace(
            data, train_inputs=data.train_inputs[:8000], train_targets=data.train_targets[:8000]
        )
        self.failures = 0

    def say(self, good: bool, text: str) -> None:
        self.failures += not good
        print("ok  " if good else "FAIL", text, flush=True)

    def recipe(
        self, optimizer: str = "sgd", model: str = "mlp", schedule: str = "constant", **values: object
    ) -> Recipe:
        rate = 1e-2 if optimizer == "sgd" else 1e-3
        values = {"learning_rate": rate, "epochs": 2, **values}
        return Recipe(device=self.device, optimizer=optimizer, model=model, schedule=schedule, values=values)

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
                graph, _ = self.trained(self.recipe(**settings, cuda_graph=True))
                replays = REPLAYS[0]
                with without_graphs():
                    eager, _ = self.trained(self.recipe(**settings, cuda_graph=True))
                again, _ = self.trained(self.recipe(**settings, cuda_graph=True))
                fused, _ = self.trained(self.recipe(**settings, fused=True))
                plain, _ = self.trained(self.recipe(**settings))
                also = [text for text, sha in (("fused", fused), ("plain torch", plain)) if sha == graph]
                good = graph == eager == again and replays > 0
                self.say(good, f"{model}, {name}: graph = single steps; {replays} replays; also equal: {also}")

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
        }
        for name, (changes, settings) in cases.items():
            graph, _ = self.trained(self.recipe(**settings, cuda_graph=True), changes)
            with without_graphs():
                eager, _ = self.trained(self.recipe(**settings, cuda_graph=True), changes)
            unchanged, _ = self.trained(self.recipe(model=settings.get("model", "mlp"), cuda_graph=True))
            self.say(graph == eager != unchanged, f"{name}: graph = single steps, and not without it")

    def travel_and_resume_are_exact(self) -> None:
        for has_graph in (False, True):
            for name in ("sgd", "sgd, momentum", "adam"):
                optimizer, values = OPTIMIZERS[name]
                recipe = self.recipe(optimizer, "mlp-dropout", cuda_graph=has_graph, shuffle=True, **values)
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
        stepper = Stepper(self.recipe(), self.data)
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

    def snapshot_costs(self) -> None:
        for optimizer in ("sgd", "adam"):
            stepper = Stepper(self.recipe(optimizer), self.small)
            for trained in stepper.steps():
                stepper.count(trained)
            for name, room in (("on the device", snapshots.has_room), ("on the CPU", lambda *_: False)):
                before, snapshots.has_room = snapshots.has_room, room
                kept, times = [], []
                for _ in range(30):
                    self.wait()
                    start = time.perf_counter()
                    kept.append(stepper.snapshot())
                    self.wait()
                    times.append(time.perf_counter() - start)
                snapshots.has_room = before
                print(f"     a snapshot {name}, {optimizer}: {1e3 * statistics.median(times):.3f} ms")

    # Times

    def wait(self) -> None:
        if self.device != "cpu":
            torch.cuda.synchronize()

    def plain_epochs(self, optimizer: str, reads: bool) -> Iterator[None]:
        """The simplest loop over floats on the device; `reads` each hundredth loss as the tutorial does."""
        device, data = torch.device(self.device), self.data.as_floats()
        images, labels = data.train_inputs.to(device), data.train_targets.to(device)
        test_images, test_labels = data.test_inputs.to(device), data.test_targets.to(device)
        torch.manual_seed(0)
        model, loss_fn = NeuralNetwork().to(device), torch.nn.CrossEntropyLoss()
        kind = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[optimizer]
        stepping = kind(model.parameters(), lr=1e-3)
        while True:
            model.train()
            for batch, start in enumerate(range(0, len(images), 64)):
                loss = loss_fn(model(images[start : start + 64]), labels[start : start + 64])
                loss.backward()
                stepping.step()
                stepping.zero_grad()
                if reads and batch % 100 == 0:
                    loss.item()
            self.wait()
            yield
            model.eval()
            with torch.no_grad():
                for start in range(0, len(test_images), 64):
                    model(test_images[start : start + 64]).argmax(1).eq(test_labels[start : start + 64]).sum()
            self.wait()
            yield

    def our_epochs(self, data: Dataset, **settings: object) -> Iterator[None]:
        """Our Trainer as the command line uses it: it yields after each epoch's training and after its test."""
        trainer = Trainer(self.recipe(**settings, epochs=1000, learning_rate=1e-3), data)
        run = trainer.stepper.test

        def test(*arguments: object) -> object:
            self.wait()
            marks.append(time.perf_counter())
            return run(*arguments)

        marks: list[float] = []
        trainer.stepper.test = test
        for event in trainer.run():
            if isinstance(event, EpochTested):
                self.wait()
                yield marks[-1]

    def step_times(self) -> None:
        for optimizer in ("sgd", "adam"):
            stepper = Stepper(self.recipe(optimizer, cuda_graph=True), self.small)
            batches = [(trained, stepper.count(trained))[0] for trained in stepper.steps()]
            (graph,) = stepper._graphs._graphs.values()
            inputs = torch.zeros(64, 1, 28, 28, device=self.device)
            targets = batches[0].targets
            calls = {"kernels alone": graph._graph.replay, "a replay": partial(graph, inputs, targets)}
            for name, call in calls.items():
                self.wait()
                start = time.perf_counter()
                for _ in range(1000):
                    call()
                issued = time.perf_counter() - start
                self.wait()
                done = time.perf_counter() - start
                print(f"     {optimizer}, {name}: {1e3 * done:.0f} µs; started by Python in {1e3 * issued:.0f} µs")

    def epoch_times(self) -> None:
        for optimizer in ("sgd", "adam"):
            ways: dict[str, Callable[[], Iterator[object]]] = {
                "plain loop on the device": lambda o=optimizer: self.plain_epochs(o, reads=True),
                "ours, eager": lambda o=optimizer: self.our_epochs(self.data, optimizer=o),
                "ours, eager, fused": lambda o=optimizer: self.our_epochs(self.data, optimizer=o, fused=True),
                "ours, CUDA graph": lambda o=optimizer: self.our_epochs(self.data, optimizer=o, cuda_graph=True),
                "ours, CUDA graph, batch 512": lambda o=optimizer: self.our_epochs(
                    self.data, optimizer=o, cuda_graph=True, batch_size=512
                ),
                "ours, eager, batch 512": lambda o=optimizer: self.our_epochs(self.data, optimizer=o, batch_size=512),
            }
            running = {}
            for name, way in ways.items():
                torch.cuda.reset_peak_memory_stats()
                held = torch.cuda.memory_allocated()
                running[name] = way()
                self.epoch(name, running[name])  # warms up
                peak = torch.cuda.max_memory_allocated() - held
                print(f"     {optimizer}, {name}: peak memory {peak / 2**20:.0f} MiB", flush=True)
            times: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
            for _ in range(self.rounds):
                for name, epochs in running.items():
                    times[name].append(self.epoch(name, epochs))
            reference = statistics.median(train for train, _ in times["plain loop on the device"])
            for name, found in times.items():
                train, test = (statistics.median(column) for column in zip(*found, strict=True))
                spread = f"{min(row[0] for row in found):.3f} to {max(row[0] for row in found):.3f}"
                print(
                    f"     {optimizer}, {name}: train {train:.3f} s ({spread}), test {test:.3f} s; "
                    f"{train / reference:.2f} of the plain loop",
                    flush=True,
                )

    def epoch(self, name: str, epochs: Iterator[object]) -> tuple[float, float]:
        """Seconds of an epoch's training and of its test."""
        start = time.perf_counter()
        mark = next(epochs)
        if name.startswith("plain"):
            middle = time.perf_counter()
            next(epochs)
        else:
            middle = mark
        return middle - start, time.perf_counter() - middle


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
    check = Check(options.device, drawn_data(), options.rounds)
    parts = [
        check.bytes_are_exact,
        check.tests_equal_the_cpus_way,
        check.graphs_have_the_bits_of_steps,
        check.changes_are_honoured,
        check.travel_and_resume_are_exact,
    ]
    if options.device != "cpu":
        parts += [check.snapshot_costs, check.step_times, check.epoch_times]
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
