"""The control of the seed: any whole number, typed or random."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from workbench.ui.style.icons import icon
from workbench.ui.text.engine_texts import label_of, plain_tool_tip
from workbench.ui.widgets.number_control import NumberControl

if TYPE_CHECKING:
    from workbench.engine.config.hyperparameters import Hyperparameter
    from workbench.ui.style.palette import Palette

SEED_BITS: Final = 32
"""A random seed stays short enough to be read aloud and typed again."""


class SeedControl(NumberControl):
    """A field for a whole number of any size, and a button that picks a random one."""

    def __init__(self, row: Hyperparameter, parent: QWidget | None = None) -> None:
        super().__init__(row, parent)
        self._roll = QPushButton(self.tr("Random"), self)
        self._roll.setObjectName(f"{row.name}_roll")
        self._roll.setAccessibleName(self.tr("{label}: pick a random number").format(label=label_of(row)))
        self._roll.setToolTip(plain_tool_tip(self.tr("Pick a random number.")))

        line = QHBoxLayout()
        line.addWidget(self._roll)
        line.addStretch()
        line.addWidget(self._entry)
        self._lay_out(line)

        self._roll.clicked.connect(self._on_roll_clicked)
        self._entry.step_requested.connect(self._on_step_requested)
        self._show_value(self.value())

    def set_palette(self, palette: Palette) -> None:
        """Draw the icons in these colours."""
        super().set_palette(palette)
        self._roll.setIcon(icon("dice", palette.text_muted, disabled=palette.text_disabled))

    def focus_chain(self) -> list[QWidget]:
        """The dice, then the entry."""
        return [self._roll, self._entry]

    def _on_roll_clicked(self) -> None:
        rolled = secrets.randbits(SEED_BITS)
        # With the same number again, the button would seem not to work.
        self._pick(rolled if rolled != self.value() else (rolled + 1) % 2**SEED_BITS)

    def _on_step_requested(self, count: int) -> None:
        value = int(self.value()) + count
        if self._row.allows(value):
            self._pick(value)
