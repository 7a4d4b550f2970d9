"""Everything the two plots show of a run, and how far it has been drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.history.history import History
from workbench.ui.plotting.curves.ranges import LossExtent, highest, usual_highest
from workbench.ui.plotting.curves.reference_curves import ReferenceCurves
from workbench.ui.plotting.curves.smoothing import SmoothedSeries
from workbench.ui.plotting.render.layers import BackgroundLayer
from workbench.ui.plotting.render.line_layer import LineLayer
from workbench.ui.plotting.render.mark_layers import EpochLayer, MarkLayer, MarkList
from workbench.ui.plotting.render.point_layer import PointLayer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFont

    from workbench.engine.history.history import Series
    from workbench.engine.history.records import Incident
    from workbench.ui.plotting.render.colours import PlotColours
    from workbench.ui.plotting.render.layers import Layer
    from workbench.ui.plotting.render.view import View

SMOOTHED_AT_ONCE: Final = 1 << 18
"""Values smoothed per frame: 2.5 ms."""
PERCENT: Final = 100.0

Stretch = tuple[float, float]
"""From one step to another."""


@dataclass(slots=True)
class News:
    """What is new since the last frame.

    Attributes:
        loss: stretches of steps to paint in the loss plot.
        accuracy: the same for the accuracy plot.
        events: whether there were evaluations or epochs among it.
        rearranged: whether there is something new anywhere in the plots.
    """

    loss: list[Stretch] = field(default_factory=list)
    accuracy: list[Stretch] = field(default_factory=list)
    events: bool = False
    rearranged: bool = False

    def add(self, first: float, last: float) -> None:
        """Note something new in both plots."""
        self.loss.append((first, last))
        self.accuracy.append((first, last))


class Traces:
    """The layers of both plots, fed from one history."""

    def __init__(
        self,
        colours: PlotColours,
        font: QFont,
        epoch_label: Callable[[int], str],
        incident_text: Callable[[Incident], str],
        beta: float,
    ) -> None:
        """Begin with an empty history.

        Args:
            colours: see `set_colours`.
            font: of what is written in the plots.
            epoch_label: makes an epoch's number a plain text.
            incident_text: says what happened, as plain text.
            beta: weight of the past in the smoothing.
        """
        self.marks = MarkList()
        self.companions = ReferenceCurves(colours, beta)
        self._incident_text = incident_text
        self._incidents = 0
        self.extent = LossExtent()
        self._history = History()
        self._smoothed = SmoothedSeries(self._history.loss, beta)
        self._raw_loss = LineLayer(colours, band=True)
        self._smoothed_loss = LineLayer(colours, mean=True)
        self._accuracy = LineLayer(colours, band=True, mean=True, factor=PERCENT)
        self._test_loss = PointLayer(colours)
        self._test_accuracy = PointLayer(colours, PERCENT)
        self._epochs = EpochLayer(colours, font, epoch_label)
        self._epoch_lines = EpochLayer(colours, font, None)
        self._mark_labels = MarkLayer(colours, font, self.marks, labelled=True)
        self.loss_layers: list[Layer] = [
            BackgroundLayer(colours),
            self.companions.loss_ghost,
            self._epochs,
            self._raw_loss,
            self.companions.loss_overlays,
            self._smoothed_loss,
            self._test_loss,
            self._mark_labels,
        ]
        self.accuracy_layers: list[Layer] = [
            BackgroundLayer(colours),
            self.companions.accuracy_ghost,
            self._epoch_lines,
            self.companions.accuracy_overlays,
            self._accuracy,
            self._test_accuracy,
            MarkLayer(colours, font, self.marks, labelled=False),
        ]
        self._switches: dict[str, Layer] = {
            "show_training_loss": self._raw_loss,
            "show_smoothed_loss": self._smoothed_loss,
            "show_test_loss": self._test_loss,
            "show_training_accuracy": self._accuracy,
            "show_test_accuracy": self._test_accuracy,
        }
        self._drawn_steps = 0
        self._truncations = 0
        self.follow(self._history)

    @property
    def history(self) -> History:
        """The history that is drawn."""
        return self._history

    @property
    def smoothed(self) -> Series:
        """The smoothed training loss, as far as it has come."""
        return self._smoothed.series

    @property
    def nbytes(self) -> int:
        """Memory held by the series of all histories and the smoothed ones, in bytes."""
        companions = sum(companion.nbytes for companion in self.companions.all)
        return self._history.nbytes + self.smoothed.nbytes + companions

    @property
    def recorded(self) -> int:
        """Steps recorded, the future beyond the present included."""
        future = self.companions.future
        return max(len(self._history), len(future.history) if future is not None else 0)

    @property
    def reach(self) -> int:
        """Steps that are to be seen, of whichever history is the longest; incidents included."""
        farthest = max((incident.step + 1 for incident in self._history.incidents), default=0)
        return max(len(self._history), self.companions.reach, farthest)

    @property
    def usual_highest(self) -> float | None:
        """The highest loss that is not a spike at the start, of all histories; None where that is too early to tell."""
        own = usual_highest(self._history.loss)
        others = [companion.usual for companion in self.companions.all]
        if own is None and (not others or not len(self._history)):
            return max(others, default=None)
        return max(own if own is not None else highest(self._history.loss), *others, 0.0)

    @property
    def is_smoothing_behind(self) -> bool:
        """Whether smoothing needs more slices to catch up with what is drawn."""
        return len(self.smoothed) < self._drawn_steps or self.companions.is_behind

    @property
    def was_truncated(self) -> bool:
        """Whether steps that are drawn are no longer there."""
        return self._history.loss.truncations != self._truncations

    def follow(self, history: History) -> None:
        """Draw `history` from its beginning; marks stay, as far as they lie within it."""
        self._history = history
        self._smoothed = SmoothedSeries(history.loss, self._smoothed.beta)
        self._raw_loss.series, self._accuracy.series = history.loss, history.accuracy
        self._smoothed_loss.series = self._smoothed.series
        self._truncations = history.loss.truncations
        self._drawn_steps = 0
        self._incidents = 0
        self.marks.replace_incidents([])
        for layer in (self._test_loss, self._test_accuracy, self._epochs, self._epoch_lines):
            layer.clear()
        self.measure_again()

    def measure_again(self) -> None:
        """Forget losses that were seen and are gone."""
        self.extent = LossExtent()
        self.extent.include_series(self._history.loss, 0)
        self._include_evaluations(0)
        for companion in self.companions.all:
            companion.include_in(self.extent)

    def set_beta(self, beta: float) -> None:
        """Smooth with the weight `beta` from the first step on."""
        self._smoothed.restart(beta)
        self.companions.set_beta(beta)
        self._smoothed_loss.series = self._smoothed.series

    def set_colours(self, colours: PlotColours) -> None:
        """Paint in these colours from now on."""
        self.companions.set_colours(colours)
        for layer in (*self.loss_layers, *self.accuracy_layers):
            layer.set_colours(colours)

    def show(self, name: str, shown: bool) -> None:
        """Show or hide the trace with the switch `name`."""
        self._switches[name].visible = shown

    def at(self, step: int) -> tuple[History, Series] | None:
        """The history that holds `step`, and its smoothed loss: the present one, else the recorded future."""
        if 0 <= step < len(self._history):
            return self._history, self.smoothed
        future = self.companions.future
        if future is not None and 0 <= step < len(future.history):
            return future.history, future.smoothed
        return None

    def losses_at(self, step: int) -> list[float]:
        """Where the crosshair meets the training loss: on the smoothed line if shown, else on the raw one."""
        future = self.companions.future
        if step >= len(self._history):
            return [future.smoothed[step]] if future is not None and step < len(future.smoothed) else []
        if self._smoothed_loss.visible and step < len(self.smoothed):
            return [self.smoothed[step]]
        return [self._history.loss[step]] if self._raw_loss.visible else []

    def accuracies_at(self, step: int) -> list[float]:
        """The same for the training accuracy, in percent."""
        found = self.at(step)
        return [PERCENT * found[0].accuracy[step]] if found is not None and self._accuracy.visible else []

    def take_in(self) -> News:
        """Note what the history has gained, and smooth a slice of it."""
        news = News()
        self._take_in_steps(news)
        self._take_in_evaluations(news)
        self._take_in_epochs(news)
        self._take_in_incidents(news)
        if self.companions.take_in():
            for companion in self.companions.all:
                companion.include_in(self.extent)
            news.rearranged = True
        return news

    def need_arranging(self, view: View) -> bool:
        """Whether points or epochs have become so many that they have to be thinned out anew."""
        layers = (self._test_loss, self._epochs, self._epoch_lines)
        return any(layer.needs_arranging(view) for layer in layers)

    def _take_in_steps(self, news: News) -> None:
        drawn, steps, smoothed = self._drawn_steps, len(self._history), len(self.smoothed)
        self._smoothed.advance(SMOOTHED_AT_ONCE)
        if smoothed < drawn and len(self.smoothed) > smoothed:
            news.loss.append((smoothed - 1, len(self.smoothed)))
        if steps > drawn:
            self.extent.include_series(self._history.loss, drawn)
            news.add(drawn - 1, steps)
            self._drawn_steps = steps
            self.companions.set_present(steps)

    def _take_in_evaluations(self, news: News) -> None:
        known, evaluations = len(self._test_loss), self._history.evaluations
        if len(evaluations) <= known:  # fewer: the run went back, and `reload` is on its way
            return
        added = evaluations[known:]
        self._include_evaluations(known)
        self._test_loss.extend([each.step for each in added], [each.average_loss for each in added])
        self._test_accuracy.extend([each.step for each in added], [each.accuracy for each in added])
        news.add(evaluations[max(known - 1, 0)].step, added[-1].step)
        news.events = True

    def _take_in_epochs(self, news: News) -> None:
        known, starts = len(self._epochs), self._history.epoch_starts
        if len(starts) <= known:
            return
        added = starts[known:]
        for layer in (self._epochs, self._epoch_lines):
            layer.extend([each.epoch for each in added], [each.step for each in added])
        news.add(added[0].step, added[-1].step + self._epochs.reach)
        news.events = True

    def _take_in_incidents(self, news: News) -> None:
        incidents = self._history.incidents
        if len(incidents) != self._incidents:
            self._incidents = len(incidents)
            self.marks.replace_incidents((each.step, self._incident_text(each)) for each in incidents)
            news.rearranged = True

    def _include_evaluations(self, start: int) -> None:
        self.extent.include(np.array([each.average_loss for each in self._history.evaluations[start:]]))
