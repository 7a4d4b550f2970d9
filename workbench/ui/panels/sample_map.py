"""The test set as a map: near samples look alike to the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from workbench.engine.config.tasks import Task
from workbench.engine.protocol.queries.sample_map import INPUTS, LAST_HIDDEN, MappedTestSet, MapTestSet
from workbench.ui.models.sample_maps import SampleMaps
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
    from workbench.engine.protocol.queries.sample_map import MapAxes, MapLayer
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.style.palette import Palette

LINES: Final = 3
NARROW: Final = 330
"""Logical pixels; a narrower panel shows no legend."""


class SampleMapPanel(InspectionPanel):
    """The first two principal components of a layer's outputs for the test samples."""

    is_live: ClassVar[bool] = False

    def __init__(self, model: InspectionModel, parent: QWidget | None = None) -> None:
        super().__init__(model, "test_map", "dot", parent)
        self._maps = SampleMaps(model)
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
    def query(self) -> Query | None:
        """What is asked next, of the step that is looked at."""
        return self._maps.query

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
        asked = self._maps.next if self.is_seen and self.is_meant else None
        return None if asked is None else Request(*asked)

    def take(self, event: Inspected) -> bool:
        """Keep and show where the samples are."""
        query, step = event.query, event.asked_step
        if not isinstance(query, MapTestSet) or event.run != self.model.run_id or not self.is_meant or step is None:
            return False
        if not self._maps.wants(query):
            return False
        self._answered = query
        if event.problem is not None:
            self._maps.note_failure(query, step)
            self._text.setText(sentence_of(event.problem))
            self.show_content()
            return True
        answer = event.answer
        if not isinstance(answer, MappedTestSet):
            return False
        if query.axes is None:
            axes, before = answer.axes, self._maps.axes
            is_other = before is None or before.layer != axes.layer
            low, high = axes.low.tolist(), axes.high.tolist()
            self._chart.set_axes((low[0], high[0]), (low[1], high[1]), self._titles(axes), is_new=is_other)
        self._maps.keep(query, step, answer)
        self._list_layers(answer.layers)
        self.show_content()
        self._show()
        return True

    def on_subject_changed(self) -> None:
        """Forget what belongs to another run."""
        self._maps.forget()
        self._shown = self._emphasised = None
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

    # What is shown

    def _on_step(self) -> None:
        if self.is_seen:
            self._show()

    def _on_layer_chosen(self) -> None:
        self._maps.choose_layer(str(self._box.currentData()))
        self.request_changed.emit()

    def _show(self) -> None:
        """Show the map of the step that is looked at, if it is known; while the run is followed, the newest one."""
        answer = self._maps.shown
        if answer is None or answer is self._shown or self.model.log is None:
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
        if (now := str(self._box.currentData())) != self._maps.layer:  # this network has no layer of that name
            self._maps.choose_layer(now)

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
