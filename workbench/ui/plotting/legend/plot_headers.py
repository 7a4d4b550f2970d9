"""The rows above the plots: titles, legends and controls."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from workbench.ui.plotting.legend.legend_button import LegendButton, Swatch, header_button
from workbench.ui.plotting.legend.overlay_legend import LegendChip, LineSwatch
from workbench.ui.plotting.legend.smoothing_control import SmoothingControl
from workbench.ui.style.icons import icon
from workbench.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from workbench.ui.plotting.render.colours import PlotColours

SPACING = 4
WIDE_SPACING = 16
USED_WIDTH = 2.0
SLIDER_WIDTH = 1.0


class PlotHeader(QWidget):
    """A plot's title and its legend, whose entries are switches.

    Attributes:
        trace_toggled: the user wants a trace (by the object name of its switch) shown or hidden.
        switches: the legend's entries by their object names.
    """

    trace_toggled = Signal(str, bool)

    def __init__(self, title: str, colours: PlotColours, parent: QWidget) -> None:
        super().__init__(parent)
        self.switches: dict[str, LegendButton] = {}
        self._colours = colours
        self._chips: list[LegendChip] = []
        self._icons: dict[str, QToolButton] = {}
        self._accented = ""
        heading = QLabel(title, self)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setProperty("role", "heading")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING)
        self._layout.addWidget(heading)
        self._layout.addSpacing(WIDE_SPACING - SPACING)

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        self._colours = colours
        parts: list[LegendButton | LegendChip] = [*self.switches.values(), *self._chips]
        for part in parts:
            part.set_colours(colours)
        for name, button in self._icons.items():
            button.setIcon(icon(name, colours.accent if name == self._accented else colours.text_muted))

    def _add_switch(self, name: str, text: str, tip: str, swatch: Swatch) -> None:
        """Add an entry to the legend; `tip` describes it for tooltip and screen reader."""
        switch = LegendButton(name, text, swatch, self._colours, self)
        switch.setToolTip(tip)
        switch.setAccessibleName(tip)
        switch.toggled.connect(partial(self.trace_toggled.emit, name))
        self.switches[name] = switch
        self._layout.addWidget(switch)


class LossHeader(PlotHeader):
    """The header of the loss plot, with the controls of both at its right end.

    Attributes:
        smoothing: sets the weight of the past.
        log_y: whether the loss is shown on a logarithmic axis.
        reset: shows the whole run again.
    """

    def __init__(self, colours: PlotColours, parent: QWidget) -> None:
        super().__init__(self.tr("Loss"), colours, parent)
        training, smoothed, test = self.tr("Training"), self.tr("Smoothed"), self.tr("Test")
        self._add_switch("show_training_loss", training, self.tr("Training loss of every batch"), Swatch.FAINT_LINE)
        self._add_switch("show_smoothed_loss", smoothed, self.tr("Training loss, smoothed"), Swatch.STRONG_LINE)
        self._add_switch("show_test_loss", test, self.tr("Test loss after every epoch"), Swatch.POINTS)
        self.smoothing = SmoothingControl(self)
        tip = self.tr("Show the loss on a logarithmic axis")
        self.log_y = header_button("log_y", self.tr("Log y"), tip, self)
        tip = self.tr("Show the whole run again, and follow it")
        self.reset = header_button("reset_view", self.tr("Reset view"), tip, self, checkable=False)
        self._icons = {"log_scale": self.log_y, "reset_view": self.reset}
        self._layout.addStretch(1)
        self._layout.addWidget(self.smoothing)
        self._layout.addSpacing(WIDE_SPACING - SPACING)
        self._layout.addWidget(self.log_y)
        self._layout.addWidget(self.reset)
        self.set_colours(colours)

    def set_automatic(self, is_automatic: bool) -> None:
        """Draw Reset view in the accent colour while only a part of the run is shown."""
        self._accented = "" if is_automatic else "reset_view"
        self.set_colours(self._colours)


class AccuracyHeader(PlotHeader):
    """The header of the accuracy plot.

    Attributes:
        rate: whether the plot of the learning rate is shown.
    """

    def __init__(self, colours: PlotColours, parent: QWidget) -> None:
        super().__init__(self.tr("Accuracy in %"), colours, parent)
        running = self.tr("Training accuracy, running within the epoch")
        self._add_switch("show_training_accuracy", self.tr("Training"), running, Swatch.STRONG_LINE)
        self._add_switch(
            "show_test_accuracy", self.tr("Test"), self.tr("Test accuracy after every epoch"), Swatch.POINTS
        )
        self._layout.addStretch()
        tip = self.tr("Show what the learning rate was and will be: the slider's value, and the one the schedule makes")
        self.rate = header_button("show_learning_rate", self.tr("Learning rate"), tip, self)
        self.rate.setEnabled(False)
        self._icons = {"learning_rate": self.rate}
        self._layout.addWidget(self.rate)
        self.set_colours(colours)


class RateHeader(PlotHeader):
    """The header of the learning rate's plot."""

    def __init__(self, colours: PlotColours, parent: QWidget) -> None:
        super().__init__(self.tr("Learning rate"), colours, parent)
        for text, pick, width in (
            (self.tr("Used"), attrgetter("training"), USED_WIDTH),
            (self.tr("Slider"), attrgetter("mark"), SLIDER_WIDTH),
        ):
            self._chips.append(LegendChip(text, LineSwatch(pick, (), width, point=False), colours, self))
            self._layout.addWidget(self._chips[-1])
            self._layout.addSpacing(SPACING)
        self._layout.addStretch()


class DifferenceHeader(PlotHeader):
    """The header of the difference curves."""

    def __init__(self, colours: PlotColours, parent: QWidget) -> None:
        super().__init__(self.tr("Difference in training loss"), colours, parent)
        note = ElidedLabel(self.tr("This run minus the other: below the line, this one is better."), self)
        note.setProperty("role", "muted")
        self._layout.addWidget(note, 1)
