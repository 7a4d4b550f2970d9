"""The hint strip: one line below everything else that says what the curves may mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QToolTip, QWidget

from workbench.ui.style.icons import icon
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.hint_texts import hint_basis, hint_sentence, source_text, suggestion_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from workbench.engine.analysis.hint import Hint
    from workbench.ui.style.palette import Palette

GAP = 10
ICON = QSize(12, 12)
_LEAST_LETTERS = 12


class HintStrip(QFrame):
    """Shows one hint, with the button for what it suggests. Its height is always the same, also without a hint."""

    suggestion_requested = Signal(object)
    """The user wants what the `Hint` that is shown suggests."""
    dismissed = Signal(object)
    """The user has read the `Hint`, and does not want to see it again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hints")
        self.setAccessibleName(self.tr("Hint"))
        self._hint: Hint | None = None
        self._title = QLabel(self.tr("Hint"), self)
        self._title.setProperty("role", "live")
        self._line = _Line(self)
        self._button = QPushButton(self)
        self._button.setObjectName("hint_suggestion")
        self._button.setProperty("small", True)
        self._button.setAutoDefault(False)
        self._button.clicked.connect(lambda: self.suggestion_requested.emit(self._hint))
        self._dismiss = QToolButton(self)
        self._dismiss.setObjectName("hint_dismiss")
        self._dismiss.setProperty("small", True)
        self._dismiss.setIconSize(ICON)
        self._dismiss.setAccessibleName(self.tr("Dismiss the hint"))
        self._dismiss.setToolTip(
            self.tr("Do not show this hint again until there is a new reason. View > Hints hides all of them.")
        )
        self._dismiss.clicked.connect(lambda: self.dismissed.emit(self._hint))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(GAP)
        row.addWidget(self._title)
        row.addWidget(self._line, 1)
        row.addWidget(self._button)
        row.addWidget(self._dismiss)
        for widget in (self._button, self._dismiss):
            # Their places stay where nothing is shown: the plots above must not move with each hint.
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(widget is self._dismiss)
            widget.setSizePolicy(policy)
        self.show_text("")

    @property
    def hint(self) -> Hint | None:
        """The hint that is shown."""
        return self._hint

    @property
    def text(self) -> str:
        """All that is said, the numbers included."""
        return self._line.text

    def show_hint(self, hint: Hint, class_names: Sequence[str], *, can_act: bool, more: str = "") -> None:
        """Show a hint.

        Args:
            hint: the hint.
            class_names: by label.
            can_act: whether what it suggests is possible now.
            more: is known about its cause, in sentences.
        """
        self._hint = hint
        basis = hint_basis(hint, class_names)
        if more:
            basis = self.tr("{basis} {more}").format(basis=basis, more=more)
        self._line.set_texts(hint_sentence(hint, class_names), basis, source_text(hint.kind))
        self.setAccessibleDescription(self._line.text)
        suggestion = hint.suggestion
        if suggestion is not None:
            self._button.setText(suggestion_text(suggestion))
            self._button.setEnabled(can_act)
        self._button.setVisible(suggestion is not None)
        self._dismiss.show()

    def show_text(self, text: str) -> None:
        """Show a sentence that is no hint."""
        self._hint = None
        self._line.set_texts("", text)
        self.setAccessibleDescription(text)
        self._button.hide()
        self._dismiss.hide()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As wide as a few letters and the buttons, as high as a line with a button, whether there is one or not."""
        self._button.ensurePolished()
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), self._button.sizeHint().height()))

    def sizeHint(self) -> QSize:  # noqa: N802
        """As `minimumSizeHint`: the width is that of the window."""
        return self.minimumSizeHint()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._line.set_palette(palette)
        self._dismiss.setIcon(icon("close", palette.text_muted))


class _Line(QWidget):
    """A sentence, and after it in a weaker colour what it rests on; the end is cut where there is no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("hint_text")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._sentence = self._basis = self._note = ""
        self._palette: Palette | None = None

    @property
    def text(self) -> str:
        return f"{self._sentence} {self._basis}".strip()

    def set_texts(self, sentence: str, basis: str, note: str = "") -> None:
        self._sentence, self._basis, self._note = sentence, basis, note
        self.setAccessibleName(self.text)
        self.update()

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        metrics = self.fontMetrics()
        return QSize(_LEAST_LETTERS * metrics.averageCharWidth(), metrics.height())

    def sizeHint(self) -> QSize:  # noqa: N802
        return self.minimumSizeHint()

    def event(self, event: QEvent) -> bool:
        """Say all of it, and whose rule it is, in the tooltip."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            parts = [part for part in (self._sentence, self._basis, self._note) if part]
            QToolTip.showText(event.globalPos(), plain_tool_tip("\n".join(parts)) if self._sentence else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        del event
        if self._palette is None:
            return
        painter, metrics = QPainter(self), self.fontMetrics()
        left, baseline = 0, (self.height() + metrics.ascent() - metrics.descent()) // 2
        for text, colour in ((self._sentence, self._palette.text), (self._basis, self._palette.text_muted)):
            room = self.width() - left
            if not text or room < _LEAST_LETTERS * metrics.averageCharWidth() // 2:
                continue
            painter.setPen(colour)
            painter.drawText(QPoint(left, baseline), metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))
            left += metrics.horizontalAdvance(text) + GAP
        painter.end()
