"""The choices: a combo box for each registry, with a line of facts below the data set and the model."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QGridLayout, QWidget

from workbench.engine.recipe import REGISTRIES
from workbench.ui.style.icons import icon
from workbench.ui.text.engine_texts import label_of, locked_text, plain_tool_tip
from workbench.ui.widgets.choice_control import ChoiceControl
from workbench.ui.widgets.device_rows import DEVICE
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.icon_mark import IconMark
from workbench.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from workbench.engine.config.registry import Registry
    from workbench.ui.style.palette import Palette
    from workbench.ui.widgets.device_rows import DeviceRow

_BETWEEN: Final = 8
_SMALLER: Final = 0.9
WITH_FACTS: Final = ("dataset", "model")


class ChoiceGrid(QWidget):
    """Names on the left and combo boxes on the right.

    Attributes:
        controls: the combo boxes, by the name of the registry.
        lock: shows that the choices are locked, and why; the owner places it.
    """

    chosen = Signal(str, str)
    """The user chose a row, perhaps the one shown already: the registry's name, the row's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lock = IconMark(self)
        self.lock.setObjectName("choices_mark")
        self._labels: list[ElidedLabel] = []
        self._facts: dict[str, ElidedLabel] = {}
        self._problem = WrappedLabel(self)
        self._problem.setObjectName("model_problem")
        self._problem.setProperty("role", "error")
        self._problem.setContentsMargins(0, 2, 0, 0)
        self._problem.hide()
        self._palette: Palette | None = None
        self._is_locked = False
        self.controls: dict[str, ChoiceControl] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        for name, registry in REGISTRIES.items():
            self._add_choice(name, label_of(registry), registry)

    def set_facts(self, name: str, text: str) -> None:
        """Show facts about the chosen row of `name`, one of `WITH_FACTS`."""
        label = self._facts[name]
        label.setText(text)
        label.setToolTip(plain_tool_tip(text))

    def add_below(self, name: str, part: QWidget) -> None:
        """Show `part` right below the last choice, which is `name`."""
        assert list(self.controls)[-1] == name
        self._grid.addWidget(part, self._grid.rowCount(), 0, 1, 2)

    @property
    def has_problem(self) -> bool:
        """Whether it says why the chosen model and data do not fit."""
        return bool(self._problem.text())

    def set_problem(self, text: str) -> None:
        """Show why the chosen model and data do not fit, in the place of the facts about the model; "" hides it."""
        self._problem.setText(text)
        self._problem.setAccessibleName(text)
        self._problem.setVisible(bool(text))
        self._facts["model"].setVisible(not text)

    def offer_devices(self, rows: Registry[DeviceRow], shown: str) -> None:
        """Let the user choose among devices, below the other choices; `shown` is the chosen one."""
        if DEVICE in self.controls:
            old = self.controls.pop(DEVICE)
            label = self._labels.pop()
            for widget in (old, label):
                self._grid.removeWidget(widget)
                widget.deleteLater()
        self._add_choice(DEVICE, self.tr("Device"), rows)
        self.controls[DEVICE].show_choice(shown)
        self.set_locked(self._is_locked)

    def set_locked(self, locked: bool) -> None:
        """Disable all choices and say why, or enable them again."""
        self._is_locked = locked
        for control in self.controls.values():
            control.set_locked(locked)
        for label in self._labels:
            label.setEnabled(not locked)
        self._update_lock()

    def set_palette(self, palette: Palette) -> None:
        """Draw the icons in these colours."""
        self._palette = palette
        self._update_lock()

    def _add_choice(self, name: str, text: str, registry: Registry[Any]) -> None:
        label = ElidedLabel(text, self)
        control = ChoiceControl(name, text, registry, self)
        control.chosen.connect(partial(self.chosen.emit, name))
        # Not read as a mark of a letter to press.
        label.setBuddy(control)
        self._labels.append(label)
        self.controls[name] = control
        row = self._grid.rowCount()
        if self._labels[1:]:
            self._grid.setRowMinimumHeight(row, _BETWEEN)
            row += 1
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(control, row, 1)
        if name in WITH_FACTS:
            facts = ElidedLabel("", self)
            facts.setObjectName(f"{name}_facts")
            facts.setProperty("role", "muted")
            facts.setContentsMargins(0, 2, 0, 0)
            font = facts.font()
            font.setPointSizeF(_SMALLER * font.pointSizeF())
            facts.setFont(font)
            facts.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._facts[name] = facts
            self._grid.addWidget(facts, row + 1, 0, 1, 2)
            if name == "model":
                self._problem.setFont(font)
                self._grid.addWidget(self._problem, row + 2, 0, 1, 2)

    def _update_lock(self) -> None:
        if self._is_locked and self._palette is not None:
            self.lock.show_mark(icon("lock", self._palette.text_muted), locked_text())
        else:
            self.lock.show_mark(QIcon(), "")
