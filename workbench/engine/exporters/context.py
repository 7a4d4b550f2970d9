"""ExportContext: what an exporter may ask for while it works: the data, and whether to go on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.engine.errors import UserError
from workbench.engine.exporters.plots.options import PlotOptions
from workbench.engine.models.initial_weights import are_missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.engine.data.dataset import Dataset
    from workbench.engine.exporters.run_record import RunRecord
    from workbench.engine.models.weights import StateDict


def _no_data() -> Dataset:
    raise UserError("This export needs the data of the run: load its data set first.")


def _no_weights(record: RunRecord) -> StateDict | None:
    if record.recipe.initial_weights is None:
        return None
    raise are_missing(record.recipe.initial_weights)


def _no_progress(_what: str, _done: int, _total: int) -> None:
    return


@dataclass(frozen=True, slots=True)
class ExportContext:
    """What surrounds an export.

    Attributes:
        data: returns the data set of the run; raises a `UserError` where it is not there.
        initial_weights: returns the weights that a run started from, None where its seed drew them; raises a
            `UserError` where they are not there.
        plot: the size and the colours of curves that are drawn.
        may_replace: whether the user was asked about files that are written beside the one that was named.
        progress: called with (what is done, how much, of how much); it raises `CancelledError` where the user cancels.
    """

    data: Callable[[], Dataset] = field(default=_no_data)
    progress: Callable[[str, int, int], None] = field(default=_no_progress)
    plot: PlotOptions = field(default_factory=PlotOptions)
    may_replace: bool = False
    initial_weights: Callable[[RunRecord], StateDict | None] = field(default=_no_weights)
