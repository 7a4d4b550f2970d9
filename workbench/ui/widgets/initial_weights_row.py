"""The line that names the file whose weights the next run starts from, and takes it away again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from workbench.ui.style.icons import icon
from workbench.ui.style.tokens import tokens
from workbench.ui.text.engine_texts import locked_text, plain_tool_tip
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from workbench.engine.models.initial_weights import InitialWeights
    from workbench.ui.style.palette import Palette


class InitialWeightsRow(QWidget):
    """Hidden while the seed draws the weights of the next run.

    Attributes:
        button: takes the file away; `removal_requested` says that it was pressed.
    """

    removal_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sizes = tokens()
        self._is_locked = False
        self._text = ElidedLabel("", self)
        self._text.setObjectName("initial_weights")
        self._problem = WrappedLabel(self)
        self._problem.setObjectName("initial_weights_problem")
        self._problem.setProperty("role", "error")
        self._problem.hide()
        self.button = QToolButton(self)
        self.button.setObjectName("remove_initial_weights")
        self.button.setAutoRaise(True)
        self.button.setAccessibleName(self.tr("Start from the seed's weights again"))
        self.button.clicked.connect(self.removal_requested)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(sizes.close)
        line.addWidget(self._text, 1)
        line.addWidget(self.button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(sizes.hair)
        whole.addLayout(line)
        whole.addWidget(self._problem)
        self.show_weights(None)
        self.set_locked(False)

    def show_weights(self, weights: InitialWeights | None) -> None:
        """Name the file; None hides the line."""
        self.setVisible(weights is not None)
        if weights is None:
            return
        text = self.tr("Starts from the weights of {file}").format(file=weights.file_name)
        # In few words, so that the name is seen; the tooltip says it in full.
        self._text.setText(self.tr("Starts from {file}").format(file=weights.file_name))
        self._text.setAccessibleName(text)
        digest = self.tr("SHA-256 of the weights: {sha256}").format(sha256=weights.sha256 or "")
        self._text.setToolTip(plain_tool_tip(text, weights.path, *([digest] if weights.sha256 else [])))

    def show_problem(self, text: str) -> None:
        """Say why the chosen network cannot start from these weights; "" where it can."""
        self._problem.setText(text)
        self._problem.setAccessibleName(text)
        self._problem.setVisible(bool(text))

    def set_locked(self, locked: bool) -> None:
        """Keep the file as it is, since a run is active; or let it be taken away."""
        self._is_locked = locked
        self.button.setEnabled(not locked)
        words = self.tr("Take the file away: the next run starts from the weights that its seed draws.")
        self.button.setToolTip(plain_tool_tip(words, *([locked_text()] if locked else [])))

    def set_palette(self, palette: Palette) -> None:
        """Draw the icon in these colours."""
        self.button.setIcon(icon("close", palette.text_muted))
