"""The notice: one sentence across the top of the window that says what happened and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from workbench.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.ui.theme import Palette


class Kind(Enum):
    """How much a notice matters; the value names its icon."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button on a notice.

    Attributes:
        key: its button is called `notice_` and this.
        text: what it says, translated.
        wish: called when it is pressed, once the notice has gone; None leaves all as it is.
    """

    key: str
    text: str
    wish: Callable[[], None] | None = None


class NoticePanel(QFrame):
    """Hidden until `show_notice`; stays until it is dismissed or replaced. Nothing modal: the window stays usable."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setProperty("role", "notice")
        self._kind = Kind.INFO
        self._details = ""
        self._topic = ""
        self._palette: Palette | None = None
        self._icon = QLabel(self)
        self._sentence = QLabel(self)
        self._sentence.setObjectName("notice_text")
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._copy = QToolButton(self)
        self._copy.setObjectName("notice_copy")
        self._copy.setText(self.tr("Copy details"))
        self._copy.setAccessibleName(self.tr("Copy details"))
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details))
        self._dismiss = QToolButton(self)
        self._dismiss.setObjectName("notice_dismiss")
        self._dismiss.setText(self.tr("Dismiss"))
        self._dismiss.setAccessibleName(self.tr("Dismiss"))
        self._dismiss.clicked.connect(self.hide)
        self._buttons: list[QPushButton] = []
        self._choices = QHBoxLayout()
        layout = QHBoxLayout(self)
        layout.addWidget(self._icon)
        layout.addWidget(self._sentence, 1)
        layout.addLayout(self._choices)
        layout.addWidget(self._copy)
        layout.addWidget(self._dismiss)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown, or "" while hidden."""
        return "" if self.isHidden() else self._sentence.text()

    @property
    def asks(self) -> bool:
        """Whether it is shown and offers something to choose from."""
        return not self.isHidden() and bool(self._buttons)

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
        """Show `sentence`; it stays until it is dismissed, answered or replaced.

        Args:
            sentence: what happened and what to do.
            kind: how much it matters.
            details: a traceback, which can be copied.
            seconds: after so long it goes by itself.
            choices: what to do about it; the first is the one most will want.
            topic: by which `withdraw` knows it.
        """
        self._topic = topic
        self._timer.stop()
        if seconds is not None:
            self._timer.start(round(1000 * seconds))
        self._kind = kind
        self._details = details
        self._sentence.setText(sentence)
        self._sentence.setAccessibleName(sentence)
        self._copy.setVisible(bool(details))
        self._offer(choices)
        # Where a choice leaves all as it is, it would be there twice.
        self._dismiss.setVisible(all(choice.wish is not None for choice in choices))
        self.setProperty("kind", kind.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self._tint()
        self.show()

    def withdraw(self, topic: str) -> None:
        """Hide the notice if it is about `topic`: the question has answered itself."""
        if topic == self._topic:
            self.hide()

    def set_palette(self, palette: Palette) -> None:
        """Tint the icon."""
        self._palette = palette
        self._tint()

    def _offer(self, choices: Sequence[Choice]) -> None:
        for button in self._buttons:
            self._choices.removeWidget(button)
            button.hide()
            # Not at once: it may be the one whose click led here.
            button.deleteLater()
            button.setObjectName("")
        self._buttons = [self._button(choice) for choice in choices]
        for button in self._buttons:
            self._choices.addWidget(button)

    def _button(self, choice: Choice) -> QPushButton:
        button = QPushButton(choice.text, self)
        button.setObjectName(f"notice_{choice.key}")
        button.setAccessibleName(choice.text)
        button.setAutoDefault(False)

        def answer() -> None:
            self.hide()
            if choice.wish is not None:
                choice.wish()

        button.clicked.connect(answer)
        return button

    def _tint(self) -> None:
        if self._palette is None:
            return
        colours = {
            Kind.INFO: self._palette.accent_text,
            Kind.WARNING: self._palette.warning,
            Kind.ERROR: self._palette.danger_text,
        }
        self._icon.setPixmap(icon(self._kind.value, colours[self._kind]).pixmap(18, 18))
