"""The context menu of a plot: what can be done at a step, what can be copied, how it is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from workbench.engine.files.csv_table import csv_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.ui.plotting.curves.traces import Traces
    from workbench.ui.plotting.interaction.auto_range import AutoRange
    from workbench.ui.plotting.interaction.inspector import Inspector
    from workbench.ui.plotting.render.plot import Plot

MOST_COPIED: Final = 100_000
"""Steps; more would freeze the window, and no spreadsheet shows them. Of more, every second, third … is copied."""


class PlotMenu(QObject):
    """Opens at a right click, or at the crosshair with the menu key.

    Args:
        plots: those over the same steps.
        traces: the curves in them.
        inspector: shows and chooses a step.
        auto_range: shows the whole run.
        parent: Qt's parent.
    """

    def __init__(
        self, plots: Sequence[Plot], traces: Traces, inspector: Inspector, auto_range: AutoRange, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._traces = traces
        self._inspector = inspector
        self._auto_range = auto_range
        for plot in plots:
            plot.menu_requested.connect(partial(self.open, plot))

    def open(self, plot: Plot, place: float, where: QPoint | None = None) -> None:
        """Open the menu.

        Args:
            plot: over this.
            place: along the steps; NaN for that of the crosshair of the keyboard.
            where: on the screen; None for the place of the step.
        """
        step = self._inspector.shown_step if place != place else self._recorded(place)
        menu = self.menu(plot, step)
        menu.popup(where or self._at(plot, step))

    def menu(self, plot: Plot, step: int | None) -> QMenu:
        """The menu at a step; None for none that is recorded."""
        menu = QMenu(plot)
        menu.setObjectName("plot_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        translate = QCoreApplication.translate

        def add(name: str, text: str, act: Callable[[], object], is_possible: bool = True) -> None:
            action = menu.addAction(text)
            action.setObjectName(name)
            action.setEnabled(is_possible)
            action.triggered.connect(lambda _checked=False: act())

        if step is not None:
            text = f"{step:,}"
            choose, copy = self._inspector.choose, self._copy_text
            can_go = self._inspector.can_go_to(step)
            add(
                "plot_go",
                translate("Plots", "Go to step {step}").format(step=text),
                lambda: choose(step, batch=False),
                can_go,
            )
            add(
                "plot_batch",
                translate("Plots", "Show the batch of step {step}").format(step=text),
                lambda: choose(step, batch=True),
            )
            add(
                "plot_copy_step",
                translate("Plots", "Copy the values of step {step}").format(step=text),
                lambda: copy(self._inspector.text_at(step)),
            )
            menu.addSeparator()
        has_steps = len(self._traces.history) > 0
        add("plot_copy_picture", translate("Plots", "Copy picture"), lambda: copy_picture(plot))
        add("plot_copy_table", translate("Plots", "Copy the values shown"), lambda: self._copy_table(plot), has_steps)
        menu.addSeparator()
        add(
            "plot_reset",
            translate("Plots", "Show the whole run"),
            self._auto_range.reset,
            not self._auto_range.is_automatic,
        )
        return menu

    def table(self, plot: Plot) -> list[list[object]]:
        """The steps that are shown, with their loss, smoothed loss and metric; a title above each column."""
        history, smoothed, metric = self._traces.history, self._traces.smoothed, self._traces.metric.metric
        (low, high), _ = plot.ranges
        first, last = max(0, round(low)), min(len(history), round(high) + 1)
        every = max(1, -(-(last - first) // MOST_COPIED))
        name = "accuracy" if metric.is_share else "mean absolute error"
        rows: list[list[object]] = [["step", "training loss", "smoothed training loss", f"training {name}"]]
        for step in range(first, last, every):
            value = float(smoothed[step]) if step < len(smoothed) else None
            rows.append([step, float(history.loss[step]), value, float(history.metric[step])])
        return rows

    def _copy_table(self, plot: Plot) -> None:
        self._copy_text(csv_text(self.table(plot), delimiter="\t"))

    @staticmethod
    def _copy_text(text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def _recorded(self, place: float) -> int | None:
        step = round(place)
        return step if 0 <= step < self._traces.recorded else None

    @staticmethod
    def _at(plot: Plot, step: int | None) -> QPoint:
        column = None if step is None else plot.column_of(step)
        x = plot.width() // 2 if column is None else plot.axis_width + round(column)
        place: QPoint = plot.mapToGlobal(QPoint(x, plot.height() // 2))
        return place


def copy_picture(plot: Plot) -> None:
    """Put the plot on the clipboard as it is seen."""
    QGuiApplication.clipboard().setPixmap(plot.grab())
