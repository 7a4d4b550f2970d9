"""What a screen reader is told of widgets that Qt cannot describe: real values of sliders, and what a plot shows.

Qt asks for the description of a widget only where assistive technology listens; otherwise nothing here runs.
"""

from __future__ import annotations

import ctypes
import html
import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleValueInterface
from PySide6.QtWidgets import QAccessibleWidget, QComboBox, QLabel, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable


class SpokenNumber(NamedTuple):
    """A value as a screen reader reads and sets it.

    Attributes:
        value: now.
        minimum: the least that can be set.
        maximum: the greatest that can be set.
        text: the value in words, in the user's language.
        step: between two values; 0 where it differs.
    """

    value: float
    minimum: float
    maximum: float
    text: str
    step: float = 0.0


@runtime_checkable
class SpokenSlider(Protocol):
    """A slider whose position is not its value."""

    def spoken_number(self) -> SpokenNumber:
        """The value."""

    def set_spoken_number(self, value: float) -> None:
        """Set the value as the user does, or the nearest that is allowed."""


@runtime_checkable
class SpokenChart(Protocol):
    """A painted picture of numbers."""

    def spoken_summary(self) -> str:
        """What it shows, in sentences."""

    def spoken_value(self) -> SpokenNumber | None:
        """The latest values, in words; None while there are none."""


def install() -> None:
    """Let Qt ask here first; once in a process."""
    if not _KEPT.is_installed:
        _KEPT.is_installed = True
        QAccessible.installFactory(_made)


def plain_text(text: str) -> str:
    """A tool tip without its marks: Qt would have them read aloud."""
    if not is_marked(text):
        return text
    return html.unescape(_TAGS.sub("", _ENDS.sub(" ", text))).strip()


def is_marked(text: str) -> bool:
    """Whether a text is one that `plain_tool_tip` has made."""
    return text.startswith("<p>")


class _Kept:
    """Holds what Qt uses and Python would delete.

    Python must never delete these objects, not even at its end: Qt does, with their widgets.
    """

    def __init__(self) -> None:
        self.is_installed = False
        self.interfaces: list[QAccessibleInterface] = []
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self))

    def add(self, interface: QAccessibleInterface) -> None:
        if len(self.interfaces) > _MANY:
            # Those that Qt has deleted are empty by now.
            self.interfaces = [each for each in self.interfaces if shiboken6.isValid(each)]
        self.interfaces.append(interface)


_MANY: Final = 500
_KEPT: Final = _Kept()
_ENDS = re.compile(r"</p>\s*|<br\s*/?>")
_TAGS = re.compile(r"<[^>]*>")


class _Value(QAccessibleValueInterface):
    """A number that is read, and perhaps set."""

    def __init__(self, number: Callable[[], SpokenNumber | None], set_number: Callable[[float], None] | None) -> None:
        super().__init__()
        self._number = number
        self._set = set_number

    def currentValue(self) -> Any:  # noqa: N802
        number = self._number()
        return None if number is None else number.value

    def setCurrentValue(self, value: Any) -> None:  # noqa: N802
        if self._set is not None:
            self._set(float(value))

    def minimumValue(self) -> Any:  # noqa: N802
        number = self._number()
        return None if number is None else number.minimum

    def maximumValue(self) -> Any:  # noqa: N802
        number = self._number()
        return None if number is None else number.maximum

    def minimumStepSize(self) -> Any:  # noqa: N802
        number = self._number()
        return None if number is None else number.step


_NOTHING: Final = shiboken6.VoidPtr(0)


class _Spoken(QAccessibleWidget):
    """A widget with a value of its own."""

    def __init__(self, widget: QWidget, role: QAccessible.Role, value: _Value) -> None:
        super().__init__(widget, role)
        self._value = value

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        if kind == QAccessible.InterfaceType.ValueInterface:
            return shiboken6.VoidPtr(shiboken6.getCppPointer(self._value)[0])
        # PySide ends the process where Qt asks and the answer is None.
        found = super().interface_cast(kind)
        return _NOTHING if found is None else found


class _Slider(_Spoken):
    def __init__(self, widget: QWidget) -> None:
        assert isinstance(widget, SpokenSlider)
        self._slider = widget
        super().__init__(widget, QAccessible.Role.Slider, _Value(widget.spoken_number, widget.set_spoken_number))

    def text(self, kind: QAccessible.Text) -> str:
        if kind == QAccessible.Text.Value:
            return self._slider.spoken_number().text
        return plain_text(super().text(kind))


class _Chart(_Spoken):
    """It has no parts: what it shows is in its value and its description."""

    def __init__(self, widget: QWidget) -> None:
        assert isinstance(widget, SpokenChart)
        self._chart = widget
        super().__init__(widget, QAccessible.Role.Chart, _Value(widget.spoken_value, None))

    def text(self, kind: QAccessible.Text) -> str:
        if kind == QAccessible.Text.Value:
            value = self._chart.spoken_value()
            return "" if value is None else value.text
        if kind == QAccessible.Text.Description:
            return self._chart.spoken_summary()
        return plain_text(super().text(kind))

    def childCount(self) -> int:  # noqa: N802
        return 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        del index
        return None


class _PlainDescription(QObject):
    """Gives a widget the text of its tool tip as description, without marks, also when the tool tip changes."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._own = ""
        widget.installEventFilter(self)
        self._update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.ToolTipChange:
            self._update()
        return super().eventFilter(watched, event)

    def _update(self) -> None:
        if self._widget.accessibleDescription() == self._own:  # not one that other code has set
            self._own = plain_text(self._widget.toolTip())
            self._widget.setAccessibleDescription(self._own)


def _made(_class_name: str, watched: QObject | None) -> QAccessibleInterface | None:
    """What Qt asks for each class of a widget, from the last to `QObject`; None leaves it to Qt."""
    if not isinstance(watched, QWidget):
        return None
    if watched.property(_SEEN) is None:
        watched.setProperty(_SEEN, True)
        # Not now: the change would be announced before there is anybody to announce it.
        QTimer.singleShot(0, watched, partial(_describe, watched))
    if isinstance(watched, SpokenSlider):
        interface: QAccessibleInterface = _Slider(watched)
    elif isinstance(watched, SpokenChart):
        interface = _Chart(watched)
    else:
        return None
    _KEPT.add(interface)
    return interface


def _describe(widget: QWidget) -> None:
    if not shiboken6.isValid(widget):
        return
    if isinstance(widget, QComboBox):
        _label(widget)
    if widget.accessibleDescription():
        return
    if is_marked(widget.toolTip()) or isinstance(widget, QLabel):  # labels often say later what they mean
        _PlainDescription(widget)


def _label(box: QComboBox) -> None:
    """Give a drop-down a label that is not seen, where it has none: on Linux its name is the row that is chosen."""
    parent, name = box.parentWidget(), box.accessibleName()
    if parent is None or not name or any(label.buddy() is box for label in parent.findChildren(QLabel)):
        return
    label = QLabel(parent)
    label.hide()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(name.replace("&", "&&"))
    label.setBuddy(box)


_SEEN: Final = "_spoken"
