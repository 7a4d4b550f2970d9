"""What the cards of a list of samples say."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from PySide6.QtGui import QImage


class Mark(Enum):
    """What is drawn beside the first line of a card."""

    NONE = auto()
    RIGHT = auto()
    WRONG = auto()


class SampleCard(NamedTuple):
    """What a card says.

    Attributes:
        title: the first line.
        note: the second line; "" for none.
        mark: beside the first line.
        details: further lines of the tooltip.
    """

    title: str
    note: str = ""
    mark: Mark = Mark.NONE
    details: str = ""


class SampleCards(Protocol):
    """Says what the cards show, by their row."""

    def __len__(self) -> int:
        """How many there are."""

    def card(self, row: int) -> SampleCard:
        """The texts of a card."""

    def picture(self, row: int) -> QImage | None:
        """Its picture, in any size; None for a card of text alone."""
