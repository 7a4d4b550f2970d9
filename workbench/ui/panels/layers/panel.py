"""What goes on inside the network: weights, distributions, gradients, updates, and units that give nothing."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from workbench.engine.protocol.queries.layers import (
    CountIdleUnits,
    FirstLayer,
    IdleUnits,
    MeasuredLayers,
    MeasureLayers,
    ShowFirstLayer,
)
from workbench.ui.models.layer_record import CountedUnits, IdlePass, LayerRecord, LayerRecords
from workbench.ui.panel_bases.inspection_panel import InspectionPanel, Request
from workbench.ui.panels.layers.histograms_view import HistogramsView
from workbench.ui.panels.layers.texts import distributions_text, gradients_text, updates_text, weights_text
from workbench.ui.panels.layers.views import IdleView, OverTimeView, Quantity
from workbench.ui.plotting.charts.distribution_rows import DistributionRows
from workbench.ui.plotting.charts.weight_tiles import WeightTiles
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import sentence_of
from workbench.ui.widgets.scrolled_text import ScrolledText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QResizeEvent

    from workbench.engine.protocol.events import Inspected
    from workbench.engine.protocol.queries import Query
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.style.palette import Palette

PART_SECONDS: Final = 0.03
"""Of one query about idle units: the others, and the training, wait for it."""
SLOW_SECONDS: Final = 0.1
"""Where two answers in a row take longer, the layers are measured at the evaluations, not at each step."""
TEXT_LINES, FEW_LINES = 5, 3
LOW: Final = 380
"""Logical pixels; in a lower panel fewer lines of the text are seen at a time."""


class View(StrEnum):
    """What the panel shows."""

    WEIGHTS = "weights"
    DISTRIBUTIONS = "distributions"
    HISTOGRAMS = "histograms"
    UPDATES = "updates"
    GRADIENTS = "gradients"
    IDLE = "idle"


TEXTS: Final[dict[View, Callable[[MeasuredLayers], str]]] = {
    View.DISTRIBUTIONS: distributions_text,
    View.UPDATES: updates_text,
    View.GRADIENTS: gradients_text,
}


class LayersPanel(InspectionPanel):
    """One of six views, each with a sentence on how to read it and who says what is healthy."""

    def __init__(self, model: InspectionModel, parent: QWidget | None = None) -> None:
        super().__init__(model, "layers", "chart", parent)
        self._records = LayerRecords()
        self._record = LayerRecord()
        self._measured: MeasuredLayers | None = None
        self._measured_step: int | None = None
        self._first: FirstLayer | None = None
        self._units: tuple[int, ...] = ()
        self._units_for: int | None = -1
        self._counted: CountedUnits | None = None
        self._pass: IdlePass | None = None
        self._counted_step: int | None = None
        self._counted_for: tuple[int | None, int] | None = None
        self._idle_asked: set[int] = set()
        self._total = 0
        self._is_slow = False
        self._seconds = 0.0
        self._box = QComboBox(self.content)
        self._box.setObjectName("layers_view")
        self._box.setAccessibleName(self.tr("What is shown of the layers"))
        for view, text in (
            (View.WEIGHTS, self.tr("Weights of the first layer")),
            (View.DISTRIBUTIONS, self.tr("Distributions by layer")),
            (View.HISTOGRAMS, self.tr("Histograms over the epochs")),
            (View.UPDATES, self.tr("Updates over the steps")),
            (View.GRADIENTS, self.tr("Gradients over the steps")),
            (View.IDLE, self.tr("Dead and saturated units")),
        ):
            self._box.addItem(text, view)
        self._text = ScrolledText("layers_text", TEXT_LINES, self.content)
        self._tiles = WeightTiles(self.content)
        self._tiles.setObjectName("layers_tiles")
        self._rows = DistributionRows()
        self._rows.setObjectName("layers_distributions")
        scroll = QScrollArea(self.content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.tr("Distributions by layer"))
        scroll.setWidget(self._rows)
        self._histograms = HistogramsView(self.content)
        self._histograms.changed.connect(self._on_histograms_chosen)
        self._updates = OverTimeView(Quantity.UPDATES, self.content)
        self._gradients = OverTimeView(Quantity.GRADIENTS, self.content)
        self._idle = IdleView(self.content)
        self._pages: dict[str, QWidget] = {
            View.WEIGHTS: self._tiles,
            View.DISTRIBUTIONS: scroll,
            View.HISTOGRAMS: self._histograms,
            View.UPDATES: self._updates,
            View.GRADIENTS: self._gradients,
            View.IDLE: self._idle,
        }
        self._views = QStackedWidget(self.content)
        for page in self._pages.values():
            self._views.addWidget(page)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._box)
        head.addStretch(1)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addWidget(self._views, 1)
        self._box.currentIndexChanged.connect(self._on_view_chosen)

    # What the base asks

    @property
    def view(self) -> View:
        """What is shown."""
        return View(self._box.currentData())

    @property
    def query(self) -> Query | None:
        """What the present view needs."""
        match self.view:
            case View.WEIGHTS:
                return ShowFirstLayer(self._units if self._keeps_units else ())
            case View.IDLE:
                return None
        return MeasureLayers()

    @property
    def _keeps_units(self) -> bool:
        """Whether the units stay where they are: between two evaluations, and while one looks back."""
        return self.model.shown_step is not None or self._units_for == self._newest

    @property
    def _newest(self) -> int | None:
        """The last evaluation of a run that goes on, or the step at which it stands."""
        return self.model.prediction_step if self.model.is_training else self.model.current_step

    @property
    def text_when_empty(self) -> str:
        """What will be shown here."""
        return self.tr(
            "The weights of the network, how its layers are doing, and units that have died appear here when a run is "
            "under way: press Train."
        )

    @property
    def request(self) -> Request | None:
        """The next part of the count of idle units, what the view needs, or an earlier step for the curves."""
        if not (self.is_seen and self.is_meant):
            return None
        if self.view is View.IDLE:
            return self._idle_request()
        own = super().request
        if own is not None or self.view is View.WEIGHTS or self.model.is_training:
            return own
        missing = [step for step in self.model.some_stops if step not in self._record.asked]
        return Request(MeasureLayers(), missing[-1]) if missing else None

    @property
    def follows(self) -> bool:
        """Whether the panel wants another answer with each step of the run."""
        return super().follows and not self._is_slow and self.view is not View.HISTOGRAMS

    def take(self, event: Inspected) -> bool:
        """Keep and show an answer."""
        if event.run != self.model.run_id or not self.is_meant:
            return False
        if isinstance(event.query, CountIdleUnits):
            return self._take_idle(event)
        if isinstance(event.query, MeasureLayers):
            self._is_slow = min(event.seconds, self._seconds) > SLOW_SECONDS
            self._seconds = event.seconds
            if event.asked_step is not None:
                self._record.asked.add(event.asked_step)
            if isinstance(event.answer, MeasuredLayers):
                self._record.asked.add(event.step)
                self._record.add(event.step, event.answer)
                self._keep_histograms(event.step, event.answer)
                if event.asked_step != self.model.shown_step:
                    self._show_curves()
        return super().take(event)

    def show_answer(self, event: Inspected) -> None:
        """Show what was measured."""
        match event.answer:
            case FirstLayer():
                self._first = event.answer
                if not self._keeps_units:
                    self._units, self._units_for = tuple(event.answer.units.tolist()), self._newest
                    self.note_known()
                spec = self.model.spec
                self._tiles.show_layer(event.answer, () if spec is None else spec.feature_names)
            case MeasuredLayers():
                self._measured, self._measured_step = event.answer, event.step
                if self.view is View.DISTRIBUTIONS:
                    self._rows.show_layers(event.answer)
                self._show_curves()
        self._show_text()

    def on_subject_changed(self) -> None:
        """Forget what belongs to another run."""
        self._record = self._records.of_run(self.model.run_id or "")
        self._measured = self._first = self._counted = self._pass = None
        self._measured_step = self._counted_step = self._counted_for = None
        self._idle_asked = set(self._record.idle_shares)
        self._units, self._units_for = (), -1
        self._tiles.clear()
        self._is_slow, self._seconds = False, 0.0

    def rows(self) -> Iterator[Sequence[object]] | None:
        """The numbers of the present view."""
        match self.view:
            case View.WEIGHTS:
                return None if self._first is None else _weight_rows(self._first)
            case View.DISTRIBUTIONS:
                return None if self._measured is None else _layer_rows(self._measured)
            case View.HISTOGRAMS:
                return self._histograms.table()
            case View.UPDATES:
                return self._updates.table()
            case View.GRADIENTS:
                return self._gradients.table()
        return None if self._counted is None else self._idle.table()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        super().set_palette(palette)
        for each in (self._tiles, self._rows, self._histograms, self._updates, self._gradients, self._idle):
            each.set_palette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave room for the charts in a low panel."""
        super().resizeEvent(event)
        self._text.set_lines(FEW_LINES if self.height() < scaled(LOW) else TEXT_LINES)

    # Views

    def _on_view_chosen(self) -> None:
        self._views.setCurrentWidget(self._pages[self.view])
        self._answered = None
        if self._measured is not None and self.view is View.DISTRIBUTIONS:
            self._rows.show_layers(self._measured)
        self._show_curves()
        self._show_text()
        self.request_changed.emit()

    def _show_curves(self) -> None:
        here = self.model.shown_step if self._measured_step is None else self._measured_step
        match self.view:
            case View.HISTOGRAMS:
                shown = self.model.shown_step  # also before its answer is there
                self._histograms.show_record(self._record.histograms, here if shown is None else shown)
            case View.UPDATES:
                self._updates.show_record(self._record.update_ratios, here)
            case View.GRADIENTS:
                self._gradients.show_record(self._record.gradient_norms, here)
            case View.IDLE:
                if self._counted is not None:
                    self._idle.show_units(self._counted, self._record.idle_shares, self._counted_step)

    def _show_text(self) -> None:
        match self.view:
            case View.WEIGHTS:
                text = "" if self._first is None else weights_text(self._first)
                self._describe(self._tiles, text)
            case View.HISTOGRAMS:
                text = "" if self._measured is None else self._histograms.text()
            case View.IDLE:
                text = "" if self._counted is None else self._idle.text(self._counted, self._total)
            case view:
                text = "" if self._measured is None else TEXTS[view](self._measured)
        self._text.setText(text)
        self._describe(self._pages[self.view], text)

    def show_problem(self, text: str) -> None:
        """Say what went wrong above the view, so that another can be chosen."""
        self._text.setText(text)
        self.show_content()

    def _describe(self, widget: QWidget, text: str) -> None:
        widget.setAccessibleName(self._box.currentText())
        widget.setAccessibleDescription(text)

    def _on_histograms_chosen(self) -> None:
        self._show_curves()
        self._show_text()

    def _keep_histograms(self, step: int, measured: MeasuredLayers) -> None:
        model = self.model
        is_evaluation = step in model.stops
        epoch = model.epoch_of(step) + (0 if is_evaluation or step == 0 else 1)
        self._record.histograms.add(step, epoch, measured, is_evaluation=is_evaluation)

    # What is asked

    def _key(self, query: Query, step: int | None = None) -> object:
        """A slow network is measured once an epoch, and so are histograms over the epochs."""
        if (self._is_slow or self.view is View.HISTOGRAMS) and self.model.is_training and self.model.shown_step is None:
            return query, self.model.run_id, self.model.prediction_step
        return super()._key(query, step)

    @property
    def _wanted_step(self) -> int | None:
        """The step whose idle units are wanted: while the run goes on, that of the last evaluation, which stays."""
        model = self.model
        if model.shown_step is None and model.is_training:
            return model.prediction_step or 0
        return model.shown_step

    def _idle_request(self) -> Request | None:
        """The next part of the test set, of the state that is looked at, or else of an earlier evaluation."""
        wanted, going, model = self._wanted_step, self._pass, self.model
        follows = model.is_training and model.shown_step is None
        if going is None or going.is_complete or not (going.asked_step == wanted or follows or going.is_earlier):
            going = None
        is_known = self._counted_for == (wanted, model.current_step if wanted is None else wanted)
        if going is None or (going.is_earlier and not is_known):
            going = None if is_known else IdlePass(wanted)
        if going is None and not model.is_training:
            missing = [step for step in self.model.some_stops if step not in self._idle_asked]
            going = IdlePass(missing[-1], is_earlier=True) if missing else None
        self._pass = going
        return None if going is None else Request(CountIdleUnits(going.start, PART_SECONDS), going.asked_step)

    def _take_idle(self, event: Inspected) -> bool:
        going = self._pass
        if going is None or event.query != CountIdleUnits(going.start, PART_SECONDS):
            return False
        if event.asked_step != going.asked_step:
            return False
        if not isinstance(event.answer, IdleUnits):
            self._end_pass(going, event.step)
            if event.problem is not None and not going.is_earlier:
                self.show_problem(sentence_of(event.problem))
            return True
        if not going.add(event.step, event.answer):
            # The run has gone on between two parts.
            self._pass = None
            return True
        counted = going.counted()
        if going.is_complete:
            self._end_pass(going, event.step)
            self._record.add_idle(event.step, counted)
        if not going.is_earlier and (going.is_complete or self._counted is None):
            self._counted, self._counted_step, self._total = counted, event.step, event.answer.total
            self._answered = event.query
            self.show_content()
        if self.view is View.IDLE and self._counted is not None:
            self._show_curves()
            self._show_text()
        return True

    def _end_pass(self, going: IdlePass, step: int) -> None:
        self._pass = None
        self._idle_asked |= {step} if going.asked_step is None else {step, going.asked_step}
        if not going.is_earlier:
            self._counted_for = going.asked_step, step if going.asked_step is None else going.asked_step


def _weight_rows(first: FirstLayer) -> Iterator[Sequence[object]]:
    yield "unit", "norm", *(f"weight_{place}" for place in range(first.tiles[0].size))
    if len(first.tiles) == len(first.units):
        for unit, norm, tile in zip(first.units, first.norms, first.tiles, strict=True):
            yield int(unit), float(norm), *tile.ravel().tolist()
    else:
        for unit, norm, row in zip(first.units, first.norms, first.tiles[0, 0], strict=True):
            yield int(unit), float(norm), *row.tolist()


def _layer_rows(measured: MeasuredLayers) -> Iterator[Sequence[object]]:
    yield "layer", "kind", "function", "weight_norm", "gradient_norm", "update_ratio", "zero_share_of_outputs"
    for each in measured.layers:
        zeros = math.nan if each.outputs is None else each.outputs.zero_share
        yield each.name, each.kind, each.function, each.weight_norm, each.gradient_norm, each.update_ratio, zeros
