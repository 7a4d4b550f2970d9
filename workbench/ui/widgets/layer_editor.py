"""The control of hidden layers: a line for each layer with its width, and buttons that add and remove one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from workbench.engine.config.hidden_widths import MOST_LAYERS, WIDEST, widths_of
from workbench.engine.config.hyperparameter_types import Hyperparameter, Scale
from workbench.ui.style.icons import icon
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import help_of, plain_tool_tip, range_text
from workbench.ui.text.numbers import SliderScale
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.hyperparameter_control import HyperparameterControl
from workbench.ui.widgets.number_entry import NumberEntry

if TYPE_CHECKING:
    from workbench.engine.config.hyperparameters import Value
    from workbench.ui.style.palette import Palette

_FIRST_WIDTH: Final = 64
"""Units of a layer that is added where there is none; another one gets the width of the last."""
_WIDEST_TEXT: Final = "00000000"
_ENTRY_FRAME: Final = 20
_ICON: Final = QSize(16, 16)
_WIDTH: Final = Hyperparameter(
    name="width",
    label="Units",
    help="How many units the layer has.",
    kind=int,
    default=_FIRST_WIDTH,
    minimum=1,
    maximum=WIDEST,
    scale=Scale.LOGARITHMIC,
)


class LayerEditor(HyperparameterControl):
    """The widths of hidden layers, as in TensorFlow Playground; its value is their text, `512,512`.

    The first line has the buttons, which add a layer at the end or remove the last one; below are the layers, from the
    first to the last.
    """

    def __init__(self, row: Hyperparameter, parent: QWidget | None = None) -> None:
        super().__init__(row, parent)
        self._scale = SliderScale(_WIDTH)
        self._remove = self._button("minus", self.tr("Remove the last hidden layer"))
        self._add = self._button("plus", self.tr("Add a hidden layer"))
        self._remove.clicked.connect(self.remove_layer)
        self._add.clicked.connect(self.add_layer)
        self._header.addWidget(self._remove)
        self._header.addWidget(self._add)
        self._lines: list[_LayerLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(self._header)
        self._show_value(self.value())

    @property
    def widths(self) -> tuple[int, ...]:
        """The units of each layer, from the first to the last."""
        return widths_of(str(self.value()))

    def add_layer(self) -> None:
        """Add a hidden layer at the end, as wide as the last one."""
        self.finish()
        self._set_widths((*self.widths, self.widths[-1] if self.widths else _FIRST_WIDTH))

    def remove_layer(self) -> None:
        """Remove the last hidden layer."""
        self.finish()
        self._set_widths(self.widths[:-1])

    def finish(self) -> None:
        """Apply a typed width, or restore the last valid one."""
        for line in list(self._lines):
            line.entry.finish()

    def set_palette(self, palette: Palette) -> None:
        """Draw the icons in these colours."""
        super().set_palette(palette)
        for button, name in ((self._remove, "minus"), (self._add, "plus")):
            button.setIcon(icon(name, palette.text, disabled=palette.text_disabled))

    def focus_chain(self) -> list[QWidget]:
        """The buttons, then the widths from the first layer to the last."""
        return [self._remove, self._add, *(line.entry for line in self._lines)]

    def _show_value(self, value: Value) -> None:
        widths = widths_of(str(value))
        while len(self._lines) > len(widths):
            line = self._lines.pop()
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        while len(self._lines) < len(widths):
            self._add_line()
        for line, width in zip(self._lines, widths, strict=True):
            line.entry.show_value(width)
        self._remove.setEnabled(bool(widths))
        self._add.setEnabled(len(widths) < MOST_LAYERS)

    def _text_of(self, value: Value) -> str:
        return str(value) or self.tr("none")

    def _set_widths(self, widths: tuple[int, ...]) -> None:
        self.setValue(",".join(map(str, widths)))

    def _set_width(self, line: _LayerLine, width: int) -> None:
        """Give one layer another width; the line may be one that was removed while its text was applied."""
        if line in self._lines:
            index = self._lines.index(line)
            self._set_widths((*self.widths[:index], width, *self.widths[index + 1 :]))

    def _add_line(self) -> None:
        line = _LayerLine(len(self._lines) + 1, self)
        line.entry.setObjectName(f"{self.row.name}_{len(self._lines) + 1}")
        line.entry.value_entered.connect(lambda width: self._set_width(line, width))
        line.entry.step_requested.connect(lambda count: self._step(line, count))
        line.entry.invalid_changed.connect(lambda invalid: self._refuse(range_text(_WIDTH) if invalid else ""))
        self._lines.append(line)
        self._column.addWidget(line)
        line.show()  # Qt would do that only with its next event
        for first, second in pairwise(self.focus_chain()):
            QWidget.setTabOrder(first, second)

    def _step(self, line: _LayerLine, count: int) -> None:
        if line in self._lines:
            self._set_width(line, int(self._scale.stepped(self.widths[self._lines.index(line)], count)))

    def _button(self, name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"{self.row.name}_{name}")
        button.setAccessibleName(text)
        button.setToolTip(plain_tool_tip(text))
        button.setIconSize(_ICON)
        button.setAutoRaise(True)
        return button


class _LayerLine(QWidget):
    """One hidden layer: its number on the left, its width on the right."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        text = self.tr("Layer {number}").format(number=number)
        label = ElidedLabel(text, self)
        label.setProperty("role", "muted")
        self.entry = NumberEntry(_WIDTH, self)
        self.entry.setAccessibleName(self.tr("{layer}, units").format(layer=text))
        self.entry.setAccessibleDescription(help_of(_WIDTH))
        self.entry.setFixedWidth(self.entry.fontMetrics().horizontalAdvance(_WIDEST_TEXT) + scaled(_ENTRY_FRAME))
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 0, 0, 0)
        line.addWidget(label, 1)
        line.addWidget(self.entry)
