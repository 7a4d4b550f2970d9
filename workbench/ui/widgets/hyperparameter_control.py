"""The base of all controls of hyperparameters: name, mark, note and default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from workbench.ui.style.icons import icon
from workbench.ui.text.engine_texts import help_of, label_of, live_text, locked_text, plain_tool_tip
from workbench.ui.text.numbers import value_in_words
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.icon_mark import IconMark
from workbench.ui.widgets.style_variant import set_variant

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QMouseEvent

    from workbench.engine.config.hyperparameters import Hyperparameter, Value
    from workbench.ui.style.palette import Palette

NOTE_AFTER_MS: Final = 250
"""A change takes effect within a batch, in a few milliseconds: an earlier note about it would only flicker."""


class HyperparameterControl(QWidget):
    """A control for one row of the table; its object name is the row's.

    Subclasses place the header and their own widgets, and show values in `_show_value`.
    """

    value_changed = Signal(object)
    draft_changed = Signal(str)
    """What is typed and not applied yet; "" once it has been applied or given up."""

    def __init__(self, row: Hyperparameter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._value: Value = row.default
        self._default: Value = row.default
        self._applied: Value | None = None
        self._refused = ""
        self._is_locked = False
        self._why_not = ""
        self._automatic = 0
        self._palette: Palette | None = None
        self._note_timer = QTimer(self, singleShot=True, interval=NOTE_AFTER_MS)
        self._note_timer.timeout.connect(self._show_note)

        self.setObjectName(row.name)
        self.setAccessibleName(label_of(row))
        self._label = ElidedLabel(label_of(row), self)
        self._label.setObjectName(f"{row.name}_label")
        self._mark = IconMark(self)
        self._mark.setObjectName(f"{row.name}_mark")
        self._note = ElidedLabel("", self)
        self._note.setObjectName(f"{row.name}_note")
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._note.setProperty("role", "muted")
        self._header = QHBoxLayout()
        self._header.setSpacing(5)
        self._header.addWidget(self._label)
        self._header.addWidget(self._mark)
        self._header.addWidget(self._note, 1)
        self._update_help()

    @property
    def row(self) -> Hyperparameter:
        """Its row of the table."""
        return self._row

    @property
    def note(self) -> str:
        """The text at the right of the name: which values are allowed, the one that the run uses, what 0 means."""
        return self._note.text()

    def value(self) -> Value:
        """The value."""
        return self._value

    def setValue(self, value: Value) -> None:  # noqa: N802
        """Set a value; `value_changed` is emitted if it is another one.

        Raises:
            UsageError: the row does not allow it.
        """
        old = self._value
        self.show_value(value)
        if self._value != old:
            self.value_changed.emit(self._value)

    def show_value(self, value: Value) -> None:
        """Show a value, without a signal.

        Raises:
            UsageError: the row does not allow it.
        """
        checked = self._row.checked(value)
        has_changed, self._value = checked != self._value, checked
        self._show_value(checked)
        if has_changed:
            self._update_note()

    def set_default(self, value: Value) -> None:
        """Let `reset` return to this value: each optimizer has its own defaults."""
        self._default = self._row.checked(value)
        self._update_help()

    def reset(self) -> None:
        """Return to the default."""
        self.setValue(self._default)

    def finish(self) -> None:
        """Apply the typed text, or restore the last valid value."""

    def set_locked(self, locked: bool) -> None:
        """Disable the control and say why, or enable it again."""
        self._is_locked = locked
        self.setEnabled(not locked and not self._why_not)
        self._update_help()
        self._update_mark()

    def set_unavailable(self, reason: str) -> None:
        """Disable the control, because it would have no effect here: `reason` says why; "" where it has one again."""
        self._why_not = reason
        self.setEnabled(not self._is_locked and not reason)
        self._update_help()

    @property
    def why_disabled(self) -> str:
        """Why it cannot be used now, in a sentence; "" where it can."""
        return self._why_not or (locked_text() if self._is_locked else "")

    def set_automatic(self, number: int) -> None:
        """Say which number PyTorch uses where 0 leaves it to PyTorch."""
        self._automatic = number
        self._update_help()
        self._show_note()

    def set_applied(self, value: Value | None) -> None:
        """Set which value the run uses, so that a different value here shows as pending; None outside a run."""
        has_begun_or_ended = (value is None) != (self._applied is None)
        self._applied = value
        self._update_note()
        if has_begun_or_ended:
            self._update_mark()

    def set_palette(self, palette: Palette) -> None:
        """Draw the icons in these colours."""
        self._palette = palette
        self._update_mark()

    def focus_chain(self) -> list[QWidget]:
        """The widgets that take the keyboard, in the order of the Tab key."""
        raise NotImplementedError

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Return to the default on a double click on the name."""
        if self._label.geometry().contains(event.position().toPoint()):
            self.reset()
        else:
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer the default in a menu: few users know the double click."""
        menu = QMenu(self)
        menu.setObjectName(f"{self._row.name}_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction(self.tr("Reset to {value}").format(value=self._text_of(self._default)))
        action.setEnabled(self._value != self._default)
        action.triggered.connect(self.reset)
        menu.popup(event.globalPos())

    def _show_value(self, value: Value) -> None:
        """Show `value` in the control's widgets."""
        raise NotImplementedError

    def _refuse(self, reason: str) -> None:
        """Show in the note that the typed text is no value; "" once it is a value again."""
        self._refused = reason
        self._update_note()

    def _text_of(self, value: Value) -> str:
        return value_in_words(self._row, value, self._automatic)

    def _reset_text(self) -> str:
        return self.tr("Default: {value}. Double-click the name to return to it.")

    def _update_help(self) -> None:
        text = help_of(self._row)
        reset = self._reset_text().format(value=self._text_of(self._default))
        self.setAccessibleDescription(text)
        self.setWhatsThis(plain_tool_tip(text, reset))
        if self._why_not:
            self.setToolTip(plain_tool_tip(self._why_not, text))
        else:
            self.setToolTip(plain_tool_tip(locked_text(), text) if self._is_locked else plain_tool_tip(text, reset))

    def _update_mark(self) -> None:
        if self._palette is None:
            return
        if self._is_locked:
            self._mark.show_mark(icon("lock", self._palette.text_muted), locked_text())
        elif self._row.is_live:
            # It has the accent colour during a run, when a change takes effect at once.
            colour = self._palette.text_muted if self._applied is None else self._palette.accent_text
            self._mark.show_mark(icon("live", colour), live_text(self._row))
        else:
            self._mark.show_mark(QIcon(), "")

    def _is_pending(self) -> bool:
        return self._applied is not None and self._applied != self._value

    def _update_note(self) -> None:
        if self._refused or not self._is_pending() or self._note.text():
            self._show_note()
        elif not self._note_timer.isActive():
            self._note_timer.start()

    def _show_note(self) -> None:
        self._note_timer.stop()
        set_variant(self._note, "role", "error" if self._refused else "muted")
        if self._refused:
            self._note.setText(self._refused)
        elif self._is_pending() and self._applied is not None:
            self._note.setText(self.tr("now {value}").format(value=self._text_of(self._applied)))
        elif self._automatic and self._value == 0:
            self._note.setText(self._text_of(self._value))
        else:
            self._note.setText("")
