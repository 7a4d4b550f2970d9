"""ExplainMode: F1, then a click, explains what is there; Shift+F1 explains what has the keyboard. Also in dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QMenuBar, QWidget
from shiboken6 import isValid

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
    keeps up with a run that trains. A dialog has a card of its own: that of the window would lie under it.

    Args:
        window: whose widgets are explained, and those of its docks, menus and dialogs.
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
        self._palette: Palette | None = None
        self._main_card = self._callout = Callout(window)
        self._main_card.closed.connect(self.stop)
        self._main_card.read_on_requested.connect(self._on_read_on)
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

    def set_topics(self, topics: frozenset[str]) -> None:
        """Say about which topics there is more to read."""
        self._can_read_on = topics

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._palette = palette
        self._main_card.set_palette(palette)

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
        card, focus = self._main_card, self._window.focusWidget()
        had_focus = focus is not None and (focus is card or card.isAncestorOf(focus))
        self._close_card()
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
        if widget is not None:
            self._focused = focus
            self._show(widget, widget.rect().center(), _area(widget), takes_focus=True)

    def explain_focus_in(self, dialog: QDialog) -> None:
        """Explain what has the keyboard in a dialog."""
        widget = dialog.focusWidget() or dialog
        subject = self._finder.subject_at(widget, widget.rect().center()) or self._finder.subject_in_dialog(widget)
        self._say(subject, _area(widget), widget.objectName(), self._card_over(dialog), takes_focus=False)

    def explain_at(self, widget: QWidget, position: QPoint) -> None:
        """Explain what is at a position of `widget`; where nothing can be said, no other thing stays explained."""
        if not self._show(widget, position, _spot(widget.mapToGlobal(position)), takes_focus=False):
            self._subject = None
            self._close_card()

    def is_ours(self, widget: QWidget) -> bool:
        """Whether a widget is of the window, of one of its floating docks, its menus or its dialogs."""
        top: QWidget | None = widget.window()
        while top is not None:
            if top is self._window:
                return True
            top = top.parentWidget()
            top = None if top is None else top.window()
        return False

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
        self._callout.say(said.title, said.sentences, said.facts, topic=self._more_about(said.topic))

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
        if kind not in PRESSES or not isinstance(watched, QWidget) or not self.is_ours(watched):
            return False
        if isinstance(watched, Callout) or isinstance(watched.parentWidget(), Callout):
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
        spot = _spot(event.globalPosition().toPoint())
        subject = self._finder.subject_of_action(action)
        self._close_menus()
        self._say(subject, spot, action.objectName(), self._main_card, takes_focus=False)
        return True

    def _show(self, widget: QWidget, position: QPoint, spot: QRect, *, takes_focus: bool) -> bool:
        subject = self._finder.subject_at(widget, position)
        if subject is None:
            return False
        self._say(subject, spot, widget.objectName(), self._card_over(widget.window()), takes_focus=takes_focus)
        return True

    def _say(self, subject: Subject, spot: QRect, name: str, card: Callout, *, takes_focus: bool) -> None:
        said = subject()
        if card is not self._callout:
            self._close_card()
        self._subject, self._callout = subject, card
        self._callout.say(said.title, said.sentences, said.facts, topic=self._more_about(said.topic), place=spot)
        self._callout.show_at(takes_focus=takes_focus)
        self._timer.start()
        self._topic = said.topic or name
        self.explained.emit(self._topic)

    def _on_read_on(self, topic: str) -> None:
        self.stop()
        self.read_on_requested.emit(topic)

    def _more_about(self, topic: str) -> str:
        """The topic, if there is more to read about it; while a modal dialog is open, the window cannot be used."""
        return topic if topic in self._can_read_on and self._callout is self._main_card else ""

    def _card_over(self, top: QWidget) -> Callout:
        """The card that is seen over this window; that of a dialog goes with it."""
        if not isinstance(top, QDialog):
            return self._main_card
        card = top.findChild(Callout, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if card is None:
            card = Callout(top, is_window=True)
            card.closed.connect(self.stop)
            card.destroyed.connect(self._on_card_destroyed)
            top.finished.connect(self.stop)
            if self._palette is not None:
                card.set_palette(self._palette)
        return card

    def _close_card(self) -> None:
        self._callout.hide()
        self._callout = self._main_card

    def _on_card_destroyed(self) -> None:
        """Let go of a card whose dialog was deleted; one that was closed before has hidden it."""
        if not isValid(self._callout):
            self._callout = self._main_card

    @staticmethod
    def _close_menus() -> None:
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            pass


def _area(widget: QWidget) -> QRect:
    """Where a widget stands, in global coordinates."""
    return QRect(widget.mapToGlobal(QPoint()), widget.size())


def _spot(place: QPoint) -> QRect:
    """What the card leaves free around a place."""
    return QRect(place.x() - SPOT // 2, place.y() - SPOT // 2, SPOT, SPOT)
