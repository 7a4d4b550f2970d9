"""The notification bar: one sentence over the plots that says what happened and what to do."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QPushButton, QToolButton, QWidget

from workbench.ui.dialogs.details_dialog import show_details
from workbench.ui.style.icons import icon
from workbench.ui.style.tokens import tokens
from workbench.ui.style.zoom import scaled
from workbench.ui.widgets.style_variant import set_variant
from workbench.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from workbench.ui.style.palette import Palette


ICON: Final = 18
USUAL_WIDTH: Final = 460
READING_S: Final = 8.0
"""After this time, the user has read an error, or has saved the file in another place."""


class Kind(Enum):
    """The importance of a notice; the value is the name of its icon."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button on a notice.

    Attributes:
        key: its button is named `notice_` and this.
        text: of the button, translated.
        action: called when it is pressed, after the notice is hidden; None changes nothing.
    """

    key: str
    text: str
    action: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class _Notice:
    sentence: str
    kind: Kind
    details: str
    choices: tuple[Choice, ...]
    topic: str
    seconds: float | None

    def is_about(self, other: _Notice) -> bool:
        """Whether it has the sentence or the topic of `other`."""
        return self.sentence == other.sentence or (bool(self.topic) and self.topic == other.topic)


class NotificationBar(QFrame):
    """Hidden until `show_notice`; shown until it is dismissed or replaced. It is not modal: the window stays usable.

    A later notice covers one with a topic, which comes back afterwards unless its time is limited. An error that the
    user had no time to read comes back too. Other notices are replaced.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("role", "notice")
        self._shown: _Notice | None = None
        self._shown_at = 0.0
        self._covered: list[_Notice] = []
        self._palette: Palette | None = None
        self._icon = QLabel(self)
        self._sentence = WrappedLabel(self)
        self._sentence.setObjectName("notice_text")
        self._details = self._tool_button("notice_details", self.tr("Details"), self._show_details)
        self._copy = self._tool_button("notice_copy", self.tr("Copy details"), self._copy_details)
        self._more = QLabel(self)
        self._more.setObjectName("notice_more")
        self._more.setTextFormat(Qt.TextFormat.PlainText)
        self._dismiss = self._tool_button("notice_dismiss", self.tr("Dismiss"), self._uncover)
        self._buttons: list[QPushButton] = []
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._uncover)
        self.hide()

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """The height with all lines of the sentence, and the buttons below it in as many rows as they need."""
        return self._arranged(width)[1]

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """It has: the sentence wraps."""
        return True

    def sizeHint(self) -> QSize:  # noqa: N802
        """The sentence in a readable width."""
        return QSize(scaled(USUAL_WIDTH), self.heightForWidth(scaled(USUAL_WIDTH)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Place the parts anew."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Place the parts anew after one of them was shown, hidden, or has another font."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        lacking = max(0, self.heightForWidth(self.width()) - self.height())
        for widget, place in self._arranged(self.width(), lacking)[0]:
            widget.setGeometry(place)

    def _arranged(self, width: int, lacking: int = 0) -> tuple[list[tuple[QWidget, QRect]], int]:
        """Where the parts stand in this width, and the height that they need.

        Args:
            width: of the notice, in pixels.
            lacking: pixels of height that the sentence must do without; it ends in an ellipsis then.
        """
        sizes = tokens()
        margin, gap, side = sizes.row, sizes.spacing, scaled(ICON)
        places: list[tuple[QWidget, QRect]] = [(self._icon, QRect(margin, margin, side, side))]
        right = width - margin
        for widget in (self._dismiss, self._copy, self._details, self._more):
            if not widget.isHidden():
                hint = widget.sizeHint()
                right -= hint.width()
                top = margin + (side - hint.height()) // 2
                places.append((widget, QRect(right, top, hint.width(), hint.height())))
                right -= gap
        left = margin + side + gap
        text_width = max(1, right - left)
        height = max(side, self._sentence.heightForWidth(text_width) - lacking)
        places.append((self._sentence, QRect(left, margin, text_width, height)))
        bottom, row_height, x = margin + height, 0, left
        for button in self._buttons:
            hint = button.sizeHint()
            if not row_height or x + hint.width() > width - margin:
                bottom, row_height, x = bottom + row_height + gap, hint.height(), left
            places.append((button, QRect(x, bottom, min(hint.width(), width - margin - x), hint.height())))
            x += hint.width() + gap
        return places, bottom + row_height + margin

    @property
    def text(self) -> str:
        """The sentence shown, or "" while hidden."""
        return "" if self.isHidden() else self._sentence.text()

    @property
    def sentences(self) -> list[str]:
        """The sentence shown, and those that come back after it, in this order."""
        shown = [] if self._shown is None else [self._shown]
        return [notice.sentence for notice in (*shown, *reversed(self._covered))]

    def show_notice(
        self,
        sentence: str,
        kind: Kind = Kind.INFO,
        details: str = "",
        *,
        seconds: float | None = None,
        choices: Sequence[Choice] = (),
        topic: str = "",
    ) -> None:
        """Show `sentence`; it stays until it is dismissed, answered, replaced or covered.

        Args:
            sentence: what happened and what to do.
            kind: its importance.
            details: more about it; of an error the traceback, which can be copied.
            seconds: after this time it hides itself.
            choices: what the user can do about it, the most likely one first.
            topic: names it for `withdraw`; each topic has at most one notice.
        """
        notice = _Notice(sentence, kind, details, tuple(choices), topic, seconds)
        if self._shown is not None and self._comes_back(self._shown):
            self._covered.append(self._shown)
        self._covered = [other for other in self._covered if not notice.is_about(other)]
        self._show(notice)
        if seconds is not None:
            self._timer.start(round(1000 * seconds))

    def amend(self, topic: str, sentence: str, details: str = "") -> None:
        """Let the notice of this topic say another sentence, in its place; nothing where there is none any more."""
        self._covered = [
            replace(each, sentence=sentence, details=details) if each.topic == topic else each for each in self._covered
        ]
        if self._shown is not None and self._shown.topic == topic:
            self._shown = replace(self._shown, sentence=sentence, details=details)
            self._say(self._shown)
            QApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def withdraw(self, topic: str) -> None:
        """Remove the notice of this topic: its question needs no answer any more."""
        self._covered = [notice for notice in self._covered if notice.topic != topic]
        if self._shown is not None and self._shown.topic == topic:
            self._uncover()
        else:
            self._count_covered()

    def clear(self) -> None:
        """Remove all notices."""
        self._covered.clear()
        self._uncover()

    def set_palette(self, palette: Palette) -> None:
        """Tint the icon."""
        self._palette = palette
        self._tint()

    def _comes_back(self, notice: _Notice) -> bool:
        is_unread = time.monotonic() - self._shown_at < READING_S
        return (bool(notice.topic) and notice.seconds is None) or (notice.kind is Kind.ERROR and is_unread)

    def _show(self, notice: _Notice) -> None:
        self._shown, self._shown_at = notice, time.monotonic()
        self._timer.stop()
        self._say(notice)
        self._count_covered()
        self._offer(notice.choices)
        # A choice that changes nothing dismisses the notice already.
        self._dismiss.setVisible(all(choice.action is not None for choice in notice.choices))
        set_variant(self, "kind", notice.kind.value)
        self._tint()
        self.show()
        self._arrange()
        # The sentence may need another height.
        QApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def _say(self, notice: _Notice) -> None:
        self._sentence.setText(notice.sentence)
        self._sentence.setAccessibleName(notice.sentence)
        self._details.setVisible(bool(notice.details))
        # Other details than those of an error are read, not reported.
        self._copy.setVisible(bool(notice.details) and notice.kind is Kind.ERROR)

    def _uncover(self) -> None:
        """Show the notice that this one has covered, or hide the bar."""
        if self._covered:
            self._show(self._covered.pop())
        else:
            self._shown = None
            self._timer.stop()
            self.hide()

    def _count_covered(self) -> None:
        count = len(self._covered)
        self._more.setVisible(count > 0)
        self._more.setText(self.tr("{count} more").format(count=count))

    def _show_details(self) -> None:
        if self._shown is not None:
            shown = self._shown
            show_details(self, shown.sentence, shown.details, is_prose=shown.kind is not Kind.ERROR)

    def _copy_details(self) -> None:
        if self._shown is not None:
            QGuiApplication.clipboard().setText(self._shown.details)

    def _offer(self, choices: Sequence[Choice]) -> None:
        for button in self._buttons:
            button.hide()
            # Not at once: it may be the one whose click led here.
            button.deleteLater()
            button.setObjectName("")
        self._buttons = [self._button(choice) for choice in choices]
        for button in self._buttons:
            button.show()

    def _tool_button(self, name: str, text: str, slot: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setAccessibleName(text)
        button.clicked.connect(slot)
        return button

    def _button(self, choice: Choice) -> QPushButton:
        button = QPushButton(choice.text, self)
        button.setObjectName(f"notice_{choice.key}")
        button.setAccessibleName(choice.text)
        button.setAutoDefault(False)

        def answer() -> None:
            self._uncover()
            if choice.action is not None:
                choice.action()

        button.clicked.connect(answer)
        return button

    def _tint(self) -> None:
        if self._palette is None or self._shown is None:
            return
        colours = {
            Kind.INFO: self._palette.accent_text,
            Kind.WARNING: self._palette.warning,
            Kind.ERROR: self._palette.danger_text,
        }
        kind = self._shown.kind
        self._icon.setPixmap(icon(kind.value, colours[kind]).pixmap(scaled(ICON), scaled(ICON)))
