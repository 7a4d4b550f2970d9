"""Loss and metric, live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QPoint, QRect, QSize, QTimer, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from workbench.engine.config.tasks import ACCURACY
from workbench.ui.plotting.curves.overlay_slots import OverlaySlots
from workbench.ui.plotting.curves.values_at_step import values_at
from workbench.ui.plotting.legend.empty_state import EmptyState
from workbench.ui.plotting.legend.overlay_legend import OverlayLegend
from workbench.ui.plotting.legend.plot_headers import LossHeader, MetricHeader
from workbench.ui.plotting.plot_rows import is_low, least_stack_height, metric_height, strip_height
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.style.palette import load_palette

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QAbstractButton

    from workbench.engine.config.tasks import Metric
    from workbench.engine.history.history import History
    from workbench.ui.models.run_values import RunValues
    from workbench.ui.plotting.curve_stack import CurveStack
    from workbench.ui.plotting.curves.learning_rate_plot import RateCurve
    from workbench.ui.plotting.curves.overlay_slots import Overlay, PlacedOverlay
    from workbench.ui.plotting.futures import DrawnFutures
    from workbench.ui.style.palette import Palette

MARGIN: Final = 12
SPACING: Final = 4
BUILD_AFTER_MS: Final = 100
"""From showing the panel to building the plots, unless a run asks for them before: the window is painted first."""


class CurvesPanel(QFrame):
    """Two plots above one another over the same steps, with their legends, controls and readout.

    Before the first run a sentence is shown instead. The learning rate and the difference to other runs have plots of
    their own.

    Attributes:
        step_chosen: the user wants to go to this step; see `set_travel_enabled`.
        batch_chosen: the user clicked at a step to see its batch: with Shift, or in a strip.
        run_name: gives the title of the current run in the plots.
        overlay_removed: the user removes the run with this key from the plots.
        step_shown: the crosshair is at this step.
        runs_changed: other runs are in the plots, or they have other names.
        empty: the page before the first run.
    """

    step_chosen = Signal(int)
    batch_chosen = Signal(object)
    overlay_removed = Signal(str)
    step_shown = Signal(object)
    runs_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plots")
        self.setProperty("role", "card")
        self._colours = PlotColours.of(load_palette("light"))
        self._loss_header = LossHeader(self._colours, self)
        self._metric_header = MetricHeader(self._colours, self)
        self._metric_header.hide()
        self._overlay_legend = OverlayLegend(self._colours, self)
        self._overlay_legend.overlay_removed.connect(self.overlay_removed)
        self._loss_header.ghost_placed.connect(self._overlay_legend.set_ghost_elsewhere)
        self._slots = OverlaySlots()
        self._placed: list[PlacedOverlay] = []
        self._metric: Metric = ACCURACY
        # The choices to save besides that of the learning rate, by object name.
        self._choices: dict[str, QAbstractButton] = {
            **self._loss_header.switches,
            **self._metric_header.switches,
            "log_y": self._loss_header.log_y,
            "show_difference": self._overlay_legend.difference,
        }
        self._rate_is_known = False
        self._rate_is_chosen: bool | None = None
        self._rate_is_wanted = False
        self.empty = self._empty = EmptyState(self.tr("Press Train to see the curves of the run here."), self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty)
        # As high as the lowest plots with the readout: the docks below keep their sizes when those are built.
        self._future_rate: RateCurve | None = None
        self._is_strip = False
        self._empty.setMinimumHeight(self._least_height())
        self._built_stack: CurveStack | None = None
        self.run_name: Callable[[], str] = lambda: ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, SPACING, SPACING)
        layout.setSpacing(SPACING)
        layout.addWidget(self._loss_header)
        layout.addWidget(self._overlay_legend)
        layout.addWidget(self._pages, 1)

    @property
    def log_y(self) -> QAbstractButton:
        """Shows the loss on a logarithmic axis."""
        return self._loss_header.log_y

    @property
    def reset_view(self) -> QAbstractButton:
        """Shows the whole run again."""
        return self._loss_header.reset

    @property
    def stack(self) -> CurveStack:
        """The plots, built when first asked for."""
        return self._built_stack or self.build()

    @property
    def built_stack(self) -> CurveStack | None:
        """The plots; None while they are not built."""
        return self._built_stack

    def build(self) -> CurveStack:
        """Build the plots if they are not there yet."""
        if self._built_stack is not None:
            return self._built_stack
        # pyqtgraph alone takes 0.25 s to import, half as long as the rest of the window takes to be shown.
        from workbench.ui.plotting.curve_stack import CurveStack

        loss, metric, difference = self._loss_header, self._metric_header, self._overlay_legend.difference
        stack = CurveStack(metric, self._colours, loss.smoothing.beta, self)
        for header in (loss, metric):
            for name, switch in header.switches.items():
                stack.show_trace(name, switch.isChecked())
            header.trace_toggled.connect(stack.show_trace)
        stack.auto_range.set_log(loss.log_y.isChecked())
        stack.set_shows_difference(difference.isChecked())
        loss.smoothing.beta_changed.connect(stack.set_beta)
        loss.log_y.toggled.connect(stack.auto_range.set_log)
        loss.reset.clicked.connect(stack.auto_range.reset)
        difference.toggled.connect(stack.set_shows_difference)
        metric.rate.clicked.connect(self._on_rate_chosen)
        stack.auto_range.automatic_changed.connect(loss.set_automatic)
        stack.inspector.step_clicked.connect(self.step_chosen)
        stack.inspector.batch_clicked.connect(self.batch_chosen)
        stack.inspector.step_shown.connect(self.step_shown)
        stack.rate_varies_changed.connect(self._show_rate)
        stack.rate_room_changed.connect(self._show_rate_button)
        stack.spoken.run_name = lambda: self.run_name()
        stack.set_strip(self._is_strip)
        self._pages.addWidget(stack)
        self._built_stack = stack
        return stack

    def keyboard_start(self) -> QWidget | None:
        """The plot of the loss; None while there is none."""
        stack = self._built_stack
        return stack.loss_plot if stack is not None and stack.isVisible() else None

    def begin(self, history: History, steps_per_epoch: int, planned_steps: int, metric: Metric = ACCURACY) -> None:
        """Show `history`, which may hold steps already, as it grows.

        Args:
            history: written by the training thread from now on.
            steps_per_epoch: batches in an epoch, at least 1.
            planned_steps: steps the whole run will have; 0 if unknown.
            metric: of the run's task.
        """
        self._name_ghost(False)
        self._overlay_legend.set_current(self.run_name())
        self._metric = metric
        self._overlay_legend.set_overlays(self._placed, metric)
        self.stack.begin(history, steps_per_epoch, planned_steps, metric)
        self._pages.setCurrentWidget(self.stack)

    def set_strip(self, is_strip: bool) -> None:
        """Show the loss alone, as a low strip without its legends, or all curves."""
        self._is_strip = is_strip
        self._loss_header.setVisible(not is_strip)
        self._overlay_legend.set_kept_hidden(is_strip)
        self._empty.setMinimumHeight(self._least_height())
        if self._built_stack is not None:
            self._built_stack.set_strip(is_strip)
        self.updateGeometry()

    def set_looked_at(self, step: int | None, text: str = "") -> None:
        """Mark the step that other panels look back at; None removes the mark."""
        if self._built_stack is not None:
            self._built_stack.set_looked_at(step, text)

    def set_batch_step(self, step: int | None) -> None:
        """Mark the step whose batch is looked at; None removes the mark."""
        if self._built_stack is not None:
            self._built_stack.set_batch_step(step)

    def set_fan(self, futures: DrawnFutures | None) -> None:
        """Draw futures of the run over its loss; None removes them."""
        if self._built_stack is not None:
            self._built_stack.set_fan(futures)

    def set_has_validation(self, has_validation: bool) -> None:
        """Say whether the run evaluates samples that it holds out: only then is there a switch for their points."""
        for header in (self._loss_header, self._metric_header):
            header.set_has_validation(has_validation)

    def clear(self) -> None:
        """Remove all runs, and show how to begin one."""
        self.set_future(None)
        self.set_overlays(())
        self.set_rate_curve(None)
        self.stack.clear()
        self._pages.setCurrentWidget(self._empty)

    def refresh(self) -> float:
        """Draw new steps; returns the seconds spent, those of painting since the last call included.

        An ordinary frame paints only the pixel columns that gained steps.
        """
        return self._built_stack.refresh() if self._built_stack is not None else 0.0

    def reload(self) -> None:
        """Draw everything anew, after the history was cut."""
        self.stack.reload()

    def set_planned_steps(self, planned_steps: int) -> None:
        """Set the number of steps that the run will have."""
        self.stack.set_planned_steps(planned_steps)

    def add_change_mark(self, step: int, name: str, label: str, old_text: str, new_text: str) -> None:
        """Mark a change of a hyperparameter; changes of one name within a second become one mark.

        Args:
            step: the first step that used the new value.
            name: the hyperparameter's key.
            label: its name as people read it.
            old_text: the value before.
            new_text: the value from `step` on.
        """
        self.stack.marks.add_change(step, name, label, old_text, new_text)
        self.stack.redraw()

    def show_changes(self, rows: Sequence[tuple[int, str, str, str, str]]) -> None:
        """Put marks for these changes in the place of all that are there; incidents are marked by themselves.

        Args:
            rows: as for `add_change_mark`: step, name, label, old text, new text.
        """
        self.stack.marks.replace_changes(rows)
        self.stack.redraw()

    def set_future(
        self, history: History | None, *, branch_step: int | None = None, rate: RateCurve | None = None
    ) -> None:
        """Show the steps recorded beyond the current one as a ghost, and mark the current step.

        Args:
            history: the whole recorded run, from step 0, as it was before going back; None removes the ghost, and so
                does `begin`.
            branch_step: where the current run has left it, if it is of another run, which is shown from there on.
            rate: its learning rate; None where that is not known.
        """
        self._future_rate = rate
        self.stack.set_future(history, branch_step=branch_step)
        self._name_ghost(history is not None, is_parent=branch_step is not None)

    def set_overlays(self, overlays: Sequence[Overlay]) -> None:
        """Draw these runs over the current one, at most `MOST_OVERLAYS`; those that stay keep their colour."""
        self._placed = self._slots.assign(overlays)
        self._overlay_legend.set_current(self.run_name())
        self._overlay_legend.set_overlays(self._placed, self._metric)
        self.stack.set_overlays(self._placed)
        self.runs_changed.emit()

    def values_at(self, step: int | None) -> list[RunValues]:
        """What each run in the plots has at a step; None for the newest of the current run."""
        stack = self._built_stack
        if stack is None:
            return []
        names = self.run_name(), self._overlay_legend.ghost_name
        return values_at(stack.traces, stack.rate.rates_at, self._future_rate, names, step)

    def set_rate_curve(self, curve: RateCurve | None) -> None:
        """Show this learning rate: unless the user has chosen, only if it varies."""
        self._rate_is_known = curve is not None
        self.stack.set_rate_curve(curve)
        self._show_rate()

    def set_travel_enabled(self, enabled: bool) -> None:
        """Let a click at a recorded step go there, and show that at the pointer; off at first."""
        self.stack.inspector.set_travel_enabled(enabled)

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of `palette` from now on."""
        self._colours = PlotColours.of(palette)
        for part in (self._loss_header, self._metric_header, self._overlay_legend, self._empty):
            part.set_colours(self._colours)
        if self._built_stack is not None:
            self._built_stack.set_colours(self._colours)

    def state(self) -> dict[str, bool | float | None]:
        """The choices to save; None for the learning rate if the user has not chosen."""
        chosen = {name: button.isChecked() for name, button in self._choices.items()}
        return {"smoothing": self._loss_header.smoothing.beta, "show_learning_rate": self._rate_is_chosen, **chosen}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Restore what `state()` returned; missing or invalid entries are ignored."""
        for name, button in self._choices.items():
            if isinstance(chosen := state.get(name), bool):
                button.setChecked(chosen)
        if isinstance(beta := state.get("smoothing"), float):
            self._loss_header.smoothing.set_beta(beta)
        if isinstance(rate_is_chosen := state.get("show_learning_rate"), bool):
            self._on_rate_chosen(rate_is_chosen)

    def floating_place(self) -> QRect:
        """Where a notice may float: over the loss plot; where that is a low strip, or not there yet, over everything.

        In logical pixels of the panel.
        """
        stack = self._built_stack
        if stack is None or self._pages.currentWidget() is not stack or self._is_strip:
            return self.rect() if self._is_strip else self._pages.geometry()
        return QRect(stack.mapTo(self, stack.loss_places.area.topLeft()), stack.loss_places.area.size())

    def free_corner(self, size: QSize) -> QPoint:
        """Where in that place something of this size covers least of the curves and their marks."""
        place, stack = self.floating_place(), self._built_stack
        right = place.right() + 1 - SPACING - size.width()
        top = place.top() + SPACING
        if stack is None or self._pages.currentWidget() is not stack or self._is_strip:
            return QPoint(right, top)
        corners = [
            QPoint(x, y)
            for y in (top, max(top, place.bottom() + 1 - SPACING - size.height()))
            for x in (right, place.left() + SPACING)
        ]
        return min(corners, key=lambda corner: stack.loss_places.covered(QRect(stack.mapFrom(self, corner), size)))

    def further_height(self) -> int:
        """What the plot of the metric needs beside that of the loss, in pixels; 0 where it is never shown."""
        if self._is_strip:
            return 0
        header, line = self._metric_header.sizeHint().height(), self.fontMetrics().height()
        return metric_height(header, line, is_low=self._is_low)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """That of the plots with one row that names further runs, whether it is shown or not: a row moves no dock.

        In a low window the docks are moved rather than that the plots lack the room of a row that is not shown.
        """
        hint = super().minimumSizeHint()
        if self._is_strip or self._is_low or self._overlay_legend.isVisibleTo(self):
            return hint
        return QSize(hint.width(), hint.height() + SPACING + self._overlay_legend.row_height)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Have the plots ready soon, but not before the window is painted."""
        super().showEvent(event)
        if self._built_stack is None:
            QTimer.singleShot(BUILD_AFTER_MS, self, self.build)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A strip is lower in a low window, and other plots have a row less above them."""
        super().resizeEvent(event)
        self._empty.setMinimumHeight(self._least_height())
        self._overlay_legend.set_low(self._is_low)

    @property
    def _is_low(self) -> bool:
        return is_low(self.window().height())

    def _least_height(self) -> int:
        if self._is_strip:
            return strip_height(self.window().height())
        return least_stack_height(self.fontMetrics().height(), is_low=self._is_low)

    def _name_ghost(self, shown: bool, *, is_parent: bool = False) -> None:
        """Name the recorded future beside the legend of the loss; where that has no room, in a row of its own."""
        self._overlay_legend.set_ghost(shown, is_parent=is_parent)
        self._loss_header.set_ghost(self._overlay_legend.ghost_name if shown else "")

    def _on_rate_chosen(self, shown: bool) -> None:
        self._rate_is_chosen = shown
        self._show_rate()

    def _show_rate(self) -> None:
        if self._built_stack is None:
            return
        wanted = self._built_stack.rate.varies if self._rate_is_chosen is None else self._rate_is_chosen
        shown = wanted and self._rate_is_known
        self._rate_is_wanted = shown
        self._built_stack.set_rate_shown(shown, was_chosen=self._rate_is_chosen is True)
        self._show_rate_button()

    def _show_rate_button(self) -> None:
        """Press the button only where its plot is seen, and say why it is not."""
        if (stack := self._built_stack) is not None:
            self._metric_header.show_rate_button(
                is_known=self._rate_is_known,
                is_pressed=self._rate_is_wanted and stack.rate_has_room,
                lacks_room=not ((self._rate_is_wanted and stack.rate_has_room) or stack.rate_could_have_room),
                is_waiting=self._rate_is_wanted and not stack.rate_has_room,
            )
