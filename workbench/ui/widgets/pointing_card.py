"""PointingCard: a small card that points at a control, beside it, and never covers it where there is room elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from workbench.ui.style.icons import icon
from workbench.ui.system.announcing import announce
from workbench.ui.widgets.follower import Follower

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from workbench.ui.style.palette import Palette

LETTERS: Final = 36
"""Small Latin letters in a line: the average letter of a Korean font is nearly twice as wide."""
POINTER: Final = 10
"""Logical pixels from the card's edge to the tip of its pointer, which surrounds the card on all sides."""
GAP: Final = 6
"""Between the tip and the control."""
MARGIN: Final = 12
EDGE: Final = 4
RADIUS: Final = 8
TOP: Final = 90
"""Logical pixels from the upper edge of the window in which its bars lie."""
_CLOSE: Final = QSize(12, 12)


class PointingCard(QWidget):
    """A title, a sentence or two and a line that counts, with a pointer at the side of the control.

    It takes the focus only by the Tab key or a click.

    Args:
        window: over which it lies.
    """

    closed = Signal()
    pressed = Signal()
    """The user pressed the button of the card, where it has one."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("pointing_card")
        self._palette: Palette | None = None
        self._tip: QPoint | None = None
        self._follower = Follower(self)
        self._follower.moved.connect(self._place)
        self._bar = Follower(self)
        self._bar.moved.connect(self._on_bar_moved)
        self._title = self._label("pointing_card_title", "heading")
        self._count = self._label("pointing_card_count", "muted")
        self._text = self._label("pointing_card_text", "")
        self._close = QToolButton(self)
        self._close.setObjectName("pointing_card_close")
        self._close.setProperty("small", True)
        self._close.setIconSize(_CLOSE)
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.closed)
        self._button = QPushButton(self)
        self._button.setObjectName("pointing_card_button")
        self._button.setProperty("small", True)
        self._button.setAutoDefault(False)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.clicked.connect(self.pressed)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(self._button)
        column = QVBoxLayout(self)
        edge = MARGIN + POINTER
        column.setContentsMargins(edge, edge - 4, edge, edge - 4)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addLayout(foot)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; "" while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    @property
    def target(self) -> QWidget | None:
        """What it points at."""
        return self._follower.target

    def set_close_text(self, text: str) -> None:
        """Say what its small button does."""
        self._close.setToolTip(text)
        self._close.setAccessibleName(text)

    def keep_clear_of(self, bar: QWidget) -> None:
        """Never cover this bar at the lower edge of the window while it is shown."""
        self._bar.follow(bar)

    def say(self, title: str, text: str, count: str = "", button: str = "") -> None:
        """Say this from now on.

        Args:
            title: a few words.
            text: what to do.
            count: how far one is, such as "2 of 6".
            button: of a button; "" for none.
        """
        self._title.setText(title)
        self._text.setText(text)
        self._count.setText(count)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        if not self.isHidden():
            self._place()

    def point_at(self, target: QWidget | None) -> None:
        """Show the card beside `target`; in a corner of the window where there is none, or it is not seen."""
        self._follower.follow(target)
        self.show()
        self._place()
        announce(self, f"{self._title.text()}. {self._text.text()}")

    def stop(self) -> None:
        """Show nothing."""
        self._follower.follow(None)
        self.hide()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._palette = palette
        self._close.setIcon(icon("close", palette.text_muted))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the card with its pointer."""
        del event
        if self._palette is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._palette.focus, 1.5))
        painter.setBrush(self._palette.raised)
        painter.drawPath(self._outline())
        painter.end()

    def _outline(self) -> QPainterPath:
        body = self.rect().adjusted(POINTER, POINTER, -POINTER, -POINTER)
        path = QPainterPath()
        path.addRoundedRect(body, RADIUS, RADIUS)
        if self._tip is not None:
            tip, half = QPointF(self._tip), POINTER * 0.8
            inner = QPointF(
                min(max(tip.x(), body.left() + RADIUS + half), body.right() - RADIUS - half),
                min(max(tip.y(), body.top() + RADIUS + half), body.bottom() - RADIUS - half),
            )
            across = QPointF(0, half) if tip.x() < body.left() or tip.x() > body.right() else QPointF(half, 0)
            pointer = QPainterPath(tip)
            pointer.lineTo(inner + across)
            pointer.lineTo(inner - across)
            pointer.closeSubpath()
            path = path.united(pointer)
        return path

    def _on_bar_moved(self) -> None:
        if not self.isHidden():
            self._place()

    def _place(self) -> None:
        """Stand beside the control, whatever has moved."""
        target = self._follower.target
        window = target.window() if target is not None else self.window()
        if target is not None and self.parentWidget() is not window:
            self.setParent(window)
            self.show()
        seen, inside = self._follower.seen_rect(), window.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        bar = self._bar.target
        if bar is not None and bar.isVisible() and bar.window() is window:
            inside.setBottom(bar.mapTo(window, QPoint()).y() - 1)
        letters = self.fontMetrics().horizontalAdvance(LETTERS * "x")
        width = min(letters + 2 * (MARGIN + POINTER), inside.width())
        layout = self.layout()
        assert layout is not None
        layout.activate()
        size = QSize(width, min(layout.totalHeightForWidth(width), inside.height()))
        corner, tip = place_beside(seen, size, inside)
        self._tip = tip
        self.setGeometry(QRect(corner, size))
        self.raise_()
        self.update()

    def _label(self, name: str, role: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(name != "pointing_card_count")
        if role:
            label.setProperty("role", role)
        return label


def place_beside(seen: QRect, size: QSize, inside: QRect) -> tuple[QPoint, QPoint | None]:
    """Where a card of this size stands, and the tip of its pointer in the card's coordinates.

    It stands right, below, above or left of the control, at the first of these places where it does not cover it; below
    a button of a tool bar, and above a control that is lower than where the card may stand. Beside a control as large
    as the window it stands in its upper right corner, without a pointer.

    Args:
        seen: the control; empty where it is not seen.
        size: of the card.
        inside: where it may stand.
    """
    width, height = size.width(), size.height()
    if seen.isEmpty():
        return QPoint(inside.right() - width + 1, inside.bottom() - height + 1), None
    x = min(max(seen.center().x() - width // 2, inside.left()), inside.right() - width + 1)
    y = min(max(seen.center().y() - height // 2, inside.top()), inside.bottom() - height + 1)
    middle = QPoint(
        min(max(seen.center().x() - x, 2 * POINTER), width - 2 * POINTER),
        min(max(seen.center().y() - y, 2 * POINTER), height - 2 * POINTER),
    )
    below = QPoint(x, seen.bottom() + GAP), QPoint(middle.x(), 0)
    has_room_below = seen.bottom() + GAP + height <= inside.bottom()
    if has_room_below and seen.bottom() - inside.top() < TOP:
        return below  # beside a button of a tool bar stand others
    if seen.center().y() > inside.bottom():
        top = max(inside.top(), min(seen.top() - GAP, inside.bottom() + 1) - height)
        return QPoint(x, top), QPoint(middle.x(), height)
    if seen.right() + GAP + width <= inside.right():
        return QPoint(seen.right() + GAP, y), QPoint(0, middle.y())
    if has_room_below:
        return below
    if seen.top() - GAP - height >= inside.top():
        return QPoint(x, seen.top() - GAP - height), QPoint(middle.x(), height)
    if seen.left() - GAP - width >= inside.left():
        return QPoint(seen.left() - GAP - width, y), QPoint(width, middle.y())
    return QPoint(max(inside.left(), min(seen.right(), inside.right()) - width), max(inside.top(), seen.top())), None
