"""The control of a choice among the rows of a registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from workbench.ui.text.engine_texts import help_of, label_of, locked_text, plain_tool_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QWheelEvent

    from workbench.engine.config.registry import Registry

_LEAST_LETTERS = 8


class ChoiceControl(QComboBox):
    """A combo box with the rows of a registry; its value is the name of one row.

    Args:
        name: the object name.
        label: what is chosen, in the user's language.
        registry: the rows.
        parent: the widget it belongs to.
    """

    value_changed = Signal(object)
    chosen = Signal(str)
    """The user chose a row, or `setValue` did; also the one that is shown already."""

    def __init__(self, name: str, label: str, registry: Registry[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._registry = registry
        self._is_locked = False
        self._retired = ""
        self._own = ("", "", "")
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # It uses the room there is: the longest entry must not make the panel wider.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LEAST_LETTERS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._fill(registry.names)
        self._update_help()
        self.activated.connect(lambda: self.chosen.emit(self.value()))
        self.currentIndexChanged.connect(self._on_index_changed)

    def value(self) -> str:
        """The name of the chosen row."""
        return str(self.currentData()) if self.currentIndex() >= 0 else self._retired

    def setValue(self, name: str) -> None:  # noqa: N802
        """Choose a row; `value_changed` is emitted if it is another one.

        Raises:
            UsageError: there is no such row.
        """
        self._show(name)
        self.chosen.emit(name)

    def show_choice(self, name: str) -> None:
        """Show a row without choosing it and without a signal.

        Raises:
            UsageError: there is no such row.
        """
        with QSignalBlocker(self):
            self._show(name)
        self._update_help()

    def offer(self, names: Sequence[str]) -> None:
        """List only these rows, without choosing one; the one that is chosen is shown in any case."""
        if tuple(names) == self._listed:
            return
        chosen = self.value()
        with QSignalBlocker(self):
            self.clear()
            self._fill(names)
            self._show(chosen)

    def offer_own(self, name: str, label: str, text: str) -> None:
        """List the row `name`, for what the user brought, under the name `label`; `text` says what it is."""
        self._own = (name, label, text)
        chosen = self.value()
        with QSignalBlocker(self):
            if (index := self.findData(name)) >= 0:
                self.removeItem(index)
            self._add_own()
            self._show(chosen)
        self._update_help()

    def set_locked(self, locked: bool) -> None:
        """Disable the control and say why, or enable it again."""
        self._is_locked = locked
        self.setEnabled(not locked)
        self._update_help()

    @property
    def why_disabled(self) -> str:
        """Why it cannot be used now, in a sentence; "" where it can."""
        return locked_text() if self._is_locked else ""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Let the panel scroll: a choice changes too much to be made by an accidental turn of the wheel."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the choice with an ellipsis where the room is too small; Qt would cut it off."""
        del event
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = self.fontMetrics().elidedText(
            self.currentText() or self.placeholderText(), Qt.TextElideMode.ElideRight, field.width()
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def _fill(self, names: Sequence[str]) -> None:
        self._listed = tuple(names)
        for row in map(self._registry.__getitem__, names):
            self.addItem(label_of(row), row.name)
            self.setItemData(self.count() - 1, plain_tool_tip(help_of(row)), Qt.ItemDataRole.ToolTipRole)
        self._add_own()

    def _add_own(self) -> None:
        name, label, text = self._own
        if name:
            self.addItem(label, name)
            self.setItemData(self.count() - 1, plain_tool_tip(label, text), Qt.ItemDataRole.ToolTipRole)

    def _show(self, name: str) -> None:
        row = self._registry[name]
        index = self.findData(row.name)
        if index < 0:  # a retired row, of a run of an earlier version: shown, but not in the list
            self._retired = name
            self.setPlaceholderText(label_of(row))
        self.setCurrentIndex(index)

    def _on_index_changed(self) -> None:
        self._update_help()
        self.value_changed.emit(self.value())

    def _update_help(self) -> None:
        own, label, own_text = self._own
        text = f"{label}. {own_text}" if own and self.value() == own else help_of(self._registry[self.value()])
        self.setAccessibleDescription(text)
        self.setWhatsThis(plain_tool_tip(text))
        self.setToolTip(plain_tool_tip(locked_text(), text) if self._is_locked else plain_tool_tip(text))
