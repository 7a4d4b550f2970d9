"""The batch behind a step: click a point of the loss curve, and see which samples made its loss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QToolButton, QVBoxLayout, QWidget

from workbench.engine.analysis.loss_peaks import WINDOW, compared, largest_peak
from workbench.engine.protocol.queries.batch_replay import ReplayBatch, ReplayedBatch
from workbench.ui.panel_bases.inspection_panel import InspectionPanel
from workbench.ui.panels.spike import cards
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.sample_pictures import SamplePictures
from workbench.ui.style.icons import icon
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.widgets.sample_list import SampleList
from workbench.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbench.engine.protocol.events import Inspected
    from workbench.engine.protocol.queries import Query
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.style.palette import Palette

SPACING: Final = 6
CORNER: Final = 26
"""Pixels on the right of the first line, which the panel's menu covers."""
LEAST_STEP_WIDTH: Final = 120
LAST_STEP: Final = 2**31 - 1


class SpikePanel(InspectionPanel):
    """Shows the batch of the step that is chosen here or by a click on the curve."""

    travel_requested = Signal(object)
    """The user wants the run to go to this step."""

    def __init__(self, model: InspectionModel, parent: QWidget | None = None) -> None:
        super().__init__(model, "spike", "chart", parent)
        self._contents: _Contents | None = None
        self._palette: Palette | None = None
        self._shown: cards.BatchCards | None = None
        model.batch_changed.connect(self._on_batch_changed)

    # What the base asks for

    @property
    def query(self) -> Query | None:
        """The batch of the chosen step."""
        step = self.model.batch_step
        return None if step is None else ReplayBatch(step)

    @property
    def text_when_empty(self) -> str:
        """What will be shown here."""
        return self.tr(
            "The batch behind a point of the loss curve appears here, sample by sample: start a run, then click the "
            "curve."
        )

    def show_answer(self, event: Inspected) -> None:
        """Show the batch."""
        log, batch = self.model.log, event.answer
        if self._contents is None or log is None or not isinstance(batch, ReplayedBatch):
            return
        pictures = SamplePictures(log.spec, log.inputs, log.targets)
        if self._palette is not None:
            pictures.set_colours(PlotColours.of(self._palette))
        self._shown = cards.BatchCards.of(batch, pictures)
        recorded = self.model.recorded
        assert recorded is not None
        comparison = compared(recorded.loss.values(max(0, batch.step - WINDOW), batch.step), batch.loss)
        self._contents.show_batch(
            self._shown,
            cards.headline(batch),
            [cards.comparison_text(batch.loss, comparison), cards.parts_text(batch), cards.proof_text(batch)],
        )

    def show_problem(self, text: str) -> None:
        """Say below the choice of the step why its batch cannot be shown."""
        self._shown = None
        if self._contents is not None:
            self._contents.show_text(text)

    def on_subject_changed(self) -> None:
        """Forget the batch of another run."""
        self._shown = None

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        super().set_palette(palette)
        self._palette = palette
        if self._contents is not None:
            self._contents.set_palette(palette)
        if self._shown is not None:
            self._shown.pictures.set_colours(PlotColours.of(palette))

    def rows(self) -> Iterator[Sequence[object]] | None:
        """The samples of the batch, one a row."""
        return None if self._shown is None else self._rows(self._shown)

    # Internals

    def _key(self, query: Query, step: int | None = None) -> object:
        """What was trained on stays so, whatever step is looked at."""
        del step
        return query, self.model.run_id

    def _refresh(self) -> None:
        """Show the choice of the step wherever there is a run."""
        super()._refresh()
        if self._contents is not None and self.isVisible() and self.is_meant and self._shown is None:
            self.show_content()
            self._show_choice()

    def build(self) -> None:
        """Make the contents."""
        self._contents = contents = _Contents(self)
        contents.step.valueChanged.connect(self.model.choose_batch)
        contents.peak.clicked.connect(self._choose_peak)
        contents.refused.clicked.connect(self._choose_refused)
        contents.travel.clicked.connect(lambda: self.travel_requested.emit(self.model.batch_step))
        if self._palette is not None:
            contents.set_palette(self._palette)

    def _on_batch_changed(self) -> None:
        self._shown = None
        self._answered = None
        self._refresh()

    def _show_choice(self) -> None:
        """Show which step is chosen, and that its batch is on its way."""
        assert self._contents is not None
        recorded, step = self.model.recorded, self.model.batch_step
        has_incident = recorded is not None and bool(recorded.spikes)
        self._contents.show_step(step, has_incident=has_incident)
        if step is None:
            self._contents.show_text(self.tr("Click a point of the loss curve, or choose a step here."))
        else:
            self._contents.show_text(self.tr("Replaying step {step}…").format(step=f"{step:,}"))

    def _choose_peak(self) -> None:
        recorded = self.model.recorded
        step = None if recorded is None else largest_peak(recorded.loss.values(0, len(recorded)))
        if step is not None:
            self.model.choose_batch(step)

    def _choose_refused(self) -> None:
        recorded = self.model.recorded
        if recorded is not None and recorded.spikes:
            self.model.choose_batch(recorded.spikes[-1].step)

    def _rows(self, shown: cards.BatchCards) -> Iterator[Sequence[object]]:
        batch, spec = shown.batch, shown.pictures.spec
        if shown.probabilities is None:
            names = spec.target_names
            yield (
                *("rank", "training_sample", "loss"),
                *(f"true_{name}" for name in names),
                *(f"predicted_{name}" for name in names),
            )
            for row, place in enumerate(batch.places.tolist()):
                numbers = (*batch.targets[row].tolist(), *batch.outputs[row].tolist())
                yield row + 1, place, float(batch.losses[row]), *numbers
            return
        yield "rank", "training_sample", "loss", "label", "probability_of_label", "predicted", "confidence"
        for row, place in enumerate(batch.places.tolist()):
            label, guess = int(batch.targets[row]), int(shown.probabilities[row].argmax())
            shares = float(shown.probabilities[row, label]), float(shown.probabilities[row, guess])
            names = spec.class_names
            yield row + 1, place, float(batch.losses[row]), names[label], shares[0], names[guess], shares[1]


