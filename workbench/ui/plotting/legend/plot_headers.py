"""The rows above the plots: titles, legends and controls."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.engine.config.tasks import ACCURACY
from workbench.ui.plotting.legend.legend_button import HeaderButton, LegendButton, Swatch
from workbench.ui.plotting.legend.legend_menu import LegendMenu
from workbench.ui.plotting.legend.line_swatch import GHOST, LineLook, LineSwatch
from workbench.ui.plotting.legend.overlay_legend import LegendChip
from workbench.ui.plotting.legend.smoothing_control import SmoothingControl
from workbench.ui.style.icons import icon
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.metric_texts import axis_title, r2_text, test_tip, training_tip
from workbench.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from workbench.engine.config.tasks import Metric
    from workbench.engine.history.records import Evaluation
    from workbench.ui.plotting.render.colours import PlotColours

SPACING = 4
WIDE_SPACING = 16
LEAST_LETTERS = 18
"""Of a title, which is cut only after the legend has become a menu."""
USED_WIDTH = 2.0
SLIDER_WIDTH = 1.0
VALIDATION_SWITCHES = ("show_validation_loss", "show_validation_accuracy")


class _Narrow(NamedTuple):
    """What is left out of a row.

    Attributes:
        buttons: the texts of buttons, whose icons say the same.
        values: the value of the smoothing.
        legend: its entries, which a menu shows instead. None of them stands there without its text.
    """

    buttons: bool = False
    values: bool = False
    legend: bool = False


NARROWEST = _Narrow(buttons=True, values=True, legend=True)
_BY_WIDTH = (_Narrow(), _Narrow(buttons=True), _Narrow(buttons=True, values=True), NARROWEST)


class PlotHeader(QWidget):
    """A plot's title and its legend, whose entries are switches.

    Args:
        title: of the plot.
        colours: see `set_colours`.
        parent: Qt's parent.
        legend: the object name of the button that opens the legend where it has no room; "" without one.

    Attributes:
        trace_toggled: the user wants a trace (by the object name of its switch) shown or hidden.
        switches: the legend's entries by their object names.
    """

    trace_toggled = Signal(str, bool)

    def __init__(self, title: str, colours: PlotColours, parent: QWidget, legend: str = "") -> None:
        super().__init__(parent)
        self.switches: dict[str, LegendButton] = {}
        self._has_validation = False
        self._colours = colours
        self._chips: list[LegendChip] = []
        self._icons: dict[str, HeaderButton] = {}
        self._accented = ""
        self._heading = heading = ElidedLabel(title, self, least_letters=LEAST_LETTERS)
        heading.setProperty("role", "heading")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING)
        self._narrow = NARROWEST
        # Cut only where the legend is in its menu.
        self._texts = [heading]
        self._layout.addWidget(heading)
        self._layout.addSpacing(WIDE_SPACING - SPACING)
        self._legend = LegendMenu(legend, self) if legend else None
        if self._legend is not None:
            self._legend.hide()
            self._layout.addWidget(self._legend)

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        self._colours = colours
        parts: list[LegendButton | LegendChip] = [*self.switches.values(), *self._chips]
        for part in parts:
            part.set_colours(colours)
        for name, button in self._icons.items():
            button.setIcon(icon(name, colours.accent if name == self._accented else colours.text_muted))
        if self._legend is not None:
            self._legend.setIcon(icon("chevron_down", colours.text_muted))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for the icons without their texts, and for the button that opens the legend."""
        return QSize(self._width_when(NARROWEST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave out texts where the row is too narrow for them."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Fit again: fonts and paddings of the stylesheet are known now."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out as little as the width allows."""
        room = self.width()
        narrow = next((narrow for narrow in _BY_WIDTH if self._width_when(narrow) <= room), NARROWEST)
        self._narrow = narrow
        for part, is_narrow in self._parts(narrow):
            part.set_narrow(is_narrow)
        entries = self._entries
        for switch in self.switches.values():
            switch.setVisible(switch in entries and not narrow.legend)
        if self._legend is not None:
            self._legend.switches = entries
            self._legend.setVisible(narrow.legend)

    def _width_when(self, narrow: _Narrow) -> int:
        """The least width of the row with this left out, in pixels."""
        width = self._layout.minimumSize().width()
        for part, is_narrow in self._parts(narrow):
            width += part.width_when(is_narrow) - _least_width(part)
        for entry in (self._legend, *self._entries):
            if entry is not None and not entry.isHidden():
                width -= _least_width(entry) + SPACING
        if not narrow.legend:
            # Whole sentences, too, come before the entries of the legend.
            width += sum(text.sizeHint().width() - _least_width(text) for text in self._texts if not text.isHidden())
        wanted: list[QWidget] = [self._legend] if narrow.legend and self._legend is not None else [*self._entries]
        return width + sum(_least_width(each) + SPACING for each in wanted)

    def _parts(self, narrow: _Narrow) -> list[tuple[HeaderButton | SmoothingControl, bool]]:
        """The parts that have a text which can be left out, and whether it is."""
        return [(button, narrow.buttons) for button in self._icons.values()]

    @property
    def _entries(self) -> list[LegendButton]:
        """The switches of the traces that there are."""
        switches = self.switches.items()
        return [switch for name, switch in switches if self._has_validation or name not in VALIDATION_SWITCHES]

    def set_has_validation(self, has_validation: bool) -> None:
        """Show the switch of the validation's points, or hide it: most runs have none."""
        if has_validation != self._has_validation:
            self._has_validation = has_validation
            self._fit()

    def _add_switch(self, name: str, text: str, tip: str, swatch: Swatch) -> None:
        """Add an entry to the legend; `tip` describes it for tooltip and screen reader."""
        switch = LegendButton(name, text, swatch, self._colours, self)
        switch.setToolTip(tip)
        switch.setAccessibleName(tip)
        switch.toggled.connect(partial(self.trace_toggled.emit, name))
        self.switches[name] = switch
        switch.setVisible(switch in self._entries)
        self._layout.addWidget(switch)


class LossHeader(PlotHeader):
    """The header of the loss plot, with the controls of both at its right end.

    Attributes:
        ghost_placed: whether the row has room for the name of the recorded future, which costs no other its text.
        smoothing: sets the weight of the past.
        log_y: whether the loss is shown on a logarithmic axis.
        reset: shows the whole run again.
    """

    ghost_placed = Signal(bool)

    def __init__(self, colours: PlotColours, parent: QWidget) -> None:
        super().__init__(self.tr("Loss"), colours, parent, "loss_legend")
        training, smoothed, test = self.tr("Training"), self.tr("Smoothed"), self.tr("Test")
        self._add_switch("show_training_loss", training, self.tr("Training loss of every batch"), Swatch.FAINT_LINE)
        self._add_switch("show_smoothed_loss", smoothed, self.tr("Training loss, smoothed"), Swatch.STRONG_LINE)
        self._add_switch("show_test_loss", test, self.tr("Test loss after every epoch"), Swatch.POINTS)
        validation, tip = self.tr("Validation"), self.tr("Loss on the held-out training samples after every epoch")
        self._add_switch("show_validation_loss", validation, tip, Swatch.DIAMONDS)
        self._names_ghost = self._has_ghost = False
        self._ghost = LegendChip("", LineSwatch(GHOST), colours, self)
        self._ghost.setObjectName("legend_ghost_above")
        self._ghost.hide()
        self._chips.append(self._ghost)
        self._layout.addWidget(self._ghost)
        self.smoothing = SmoothingControl(self)
        tip = self.tr("Show the loss on a logarithmic axis")
        self.log_y = HeaderButton("log_y", self.tr("Log y"), tip, self)
        tip = self.tr("Show the whole run again, and follow it")
        self.reset = HeaderButton("reset_view", self.tr("Reset view"), tip, self, checkable=False)
        self._icons = {"log_scale": self.log_y, "reset_view": self.reset}
        self._layout.addStretch(1)
        # However narrow the row is, it is no entry of the legend.
        self._layout.addSpacing(WIDE_SPACING - SPACING)
        self._layout.addWidget(self.smoothing)
        self._layout.addSpacing(WIDE_SPACING - SPACING)
        self._layout.addWidget(self.log_y)
        self._layout.addWidget(self.reset)
        self.set_colours(colours)

    def _parts(self, narrow: _Narrow) -> list[tuple[HeaderButton | SmoothingControl, bool]]:
        return [*super()._parts(narrow), (self.smoothing, narrow.values)]

    def set_ghost(self, name: str) -> None:
        """Name the recorded future so, where there is room; "" does not name it."""
        self._ghost.set_name(name)
        self._names_ghost = bool(name)
        self._fit()

    def _fit(self) -> None:
        super()._fit()
        ghost = self._ghost.frame_width + self._ghost.name.sizeHint().width()
        slider = self.smoothing.sizeHint().width() - _least_width(self.smoothing)
        width = self._width_when(self._narrow) + slider + ghost + WIDE_SPACING
        self._ghost.setMinimumWidth(ghost)
        has_ghost = self._names_ghost and not self._narrow.legend and width <= self.width()
        self._ghost.setVisible(has_ghost)
        if has_ghost != self._has_ghost:
            self._has_ghost = has_ghost
            self.ghost_placed.emit(has_ghost)

    def _width_when(self, narrow: _Narrow) -> int:
        """Without the recorded future, which makes nothing else give way."""
        ghost = 0 if self._ghost.isHidden() else self._ghost.minimumWidth() + SPACING
        return super()._width_when(narrow) - ghost

    def set_automatic(self, is_automatic: bool) -> None:
        """Draw Reset view in the accent colour while only a part of the run is shown."""
        self._accented = "" if is_automatic else "reset_view"
        self.set_colours(self._colours)


class MetricHeader(PlotHeader):
    """The header of the plot of the task's metric; for regression also the coefficient of determination (R²).

    Attributes:
        rate: whether the plot of the learning rate is shown.
    """

    def __init__(self, colours: PlotColours, parent: QWidget) -> None:
        super().__init__(axis_title(ACCURACY), colours, parent, "accuracy_legend")
        running, tested = training_tip(ACCURACY), test_tip(ACCURACY)
        self._add_switch("show_training_accuracy", self.tr("Training"), running, Swatch.STRONG_LINE)
        self._add_switch("show_test_accuracy", self.tr("Test"), tested, Swatch.POINTS)
        validation, tip = self.tr("Validation"), self.tr("Result on the held-out training samples after every epoch")
        self._add_switch("show_validation_accuracy", validation, tip, Swatch.DIAMONDS)
        self._test = ElidedLabel("", self)
        self._test.setObjectName("metric_r2")
        self._test.setProperty("role", "muted")
        self._test.hide()
        self._layout.addSpacing(SPACING)
        self._layout.addWidget(self._test)
        self._no_room = ElidedLabel(self.tr("No room for this plot"))
        self._no_room.setToolTip(plain_tool_tip(self.tr("Make the window higher, or the panels below lower.")))
        self._no_room.setProperty("role", "muted")
        self._no_room.hide()
        self._texts.append(self._no_room)
        self._layout.addWidget(self._no_room)
        self._layout.addStretch()
        self._rate_tip = self.tr(
            "Show what the learning rate was and will be: the slider's value, and the one the schedule makes"
        )
        self.rate = HeaderButton("show_learning_rate", self.tr("Learning rate"), self._rate_tip, self)
        self.rate.setEnabled(False)
        self._icons = {"learning_rate": self.rate}
        self._layout.addWidget(self.rate)
        self.set_colours(colours)

    def set_metric(self, metric: Metric) -> None:
        """Name another metric."""
        self._heading.setText(axis_title(metric))
        for name, tip in (("show_training_accuracy", training_tip(metric)), ("show_test_accuracy", test_tip(metric))):
            self.switches[name].setToolTip(tip)
            self.switches[name].setAccessibleName(tip)

    def show_test(self, test: Evaluation | None) -> None:
        """Show the coefficient of determination of the last test, where there is one."""
        text = "" if test is None or test.r2 is None else self.tr("{r2} in the last test").format(r2=r2_text(test.r2))
        if text != self._test.text():
            self._test.setText(text)
            self._test.setToolTip(plain_tool_tip(self._r2_help()) if text else "")
            self._test.setVisible(bool(text))

    def set_has_room(self, has_room: bool) -> None:
        """Say that there is no room for the plot below, or no more."""
        if self._no_room.isHidden() != has_room:
            self._no_room.setVisible(not has_room)
            self._fit()

    def show_rate_button(self, *, is_known: bool, is_pressed: bool, is_waiting: bool, lacks_room: bool) -> None:
        """Show whether the plot of the learning rate is seen; where it is not, the tooltip says why.

        Args:
            is_known: there is a learning rate to show.
            is_pressed: its plot is seen.
            is_waiting: its plot would be shown if there were room below the accuracy.
            lacks_room: there is no room even in the place of the accuracy.
        """
        self.rate.setChecked(is_pressed)
        self.rate.setEnabled(is_known and not lacks_room)
        tip = self._rate_tip
        if is_known and lacks_room:
            tip = self.tr("No room for the learning rate: make the window higher, or the panels below lower.")
        elif is_known and is_waiting:
            tip = self.tr("No room below the accuracy: click to show the learning rate in its place.")
        self.rate.setToolTip(tip)

    def _r2_help(self) -> str:
        return self.tr(
            "The coefficient of determination: the share of the variance of the targets that the outputs explain. 1 is "
            "perfect, 0 is as good as always giving the mean, and less is worse than that."
        )


class RateHeader(PlotHeader):
    """The header of the learning rate's plot."""

    def __init__(self, colours: PlotColours, parent: QWidget) -> None:
        super().__init__(self.tr("Learning rate"), colours, parent)
        for text, pick, width in (
            (self.tr("Used"), attrgetter("training"), USED_WIDTH),
            (self.tr("Slider"), attrgetter("mark"), SLIDER_WIDTH),
        ):
            self._chips.append(LegendChip(text, LineSwatch(LineLook(pick, (), width, point=False)), colours, self))
            self._layout.addWidget(self._chips[-1])
            self._layout.addSpacing(SPACING)
        self._layout.addStretch()


class DifferenceHeader(PlotHeader):
    """The header of the difference curves."""

    def __init__(self, colours: PlotColours, parent: QWidget) -> None:
        super().__init__(self.tr("Difference in training loss"), colours, parent)
        note = ElidedLabel(self.tr("This run minus the other run. The test says which one is better."), self)
        note.setProperty("role", "muted")
        self._layout.addWidget(note, 1)


def _least_width(part: QWidget) -> int:
    """The width that a layout keeps for `part` as it is."""
    return part.minimumSizeHint().width()
