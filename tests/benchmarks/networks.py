"""The cost of a step over the plain preloaded loop, for other networks and data: `python -m tests.benchmarks.networks`.

Both train in this process, one epoch each in turn, so that the epochs that are compared are close in time. Prints the
median and the quartiles of the ratio of their seconds, for a convolutional network, one of the user's own, and vectors.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import TYPE_CHECKING

import torch

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.dataset import FASHION_MNIST_SPEC, Dataset
from workbench.engine.data.unit_floats import UnitFloats
from workbench.engine.models.building import build_model
from workbench.engine.models.network_source import NetworkSource
from workbench.engine.models.trusted_code import trust
from workbench.engine.optim.losses import LOSSES
from workbench.engine.protocol.events import EpochStarted, EpochTested
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 9
BATCH = 64
OWN = """
from torch import nn
def net(input_count, output_count):
    return nn.Sequential(nn.Flatten(), nn.Linear(input_count, 256), nn.BatchNorm1d(256), nn.ReLU(inplace=True),
                         nn.Dropout(0.2), nn.Linear(256, output_count))
"""
VECTORS = DataSpec(Task.REGRESSION, (8,), target_names=("y",))


def data_of(spec: DataSpec, count: int) -> Dataset:
    """Random samples."""
    generator = torch.Generator().manual_seed(0)
    shape = (count, *spec.sample_shape)
    if spec.task is Task.REGRESSION:
        inputs, targets = torch.randn(shape, generator=generator), torch.randn(count, 1, generator=generator)
    else:
        inputs = torch.randint(0, 256, shape, generator=generator, dtype=torch.uint8)
        targets = torch.randint(0, spec.output_count, (count,), generator=generator)
    return Dataset("fashion-mnist", spec, inputs, targets, inputs[:BATCH], targets[:BATCH])


def ours(recipe: Recipe, data: Dataset) -> Iterator[float]:
    """The seconds of each epoch of our Trainer, without the time in which it waits for its turn."""
    begun = 0.0
    for event in Trainer(recipe, data).run():
        if isinstance(event, EpochStarted):
            begun = time.perf_counter()
        elif isinstance(event, EpochTested):
            yield time.perf_counter() - begun


def plain(recipe: Recipe, data: Dataset) -> Iterator[float]:
    """The same of the simplest loop over tensors in memory."""
    torch.manual_seed(0)
    model = build_model(recipe.model, data.spec, recipe.values, recipe.network)
    loss_fn = LOSSES[recipe.loss].build(data.spec)
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
    inputs = UnitFloats(data.train_inputs).batch(0, len(data.train_inputs))
    while True:
        begun = time.perf_counter()
        model.train()
        for start in range(0, len(inputs), BATCH):
            loss = loss_fn(model(inputs[start : start + BATCH]), data.train_targets[start : start + BATCH])
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
        model.eval()
        with torch.no_grad():
            loss_fn(model(inputs[:BATCH]), data.train_targets[:BATCH]).item()
        yield time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    network = NetworkSource("net.py", OWN, "net")
    trust(network)
    values = {"epochs": 1000}
    jobs = {
        "cnn": (Recipe(model="cnn", values=values), data_of(FASHION_MNIST_SPEC, 20 * BATCH)),
        "own network": (Recipe(model="own", network=network, values=values), data_of(FASHION_MNIST_SPEC, 40 * BATCH)),
        "vectors": (Recipe(model="mlp", loss="mse", values=values, own_spec=VECTORS), data_of(VECTORS, 40 * BATCH)),
    }
    for name, (recipe, data) in jobs.items():
        mine, theirs = ours(recipe, data), plain(recipe, data)
        pairs = [(next(mine), next(theirs)) for _ in range(ROUNDS + 2)]
        ratios = [one / other for one, other in pairs[2:]]  # the first two warm up
        low, middle, high = statistics.quantiles(ratios, n=4)
        sys.stdout.write(f"{name}: our epoch / plain loop {middle:.3f} ({low:.3f} to {high:.3f})\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
