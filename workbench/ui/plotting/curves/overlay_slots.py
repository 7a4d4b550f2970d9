"""Other runs to lay over the present one. Nothing here imports pyqtgraph: the legend needs it before the plots do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from workbench.ui.plotting.render.colours import OVERLAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbench.engine.history.history import History

MOST_OVERLAYS: Final = OVERLAYS
DASHES: Final[tuple[tuple[float, ...], ...]] = (
    (8, 3),
    (3, 3),
    (12, 3, 3, 3),
    (5, 2),
    (16, 5),
    (8, 3, 3, 3, 3, 3),
    (2, 4),
    (18, 3, 6, 3),
)
"""Of each place: lengths drawn and left out in turn, in logical pixels. With the colours they tell the runs apart."""
LINE_WIDTH: Final = 1.5
"""Logical pixels; the present run's line is wider, and solid."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """Another run over the present one.

    Attributes:
        key: which run; its colour stays while the key does.
        label: what people call it, plain text of any length.
        history: what it recorded.
        branch_step: the first step at which it and the present run may differ, where both come from one parent or one
            from the other; None where they have nothing in common.
    """

    key: str
    label: str
    history: History
    branch_step: int | None


class PlacedOverlay(NamedTuple):
    """A run with the number of its colour and dash."""

    overlay: Overlay
    place: int


class OverlaySlots:
    """Hands out places, and so colours and dashes, that a run keeps while others come and go."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def assign(self, overlays: Iterable[Overlay]) -> list[PlacedOverlay]:
        """Give each a place, 0 to `MOST_OVERLAYS` - 1; one run once, and no more runs than there are places."""
        wanted = dict(list({overlay.key: overlay for overlay in overlays}.items())[:MOST_OVERLAYS])
        self._taken = {key: place for key, place in self._taken.items() if key in wanted}
        free = iter([place for place in range(MOST_OVERLAYS) if place not in self._taken.values()])
        for key in wanted:
            if key not in self._taken:
                self._taken[key] = next(free)
        return [PlacedOverlay(overlay, self._taken[key]) for key, overlay in wanted.items()]
