"""The test set as a map: near samples look alike to the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from workbench.engine.config.tasks import Task
from workbench.engine.protocol.queries.sample_map import (
    INPUTS,
    LAST_HIDDEN,
    MOST_SAMPLES,
    MapAxes,
    MappedTestSet,
    MapTestSet,
)
from workbench.ui.panel_bases.inspection_panel import InspectionPanel, Request
from workbench.ui.plotting.charts.class_legend import ClassLegend
from workbench.ui.plotting.charts.point_map import MapPoints, PointMap
from workbench.ui.style.zoom import scaled
from workbench.ui.system.announcing import announce
from workbench.ui.text.engine_texts import sentence_of
from workbench.ui.text.sample_texts import mapped_sample_text
from workbench.ui.widgets.sample_card import SampleCard
from workbench.ui.widgets.scrolled_text import ScrolledText

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from workbench.engine.protocol.events import Inspected
    from workbench.engine.protocol.queries import Query
    from workbench.engine.protocol.queries.sample_map import MapLayer
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.style.palette import Palette

SECONDS_WHILE_TRAINING: Final = 0.2
SECONDS_AT_REST: Final = 3.0
"""For the samples of one map; those of the tutorial's network take 0.1 s."""
MOST_WHILE_TRAINING: Final = 4000
"""Samples of a map after an epoch: of the tutorial's network 3 % of the time of its epoch. At rest all follow."""
MOST_KEPT: Final = 60
"""Maps that are kept for looking back: one of 10,000 samples takes 0.3 MB."""
LINES: Final = 3
OUTGROWN: Final = 0.1
"""The share of the points outside of the axes at which a training has outgrown them."""
NARROW: Final = 330
"""Logical pixels; a narrower panel shows no legend."""


