"""A group of controls that folds to one line which sums them up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from workbench.ui.style.icons import icon
from workbench.ui.style.tokens import tokens
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.style_variant import set_variant

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from workbench.ui.style.palette import Palette

CHEVRON = 16


class FoldedGroup(QWidget):
    """A button with a heading, or with the summary while folded; below it, while unfolded, the controls.

    A click on the button, Space or Enter on it asks to fold or unfold; `set_folded` does it.

    Args:
        name: the button's object name.
        heading: shown while unfolded.
        parent: the widget it belongs to.
    """

    fold_requested = Signal(bool)
    """The user wants it folded, or unfolded."""

    def __init__(self, name: str, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sizes = tokens()
        self._heading_text, self._title_text, self._short_title, self._details_text = heading, "", "", ""
        self._is_folded = False
        self._palette: Palette | None = None
        self.button = _FoldButton(self)
        self.button.setObjectName(name)
        self.button.setCheckable(True)
        self._title = _Title(heading, self.button)
        self._title.setProperty("role", "heading")
        self._details = ElidedLabel("", self.button)
        self._details.setProperty("role", "muted")
        self._details.setObjectName(f"{name}_details")
        self._chevron = QLabel(self.button)
        self._chevron.setFixedSize(CHEVRON, CHEVRON)
        texts = QVBoxLayout()
        texts.setSpacing(sizes.hair)
        texts.addWidget(self._title)
        texts.addWidget(self._details)
        self._line = QHBoxLayout(self.button)
        self._line.setContentsMargins(sizes.row, sizes.close, sizes.row, sizes.close)
        self._line.setSpacing(sizes.close)
        self._line.addLayout(texts, 1)
        self._line.addWidget(self._chevron)
        self.body = QWidget(self)
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(sizes.row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(sizes.spacing)
        whole.addWidget(self.button)
        whole.addWidget(self.body)
        # `toggled` would also come from `set_folded`.
        self.button.clicked.connect(lambda is_open: self.fold_requested.emit(not is_open))
        self._show()

    @property
    def is_folded(self) -> bool:
        """Whether only the summary is shown."""
        return self._is_folded

    @property
    def summary(self) -> str:
        """The line that sums the controls up."""
        return self._title_text

    def add_mark(self, mark: QWidget) -> None:
        """Show `mark` beside the text."""
        self._line.insertWidget(1, mark)

    def set_summary(self, title: str, details: str, short_title: str = "") -> None:
        """Sum the controls up.

        Args:
            title: in one line.
            details: in a second, less important one.
            short_title: stands in the place of `title` where that has no room; "" for none.
        """
        self._title_text, self._details_text, self._short_title = title, details, short_title or title
        self._show()

    def set_folded(self, folded: bool) -> None:
        """Show the summary alone, or the controls."""
        self._is_folded = folded
        self._show()

    def set_palette(self, palette: Palette) -> None:
        """Draw the icons in these colours."""
        self._palette = palette
        self._show()

    def _show(self) -> None:
        folded = self._is_folded
        self.body.setVisible(not folded)
        self.button.setChecked(not folded)
        forms = (self._title_text, self._short_title) if folded else (self._heading_text,)
        self._title.set_forms(*forms)
        set_variant(self._title, "role", "" if folded else "heading")
        self._details.setText(self._details_text)
        self._details.setVisible(folded and bool(self._details_text))
        name = self.tr("{heading}: {summary}").format(heading=self._heading_text, summary=self._title_text)
        self.button.setAccessibleName(name if self._title_text else self._heading_text)
        action = self.tr("Click to change it.") if folded else self.tr("Click to fold it to one line.")
        self.button.setAccessibleDescription(f"{self._details_text}. {action}" if self._details_text else action)
        self.button.setToolTip(plain_tool_tip(*((self._title_text, self._details_text) if folded else ()), action))
        if self._palette is not None:
            name = "chevron_right" if folded else "chevron_down"
            self._chevron.setPixmap(icon(name, self._palette.text_muted).pixmap(CHEVRON, CHEVRON))


class _Title(ElidedLabel):
    """Shows the longest of some texts that fits."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._forms: tuple[str, ...] = (text,)

    def set_forms(self, *forms: str) -> None:
        """Show one of these from now on, the longest first."""
        self._forms = forms
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Choose anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room, metrics = self.contentsRect().width(), self.fontMetrics()
        fitting = (form for form in self._forms if metrics.horizontalAdvance(form) <= room)
        self.setText(next(fitting, self._forms[-1]))


class _FoldButton(QToolButton):
    """As large as what is in it. It is no QPushButton: the stylesheet gives those a least height."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("fold", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:  # noqa: N802
        layout = self.layout()
        return super().sizeHint() if layout is None else layout.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        layout = self.layout()
        return super().minimumSizeHint() if layout is None else layout.minimumSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses it as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
