"""The base of the panels whose contents can be copied and saved, and that do nothing while they cannot be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QDockWidget, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from workbench.ui.panel_bases.panel_menu import PanelMenu
from workbench.ui.system.later_turns import LaterTurns
from workbench.ui.widgets.empty_message import EmptyMessage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QContextMenuEvent, QShowEvent

    from workbench.ui.style.palette import Palette

LEAST_SIZE: Final = QSize(180, 120)


class DockedPanel(QWidget):
    """Shows contents, or a sentence in their place. A subclass builds the contents into `content`.

    A workspace shows a dozen panels at once, which together would keep the window waiting. So a panel in a dock stays
    blank, at its size, until it comes into sight; then it is built, and opened, in turns of the event loop of its own.
    Elsewhere it is there as soon as it is shown.

    Args:
        name: the object name, also of the sentence of the empty panel (with `_empty`).
        icon: of the empty panel.
        parent: Qt's parent.

    Attributes:
        content: holds what the subclass shows.
        menu: copies or saves it.
    """

    opened = Signal()
    """The panel shows its contents from now on; until now it was blank."""

    def __init__(self, name: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._empty = EmptyMessage(f"{name}_empty", icon, parent=self)
        self.content = QWidget(self)
        # Where the panel is smaller than its contents can be, it scrolls: no panel makes the window larger.
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.content)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._area)
        self._is_built = self._is_open = self._is_to_open = False
        policy = self._stack.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._stack.setSizePolicy(policy)
        self._stack.hide()
        self.menu = PanelMenu(self)
        layout = QVBoxLayout(self)
        layout.addWidget(self._stack)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A small panel stays small."""
        return LEAST_SIZE

    # For subclasses

    def build(self) -> None:
        """Make what the start of the program is spared: called once, before the panel is first seen."""

    def table(self) -> Iterable[Sequence[object]] | None:
        """The rows of what is shown, the first of them its head; None where there are none."""
        return None

    def catch_up(self) -> None:
        """Show what was left out while the panel could not be seen."""

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of `palette`."""
        self._empty.set_palette(palette)
        self.menu.set_palette(palette)

    # For the controllers

    @property
    def is_seen(self) -> bool:
        """Whether what the panel shows can be seen."""
        return self._is_open and self._is_in_sight

    def ensure_built(self) -> None:
        """Have the contents."""
        if not self._is_built:
            self._is_built = True
            self.build()

    def come_into_sight(self) -> None:
        """Catch up, if the panel can be seen; open it at the first time."""
        if self._is_open:
            self.catch_up()
        elif not self._is_in_dock:
            self.ensure_built()
            self._open()
        elif not self._is_to_open:
            self._is_to_open = True
            LaterTurns.of(self).add(self._build_in_sight)

    def show_content(self) -> None:
        """Show the contents in the place of a sentence."""
        self._stack.setCurrentWidget(self._area)

    def show_text(self, text: str) -> None:
        """Show a sentence in the place of the contents."""
        self._empty.set_text(text)
        self._stack.setCurrentWidget(self._empty)

    @property
    def text(self) -> str:
        """The sentence in the place of the contents; "" where the contents are shown."""
        return "" if self._stack.currentWidget() is self._area else self._empty.text

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer to copy or save what is shown."""
        self.menu.show_at(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Hear of it when the dock that holds the panel comes before the others behind its tab bar."""
        if event.type() is QEvent.Type.ParentChange and isinstance(dock := self.parentWidget(), QDockWidget):
            # Its place is known when Qt has laid out the docks.
            dock.visibilityChanged.connect(lambda _: QTimer.singleShot(0, self, self.come_into_sight))
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Catch up with what has happened meanwhile."""
        super().showEvent(event)
        self.come_into_sight()

    # Internals

    @property
    def _is_in_sight(self) -> bool:
        """Whether the panel is in sight. Behind another with tabs, Qt calls a dock visible, and moves it off-screen."""
        window = self.window()
        return self.isVisible() and window.rect().intersects(QRect(self.mapTo(window, QPoint()), self.size()))

    @property
    def _is_in_dock(self) -> bool:
        widget: QWidget | None = self.parentWidget()
        while widget is not None and not isinstance(widget, QDockWidget):
            widget = widget.parentWidget()
        return widget is not None

    def _build_in_sight(self) -> None:
        """Build what is in sight by now: where the docks stand is known only once Qt has laid them out."""
        if self._is_in_sight:
            self.ensure_built()
            LaterTurns.of(self).add(self._open_in_sight)
        else:
            self._is_to_open = False

    def _open_in_sight(self) -> None:
        self._is_to_open = False
        if self._is_in_sight:
            self._open()

    def _open(self) -> None:
        self._is_open = True
        self.catch_up()  # first, so that what is there is laid out once
        self._stack.show()
        self.opened.emit()
