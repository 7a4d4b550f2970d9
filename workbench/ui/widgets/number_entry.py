"""A field for typing an exact number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from workbench.engine.errors import UsageError
from workbench.ui.system.announcing import announce
from workbench.ui.text.engine_texts import plain_tool_tip, refusal_of, sentence_of
from workbench.ui.text.numbers import format_value, parse_value
from workbench.ui.widgets.style_variant import set_variant
from workbench.ui.widgets.wheel_steps import WheelSteps

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from workbench.engine.config.hyperparameters import Hyperparameter, Value

JUDGED_AFTER_MS: Final = 700
"""A text is marked as wrong only after this pause: before 1e-3 is complete, the text is 1e-."""

_STEPS: Final = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
_LONGEST: Final = 40


class NumberEntry(QLineEdit):
    """A line edit for the value of one row.

    Enter, or leaving the field, applies the typed text. Escape, or leaving the field with a text that is no value,
    restores the last valid value. The arrow keys, Page Up, Page Down and, while the field has the focus, the wheel
    request steps. (A QDoubleSpinBox would round to fixed decimals, and turns NaN into its maximum.)
    """

    value_entered = Signal(object)
    step_requested = Signal(int)
    invalid_changed = Signal(bool)
    draft_changed = Signal(str)
    """What is typed and not applied yet; "" once it has been applied or given up."""

    def __init__(self, row: Hyperparameter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._value = row.default
        self._invalid = False
        self._wheel = WheelSteps()
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(_LONGEST)
        self.setProperty("invalid", False)
        self._judge_timer = QTimer(self, singleShot=True, interval=JUDGED_AFTER_MS)
        self._judge_timer.timeout.connect(self._judge)
        self._is_settling = False
        self._help = ""
        self.textEdited.connect(self._on_text_edited)
        self.textChanged.connect(self._on_text_changed)
        self.show_value(row.default)

    def _pending_value(self) -> Value | None:
        """The typed value that is not applied yet; None if nothing was typed, or no value."""
        return self._parsed() if self.isModified() else None

    def show_value(self, value: Value) -> None:
        """Show a value; a text that already means it is not changed while the user types."""
        self._value = value
        if self._pending_value() != value:
            self._settle()

    def finish(self) -> None:
        """Apply the typed text, or restore the last valid value."""
        value = self._pending_value()
        if value is not None:
            self.value_entered.emit(value)
        self._settle()

    def event(self, event: QEvent) -> bool:
        """Leave Space to an action where there is one: a line edit would claim it for a blank."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Apply, restore or step."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._apply()
        elif key == Qt.Key.Key_Escape and self.isModified():
            self._settle()
            self.selectAll()
        elif key in _STEPS:
            self._step(_STEPS[key])
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select the whole number; Qt would select only the digits between two points."""
        super().mouseDoubleClickEvent(event)
        self.selectAll()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Step while the field has the focus; otherwise let the panel scroll."""
        if notches := self._wheel.count(event, self):
            self._step(notches)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Finish, unless the focus only visits a menu or another window."""
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.finish()

    def _on_text_edited(self) -> None:
        if self._parsed() is not None:
            self._mark(invalid=False)
        self._judge_timer.start()
        self.draft_changed.emit(self.text())

    def _on_text_changed(self) -> None:
        """Take a text that was neither typed nor set by the program: assistive technology presses no Enter."""
        if not self._is_settling:
            QTimer.singleShot(0, self, self._take_over)

    def _take_over(self) -> None:
        # What is typed counts as modified; a text that was set does not.
        if self.isModified() or self._parsed() == self._value:
            return
        self.setModified(True)
        self._judge()
        if not self._invalid:
            self.finish()

    def _apply(self) -> None:
        self._judge()
        if not self._invalid:
            self.finish()
        self.selectAll()

    def _step(self, count: int) -> None:
        self.finish()
        self.step_requested.emit(count)

    def _settle(self) -> None:
        self._is_settling = True
        self.setText(format_value(self._row, self._value))  # this also resets `isModified`
        self._is_settling = False
        # The beginning of a long number must be visible.
        self.setCursorPosition(0)
        self._mark(invalid=False)
        self.draft_changed.emit("")

    def _judge(self) -> None:
        self._mark(invalid=self._parsed() is None)

    def _parsed(self) -> Value | None:
        try:
            return parse_value(self._row, self.text())
        except UsageError:
            return None

    def _mark(self, *, invalid: bool) -> None:
        self._judge_timer.stop()
        refusal = sentence_of(refusal_of(self._row, self.text())) if invalid else ""
        self.setToolTip(plain_tool_tip(refusal))
        if invalid:
            announce(self, refusal, is_urgent=True)
        if invalid != self._invalid:
            self._invalid = invalid
            # Qt passes no state of a refused text on to screen readers: the description says what is wrong.
            self._help = self.accessibleDescription() if invalid else self._help
            self.setAccessibleDescription(refusal if invalid else self._help)
            set_variant(self, "invalid", invalid)
            self.invalid_changed.emit(invalid)
