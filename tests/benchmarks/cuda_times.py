"""The times that `cuda_check` takes, and the data that it draws."""

from __future__ import annotations

import statistics
import time
from functools import partial
from typing import TYPE_CHECKING

import torch

from workbench.engine.checkpoints import snapshot as snapshots
from workbench.engine.data.dataset import FASHION_MNIST_SPEC, Dataset
from workbench.engine.models.mlp import NeuralNetwork
from workbench.engine.optim.lr_schedules import SCHEDULES
from workbench.engine.protocol.events import EpochTested
from workbench.engine.recipe import Recipe
from workbench.engine.training.stepper import Stepper
from workbench.engine.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def drawn_data(train: int = 60_000, test: int = 10_000) -> Dataset:
    """Ten classes of images, each a pattern with noise; bytes, as Fashion-MNIST is read."""
    generator = torch.Generator().manual_seed(0)
    patterns = torch.randint(0, 200, (10, 1, 28, 28), generator=generator)

    def part(count: int) -> tuple[torch.Tensor, torch.Tensor]:
        labels = torch.randint(0, 10, (count,), generator=generator)
        noise = torch.randint(0, 256, (count, 1, 28, 28), generator=generator)
        return ((patterns[labels] + noise) // 2).to(torch.uint8), labels

    return Dataset("fashion-mnist", FASHION_MNIST_SPEC, *part(train), *part(test))


def recipe_on(device: str, optimizer: str = "sgd", model: str = "mlp", schedule: str = "", **values: object) -> Recipe:
    """A recipe of a short training."""
    values = {"learning_rate": 1e-2 if optimizer == "sgd" else 1e-3, "epochs": 2, **values}
    choices = {"optimizer": optimizer, "model": model, "schedule": schedule or SCHEDULES.default}
    return Recipe(device=device, **choices, values=values)


class Times:
    """The measurements on a CUDA device; each prints its lines.

    Args:
        device: to train on.
        data: of the size of Fashion-MNIST.
        rounds: epochs of each way, one after the other in each round.
    """

    def __init__(self, device: str, data: Dataset, rounds: int) -> None:
        self.device, self.data, self.rounds = device, data, rounds

    def snapshot_costs(self) -> None:
        for optimizer in ("sgd", "adam"):
            stepper = Stepper(recipe_on(self.device, optimizer), self.data)
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
        trainer = Trainer(recipe_on(self.device, **settings, epochs=1000, learning_rate=1e-3), data)
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
            stepper = Stepper(recipe_on(self.device, optimizer, cuda_graph=True), self.data)
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
