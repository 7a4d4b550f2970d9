"""The batch that a step was trained on, replayed on a fork, with the loss of each of its samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import torch

from workbench.engine.analysis.fork import forked_at
from workbench.engine.errors import CancelledError, UserError
from workbench.engine.protocol.queries.batch_replay import ReplayedBatch
from workbench.engine.training.loops import LossNotFiniteError

if TYPE_CHECKING:
    from torch import Tensor

    from workbench.engine.analysis.scope import Scope
    from workbench.engine.optim.losses import LossFunction
    from workbench.engine.protocol.queries.batch_replay import ReplayBatch
    from workbench.engine.training.stepper import Stepper

MOST_IMAGE_BYTES: Final = 64 << 20
"""Of the images in an answer: a batch may be as large as the data set."""


def answer(scope: Scope, query: ReplayBatch) -> ReplayedBatch:
    """The batch of the step, its samples sorted by their losses.

    Raises:
        UserError: the step is not recorded, or cannot be reached.
    """
    state, step = scope.state, query.step
    recorded = state.journal.recording or state.history
    if not 0 <= step <= len(recorded):
        raise UserError(
            "Step {step} is not recorded: choose one from 0 to {last}.", step=step, last=max(0, len(recorded) - 1)
        )
    try:
        with forked_at(state, step) as fork:
            # The replay stops before the changes that were made at this very step.
            for change in recorded.changes:
                if change.step == step:
                    fork.set_value(change.name, change.new)
            return _next_batch(fork, recorded.loss[step] if step < len(recorded) else None)
    except CancelledError:
        raise UserError("Stop was pressed before step {step} was replayed: choose it again.", step=step) from None
    except LossNotFiniteError as error:
        raise UserError(
            "Step {step} cannot be replayed here: on the way the loss becomes NaN or infinite, which it was not when "
            "the run was recorded. Open the run on the machine that trained it.",
            step=step,
        ) from error


def losses_of(loss_fn: LossFunction, outputs: Tensor, targets: Tensor) -> Tensor:
    """The loss (N,) of each sample: that of a batch of it alone. A loss of a batch is the mean of them."""
    singles = zip(torch.split(outputs, 1), torch.split(targets, 1), strict=True)
    return torch.stack([loss_fn(output, target) for output, target in singles])


def _next_batch(fork: Stepper, recorded_loss: float | None) -> ReplayedBatch:
    seen = fork.look_ahead()
    with torch.no_grad():
        loss = float(fork.loss_fn(seen.outputs, seen.targets))
        losses = losses_of(fork.loss_fn, seen.outputs, seen.targets).double().cpu().numpy()
    position = fork.position
    # A loss that is NaN or infinite spoils the whole batch: it is what one looks for.
    order = np.argsort(-np.where(np.isfinite(losses), losses, np.inf), kind="stable")
    places = torch.from_numpy(order).to(seen.inputs.device)
    return ReplayedBatch(
        position.step,
        position.epoch + 1,
        position.batch + 1,
        float(fork.optimizer.param_groups[0]["lr"]),
        loss,
        recorded_loss,
        seen.places.cpu().numpy()[order],
        losses[order],
        seen.targets.cpu().numpy()[order],
        seen.outputs.float().cpu().numpy()[order],
        _as_shown(seen.inputs, places),
    )


def _as_shown(inputs: Tensor, places: Tensor) -> np.ndarray:
    """The inputs at `places`, images as bytes, as many as there is memory for."""
    if inputs.dim() != 4:
        return inputs.index_select(0, places).float().cpu().numpy()
    most = max(1, MOST_IMAGE_BYTES // max(1, inputs[0].numel()))
    chosen = inputs.index_select(0, places[:most]).float()
    shown: np.ndarray = chosen.clamp(0, 1).mul(255).round().to(torch.uint8).cpu().numpy()
    return shown
