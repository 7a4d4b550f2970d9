"""A column of controls that scrolls, and that folds to a narrow rail at the edge of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from workbench.ui.style.icons import icon
from workbench.ui.style.tokens import tokens
from workbench.ui.style.zoom import scaled
from workbench.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from workbench.ui.style.palette import Palette

RIGHT_MARGIN: Final = 16
BAR_WIDTH: Final = 12
"""Taken from the right margin while the scroll bar shows, so that nothing moves when it comes and goes."""
NARROWEST: Final = 320
PREFERRED: Final = QSize(330, 620)
RAIL_WIDTH: Final = 44
QWIDGETSIZE_MAX: Final = (1 << 24) - 1
"""Qt's own name for no limit; PySide does not have it."""
ICON: Final = QSize(18, 18)


class FoldingColumn(QFrame):
    """A heading with a button that folds, and below it `content` in a scroll area; folded, a rail of buttons.

    Args:
        title: of the column.
        parent: the widget it belongs to.

    Attributes:
        unfolded_width: how wide it was when it was folded.
    """

    fold_requested = Signal(bool)
    """The user wants the column folded, or unfolded."""
    shortcut_requested = Signal(str)
    """The user pressed the button of the rail with this name."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.unfolded_width = scaled(PREFERRED.width())
        self._is_folded = False
        self._buttons: dict[QToolButton, str] = {}
        self._heading = ElidedLabel(title, self)
        self._heading.setProperty("role", "heading")
        self._fold = self._button("fold_column", "fold", self.tr("Fold the settings to a narrow rail"))
        self._unfold = self._button("unfold_column", "unfold", self.tr("Show the settings"))
        self._fold.clicked.connect(lambda: self.fold_requested.emit(True))
        self._unfold.clicked.connect(lambda: self.fold_requested.emit(False))
        self._header = QWidget(self)
        self._rail = QWidget(self)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._scroll_area = self._place()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)
        self._show_fold()

    @property
    def is_folded(self) -> bool:
        """Whether only the rail is shown."""
        return self._is_folded

    def set_folded(self, folded: bool) -> None:
        """Show the rail alone, or the whole column."""
        if folded == self._is_folded:
            return
        has_focus = self.isAncestorOf(focus) if (focus := QApplication.focusWidget()) is not None else False
        if folded:
            self.unfolded_width = max(NARROWEST, self.width())
        self._is_folded = folded
        self._show_fold()
        if has_focus:
            (self._unfold if folded else self._fold).setFocus()

    def set_palette(self, palette: Palette) -> None:
        """Draw the icons in these colours."""
        for button, name in self._buttons.items():
            button.setIcon(icon(name, palette.text_muted))

    def sizeHint(self) -> QSize:  # noqa: N802
        """A column beside the plots."""
        return QSize(scaled(RAIL_WIDTH), PREFERRED.height()) if self._is_folded else PREFERRED

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As narrow as the controls allow with a scroll bar beside them: there is none below."""
        if self._is_folded:
            return QSize(scaled(RAIL_WIDTH), self._rail.minimumSizeHint().height())
        width = max(NARROWEST, self._content.minimumSizeHint().width() + BAR_WIDTH)
        return QSize(width, self._header.sizeHint().height() + 2 * tokens().margin)

    def _add_to_rail(self, name: str, icon_name: str, text: str) -> None:
        """Add a button that leads to a control: the column unfolds, and `shortcut_requested` names it."""
        button = self._button(f"rail_{name}", icon_name, text)
        button.clicked.connect(lambda: self.shortcut_requested.emit(name))
        layout = self._rail.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 1, button)

    def _show_fold(self) -> None:
        self._header.setVisible(not self._is_folded)
        self._scroll_area.setVisible(not self._is_folded)
        self._rail.setVisible(self._is_folded)
        self.setMaximumWidth(scaled(RAIL_WIDTH) if self._is_folded else QWIDGETSIZE_MAX)
        self.updateGeometry()

    def _place(self) -> QScrollArea:
        sizes = tokens()
        self._column.setContentsMargins(sizes.margin, sizes.tight, RIGHT_MARGIN, sizes.margin)
        self._column.setSpacing(sizes.row)
        header = QHBoxLayout(self._header)
        header.setContentsMargins(sizes.margin, sizes.tight, sizes.spacing, sizes.tight)
        header.addWidget(self._heading, 1)
        header.addWidget(self._fold)
        rail = QVBoxLayout(self._rail)
        rail.setContentsMargins(sizes.close, sizes.tight, sizes.close, sizes.tight)
        rail.setSpacing(sizes.tight)
        rail.addWidget(self._unfold, 0, Qt.AlignmentFlag.AlignTop)
        rail.addStretch()
        area = QScrollArea(self)
        area.setObjectName(f"{self.objectName() or 'controls'}_scroll_area")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Otherwise the Tab key would stop at the area itself.
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._content)
        # The column's own colour shows everywhere, also behind the scroll bar.
        area.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)
        area.verticalScrollBar().rangeChanged.connect(self._on_scroll_range_changed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (self._header, self._rail, area):
            whole.addWidget(part)
        return area

    def _button(self, name: str, icon_name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.setIconSize(ICON)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._buttons[button] = icon_name
        return button

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        # QScrollArea does this by itself only while the focus moves within it, not when it comes in from elsewhere.
        if new is not None and self._content.isAncestorOf(new):
            self._scroll_area.ensureWidgetVisible(new, 0, 2 * tokens().margin)

    def _on_scroll_range_changed(self, _minimum: int, maximum: int) -> None:
        margins = self._column.contentsMargins()
        margins.setRight(RIGHT_MARGIN - (BAR_WIDTH if maximum > 0 else 0))
        self._column.setContentsMargins(margins)
