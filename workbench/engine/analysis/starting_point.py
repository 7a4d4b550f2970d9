"""StartingPoint: where an experiment begins: the state of a run, or a new network."""

from __future__ import annotations

import random
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from workbench.engine.optim.lr_schedules import SCHEDULES
from workbench.engine.recipe import names_for
from workbench.engine.runtime.acceleration import set_threads
from workbench.engine.runtime.random_state import RandomState
from workbench.engine.training.stepper import Stepper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.engine.checkpoints.snapshot import Snapshot
    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.dataset import Dataset
    from workbench.engine.models.weights import StateDict
    from workbench.engine.recipe import Recipe
    from workbench.engine.training.trainer_state import TrainerState


@dataclass(frozen=True, slots=True, eq=False)
class StartingPoint:
    """Where an experiment begins.

    Attributes:
        recipe: of the run, or of the new network.
        data: on any device.
        snapshot: the state of the run; None for a new network.
        initial: the weights that a new network has, where its recipe names a file of them; None for those of its seed.
    """

    recipe: Recipe
    data: Dataset
    snapshot: Snapshot | None = None
    initial: StateDict | None = None

    @classmethod
    def of(cls, state: TrainerState) -> StartingPoint:
        """The present state of a run, which is between two steps."""
        return cls(state.recipe, state.stepper.data, state.stepper.snapshot())

    @property
    def values(self) -> dict[str, Value]:
        """The hyperparameters in force."""
        return dict(self.recipe.values if self.snapshot is None else self.snapshot.values)

    def with_values(self, **values: Value) -> Recipe:
        """The recipe with the values in force and `values`, as far as it takes them, and without a schedule."""
        return rewritten(self.recipe, {**self.values, **values}, schedule=SCHEDULES.default)

    def stepper(self) -> Stepper:
        """A training of its own that begins here, with everything copied, at the slider's rate without a schedule."""
        stepper = Stepper(self.with_values(), self.data, self.initial)
        if self.snapshot is not None:
            stepper.restore(self.snapshot)
        return stepper


def rewritten(recipe: Recipe, values: dict[str, Value], **choices: str) -> Recipe:
    """`recipe` with other choices and with those of `values` that these choices take."""
    fields: dict[str, Any] = dict(choices)
    accepted = names_for({**recipe.choices(), **choices})
    return replace(recipe, values={name: values[name] for name in accepted if name in values}, **fields)


@contextmanager
def untouched(device: torch.device) -> Iterator[None]:
    """Put back what trainings share after the block: the random states, and the number of threads.

    A network of the user's own may draw from Python's and NumPy's generators as well.
    """
    states = RandomState.of(device), random.getstate(), np.random.get_state(legacy=True)
    threads = torch.get_num_threads()
    try:
        yield
    finally:
        states[0].restore(device)
        random.setstate(states[1])
        np.random.set_state(states[2])
        if torch.get_num_threads() != threads:
            set_threads(threads)
