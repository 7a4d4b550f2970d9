"""Ways of training the tutorial's job, for comparison: `python -m tests.benchmarks.contenders NAME ROOT [DATASET]`.

All train the same network on the same data with SGD at 1e-3 and batches of 64, and evaluate at the end of the epoch.
Each waits for its turn before every epoch (see `turns`).
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.utils.data import DataLoader

from tests.benchmarks.turns import Turns, turns
from workbench.engine.data.datasets import load_dataset
from workbench.engine.models.mlp import NeuralNetwork
from workbench.engine.protocol.events import EpochStarted, EpochTested
from workbench.engine.recipe import Recipe
from workbench.engine.training import trainer_state
from workbench.engine.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable

MANY = 1000
"""Epochs; the process that gives the turns ends this one long before."""


def ours(root: Path, turns: Turns, dataset: str = "fashion-mnist") -> None:
    """Our Trainer, as the command line uses it."""
    recipe = Recipe(dataset=dataset, values={"epochs": MANY})
    trainer = Trainer(recipe, load_dataset(dataset, root, lambda *_: None))
    for event in trainer.run():
        if isinstance(event, EpochStarted):
            turns.begin()
        elif isinstance(event, EpochTested):
            turns.end()


def unwatched(root: Path, turns: Turns, dataset: str = "fashion-mnist") -> None:
    """Our Trainer; its threads always spin while they wait for each other, and nothing watches them."""
    trainer_state.adapted_waits = lambda *_: contextlib.nullcontext()
    ours(root, turns, dataset)


def plain(root: Path, turns: Turns) -> None:
    """The simplest loop over the images as one tensor: no running accuracy, no commands, no history."""
    data = load_dataset("fashion-mnist", root, lambda *_: None).as_floats()
    model, loss_fn, optimizer = _job()
    for _ in range(MANY):
        turns.begin()
        model.train()
        for batch, start in enumerate(range(0, len(data.train_inputs), 64)):
            loss = loss_fn(model(data.train_inputs[start : start + 64]), data.train_targets[start : start + 64])
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            if batch % 100 == 0:
                loss.item()
        model.eval()
        total, correct = 0.0, 0.0
        with torch.no_grad():
            for start in range(0, len(data.test_inputs), 64):
                logits = model(data.test_inputs[start : start + 64])
                labels = data.test_targets[start : start + 64]
                total += loss_fn(logits, labels).item()
                correct += (logits.argmax(1) == labels).type(torch.float).sum().item()
        turns.end()


def tutorial(root: Path, turns: Turns) -> None:
    """The tutorial's procedure: DataLoader, ToTensor for each image."""
    _with_loaders(root, turns, lambda *_: None)


def tensorboard(root: Path, turns: Turns) -> None:
    """The tutorial's procedure; TensorBoard's SummaryWriter logs every batch."""
    from torch.utils.tensorboard import SummaryWriter

    writer = SummaryWriter(tempfile.mkdtemp())
    _with_loaders(root, turns, lambda loss, step: writer.add_scalar("loss", loss.item(), step))


def lightning(root: Path, turns: Turns) -> None:
    """Lightning's Trainer at its defaults, over the tutorial's loaders."""
    import lightning as lit

    class Job(lit.LightningModule):
        def __init__(self) -> None:
            super().__init__()
            self.model, self.loss_fn, _ = _job()

        def training_step(self, batch: list[torch.Tensor], _index: int) -> torch.Tensor:
            loss = self.loss_fn(self.model(batch[0]), batch[1])
            self.log("loss", loss)
            return loss

        def validation_step(self, batch: list[torch.Tensor], _index: int) -> None:
            logits = self.model(batch[0])
            self.log("test_loss", self.loss_fn(logits, batch[1]))
            self.log("accuracy", (logits.argmax(1) == batch[1]).float().mean())

        def configure_optimizers(self) -> torch.optim.Optimizer:
            return torch.optim.SGD(self.parameters(), lr=1e-3)

    class TakesTurns(lit.Callback):
        """A turn lasts from one start of an epoch to the next: evaluation and checkpoint are part of it."""

        def on_train_epoch_start(self, *_: object) -> None:
            if turns.began:
                turns.end()
            turns.begin()

    train, test = _loaders(root)
    trainer = lit.Trainer(
        max_epochs=MANY, default_root_dir=tempfile.mkdtemp(), accelerator="cpu", callbacks=[TakesTurns()]
    )
    trainer.fit(Job(), train, test)


CONTENDERS = {function.__name__: function for function in (plain, ours, unwatched, tutorial, tensorboard, lightning)}


def _job() -> tuple[nn.Module, nn.Module, torch.optim.Optimizer]:
    torch.manual_seed(0)
    model = NeuralNetwork()
    return model, nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=1e-3)


def _loaders(root: Path) -> tuple[DataLoader, DataLoader]:
    from torchvision import datasets
    from torchvision.transforms import ToTensor

    parts = (datasets.FashionMNIST(root, train=train, transform=ToTensor()) for train in (True, False))
    train, test = (DataLoader(part, batch_size=64) for part in parts)
    return train, test


def _with_loaders(root: Path, turns: Turns, log: Callable[[torch.Tensor, int], None]) -> None:
    train, test = _loaders(root)
    model, loss_fn, optimizer = _job()
    step = 0
    for _ in range(MANY):
        turns.begin()
        model.train()
        for batch, (images, labels) in enumerate(train):
            loss = loss_fn(model(images), labels)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            log(loss, step)
            step += 1
            if batch % 100 == 0:
                loss.item()
        model.eval()
        total, correct = 0.0, 0.0
        with torch.no_grad():
            for images, labels in test:
                logits = model(images)
                total += loss_fn(logits, labels).item()
                correct += (logits.argmax(1) == labels).type(torch.float).sum().item()
        turns.end()


if __name__ == "__main__":
    CONTENDERS[sys.argv[1]](Path(sys.argv[2]), turns(), *sys.argv[3:])
