"""SampleMaps: which maps of the test set are known, and which one is asked next; no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.protocol.queries.sample_map import LAST_HIDDEN, MOST_SAMPLES, MapTestSet

if TYPE_CHECKING:
    from workbench.engine.protocol.queries.sample_map import MapAxes, MappedTestSet
    from workbench.ui.models.inspection_model import InspectionModel

SECONDS_WHILE_TRAINING: Final = 0.2
SECONDS_AT_REST: Final = 3.0
"""For the samples of one map; those of the tutorial's network take 0.1 s."""
MOST_WHILE_TRAINING: Final = 4000
"""Samples of a map after an epoch: of the tutorial's network 3 % of the time of its epoch. At rest all follow."""
MOST_KEPT: Final = 60
"""Maps that are kept for looking back: one of 10,000 samples takes 0.3 MB."""
OUTGROWN: Final = 0.1
"""The share of the points outside of the axes at which a training has outgrown them."""


class SampleMaps:
    """Maps of the outputs of a layer, at the steps that were looked at, on the same axes.

    The axes are those of one state, for all steps: so points move while one looks back. Of a run that stands still that
    is the newest one; while it trains, axes stay until they no longer hold the points, which costs less.

    Args:
        model: says which run and step are looked at.

    Attributes:
        layer: whose outputs are mapped.
        axes: None until they are known.
    """

    def __init__(self, model: InspectionModel) -> None:
        self._model = model
        self.layer = LAST_HIDDEN
        self.axes: MapAxes | None = None
        self._axes_for: tuple[str | None, str, int] | None = None
        self._is_outgrown = False
        self._kept: dict[int, tuple[MappedTestSet, float]] = {}
        self._failed: set[tuple[str, int]] = set()

    @property
    def query(self) -> MapTestSet:
        """What is asked of a step on the present axes."""
        return self._asked(self.axes)

    @property
    def next(self) -> tuple[MapTestSet, int] | None:
        """The axes, of the newest evaluation; then the samples at the step that is looked at. None where all is known.

        With each, the step of which it is asked.
        """
        newest, place = self._newest, self._place
        if self._needs_axes(newest):
            return None if (self.layer, newest) in self._failed else (self._asked(None), newest)
        if (self.layer, place) in self._failed or not self._needs(place):
            return None
        return self.query, place

    @property
    def shown(self) -> MappedTestSet | None:
        """The map of the step that is looked at, if it is known; while a run is followed, else the newest one."""
        model, step = self._model, self._place
        if step not in self._kept and self._kept and model.shown_step is None and model.is_training:
            step = max(self._kept)
        return self._kept[step][0] if step in self._kept else None

    def choose_layer(self, layer: str) -> None:
        """Map the outputs of another layer, on axes of its own."""
        self.layer = layer
        self.axes = self._axes_for = None
        self._kept = {}

    def forget(self) -> None:
        """Forget what belongs to another run."""
        self.axes = self._axes_for = None
        self._kept, self._failed = {}, set()

    def wants(self, query: MapTestSet) -> bool:
        """Whether an answer to `query` is of the layer, and on the axes, that are shown."""
        return query.layer == self.layer and (query.axes is None or query.axes is self.axes)

    def note_failure(self, query: MapTestSet, step: int) -> None:
        """Do not ask `query` about this step again."""
        self._failed.add((query.layer, step))

    def keep(self, query: MapTestSet, step: int, found: MappedTestSet) -> None:
        """Keep the answer to `query` about this step."""
        if query.axes is None:
            self.axes, self._axes_for = found.axes, (self._model.run_id, query.layer, step)
            self._is_outgrown = False
            self._kept = {}
        elif step == self._newest:
            self._is_outgrown = _share_outside(found) > OUTGROWN
        self._kept[step] = found, query.seconds
        # Without the map of the newest step, its axes would be asked anew, and all maps forgotten.
        for old in [each for each in self._kept if each != self._newest][:-MOST_KEPT]:
            del self._kept[old]

    # Internals

    @property
    def _seconds(self) -> float:
        return SECONDS_WHILE_TRAINING if self._model.is_training else SECONDS_AT_REST

    @property
    def _is_followed(self) -> bool:
        return self._model.is_training and self._model.shown_step is None

    @property
    def _newest(self) -> int:
        """The step of the axes: of the newest evaluation, or the present one where it is later."""
        model = self._model
        if model.is_training:
            return model.prediction_step if model.shown_step is None and model.prediction_step else self._last_stop
        return max(self._last_stop, model.current_step)

    @property
    def _last_stop(self) -> int:
        return max(self._model.stops, default=0)

    @property
    def _place(self) -> int:
        """The step that is looked at."""
        model = self._model
        if model.shown_step is not None:
            return model.shown_step
        return self._newest if model.is_training else model.current_step

    def _asked(self, axes: MapAxes | None) -> MapTestSet:
        return MapTestSet(self.layer, axes, self._seconds, MOST_WHILE_TRAINING if self._is_followed else MOST_SAMPLES)

    def _needs_axes(self, newest: int) -> bool:
        """Whether there are no axes of this layer and step. In a training they stay for as long as they serve."""
        run, layer = self._model.run_id, self.layer
        if self.axes is None or self._axes_for is None or self._axes_for[:2] != (run, layer):
            return True
        if self._model.is_training:
            return self._is_outgrown and self._model.shown_step is None and self._axes_for[2] != newest
        return self._axes_for[2] != newest or self._needs(newest)

    def _needs(self, step: int) -> bool:
        """Whether the samples at a step are not known, or only some of them because there was no time for more."""
        if step not in self._kept:
            return True
        answer, seconds = self._kept[step]
        return len(answer.samples) < self._sample_count and seconds < self._seconds

    @property
    def _sample_count(self) -> int:
        log = self._model.log
        return 0 if log is None else min(len(log.inputs), MOST_SAMPLES)


def _share_outside(mapped: MappedTestSet) -> float:
    """The share of the points that lie outside of the axes."""
    axes, points = mapped.axes, mapped.points
    return float(np.mean(((points < axes.low) | (points > axes.high)).any(axis=1))) if len(points) else 0.0