class SampleMapPanel(InspectionPanel):
    """The first two principal components of a layer's outputs for the test samples.

    The axes are those of one state, for all steps: so points move while one looks back. Of a run that stands still that
    is the newest one; while it trains, axes stay until they no longer hold the points, which costs less.
    """

    is_live: ClassVar[bool] = False

    def __init__(self, model: InspectionModel, parent: QWidget | None = None) -> None:
        super().__init__(model, "test_map", "dot", parent)
        self._axes: MapAxes | None = None
        self._axes_for: tuple[str | None, str, int] | None = None
        self._is_outgrown = False
        self._kept: dict[int, tuple[MappedTestSet, float]] = {}
        self._failed: set[tuple[str, int]] = set()
        self._shown: MappedTestSet | None = None
        self._emphasised: int | None = None
        self._box = QComboBox(self.content)
        self._box.setObjectName("map_layer")
        self._box.setAccessibleName(self.tr("Layer whose outputs are mapped"))
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(16)
        self._layers: tuple[MapLayer, ...] | None = None
        self._list_layers(())
        self._text = ScrolledText("map_text", LINES, self.content)
        self._chart = PointMap(self.content)
        self._chart.setObjectName("map_chart")
        self._chart.setAccessibleName(self.tr("Map of the test set"))
        self._legend = ClassLegend(self.content)
        self._legend.setObjectName("map_legend")
        self._card = SampleCard(self.content)
        self._card.setObjectName("map_card")
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._box)
        head.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._chart, 1)
        row.addWidget(self._legend, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addLayout(row, 1)
        self._box.currentIndexChanged.connect(self._on_layer_chosen)
        self._chart.point_hovered.connect(self._on_hovered)
        self._chart.point_chosen.connect(self._on_chosen)
        self._legend.shown_changed.connect(self._draw)
        self._legend.emphasis_changed.connect(self._on_emphasised)
        model.choice_changed.connect(self._on_choice_changed)
        model.step_changed.connect(self._on_step)

    # What the base asks

    @property
    def layer(self) -> str:
        """Whose outputs are mapped."""
        return str(self._box.currentData())

    @property
    def query(self) -> Query | None:
        """What is asked next, of the step that is looked at."""
        return self._asked(self._axes)

    @property
    def text_when_empty(self) -> str:
        """What will be shown here."""
        return self.tr(
            "A map of all test samples, on which those that look alike to the network are near each other, appears "
            "here when a run is under way: press Train."
        )

    @property
    def request(self) -> Request | None:
        """The axes, of the newest evaluation; then the samples at the step that is looked at."""
        if not (self.is_seen and self.is_meant):
            return None
        newest, place = self._newest, self._place
        if self._needs_axes(newest):
            return None if (self.layer, newest) in self._failed else Request(self._asked(None), newest)
        if (self.layer, place) in self._failed or not self._needs(place):
            return None
        return Request(self._asked(self._axes), place)

    def take(self, event: Inspected) -> bool:
        """Keep and show where the samples are."""
        query, step = event.query, event.asked_step
        if not isinstance(query, MapTestSet) or event.run != self.model.run_id or not self.is_meant or step is None:
            return False
        if query.layer != self.layer or (query.axes is not None and query.axes is not self._axes):
            return False
        self._answered = query
        if event.problem is not None:
            self._failed.add((query.layer, step))
            self._text.setText(sentence_of(event.problem))
            self.show_content()
            return True
        answer = event.answer
        if not isinstance(answer, MappedTestSet):
            return False
        if query.axes is None:
            is_other = self._axes is None or self._axes.layer != answer.axes.layer
            self._axes, self._axes_for = answer.axes, (event.run, query.layer, step)
            self._is_outgrown = False
            self._kept = {}
            low, high = answer.axes.low.tolist(), answer.axes.high.tolist()
            self._chart.set_axes((low[0], high[0]), (low[1], high[1]), self._titles(answer.axes), is_new=is_other)
        elif step == self._newest:
            self._is_outgrown = _share_outside(answer) > OUTGROWN
        self._kept[step] = answer, query.seconds
        for old in list(self._kept)[:-MOST_KEPT]:
            del self._kept[old]
        self._list_layers(answer.layers)
        self.show_content()
        self._show()
        return True

    def on_subject_changed(self) -> None:
        """Forget what belongs to another run."""
        self._axes = self._axes_for = self._shown = self._emphasised = None
        self._kept, self._failed = {}, set()
        self._card.hide()
        spec = self.model.spec
        names = () if spec is None or spec.task is Task.REGRESSION else spec.class_names
        self._legend.show_classes(names)
        self._fit()

    def rows(self) -> Iterator[Sequence[object]] | None:
        """The samples, with their places."""
        return None if self._shown is None else self._rows(self._shown)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        super().set_palette(palette)
        for each in (self._chart, self._legend, self._card):
            each.set_palette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show the legend where there is room."""
        super().resizeEvent(event)
        self._fit()

    # What is asked

    @property
    def _seconds(self) -> float:
        return SECONDS_WHILE_TRAINING if self.model.is_training else SECONDS_AT_REST

    @property
    def _is_followed(self) -> bool:
        return self.model.is_training and self.model.shown_step is None

    @property
    def _newest(self) -> int:
        """The step of the axes: of the newest evaluation, or the present one where it is later."""
        model = self.model
        if model.is_training:
            return model.prediction_step if model.shown_step is None and model.prediction_step else self._last_stop
        return max(self._last_stop, model.current_step)

    @property
    def _last_stop(self) -> int:
        return max(self.model.stops, default=0)

    @property
    def _place(self) -> int:
        """The step that is looked at."""
        model = self.model
        if model.shown_step is not None:
            return model.shown_step
        return self._newest if model.is_training else model.current_step

    def _asked(self, axes: MapAxes | None) -> MapTestSet:
        return MapTestSet(self.layer, axes, self._seconds, MOST_WHILE_TRAINING if self._is_followed else MOST_SAMPLES)

    def _needs_axes(self, newest: int) -> bool:
        """Whether there are no axes of this layer and step. In a training they stay for as long as they serve."""
        run, layer = self.model.run_id, self.layer
        if self._axes is None or self._axes_for is None or self._axes_for[:2] != (run, layer):
            return True
        if self.model.is_training:
            return self._is_outgrown and self.model.shown_step is None and self._axes_for[2] != newest
        return self._axes_for[2] != newest or self._needs(newest)

    def _needs(self, step: int) -> bool:
        """Whether the samples at a step are not known, or only some of them because there was no time for more."""
        if step not in self._kept:
            return True
        answer, seconds = self._kept[step]
        return len(answer.samples) < self._sample_count and seconds < self._seconds

    @property
    def _sample_count(self) -> int:
        log = self.model.log
        return 0 if log is None else min(len(log.inputs), MOST_SAMPLES)

    # What is shown

    def _on_step(self) -> None:
        if self.is_seen:
            self._show()

    def _on_layer_chosen(self) -> None:
        self._axes = self._axes_for = None
        self._kept = {}
        self.request_changed.emit()

    def _show(self) -> None:
        """Show the map of the step that is looked at, if it is known; while the run is followed, the newest one."""
        model = self.model
        step = self._place
        if step not in self._kept and self._kept and model.shown_step is None and model.is_training:
            step = max(self._kept)
        if step not in self._kept or model.log is None:
            return
        answer = self._kept[step][0]
        if answer is self._shown:
            return
        self._shown = answer
        self._card.hide()
        self._on_choice_changed()
        self._show_text(answer)

    def _draw(self) -> None:
        """Draw the points that the legend shows."""
        shown, log = self._shown, self.model.log
        if shown is None or log is None:
            return
        targets = log.targets[shown.samples]
        places = shown.points.astype(np.float64)
        if not self.model.is_classification:
            everywhere = np.ones(len(places), np.bool_)
            self._chart.show_points(MapPoints(places, None, None, targets[:, 0].astype(np.float64), everywhere, None))
            return
        labels = targets.astype(np.int64)
        is_wrong = shown.predicted != labels
        self._chart.show_points(
            MapPoints(places, labels, is_wrong, None, self._legend.is_shown[labels], self._strong(shown, labels))
        )

    def _strong(self, shown: MappedTestSet, labels: NDArray[np.int64]) -> NDArray[np.bool_] | None:
        """The samples that are emphasised: of the class in the legend, or of the chosen pair of classes."""
        pair, strong = self.model.pair, None
        if self._emphasised is not None:
            strong = labels == self._emphasised
        elif pair is not None:
            strong = (labels == pair[0]) & (shown.predicted == pair[1])
        return strong

    def _show_text(self, shown: MappedTestSet) -> None:
        log = self.model.log
        assert log is not None
        count, total = len(shown.samples), len(log.inputs)
        fields = {
            "share": f"{float(shown.axes.shares.sum()):.0%}",
            "when": self._when(shown.axes.step),
            "count": f"{count:,}",
            "total": f"{total:,}",
        }
        if self.model.is_classification:
            wrong = int((shown.predicted != log.targets[shown.samples]).sum())
            fields["wrong"] = f"{wrong:,}"
            text = self.tr(
                "{count} of {total} test samples: near ones look alike to the network, the {wrong} wrong ones have a "
                "ring. The axes (PCA, {when}) show {share} of the variance."
            )
        else:
            fields["target"] = self.model.spec.target_names[0] if self.model.spec is not None else ""
            text = self.tr(
                "{count} of {total} test samples, coloured by {target}; near ones look alike to the network. The axes "
                "(PCA, {when}) show {share} of the variance."
            )
        self._text.setText(text.format(**fields))
        self._chart.setAccessibleDescription(self._text.text())

    def _when(self, step: int) -> str:
        if step in self.model.stops:
            return self.tr("after epoch {epoch}").format(epoch=f"{self.model.epoch_of(step):,}")
        return self.tr("at step {step}").format(step=f"{step:,}")

    def _titles(self, axes: MapAxes) -> tuple[str, str]:
        text = self.tr("Component {number} ({share})")
        first, second = (text.format(number=place + 1, share=f"{share:.0%}") for place, share in enumerate(axes.shares))
        return first, second

    def _list_layers(self, layers: tuple[MapLayer, ...]) -> None:
        if layers == self._layers:
            return
        self._layers = layers
        chosen = self._box.currentData()
        self._box.blockSignals(True)
        self._box.clear()
        self._box.addItem(self.tr("Last hidden layer"), LAST_HIDDEN)
        self._box.addItem(self.tr("Inputs"), INPUTS)
        for layer in layers:
            text = self.tr("{name} ({kind})").format(name=layer.name or self.tr("network"), kind=layer.kind)
            self._box.addItem(text, layer.name)
        self._box.setCurrentIndex(max(0, self._box.findData(chosen)))
        self._box.blockSignals(False)

    def _on_emphasised(self, label: int | None) -> None:
        if label != self._emphasised:
            self._emphasised = label
            self._draw()

    def _on_hovered(self, index: int | None) -> None:
        shown, log = self._shown, self.model.log
        if index is None or shown is None or log is None or index >= len(shown.samples):
            self._card.hide()
            return
        place = self._chart.mapTo(self.content, self._chart.place_of(index).toPoint())
        self._card.show_sample(log.inputs[shown.samples[index]], mapped_sample_text(log, shown, index), place)

    def _on_chosen(self, index: int | None) -> None:
        self.model.choose_sample(None if index is None or self._shown is None else int(self._shown.samples[index]))

    def _on_choice_changed(self) -> None:
        """Mark the chosen sample, and the samples of the chosen pair."""
        if self._shown is None:
            return
        sample = -1 if self.model.sample is None else self.model.sample
        found = np.flatnonzero(self._shown.samples == sample)
        self._chart.set_chosen(int(found[0]) if len(found) else None)
        if len(found) and self.model.log is not None and self._chart.hasFocus():
            announce(self._chart, mapped_sample_text(self.model.log, self._shown, int(found[0])))
        self._draw()

    def _fit(self) -> None:
        self._legend.setVisible(self._legend.count() > 0 and self.width() >= scaled(NARROW))

    def _rows(self, shown: MappedTestSet) -> Iterator[Sequence[object]]:
        log, names = self.model.log, self.model.class_names
        assert log is not None
        yield "sample", "component_1", "component_2", "target", "predicted", "confidence"
        for sample, (x, y), predicted, confidence in zip(
            shown.samples.tolist(),
            shown.points.tolist(),
            shown.predicted.tolist(),
            shown.confidence.tolist(),
            strict=True,
        ):
            if self.model.is_classification:
                yield sample, x, y, names[int(log.targets[sample])], names[predicted], confidence
            else:
                yield sample, x, y, float(log.targets[sample, 0]), predicted, ""


def _share_outside(mapped: MappedTestSet) -> float:
    """The share of the points that lie outside of the axes."""
    axes, points = mapped.axes, mapped.points
    return float(np.mean(((points < axes.low) | (points > axes.high)).any(axis=1))) if len(points) else 0.0
