"""Histories beside the one that is written: what was recorded before as a ghost, and other runs laid over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from workbench.engine.config.tasks import ACCURACY
from workbench.ui.plotting.curves.overlay_slots import DASHES, LINE_WIDTH
from workbench.ui.plotting.curves.ranges import maxima, robust_highest
from workbench.ui.plotting.curves.smoothing import SmoothedSeries
from workbench.ui.plotting.render.dashed_line import DashedLine
from workbench.ui.plotting.render.layers import LayerGroup
from workbench.ui.plotting.render.point_layer import VALIDATION_LOOK, PointLayer, PointLook
from workbench.ui.text.metric_texts import axis_factor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QColor

    from workbench.engine.config.tasks import Metric
    from workbench.engine.history.history import History
    from workbench.engine.history.series import Series
    from workbench.ui.plotting.curves.overlay_slots import PlacedOverlay
    from workbench.ui.plotting.curves.ranges import Extent
    from workbench.ui.plotting.render.colours import PlotColours

SMOOTHED_AT_ONCE: Final = 1 << 17
"""Values of each reference smoothed per frame: a millisecond."""
OVERLAY_RADIUS: Final = 2.75
OVERLAY_DIAMOND: Final = 5.0
OVERLAY_DISTANCE: Final = 40.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a reference is drawn.

    Attributes:
        line: picks the colour of its lines.
        dash: of its lines; see `DashedLine`.
        width: of its lines, in logical pixels.
        points: how its tests look.
        validation: how its evaluations on samples for validation look.
    """

    line: Callable[[PlotColours], QColor]
    dash: tuple[float, ...]
    width: float
    points: PointLook
    validation: PointLook


GHOST_LOOK: Final = Look(
    line=lambda colours: colours.ghost,
    dash=(4, 3),
    width=1.0,
    points=PointLook(lambda colours: colours.ghost_test, lambda colours: colours.ghost_test, hollow=True),
    validation=PointLook(
        lambda colours: colours.validation_faint,
        lambda colours: colours.validation_faint,
        radius=VALIDATION_LOOK.radius,
        hollow=True,
        diamond=True,
    ),
)


def overlay_look(slot: int) -> Look:
    """How the run in this slot is drawn."""
    return Look(
        line=lambda colours: colours.overlays[slot],
        dash=DASHES[slot],
        width=LINE_WIDTH,
        # Joined they would run beside the line of the metric, in the same colour.
        points=PointLook(lambda colours: colours.overlays[slot], None, OVERLAY_RADIUS, distance=OVERLAY_DISTANCE),
        validation=PointLook(
            lambda colours: colours.overlays[slot],
            None,
            OVERLAY_DIAMOND,
            hollow=True,
            diamond=True,
            distance=OVERLAY_DISTANCE,
        ),
    )


class ReferenceCurve:
    """One history beside the current run: smoothed loss, metric, evaluations."""

    def __init__(self, history: History, look: Look, beta: float, metric: Metric) -> None:
        self.history = history
        self.metric = metric
        factor = axis_factor(metric)
        self.colour = look.line
        self._smoothed = SmoothedSeries(history.loss, beta)
        self._loss = DashedLine(look.line, look.dash, look.width)
        self._metric = DashedLine(look.line, look.dash, look.width, factor)
        self._test_loss = PointLayer(look=look.points)
        self._test_metric = PointLayer(factor, look.points)
        self._validation_loss = PointLayer(look=look.validation)
        self._validation_metric = PointLayer(factor, look.validation)
        self._metric.series = history.metric
        self._lengths = (0, 0)
        self.loss_layers = (self._loss, self._validation_loss, self._test_loss)
        self.metric_layers = (self._metric, self._validation_metric, self._test_metric)

    @property
    def smoothed(self) -> Series:
        """The smoothed loss, as far as it has come."""
        return self._smoothed.series

    @property
    def is_behind(self) -> bool:
        """Whether the smoothing needs more slices."""
        return self._smoothed.behind > 0

    @property
    def losses(self) -> tuple[NDArray[np.floating[Any]], float]:
        """The smoothed losses that are drawn, see `maxima`; NaN for steps before the line begins."""
        values, width = maxima(self.smoothed)
        return np.where(width * np.arange(1, len(values) + 1) > self._loss.begin, values, np.nan), width

    def robust_highest(self, outlier: float) -> float | None:
        """The highest loss that is drawn and not an outlier; see `ranges.robust_highest`.

        Smoothing spreads a divergence to steps whose own loss is usual: the raw losses limit it.
        """
        evaluations = evaluation_losses(self.history)
        highest = robust_highest(maxima(self.smoothed)[0], outlier, evaluations)
        raw = robust_highest(maxima(self.history.loss)[0], outlier, evaluations)
        return None if highest is None or raw is None else min(highest, raw)

    @property
    def nbytes(self) -> int:
        """Memory held by its series, in bytes."""
        return self.history.nbytes + self.smoothed.nbytes

    def set_beta(self, beta: float) -> None:
        """Smooth with another weight of the past, from the first step on."""
        self._smoothed.restart(beta)
        self._lengths = (0, self._lengths[1])

    def begin_at(self, step: int) -> None:
        """Draw only what lies beyond the first `step` steps: the lines from the last of them on, later evaluations."""
        for line in (self._loss, self._metric):
            line.begin = max(step - 1, 0)
        for points in (self._test_loss, self._test_metric, self._validation_loss, self._validation_metric):
            points.begin = step

    def update(self) -> bool:
        """Smooth a slice and read new evaluations; True if there is something new to draw."""
        if self._smoothed.behind:  # below zero where the history was cut
            self._smoothed.advance(SMOOTHED_AT_ONCE)
        evaluations = self.history.evaluations
        lengths = (len(self.smoothed), len(evaluations))
        # A line that is drawn slice by slice would be laid anew with each: it appears when it is whole.
        if lengths == self._lengths or self.is_behind:
            return False
        added = evaluations[self._lengths[1] :]
        steps = [each.step for each in added]
        self._test_loss.extend(steps, [each.average_loss for each in added])
        self._test_metric.extend(steps, [each.metric for each in added])
        self._validation_loss.extend(steps, [each.validation_loss for each in added])
        self._validation_metric.extend(steps, [each.validation_metric for each in added])
        self._loss.series = self.smoothed
        self._loss.grow()
        self._metric.grow()
        self._lengths = lengths
        return True

    def include_in(self, extent: Extent) -> None:
        """Widen `extent` to all that is drawn."""
        if len(self.smoothed):
            extent.include_series(self.smoothed, 0)
        extent.include(evaluation_losses(self.history))


