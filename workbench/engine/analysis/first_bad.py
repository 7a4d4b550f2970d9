"""Finds the layer and the sample with which a divergence began: the last steps are trained again on a fork, watched."""

from __future__ import annotations

import contextlib
import math
from typing import TYPE_CHECKING, Any, Final

import torch
from torch import Tensor

from workbench.engine.analysis.batch_replay import losses_of
from workbench.engine.analysis.fork import forked_at
from workbench.engine.errors import CancelledError, UserError
from workbench.engine.protocol.queries.first_bad import BadLayer, BadSample, FirstBad, Part
from workbench.engine.training.loops import LossNotFiniteError
from workbench.engine.training.replay import Replay

if TYPE_CHECKING:
    from torch import nn

    from workbench.engine.analysis.scope import Scope
    from workbench.engine.history.history import History
    from workbench.engine.protocol.queries.first_bad import FindFirstBad
    from workbench.engine.training.stepper import Stepper

LOOK_BACK: Final = 10
"""Steps before the bad loss that are watched; what a layer gives at the first of them is its range."""
BOUNDS: Final = (100.0, 10.0)
"""Times its range that a layer must leave it by, first the larger one: two orders of magnitude, then one."""

Key = tuple[Part, str]
"""A part, and the name of a module or parameter."""


def answer(scope: Scope, query: FindFirstBad) -> FirstBad:
    """The first layer out of range, and the sample with the highest loss.

    Raises:
        UserError: the step is not recorded any more, or cannot be reached.
    """
    state, failed = scope.state, query.step
    recorded = state.journal.recording or state.history
    first = max(0, failed - LOOK_BACK)
    if failed > len(recorded):
        raise UserError("Step {step} is not recorded any more: the run has gone on from before it.", step=failed)
    try:
        with forked_at(state, first) as fork, _Watch(fork.model) as watch:
            for _ in Replay(fork, recorded, failed):
                watch.end_step(fork, fork.position.sample)
                if state.commands.stop_asked:
                    raise CancelledError
            _train_bad_step(fork, recorded, watch)
            layer = _first_layer(fork.model, watch.steps, first)
            at = failed if layer is None else layer.step
            batch = watch.batches[at - first]
            return FirstBad(failed, layer, None if batch is None else _highest(fork, at, *batch))
    except CancelledError:
        raise UserError("Stop was pressed before step {step} was trained again.", step=failed) from None
    except LossNotFiniteError as error:
        raise UserError(
            "Step {step} cannot be trained again here: on the way the loss becomes NaN or infinite, which it was not.",
            step=failed,
        ) from error


def _train_bad_step(fork: Stepper, recorded: History, watch: _Watch) -> None:
    """Train the step of the bad loss, as far as it goes."""
    for change in recorded.changes:
        if change.step == fork.position.step:
            fork.set_value(change.name, change.new)
    start = fork.position.sample
    with contextlib.suppress(LossNotFiniteError):
        next(iter(fork.steps()))
    count = 0 if watch.outputs is None else len(watch.outputs)
    watch.end_step(fork, start + count)


def _highest(fork: Stepper, step: int, outputs: Tensor, places: Tensor) -> BadSample | None:
    """The sample with the highest loss; of those that are not finite, the first."""
    targets = fork.data.train_targets.index_select(0, places)
    with torch.no_grad():
        losses = losses_of(fork.loss_fn, outputs, targets).double().cpu()
    finite = losses.isfinite()
    bad_count = int((~finite).sum())
    if bad_count == len(losses) > 1:
        return None
    index = int(losses.where(finite, torch.inf).argmax())
    finite[index] = False
    label = None if targets.is_floating_point() else int(targets[index])
    others = float(losses[finite].mean())
    return BadSample(step, int(places[index]), label, float(losses[index]), others, len(losses), bad_count)


def _first_layer(model: nn.Module, steps: list[dict[Key, float]], first: int) -> BadLayer | None:
    """The first number out of range: earlier steps first; within a step outputs, then gradients, then weights."""
    for bound in BOUNDS:
        for index, sizes in enumerate(steps):
            for (part, name), size in sizes.items():
                usual = steps[0].get((part, name), math.nan) if index else math.nan
                times = size / usual if usual > 0 else math.nan
                if math.isfinite(size) and not times >= bound:
                    continue
                module = name.rpartition(".")[0] if part is not Part.OUTPUT else name
                kind = type(model.get_submodule(module)).__name__
                times = times if math.isfinite(size) else math.inf
                return BadLayer(module, kind, part, first + index, size, times, index)
    return None


class _Watch:
    """Notes the largest absolute number in the outputs, gradients and weights of each layer, step by step.

    Attributes:
        steps: one entry for each step.
        batches: of each step, the outputs of the network and the places of the samples in the training set; None where
            the network did not give a tensor.
        outputs: of the network, in the step that is not ended.
    """

    def __init__(self, model: nn.Module) -> None:
        self._model = model
        self._sizes: dict[Key, Tensor] = {}
        self._hooks: list[Any] = []
        self.steps: list[dict[Key, float]] = []
        self.batches: list[tuple[Tensor, Tensor] | None] = []
        self.outputs: Tensor | None = None

    def __enter__(self) -> _Watch:
        for name, module in self._model.named_modules():
            if not any(True for _ in module.children()):
                self._hooks.append(module.register_forward_hook(_of_outputs(self._note, (Part.OUTPUT, name))))
        self._hooks.append(self._model.register_forward_hook(self._keep_outputs))
        for name, parameter in self._model.named_parameters():
            if parameter.requires_grad:
                note = _of_gradient(self._note, (Part.GRADIENT, name))
                on_gradient: Any = parameter.register_post_accumulate_grad_hook
                self._hooks.append(on_gradient(note))
        return self

    def __exit__(self, *_: object) -> None:
        for hook in self._hooks:
            hook.remove()

    def end_step(self, fork: Stepper, stop: int) -> None:
        """Take the weights after the update, and the batch that ends before sample `stop`; begin another step."""
        for name, parameter in self._model.named_parameters():
            self._note((Part.WEIGHT, name), parameter)
        self.steps.append({key: float(size) for key, size in self._sizes.items()})
        self._sizes = {}
        if self.outputs is None:
            self.batches.append(None)
            return
        start, position = stop - len(self.outputs), fork.position
        order = fork.samples.order(position.epoch, shuffled=position.shuffled)
        device = fork.data.train_targets.device
        places = torch.arange(start, stop, device=device) if order is None else order[start:stop]
        self.batches.append((self.outputs, places))
        self.outputs = None

    def _note(self, key: Key, values: Tensor) -> None:
        if not values.numel():
            return
        # The largest number of all is NaN where one is.
        size = values.detach().abs().amax()
        before = self._sizes.get(key)
        self._sizes[key] = size if before is None else torch.maximum(before, size)

    def _keep_outputs(self, _module: nn.Module, _inputs: Any, outputs: Any) -> None:
        self.outputs = outputs.detach() if isinstance(outputs, Tensor) else None


def _of_outputs(note: Any, key: Key) -> Any:
    def hook(_module: nn.Module, _inputs: Any, outputs: Any) -> None:
        if isinstance(outputs, Tensor):
            note(key, outputs)

    return hook


def _of_gradient(note: Any, key: Key) -> Any:
    def hook(parameter: Tensor) -> None:
        if parameter.grad is not None:
            note(key, parameter.grad)

    return hook
