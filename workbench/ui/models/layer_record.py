"""LayerRecord: what was measured of a run's layers at the steps that were looked at. No widget."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.ui.models.layer_histograms import LayerHistograms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.engine.protocol.queries.layers import ActivationUse, IdleUnits, MeasuredLayers

MOST_STEPS: Final = 2000
"""Measured steps that are kept; then every second of them goes."""
MOST_RUNS: Final = 8
ALL: Final = ""
"""Stands for the gradient norm of all layers together."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one layer over the steps.

    Attributes:
        name: of the layer, or `ALL`.
        steps: (n,) ascending.
        values: (n,); NaN where there is none.
    """

    name: str
    steps: np.ndarray
    values: np.ndarray


@dataclass(slots=True)
class LayerRecord:
    """The numbers of one run.

    Attributes:
        gradient_norms: by step, then by layer; `ALL` is that of all layers.
        update_ratios: by step, then by layer.
        idle_shares: by step, then by layer.
        histograms: one an epoch, of each layer.
        asked: steps for which there is an answer, or will be none.
    """

    gradient_norms: dict[int, Mapping[str, float]] = field(default_factory=dict)
    update_ratios: dict[int, Mapping[str, float]] = field(default_factory=dict)
    idle_shares: dict[int, Mapping[str, float]] = field(default_factory=dict)
    histograms: LayerHistograms = field(default_factory=LayerHistograms)
    asked: set[int] = field(default_factory=set)

    def add(self, step: int, measured: MeasuredLayers) -> None:
        """Keep what was measured at a step."""
        norms = {ALL: measured.gradient_norm, **{each.name: each.gradient_norm for each in measured.layers}}
        _put(self.gradient_norms, step, norms)
        _put(self.update_ratios, step, {each.name: each.update_ratio for each in measured.layers})

    def add_idle(self, step: int, counted: CountedUnits) -> None:
        """Keep the shares of the units that are idle, or of the outputs that are saturated."""
        shares = {use.label: use.share for use in counted.uses if not math.isnan(use.share)}
        _put(self.idle_shares, step, shares)


class LayerRecords:
    """The records of the runs that were looked at last."""

    def __init__(self) -> None:
        self._records: dict[str, LayerRecord] = {}

    def of_run(self, run: str) -> LayerRecord:
        """The record of a run; an empty one at first."""
        record = self._records.pop(run, None) or LayerRecord()
        self._records[run] = record
        for oldest in list(self._records)[:-MOST_RUNS]:
            del self._records[oldest]
        return record


def series_of(kept: Mapping[int, Mapping[str, float]]) -> list[Series]:
    """The values by layer, in the order of the newest step's layers."""
    if not kept:
        return []
    steps = sorted(kept)
    places = np.array(steps, np.float64)
    names = dict.fromkeys(name for step in reversed(steps) for name in kept[step])
    return [Series(name, places, np.array([kept[step].get(name, math.nan) for step in steps])) for name in names]


@dataclass(frozen=True, slots=True)
class CountedUse:
    """The idle units of one call of an activation function.

    Attributes:
        label: the layer, with the number of the call where it is not the first.
        function: its name.
        units: how many there are.
        idle: of a ReLU, the units that gave 0 for every sample; None for other functions.
        share: of the units that are idle, or of the outputs that are saturated; NaN where neither has a meaning.
    """

    label: str
    function: str
    units: int
    idle: int | None
    share: float


@dataclass(frozen=True, slots=True)
class CountedUnits:
    """The idle units for all samples that were looked at.

    Attributes:
        uses: in their order.
        samples: of the test set.
    """

    uses: tuple[CountedUse, ...]
    samples: int


class IdlePass:
    """Puts the answers for one part of the test set after another together.

    Args:
        asked_step: of the state that the parts are asked for; None for the current one.
        is_earlier: whether it is only for the curves.

    Attributes:
        step: of the state that is looked at; None until the first part is there.
        start: where the next part begins.
    """

    def __init__(self, asked_step: int | None, *, is_earlier: bool = False) -> None:
        self.asked_step = asked_step
        self.is_earlier = is_earlier
        self.step: int | None = None
        self.start = 0
        self._total = -1
        self._uses: dict[tuple[str, int, str], ActivationUse] = {}
        self._active: dict[tuple[str, int, str], np.ndarray] = {}
        self._saturated: dict[tuple[str, int, str], tuple[int, int]] = {}

    @property
    def is_complete(self) -> bool:
        """Whether all parts are there."""
        return self.start >= self._total >= 0

    def add(self, step: int, answer: IdleUnits) -> bool:
        """Take over the next part; returns whether it is of the same state as the others."""
        if self.step is not None and step != self.step:
            return False
        self.step, self.start, self._total = step, answer.stop, answer.total
        for use in answer.uses:
            key = use.layer, use.number, use.function
            self._uses[key] = use
            if use.is_active is not None:
                before = self._active.get(key)
                is_same = before is not None and before.shape == use.is_active.shape
                self._active[key] = before | use.is_active if before is not None and is_same else use.is_active
            saturated, outputs = self._saturated.get(key, (0, 0))
            self._saturated[key] = saturated + use.saturated, outputs + use.outputs
        return True

    def counted(self) -> CountedUnits:
        """What is known from the parts so far."""
        uses = []
        for key, use in self._uses.items():
            idle, share = None, math.nan
            if key in self._active:
                idle = int(np.sum(~self._active[key]))
                share = idle / max(1, len(self._active[key]))
            elif self._saturated[key][1]:
                saturated, outputs = self._saturated[key]
                share = saturated / outputs
            label = use.layer if use.number == 0 else f"{use.layer} ({use.number + 1})"
            uses.append(CountedUse(label, use.function, use.units, idle, share))
        return CountedUnits(tuple(uses), self.start)


def _put(kept: dict[int, Mapping[str, float]], step: int, values: Mapping[str, float]) -> None:
    kept[step] = values
    if len(kept) > MOST_STEPS:
        for old in sorted(kept)[1:-1:2]:
            del kept[old]