def evaluation_losses(history: History, start: int = 0) -> NDArray[np.float64]:
    """The losses of the evaluations from number `start` on, those of validation included, shape (n,)."""
    added = history.evaluations[start:]
    validated = [each.validation_loss for each in added if each.validation_loss is not None]
    return np.array([*(each.average_loss for each in added), *validated], np.float64)


class ReferenceCurves:
    """All histories beside the current run: in the plot of the loss, and where they have its metric in that plot, too.

    Attributes:
        metric: of the current run.
    """

    def __init__(self, beta: float) -> None:
        self.metric: Metric = ACCURACY
        self.future: ReferenceCurve | None = None
        self._branch_step: int | None = None
        self.overlays: list[tuple[PlacedOverlay, ReferenceCurve]] = []
        self.loss_ghost, self.loss_overlays = LayerGroup(), LayerGroup()
        self.metric_ghost, self.metric_overlays = LayerGroup(), LayerGroup()
        self._beta = beta

    @property
    def all(self) -> list[ReferenceCurve]:
        """The ghost, if there is one, and the other runs."""
        ghost = [self.future] if self.future is not None else []
        return [*ghost, *(reference for _, reference in self.overlays)]

    @property
    def metric_histories(self) -> list[History]:
        """The histories that are drawn in the plot of the metric."""
        return [reference.history for reference in self.all if reference.metric == self.metric]

    @property
    def reach(self) -> int:
        """Steps recorded by the longest."""
        return max((len(reference.history) for reference in self.all), default=0)

    @property
    def is_behind(self) -> bool:
        """Whether some smoothing needs more slices."""
        return any(reference.is_behind for reference in self.all)

    def set_future(self, history: History | None, present: int, branch_step: int | None = None) -> None:
        """Draw what `history` holds beyond the step `present` as a ghost, or nothing.

        Args:
            history: see above.
            present: the current number of steps.
            branch_step: where the current run has left this one, which is drawn from there on; None if it has not.
        """
        self._branch_step = branch_step
        self.future = ReferenceCurve(history, GHOST_LOOK, self._beta, self.metric) if history is not None else None
        ghost = self.future
        self.loss_ghost.layers = ghost.loss_layers if ghost is not None else ()
        self.metric_ghost.layers = ghost.metric_layers if ghost is not None else ()
        self.set_current_step(present)

    def set_current_step(self, step: int) -> None:
        """Draw the ghost beyond `step`, the current number of steps, or from where the current run has left it."""
        if self.future is not None:
            self.future.begin_at(self.ghost_begin(step))

    def ghost_begin(self, present: int) -> int:
        """The first step of the ghost, where the current run has `present` steps."""
        return present if self._branch_step is None else min(present, self._branch_step)

    def set_overlays(self, overlays: Sequence[PlacedOverlay]) -> None:
        """Draw these runs."""
        before = dict(self.overlays)
        self.overlays = [(placed, before.get(placed) or self._reference(placed)) for placed in overlays]
        self._group_overlays()

    def set_metric(self, metric: Metric) -> None:
        """Draw the runs that have this metric in its plot, and no others."""
        self.metric = metric
        self._group_overlays()

    def set_beta(self, beta: float) -> None:
        """Smooth with another weight of the past, from the first step on."""
        self._beta = beta
        for reference in self.all:
            reference.set_beta(beta)

    def update(self) -> bool:
        """Smooth a slice of each; True if there is something new to draw."""
        updates = [reference.update() for reference in self.all]  # of each: `any` would stop at the first
        return any(updates)

    def _group_overlays(self) -> None:
        references = [reference for _, reference in self.overlays]
        same = [reference.metric_layers for reference in references if reference.metric == self.metric]
        # Lines below points: a run's points stay clear of the lines of the others.
        for group, layers in (
            (self.loss_overlays, [each.loss_layers for each in references]),
            (self.metric_overlays, same),
        ):
            group.layers = [layer for kind in zip(*layers, strict=True) for layer in kind]

    def _reference(self, placed: PlacedOverlay) -> ReferenceCurve:
        return ReferenceCurve(placed.overlay.history, overlay_look(placed.slot), self._beta, placed.overlay.metric)