class _Contents:
    """The widgets of the panel."""

    def __init__(self, panel: SpikePanel) -> None:
        parent = panel.content
        self.step = QSpinBox(parent)
        self.step.setObjectName("batch_step")
        self.step.setAccessibleName(panel.tr("Step whose batch is shown"))
        self.step.setRange(0, LAST_STEP)
        self.step.setGroupSeparatorShown(True)
        self.step.setKeyboardTracking(False)
        self.step.setPrefix(panel.tr("Step "))
        self.step.setMinimumWidth(scaled(LEAST_STEP_WIDTH))
        self.peak = QPushButton(panel.tr("Peak"), parent)
        self.peak.setObjectName("batch_peak")
        self.peak.setAccessibleName(panel.tr("Largest peak"))
        self.peak.setToolTip(
            plain_tool_tip(panel.tr("Largest peak: the loss that is highest compared with those before it."))
        )
        self.refused = QToolButton(parent)
        self.refused.setObjectName("batch_refused")
        self.refused.setAccessibleName(panel.tr("Refused loss"))
        self.refused.setToolTip(plain_tool_tip(panel.tr("The step whose loss the guard refused.")))
        self.travel = QToolButton(parent)
        self.travel.setObjectName("batch_travel")
        self.travel.setAccessibleName(panel.tr("Go there"))
        self.travel.setToolTip(plain_tool_tip(panel.tr("Take the run back to this step.")))
        self.headline = WrappedLabel(parent)
        self.headline.setObjectName("batch_headline")
        self.headline.setProperty("role", "heading")
        self.sentences = [WrappedLabel(parent) for _ in range(3)]
        self.samples = SampleList("batch_samples", parent)
        self.samples.setAccessibleName(panel.tr("Samples of the batch, the highest loss first"))
        choice = QHBoxLayout()
        choice.setContentsMargins(0, 0, scaled(CORNER), 0)
        choice.setSpacing(SPACING)
        choice.addWidget(self.step, 1)
        for button in (self.peak, self.refused, self.travel):
            choice.addWidget(button)
        column = QVBoxLayout(parent)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING // 2)
        column.addLayout(choice)
        column.addWidget(self.headline)
        for sentence in self.sentences:
            sentence.setProperty("role", "muted")
            column.addWidget(sentence)
        column.addWidget(self.samples, 1)
        self.below = QWidget(parent)
        column.addWidget(self.below, 1)
        self.below.hide()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self.samples.set_palette(palette)
        self.travel.setIcon(icon("go_there", palette.text, disabled=palette.text_disabled))
        self.refused.setIcon(icon("warning", palette.text, disabled=palette.text_disabled))

    def show_step(self, step: int | None, *, has_incident: bool) -> None:
        """Show which step is chosen."""
        with QSignalBlocker(self.step):
            self.step.setValue(step or 0)
        self.travel.setEnabled(step is not None)
        self.refused.setVisible(has_incident)

    def show_text(self, text: str) -> None:
        """Show a sentence in the place of a batch."""
        self.headline.setText(text)
        for sentence in self.sentences:
            sentence.hide()
        self.samples.hide()
        self.below.show()  # else the sentence would stand in the middle of the height

    def show_batch(self, shown: cards.BatchCards, headline: str, sentences: list[str]) -> None:
        """Show a batch, and what is to say of it."""
        self.headline.setText(headline)
        for label, sentence in zip(self.sentences, sentences, strict=True):
            label.setText(sentence)
            label.show()
        self.samples.set_names(shown.pictures.spec.class_names)
        self.samples.set_grid(shown.pictures.has_pictures)
        self.samples.show_cards(shown)
        self.samples.scrollToTop()
        self.samples.show()
        self.below.hide()
        self.samples.setAccessibleDescription(headline)
