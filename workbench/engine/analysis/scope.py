"""Scope: what a query may look at: the weights of a run at one step, in a network of its own."""

from __future__ import annotations

import copy
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Final

import torch

from workbench.engine.analysis.fork import forked
from workbench.engine.data.unit_floats import UnitFloats
from workbench.engine.models.own_calls import OwnNetwork
from workbench.engine.runtime.random_state import RandomState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from torch import Tensor, nn

    from workbench.engine.checkpoints.snapshot import Snapshot
    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.data.dataset import Dataset
    from workbench.engine.training.stepper import Stepper
    from workbench.engine.training.trainer_state import TrainerState

BATCH: Final = 1024
"""Samples that the network sees at a time."""


class Scope:
    """The state of a run at one step, for looking only.

    The network is a copy, so that neither its gradients nor its hooks nor its buffers are the run's.

    Args:
        state: of the run; between two steps.
        step: None for the current state; else the last kept state at or before this step is looked at.
        twin: a network with the structure of the run's, whose weights are overwritten; None to make one.

    Attributes:
        state: of the run.
        step: of the state that is looked at.
        data: on the run's device.
    """

    def __init__(self, state: TrainerState, step: int | None = None, twin: nn.Module | None = None) -> None:
        self.state = state
        self.data: Dataset = state.stepper.data
        self.data.check_present()
        here = state.position.step
        self._kept: Snapshot | None = None
        if step is not None and step != here:
            nearest = state.snapshots.nearest(step)
            # The current state is closer than a snapshot before it, where the step lies ahead.
            if nearest is not None and not nearest.step <= here <= step:
                self._kept = nearest
        self.step = here if self._kept is None else self._kept.step
        self._twin = twin

    @property
    def spec(self) -> DataSpec:
        """The task and shapes of the data."""
        return self.data.spec

    @property
    def device(self) -> torch.device:
        """Where the run trains."""
        return next(self.state.stepper.model.parameters()).device

    @cached_property
    def model(self) -> nn.Module:
        """The network with the weights at `step`, in evaluation mode. A copy: hooks and gradients are free to use."""
        twin = copy.deepcopy(self.state.stepper.model) if self._twin is None else self._twin
        weights = self.state.stepper.model.state_dict() if self._kept is None else self._kept.weights
        twin.load_state_dict(weights)
        twin.requires_grad_(True)
        twin.zero_grad(set_to_none=True)
        return twin.eval()

    @cached_property
    def network(self) -> nn.Module:
        """`model` to be called: one of the user's own can change neither the data nor the program."""
        return self.model if self.state.recipe.network is None else OwnNetwork(self.model)

    def outputs(self, inputs: Tensor) -> Tensor:
        """The network's outputs (N, K) float32 on the CPU.

        Args:
            inputs: (N, ...) as the data set has them, on any device.
        """
        floats = UnitFloats(inputs.to(self.device))
        with torch.no_grad():
            parts = [self.network(floats.batch(start, start + BATCH)) for start in range(0, len(inputs), BATCH)]
        return torch.cat(parts).float().cpu()

    def fork(self, *, is_compiled: bool = True) -> AbstractContextManager[Stepper]:
        """A training of its own from the state that is looked at; see `forked`."""
        return forked(self.state, self._kept, is_compiled=is_compiled)


@contextmanager
def without_trace(state: TrainerState) -> Iterator[None]:
    """Put torch's random state back after the block, from which a network may draw; gradients can be computed in it.

    A query may be answered between two batches of an evaluation, which computes without gradients.
    """
    device = next(state.stepper.model.parameters()).device
    random_state = RandomState.of(device)
    try:
        with torch.enable_grad():
            yield
    finally:
        random_state.restore(device)
