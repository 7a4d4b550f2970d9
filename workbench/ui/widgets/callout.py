"""A card over the window that says something about one place of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from workbench.ui.style.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from workbench.ui.style.palette import Palette

LETTERS: Final = 52
"""Average letters in a line: a readable width, which grows with the font."""
GAP: Final = 10
"""Logical pixels between the card and the place that it is about."""
MARGIN: Final = 12
EDGE: Final = 8
"""Logical pixels between the card and the edge of the window."""


class Callout(QFrame):
    """Title, sentences and lines of facts, with buttons to copy, to read on and to close.

    It lies over the widgets of a window and moves nothing. It takes the keyboard only where it is asked to.

    Args:
        parent: the window; or a dialog, which may be smaller than the card.
        is_window: whether the card is a window of its own over the parent. Such a one never has the keyboard.

    Attributes:
        closed: the user closed it.
        read_on_requested: the user wants to read more about the topic of this key.
    """

    closed = Signal()
    read_on_requested = Signal(str)

    def __init__(self, parent: QWidget, *, is_window: bool = False) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip if is_window else Qt.WindowType.Widget)
        self.setObjectName("callout")
        self.setProperty("role", "callout")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._escape: QShortcut | None = None
        if is_window:
            # Esc would close the dialog: the card has no keyboard to hear it.
            self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), parent)
            self._escape.activated.connect(self.closed)
        self._place = QRect()
        self._topic = ""
        self._text = ""
        self._palette: Palette | None = None
        self._title = self._label("callout_title", "heading")
        self._close = self._tool("callout_close", self.tr("Close"), self.closed.emit)
        self._sentences: list[QLabel] = []
        self._facts: list[QLabel] = []
        self._read_on = QPushButton(self.tr("Read on"), self)
        self._read_on.setObjectName("callout_read_on")
        self._read_on.setToolTip(self.tr("Open what the guide says about this."))
        self._read_on.setAccessibleName(self.tr("Read on"))
        self._read_on.setProperty("small", True)
        self._read_on.clicked.connect(lambda: self.read_on_requested.emit(self._topic))
        self._copy = QPushButton(self.tr("Copy"), self)
        self._copy.setObjectName("callout_copy")
        self._copy.setToolTip(self.tr("Copy the text."))
        self._copy.setAccessibleName(self.tr("Copy"))
        self._copy.setProperty("small", True)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._body = QVBoxLayout()
        self._body.setSpacing(6)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self._copy)
        foot.addWidget(self._read_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN - 2, MARGIN, MARGIN - 2)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._body)
        column.addLayout(self._grid)
        column.addLayout(foot)
        self.hide()

    @property
    def text(self) -> str:
        """All that it says, line by line; "" while it is hidden."""
        return "" if self.isHidden() else self._text

    def say(
        self,
        title: str,
        sentences: Sequence[str],
        facts: Sequence[tuple[str, str]],
        *,
        topic: str = "",
        place: QRect | None = None,
    ) -> None:
        """Say this from now on; `show_at` shows it.

        Args:
            title: the name of the thing, with its value.
            sentences: about it.
            facts: name and text of each line below them.
            topic: the key of what can be read on; "" hides the button.
            place: what it is about, in global coordinates; None leaves the card where it is.
        """
        sentences = [sentence for sentence in sentences if sentence]
        text = "\n".join([title, *sentences, *(f"{name}: {value}" for name, value in facts)])
        self._topic = topic
        self._read_on.setVisible(bool(topic))
        if text != self._text:
            self._text = text
            self._title.setText(title)
            self._show_sentences(sentences)
            self._show_facts(facts)
            self.setAccessibleName(title)
            self.setAccessibleDescription(text)
        if place is not None:
            self._place = place
        self._arrange()

    def show_at(self, *, takes_focus: bool) -> None:
        """Show it beside its place, over everything else; a screen reader is told."""
        self.show()
        self.raise_()
        self._arrange()
        if takes_focus and not self.isWindow():
            self.setFocus(Qt.FocusReason.PopupFocusReason)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def set_palette(self, palette: Palette) -> None:
        """Draw the icon in these colours."""
        self._palette = palette
        self._close.setIcon(icon("close", palette.text_muted))

    def setVisible(self, visible: bool) -> None:  # noqa: N802
        """Take the key of the parent while it is shown."""
        super().setVisible(visible)
        if self._escape is not None:
            self._escape.setEnabled(visible)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        """Take the size of the text, and stand below the place, or above or beside it where there is no room."""
        parent = self.parentWidget()
        if parent is None:
            return
        if self.isWindow():
            origin, room = QPoint(), parent.screen().availableGeometry()
        else:
            origin, room = parent.mapToGlobal(QPoint()), parent.rect()
        inside, place = room.adjusted(EDGE, EDGE, -EDGE, -EDGE), self._place.translated(-origin)
        width = min(LETTERS * self.fontMetrics().averageCharWidth() + 2 * MARGIN, inside.width())
        layout = self.layout()
        assert layout is not None
        height = min(layout.totalHeightForWidth(width), inside.height())
        self.setGeometry(QRect(_beside(place, QSize(width, height), inside), QSize(width, height)))

    def _show_sentences(self, sentences: Sequence[str]) -> None:
        for place in range(max(len(sentences), len(self._sentences))):
            if place == len(self._sentences):
                self._sentences.append(self._label(f"callout_sentence_{place}", ""))
                self._body.addWidget(self._sentences[place])
            label = self._sentences[place]
            label.setVisible(place < len(sentences))
            if place < len(sentences):
                label.setText(sentences[place])

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        for row in range(max(len(facts), len(self._facts) // 2)):
            if 2 * row == len(self._facts):
                name = self._label(f"callout_fact_{row}", "muted")
                name.setWordWrap(False)
                self._facts += [name, self._label(f"callout_value_{row}", "")]
                top = Qt.AlignmentFlag.AlignTop
                self._grid.addWidget(self._facts[-2], row, 0, top)
                self._grid.addWidget(self._facts[-1], row, 1, top)
            for column in (0, 1):
                label = self._facts[2 * row + column]
                label.setVisible(row < len(facts))
                if row < len(facts):
                    label.setText(facts[row][column])

    def _label(self, name: str, role: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        if role:
            label.setProperty("role", role)
        return label

    def _tool(self, name: str, text: str, slot: object) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.setProperty("small", True)
        button.clicked.connect(slot)
        return button


def _beside(place: QRect, size: QSize, inside: QRect) -> QPoint:
    """The upper left corner of a card of this size that does not cover `place`, if there is such a one."""
    x = min(max(place.center().x() - size.width() // 2, inside.left()), inside.right() - size.width() + 1)
    y = min(max(place.center().y() - size.height() // 2, inside.top()), inside.bottom() - size.height() + 1)
    if place.bottom() + GAP + size.height() <= inside.bottom():
        return QPoint(x, place.bottom() + GAP)
    if place.top() - GAP - size.height() >= inside.top():
        return QPoint(x, place.top() - GAP - size.height())
    if place.right() + GAP + size.width() <= inside.right():
        return QPoint(place.right() + GAP, y)
    if place.left() - GAP - size.width() >= inside.left():
        return QPoint(place.left() - GAP - size.width(), y)
    return QPoint(x, y)
