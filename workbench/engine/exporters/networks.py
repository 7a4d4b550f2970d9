"""The network of a run, built for an export, and samples to compare it with what was written."""

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import torch

from workbench.engine.data.unit_floats import UnitFloats
from workbench.engine.errors import CancelledError, UserError
from workbench.engine.exporters.run_record import no_weights
from workbench.engine.models.building import build_model
from workbench.engine.models.output_check import check_outputs
from workbench.engine.models.own_calls import OwnNetwork, own_code
from workbench.engine.models.own_failures import NetworkFailedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torch import Tensor, nn

    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.run_record import RunRecord

BATCH: Final = 1000
"""Samples that a network sees at a time."""
_TALKING: Final = ("torch.fx.experimental.symbolic_shapes", "torch.onnx", "onnxscript", "onnx_ir")
"""Loggers of the tracers, which write pages about what they cannot follow; the sentence says it."""
MOST_OF_CAUSE: Final = 100
"""Characters."""
RANDOM_SAMPLES: Final = 256
"""Samples for a comparison where the data are not at hand."""


@contextmanager
def unchanged_random_state() -> Iterator[None]:
    """The block draws from torch's generator, which a training may draw from after it, without a trace."""
    with torch.random.fork_rng(devices=[]):
        yield


def network_of(record: RunRecord) -> nn.Module:
    """The network of a run on the CPU, with its last weights, in evaluation mode and without gradients.

    Raises:
        UserError: the weights are not kept, or a network of the user's own is not trusted, or fails.
    """
    if record.weights is None:
        raise no_weights(record)
    recipe = record.recipe
    with unchanged_random_state():
        model = build_model(recipe.model, recipe.spec, recipe.values, recipe.network)
    model.load_state_dict(record.weights)
    return model.eval().requires_grad_(False)


@contextmanager
def tracing(record: RunRecord, refusal: str) -> Iterator[None]:
    """The block traces the network of a run: without warnings, and without a trace in the random state.

    Args:
        record: of the run.
        refusal: the sentence for a network that cannot be traced, with the field `reason`.

    Raises:
        UserError: the block raised an exception.
    """
    loggers = [logging.getLogger(name) for name in _TALKING]
    levels = [logger.level for logger in loggers]
    with warnings.catch_warnings(), unchanged_random_state():
        # Their notes are about their own parts; what matters, the outputs, is compared afterwards.
        warnings.simplefilter("ignore")
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
        try:
            with own_code() if record.recipe.network is not None else nullcontext():
                yield
        except (CancelledError, MemoryError):
            raise
        except Exception as error:  # the tracers raise many types for what they cannot follow
            if isinstance(error, UserError) and not isinstance(error, NetworkFailedError):
                raise
            raise UserError(refusal, reason=cause_of(error)) from error
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)


def cause_of(error: BaseException) -> str:
    """The first line of the cause, without the pages that the tracers add."""
    while error.__cause__ is not None:
        error = error.__cause__
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:MOST_OF_CAUSE]


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Samples on which two networks are compared.

    Attributes:
        inputs: (N, ...) as a data set has them.
        problem: why they are not the test set but random numbers; None where they are the test set.
    """

    inputs: Tensor
    problem: UserError | None = None

    @property
    def words(self) -> UserError:
        """What they are, as a part of a sentence."""
        if self.problem is None:
            return UserError("all {count:,} test samples", count=len(self.inputs))
        return UserError("{count:,} random samples, as the data are not at hand", count=len(self.inputs))


def samples_for(record: RunRecord, context: ExportContext) -> Samples:
    """The samples of the test set; random ones where the data of the run are not at hand.

    Raises:
        CancelledError: the user cancelled.
    """
    try:
        return Samples(context.data().test_inputs)
    except UserError as problem:
        random = torch.Generator().manual_seed(0)
        return Samples(torch.rand((RANDOM_SAMPLES, *record.recipe.spec.sample_shape), generator=random), problem)


def example_input(spec: DataSpec) -> Tensor:
    """Two samples (2, ...) of the shape that the network takes; with one, a tracer would take the number for fixed."""
    return torch.rand((2, *spec.sample_shape), generator=torch.Generator().manual_seed(0))


def batches(samples: Tensor, context: ExportContext, what: str) -> Iterator[Tensor]:
    """The samples as float32, `BATCH` at a time.

    Raises:
        CancelledError: the user cancelled.
    """
    floats = UnitFloats(samples)
    for start in range(0, len(samples), BATCH):
        context.progress(what, start, len(samples))
        yield floats.batch(start, start + BATCH)
    context.progress(what, len(samples), len(samples))


def outputs_of(model: nn.Module, record: RunRecord, samples: Tensor, context: ExportContext) -> Tensor:
    """The outputs (N, K) float32 of the network for `samples`.

    Raises:
        UserError: a network of the user's own fails, or gives something else.
        CancelledError: the user cancelled.
    """
    call: Callable[[Tensor], Any] = model if record.recipe.network is None else OwnNetwork(model)
    parts: list[Tensor] = []
    with torch.no_grad(), unchanged_random_state():
        for batch in batches(samples, context, "Computing the outputs"):
            outputs = call(batch)
            check_outputs(outputs, len(batch), record.recipe.spec.output_count)
            parts.append(outputs.float())
    return torch.cat(parts)
