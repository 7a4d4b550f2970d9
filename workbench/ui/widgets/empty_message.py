"""The message of a panel that has nothing to show yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from workbench.ui.style.icons import pixmap
from workbench.ui.style.tokens import tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from workbench.ui.style.palette import Palette

ICON_SIDE: Final = 32
ICON_SIZE: Final = QSize(ICON_SIDE, ICON_SIDE)
SPACING: Final = 10


class EmptyMessage(QFrame):
    """An icon and a sentence in the middle of a panel, in a muted colour."""

    def __init__(
        self, name: str, icon: str, text: str = "", parent: QWidget | None = None, *, picture_size: QSize = ICON_SIZE
    ) -> None:
        """Build it.

        Args:
            name: the object name of the sentence.
            icon: a name in `resources/icons`.
            text: the sentence, plain.
            parent: Qt's parent.
            picture_size: of the icon, or of the picture that a subclass puts in its place.
        """
        super().__init__(parent)
        self._name = icon
        self._icon = QLabel(self)
        self._icon.setFixedSize(picture_size)
        self._label = QLabel(text, self)
        self._label.setObjectName(name)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setWordWrap(True)
        self._label.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACING)
        layout.setContentsMargins(SPACING, tokens().tight, SPACING, tokens().tight)
        layout.addStretch()
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._label)
        layout.addStretch()

    def set_text(self, text: str) -> None:
        """Show another sentence."""
        self._label.setText(text)
        self._fit()

    @property
    def text(self) -> str:
        """The sentence."""
        return self._label.text()

    def set_palette(self, palette: Palette) -> None:
        """Draw the icon in this theme."""
        self._icon.setPixmap(pixmap(self._name, palette.text_disabled, ICON_SIDE, self.devicePixelRatioF()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave the picture out where the sentence needs its height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        assert layout is not None
        margins = layout.contentsMargins()
        room = self.height() - margins.top() - margins.bottom()
        text = self._label.heightForWidth(max(1, self.width() - margins.left() - margins.right()))
        self._icon.setVisible(room >= text + SPACING + self._icon.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A small panel stays small."""
        return QSize(120, 56)
