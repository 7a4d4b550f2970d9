"""Ways of training one epoch of the tutorial's job, for comparison; each yields the seconds of one epoch after another.

All train the same network on the same data with SGD at 1e-3 and batches of 64, and evaluate at the end of the epoch.
"""

from __future__ import annotations

import tempfile
import time
from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import datasets
from torchvision.transforms import ToTensor

from workbench.engine.datasets import load_dataset
from workbench.engine.events import EpochStarted, EpochTested
from workbench.engine.networks import NeuralNetwork
from workbench.engine.recipe import Recipe
from workbench.engine.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANY = 1000


def ours(root: Path) -> Iterator[float]:
    """Our Trainer, as the command line uses it."""
    trainer = Trainer(Recipe(values={"epochs": MANY}), load_dataset("fashion-mnist", root, lambda *_: None))
    began = 0.0
    for event in trainer.run():
        if isinstance(event, EpochStarted):
            began = time.perf_counter()
        elif isinstance(event, EpochTested):
            yield time.perf_counter() - began


def plain(root: Path) -> Iterator[float]:
    """The plainest loop there is over the images as one tensor: no running accuracy, no commands, no history."""
    data = load_dataset("fashion-mnist", root, lambda *_: None)
    model, loss_fn, optimizer = _job()
    while True:
        began = time.perf_counter()
        model.train()
        for batch, start in enumerate(range(0, len(data.train_images), 64)):
            loss = loss_fn(model(data.train_images[start : start + 64]), data.train_labels[start : start + 64])
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            if batch % 100 == 0:
                loss.item()
        model.eval()
        total, correct = 0.0, 0.0
        with torch.no_grad():
            for start in range(0, len(data.test_images), 64):
                logits = model(data.test_images[start : start + 64])
                labels = data.test_labels[start : start + 64]
                total += loss_fn(logits, labels).item()
                correct += (logits.argmax(1) == labels).type(torch.float).sum().item()
        yield time.perf_counter() - began


def tutorial(root: Path) -> Iterator[float]:
    """The tutorial's procedure: DataLoader, ToTensor for each image."""
    return _with_loaders(root, lambda *_: None)


def tensorboard(root: Path) -> Iterator[float]:
    """The tutorial's procedure with TensorBoard's SummaryWriter told of every batch."""
    from torch.utils.tensorboard import SummaryWriter

    with tempfile.TemporaryDirectory() as folder:
        writer = SummaryWriter(folder)
        yield from _with_loaders(root, lambda loss, step: writer.add_scalar("loss", loss.item(), step))


def lightning(root: Path) -> Iterator[float]:
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

    train, test = _loaders(root)
    with tempfile.TemporaryDirectory() as folder:
        while True:
            trainer = lit.Trainer(max_epochs=1, default_root_dir=folder, accelerator="cpu")
            began = time.perf_counter()
            trainer.fit(Job(), train, test)
            yield time.perf_counter() - began


CONTENDERS = {function.__name__: function for function in (plain, ours, tutorial, tensorboard, lightning)}


def _job() -> tuple[nn.Module, nn.Module, torch.optim.Optimizer]:
    torch.manual_seed(0)
    model = NeuralNetwork()
    return model, nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=1e-3)


def _loaders(root: Path) -> tuple[DataLoader, DataLoader]:
    parts = (datasets.FashionMNIST(root, train=train, transform=ToTensor()) for train in (True, False))
    train, test = (DataLoader(part, batch_size=64) for part in parts)
    return train, test


def _with_loaders(root: Path, tell: object) -> Iterator[float]:
    train, test = _loaders(root)
    model, loss_fn, optimizer = _job()
    step = 0
    while True:
        began = time.perf_counter()
        model.train()
        for batch, (images, labels) in enumerate(train):
            loss = loss_fn(model(images), labels)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            tell(loss, step)
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
        yield time.perf_counter() - began
