"""Runs drawn over the current one. Nothing here imports pyqtgraph: the legend is shown before the plots are built."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from workbench.engine.config.tasks import ACCURACY
from workbench.ui.plotting.render.colours import OVERLAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbench.engine.config.tasks import Metric
    from workbench.engine.history.history import History
    from workbench.ui.plotting.curves.learning_rate_plot import RateCurve

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
"""For each slot: lengths drawn and left out in turn, in logical pixels. Dash and colour identify a run."""
LINE_WIDTH: Final = 1.5
"""Logical pixels; the current run's line is wider, and solid."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """A run drawn over the current one.

    Attributes:
        key: which run; its colour stays while the key does.
        label: its name, plain text of any length.
        history: of that run.
        branch_step: the first step at which it and the current run may differ, if both come from one parent or one
            from the other; None if they share no beginning.
        metric: of its task; one that the current run does not have is not drawn.
        rate: its learning rate; None where that is not known.
    """

    key: str
    label: str
    history: History
    branch_step: int | None
    metric: Metric = ACCURACY
    # What is drawn does not depend on it.
    rate: RateCurve | None = field(default=None, compare=False)


class PlacedOverlay(NamedTuple):
    """A run with the number of its colour and dash."""

    overlay: Overlay
    slot: int


class OverlaySlots:
    """Assigns slots, and so colours and dashes; a run keeps its slot while others are added and removed."""

    def __init__(self) -> None:
        self._slots: dict[str, int] = {}

    def assign(self, overlays: Iterable[Overlay]) -> list[PlacedOverlay]:
        """Give each a slot, 0 to `MOST_OVERLAYS` - 1; each run once, and at most as many runs as slots."""
        wanted = dict(list({overlay.key: overlay for overlay in overlays}.items())[:MOST_OVERLAYS])
        self._slots = {key: slot for key, slot in self._slots.items() if key in wanted}
        free = iter([slot for slot in range(MOST_OVERLAYS) if slot not in self._slots.values()])
        for key in wanted:
            if key not in self._slots:
                self._slots[key] = next(free)
        return [PlacedOverlay(overlay, self._slots[key]) for key, overlay in wanted.items()]
