"""The rows above the plots: titles, legends and controls."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from workbench.ui.plotting.legend.legend_button import LegendButton, Swatch
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

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.switches: dict[str, LegendButton] = {}
        heading = QLabel(title, self)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setProperty("role", "heading")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING)
        self._layout.addWidget(heading)
        self._layout.addSpacing(WIDE_SPACING - SPACING)

    def add_switches(self, colours: PlotColours, *entries: tuple[str, str, str, Swatch]) -> None:
        """Add entries to the legend.

        Args:
            colours: see `set_colours`.
            entries: object name, text, description for tooltip and screen reader, and shape of each trace.
        """
        for name, text, tip, swatch in entries:
            switch = LegendButton(name, text, swatch, colours, self)
            switch.setToolTip(tip)
            switch.setAccessibleName(tip)
            switch.toggled.connect(partial(self.trace_toggled.emit, name))
            self.switches[name] = switch
            self._layout.addWidget(switch)

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        for switch in self.switches.values():
            switch.set_colours(colours)

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.setAccessibleDescription(tip)
        return button


class LossHeader(PlotHeader):
    """The header of the loss plot, with the controls of both at its right end.

    Attributes:
        log_toggled: the user wants a logarithmic axis, or a linear one.
        beta_changed: the user wants the smoothing to use this weight of the past.
        reset_requested: the user wants to see the whole run.
    """

    log_toggled = Signal(bool)
    beta_changed = Signal(float)
    reset_requested = Signal()

    def __init__(self, colours: PlotColours, parent: QWidget) -> None:
        super().__init__(self.tr("Loss"), parent)
        self.add_switches(
            colours,
            ("show_training_loss", self.tr("Training"), self.tr("Training loss of every batch"), Swatch.FAINT_LINE),
            ("show_smoothed_loss", self.tr("Smoothed"), self.tr("Training loss, smoothed"), Swatch.STRONG_LINE),
            ("show_test_loss", self.tr("Test"), self.tr("Test loss after every epoch"), Swatch.POINTS),
        )
        self._smoothing = SmoothingControl(self)
        self._log_y = self._button("log_y", self.tr("Log y"), self.tr("Show the loss on a logarithmic axis"))
        self._log_y.setCheckable(True)
        self._reset = self._button(
            "reset_view", self.tr("Reset view"), self.tr("Show the whole run again, and follow it")
        )
        self._is_automatic = True
        self._draw_icons(colours)
        self._layout.addStretch(1)
        self._layout.addWidget(self._smoothing)
        self._layout.addSpacing(WIDE_SPACING - SPACING)
        self._layout.addWidget(self._log_y)
        self._layout.addWidget(self._reset)
        self._smoothing.beta_changed.connect(self.beta_changed)
        self._log_y.toggled.connect(self.log_toggled)
        self._reset.clicked.connect(self.reset_requested)

    @property
    def beta(self) -> float:
        """Weight of the past in the smoothing."""
        return self._smoothing.beta

    @property
    def is_log(self) -> bool:
        """Whether the loss is shown on a logarithmic axis."""
        return self._log_y.isChecked()

    def set_beta(self, beta: float) -> None:
        """Smooth with the weight `beta`."""
        self._smoothing.set_beta(beta)

    def set_log(self, is_log: bool) -> None:
        """Show the loss on a logarithmic axis, or not."""
        self._log_y.setChecked(is_log)

    def set_automatic(self, is_automatic: bool) -> None:
        """Draw Reset view in the accent colour while only a part of the run is shown."""
        self._is_automatic = is_automatic
        self._draw_icons(self._colours)

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        super().set_colours(colours)
        self._draw_icons(colours)

    def _draw_icons(self, colours: PlotColours) -> None:
        self._colours = colours
        self._log_y.setIcon(icon("log_scale", colours.text_muted))
        self._reset.setIcon(icon("reset_view", colours.text_muted if self._is_automatic else colours.accent))


class AccuracyHeader(PlotHeader):
    """The header of the accuracy plot, with the switch for the plot below it.

    Attributes:
        rate_chosen: the user wants the learning rate shown, or hidden.
    """

    rate_chosen = Signal(bool)

    def __init__(self, colours: PlotColours, parent: QWidget) -> None:
        super().__init__(self.tr("Accuracy in %"), parent)
        running = self.tr("Training accuracy, running within the epoch")
        self.add_switches(
            colours,
            ("show_training_accuracy", self.tr("Training"), running, Swatch.STRONG_LINE),
            ("show_test_accuracy", self.tr("Test"), self.tr("Test accuracy after every epoch"), Swatch.POINTS),
        )
        self._layout.addStretch()
        self._rate = self._button(
            "show_learning_rate",
            self.tr("Learning rate"),
            self.tr("Show what the learning rate was and will be: the slider's value, and the one the schedule makes"),
        )
        self._rate.setCheckable(True)
        self._rate.setEnabled(False)
        self._rate.clicked.connect(self.rate_chosen)
        self._layout.addWidget(self._rate)
        self.set_colours(colours)

    def set_rate_shown(self, shown: bool, *, known: bool) -> None:
        """Check the switch if the learning rate is shown; disable it while no rate is known."""
        self._rate.setChecked(shown)
        self._rate.setEnabled(known)

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        super().set_colours(colours)
        self._rate.setIcon(icon("learning_rate", colours.text_muted))


class RateHeader(PlotHeader):
    """The header of the learning rate's plot."""

    def __init__(self, colours: PlotColours, parent: QWidget) -> None:
        super().__init__(self.tr("Learning rate"), parent)
        self._chips = [
            LegendChip(text, LineSwatch(pick, (), width, point=False), colours, self)
            for text, pick, width in (
                (self.tr("Used"), attrgetter("training"), USED_WIDTH),
                (self.tr("Slider"), attrgetter("mark"), SLIDER_WIDTH),
            )
        ]
        for chip in self._chips:
            self._layout.addWidget(chip)
            self._layout.addSpacing(SPACING)
        self._layout.addStretch()

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        for chip in self._chips:
            chip.set_colours(colours)


class DifferenceHeader(PlotHeader):
    """The header of the difference curves."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(self.tr("Difference in training loss"), parent)
        note = ElidedLabel(self.tr("This run minus the other: below the line, this one is better."), self)
        note.setProperty("role", "muted")
        self._layout.addWidget(note, 1)
