"""The base of the panels that are read beside the curves: a title, a button to close, and text that scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from workbench.ui.style.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from workbench.ui.style.palette import Palette

MARGIN: Final = 12
SPACING: Final = 8
NARROWEST: Final = 240
PREFERRED: Final = QSize(340, 420)
_CLOSE: Final = QSize(14, 14)


class ReadingPanel(QFrame):
    """A column with a title. A subclass makes its contents in `build`, which is called when the panel is first shown.

    Args:
        name: the object name.
        title: of the panel.
        parent: Qt's parent.
    """

    close_requested = Signal()

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setProperty("role", "panel")
        self._is_built = False
        self.theme: Palette | None = None
        self._title = self.make_text(f"{name}_title", "heading")
        self._title.setText(title)
        self._title.setWordWrap(False)
        self._close = QToolButton(self)
        self._close.setObjectName(f"{name}_close")
        self._close.setAccessibleName(self.tr("Close {title}").format(title=title))
        self._close.setToolTip(self.tr("Close this panel. The menus View and Help show it again."))
        self._close.setIconSize(_CLOSE)
        self._close.clicked.connect(self.close_requested)
        header = QHBoxLayout()
        header.addWidget(self._title, 1)
        header.addWidget(self._close)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, SPACING, SPACING, SPACING)
        self.column.setSpacing(SPACING)
        self.column.addLayout(header)

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of `palette`."""
        self.theme = palette
        self._close.setIcon(icon("close", palette.text_muted))
        if self._is_built:
            self.on_palette(palette)

    def ensure_built(self) -> None:
        """Have the contents: reading the files of texts takes time that the start of the program is spared."""
        if not self._is_built:
            self._is_built = True
            self.build()
            if self.theme is not None:
                self.on_palette(self.theme)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Make the contents at the first time."""
        super().showEvent(event)
        self.ensure_built()

    def sizeHint(self) -> QSize:  # noqa: N802
        """A column beside the curves."""
        return PREFERRED

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A narrow column, in which everything wraps or scrolls."""
        return QSize(NARROWEST, 2 * MARGIN)

    # For subclasses

    @property
    def is_built(self) -> bool:
        """Whether the contents are there."""
        return self._is_built

    def build(self) -> None:
        """Make the contents, in `column`."""
        raise NotImplementedError

    def on_palette(self, palette: Palette) -> None:
        """Draw the contents, which are built, in these colours."""

    def make_text(self, name: str = "", role: str = "") -> QLabel:
        """Plain text that wraps, and that the pointer can select."""
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if role:
            label.setProperty("role", role)
        return label

    def make_button(self, name: str, text: str, tip: str) -> QPushButton:
        """A button of the panel."""
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        return button

    def make_scroll_area(self, name: str, content: QWidget, label: str) -> QScrollArea:
        """An area in which `content` scrolls up and down."""
        area = QScrollArea(self)
        area.setObjectName(name)
        area.setAccessibleName(label)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        area.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        return area
