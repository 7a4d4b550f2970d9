"""ExplainMode: F1, then a click, explains what is there; Shift+F1 explains what has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QMenuBar, QWidget

from workbench.ui.widgets.callout import Callout

if TYPE_CHECKING:
    from workbench.ui.help.explaining.explanation import Subject
    from workbench.ui.help.explaining.finder import Finder
    from workbench.ui.style.palette import Palette

REFRESH_MS: Final = 500
"""Between two updates of the values that are shown, while the card is open."""
SPOT: Final = 14
"""Logical pixels: the card keeps this far from a place that was clicked."""
PRESSES: Final = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.ContextMenu,
    }
)


class ExplainMode(QObject):
    """While it is on, the pointer is a question mark, and a click explains what it hits instead of pressing it.

    It stays on for further clicks until Esc, F1 or the other button of the mouse. Nothing is paused, and what is shown
    keeps up with a run that trains.

    Args:
        window: whose widgets are explained, and those of its docks and menus.
        finder: finds what a place stands for.

    Attributes:
        on_changed: whether it is on from now on.
        explained: the card says something new; the object name of what was hit.
        read_on_requested: the user wants to read on about this topic.
    """

    on_changed = Signal(bool)
    explained = Signal(str)
    read_on_requested = Signal(str)

    def __init__(self, window: QMainWindow, finder: Finder) -> None:
        super().__init__(window)
        self._window = window
        self._finder = finder
        self._is_on = False
        self._subject: Subject | None = None
        self._topic = ""
        self._focused: QWidget | None = None
        self._can_read_on: frozenset[str] = frozenset()
        self._callout = Callout(window)
        self._callout.closed.connect(self.stop)
        self._callout.read_on_requested.connect(self._on_read_on)
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    @property
    def is_on(self) -> bool:
        """Whether the next click explains."""
        return self._is_on

    @property
    def topic(self) -> str:
        """What the card is about; "" while it is closed."""
        return self._topic if self._callout.isVisible() else ""

    @property
    def callout(self) -> Callout:
        """The card."""
        return self._callout

    def set_topics(self, topics: frozenset[str]) -> None:
        """Say about which topics there is more to read."""
        self._can_read_on = topics

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._callout.set_palette(palette)

    def toggle(self) -> None:
        """Begin to explain, or leave."""
        if self._is_on:
            self.stop()
        else:
            self.start()

    def start(self) -> None:
        """Turn the pointer into a question mark, and explain what is clicked."""
        if self._is_on:
            return
        self._is_on = True
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        QApplication.setOverrideCursor(Qt.CursorShape.WhatsThisCursor)
        self.on_changed.emit(True)

    def stop(self) -> None:
        """Leave, close the card, and give the keyboard back."""
        self._subject = None
        self._timer.stop()
        had_focus = self._callout.isAncestorOf(self._window.focusWidget() or self._window) or self._callout.hasFocus()
        self._callout.hide()
        if had_focus and self._focused is not None and self._focused.isVisible():
            self._focused.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focused = None
        if self._is_on:
            self._is_on = False
            application = QApplication.instance()
            assert application is not None
            application.removeEventFilter(self)
            QApplication.restoreOverrideCursor()
            self.on_changed.emit(False)

    def explain_focus(self) -> None:
        """Explain what has the keyboard; without a focus, the curves."""
        focus = self._window.focusWidget()
        if focus is not None and self._callout in (focus, focus.parentWidget()):
            return
        widget = focus if focus is not None else self._window.centralWidget()
        if widget is None:
            return
        self._focused = focus
        middle = widget.rect().center()
        self._show(widget, middle, QRect(widget.mapTo(self._window, QPoint()), widget.size()), takes_focus=True)

    def explain_at(self, widget: QWidget, position: QPoint) -> bool:
        """Explain what is at a position of `widget`; returns whether something could be said."""
        place = self._window.mapFromGlobal(widget.mapToGlobal(position))
        return self._show(widget, position, _spot(place), takes_focus=False)

    def refresh(self) -> None:
        """Say the values of this moment."""
        if self._subject is None or not self._callout.isVisible():
            self._timer.stop()
            return
        try:
            said = self._subject()
        except RuntimeError:  # the widget that it is about has been deleted meanwhile
            self.stop()
            return
        topic = said.topic if said.topic in self._can_read_on else ""
        self._callout.say(said.title, said.sentences, said.facts, topic=topic)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the clicks and Esc while the mode is on; the menus still open."""
        kind = event.type()
        if kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and isinstance(watched, QWidget):
                if kind is QEvent.Type.KeyPress:
                    self._close_menus()
                    self.stop()
                event.accept()
                return kind is QEvent.Type.KeyPress
            return False
        if kind not in PRESSES or not isinstance(watched, QWidget) or not self._is_ours(watched):
            return False
        if self._callout is watched or self._callout.isAncestorOf(watched):
            return False
        if isinstance(watched, QMenuBar):
            return False
        if isinstance(watched, QMenu):
            return self._on_menu(watched, event)
        if isinstance(event, QMouseEvent) and kind is QEvent.Type.MouseButtonPress:
            if event.button() is Qt.MouseButton.LeftButton:
                self.explain_at(watched, event.position().toPoint())
            else:
                self.stop()
        return True

    def _on_menu(self, menu: QMenu, event: QEvent) -> bool:
        """Explain an entry of an open menu; one with a menu of its own opens that."""
        if not isinstance(event, QMouseEvent) or event.type() is not QEvent.Type.MouseButtonRelease:
            return False
        action = menu.actionAt(event.position().toPoint())
        if action is None or action.isSeparator() or action.menu() is not None:
            return False
        spot = _spot(self._window.mapFromGlobal(event.globalPosition().toPoint()))
        subject = self._finder.subject_of_action(action)
        self._close_menus()
        self._say(subject, spot, action.objectName(), takes_focus=False)
        return True

    def _show(self, widget: QWidget, position: QPoint, spot: QRect, *, takes_focus: bool) -> bool:
        subject = self._finder.subject_at(widget, position)
        if subject is None:
            return False
        self._say(subject, spot, widget.objectName(), takes_focus=takes_focus)
        return True

    def _say(self, subject: Subject, spot: QRect, name: str, *, takes_focus: bool) -> None:
        said = subject()
        self._subject = subject
        topic = said.topic if said.topic in self._can_read_on else ""
        self._callout.say(said.title, said.sentences, said.facts, topic=topic, place=spot)
        self._callout.show_at(takes_focus=takes_focus)
        self._timer.start()
        self._topic = said.topic or name
        self.explained.emit(self._topic)

    def _on_read_on(self, topic: str) -> None:
        self.stop()
        self.read_on_requested.emit(topic)

    def _is_ours(self, widget: QWidget) -> bool:
        """Whether a widget is of the window, of one of its floating docks or of one of its menus."""
        top: QWidget | None = widget.window()
        while top is not None:
            if top is self._window:
                return True
            top = top.parentWidget()
            top = None if top is None else top.window()
        return False

    @staticmethod
    def _close_menus() -> None:
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            pass


def _spot(place: QPoint) -> QRect:
    """What the card leaves free around a place."""
    return QRect(place.x() - SPOT // 2, place.y() - SPOT // 2, SPOT, SPOT)
