"""The gallery: all test samples with what the network makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np
from PySide6.QtWidgets import QVBoxLayout

from workbench.engine.analysis.classification import sample_losses, softmax
from workbench.engine.analysis.sample_ranking import errors_of, ranked, ranked_by_error
from workbench.engine.protocol.queries.saliency import ExplainedSample, ExplainSample, SaliencyMethod
from workbench.ui.panel_bases.inspection_panel import InspectionPanel
from workbench.ui.panels.gallery.cards import ClassCards, NumberCards, numbers_text
from workbench.ui.panels.gallery.controls import Selection
from workbench.ui.panels.gallery.view import GalleryView
from workbench.ui.plotting.charts.epoch_curves import EpochCurve
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.sample_pictures import SamplePictures
from workbench.ui.text.metric_texts import three_digits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

    from workbench.engine.protocol.events import Inspected
    from workbench.engine.protocol.queries import Query
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.style.palette import Palette

NAMED_CURVES: Final = 5
"""Classes whose curves are drawn strongly: those that were ever the most probable, the label among them."""


class GalleryPanel(InspectionPanel):
    """Shows the samples that the user asks for, or those of the pair of classes that is chosen in another panel."""

    uses_predictions: ClassVar[bool] = True
    uses_history: ClassVar[bool] = True
    is_live: ClassVar[bool] = False
    least_ms: ClassVar[int] = 120

    def __init__(self, model: InspectionModel, parent: QWidget | None = None) -> None:
        super().__init__(model, "gallery", "data", parent)
        self._view: GalleryView | None = None
        self._palette: Palette | None = None
        self._pictures: SamplePictures | None = None
        self._places: NDArray[np.int64] = np.zeros(0, np.int64)
        self._explained: tuple[int, SaliencyMethod | None] | None = None
        model.choice_changed.connect(self._on_choice_changed)

    # What the base asks for

    @property
    def query(self) -> Query | None:
        """The saliency of the chosen sample."""
        if self._view is None or self.model.sample is None or (method := self._view.detail.method) is None:
            return None
        return ExplainSample(self.model.sample, method)

    @property
    def text_when_empty(self) -> str:
        """What will be shown here."""
        return self.tr("The test samples appear here with what the network makes of them, after the first epoch.")

    def show_predictions(self) -> None:
        """Show the samples with the predictions that are looked at."""
        self._show_samples()
        self._show_detail()

    def show_answer(self, event: Inspected) -> None:
        """Show what matters in the chosen sample."""
        if self._view is not None and isinstance(event.answer, ExplainedSample):
            self._view.detail.show_saliency(event.answer.values, self._reading(event.answer))

    def show_problem(self, text: str) -> None:
        """Say in the detail why there is no saliency: the rest can be seen."""
        if self._view is not None:
            self._view.detail.show_saliency(None, text)

    def on_subject_changed(self) -> None:
        """Offer the classes of the data."""
        self._pictures = self._explained = None
        if self._view is None:
            return
        self._view.controls.set_classes(self.model.class_names)
        log = self.model.log
        if log is not None:
            self._pictures = pictures = SamplePictures(log.spec, log.inputs, log.targets)
            if self._palette is not None:
                pictures.set_colours(PlotColours.of(self._palette))
            self._view.samples.set_names(self.model.class_names)
            self._view.samples.set_grid(pictures.has_pictures)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        super().set_palette(palette)
        self._palette = palette
        if self._pictures is not None:
            self._pictures.set_colours(PlotColours.of(palette))
        if self._view is not None:
            self._view.set_palette(palette)
            self._show_detail()

    def rows(self) -> Iterator[Sequence[object]] | None:
        """The samples that are shown, one a row."""
        if self._view is None or self.model.outputs is None or self._pictures is None:
            return None
        return self._class_rows() if self.model.is_classification else self._number_rows()

    # Internals

    def build(self) -> None:
        """Make the contents."""
        self._view = view = GalleryView(self.content)
        layout = QVBoxLayout(self.content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(view)
        view.controls.changed.connect(self._show_samples)
        view.controls.pair_cleared.connect(lambda: self.model.choose_pair(None))
        view.samples.chosen.connect(lambda row: self.model.choose_sample(int(self._places[row])))
        view.samples.moved.connect(self._on_moved)
        view.detail.moved.connect(self._move)
        view.detail.closed.connect(self._close_detail)
        view.detail.method_changed.connect(self._on_method_changed)
        if self._palette is not None:
            view.set_palette(self._palette)
        self.on_subject_changed()

    def _on_choice_changed(self) -> None:
        if self.isVisible() and self.model.outputs is not None:
            self.show_predictions()
        else:
            self._is_stale = True
        self.request_changed.emit()

    def _on_method_changed(self) -> None:
        self._answered = None
        self._show_detail()
        self.request_changed.emit()

    def _on_moved(self, row: int) -> None:
        """Let the detail, where it is shown, follow the keys."""
        if self.model.sample is not None:
            self.model.choose_sample(int(self._places[row]))

    def _move(self, places: int) -> None:
        """Choose the sample that is `places` further; back, where it is negative."""
        row = self._row
        row = 0 if row is None else min(max(row + places, 0), len(self._places) - 1)
        if len(self._places):
            self.model.choose_sample(int(self._places[row]))

    def _close_detail(self) -> None:
        """Give the room back to the samples, with the one that was looked at in view."""
        row = self._row
        self.model.choose_sample(None)
        if self._view is not None:
            self._view.samples.setFocus()
            self._view.samples.set_current(row)

    # The samples

    def _show_samples(self) -> None:
        view, outputs, pictures = self._view, self.model.outputs, self._pictures
        if view is None or outputs is None or pictures is None:
            return
        log = self.model.log
        assert log is not None
        view.controls.show_text("", has_pair=self.model.pair is not None)
        if not self.model.is_classification:
            self._places = ranked_by_error(view.controls.order, outputs, log.targets)
            view.samples.show_cards(NumberCards(self._places, pictures, outputs, log.targets), self._row)
            mean = three_digits(float(errors_of(outputs, log.targets).mean()))
            text = self.tr("{count} test samples, mean absolute error {error}")
            view.controls.show_text(text.format(count=f"{len(self._places):,}", error=mean), has_pair=False)
            return
        predicted = outputs.argmax(axis=1)
        before = self._predicted_before() if view.controls.selection is Selection.CHANGED else None
        is_shown = self._mask(predicted, before)
        order = ranked(view.controls.order, outputs, self.model.labels)
        self._places = places = order[is_shown[order]]
        assert self.model.probabilities is not None
        cards = ClassCards(places, pictures, self.model.probabilities, self.model.labels, before)
        view.samples.show_cards(cards, self._row)
        view.controls.show_text(self._text(predicted, before), has_pair=self.model.pair is not None)

    @property
    def _row(self) -> int | None:
        """Where the chosen sample stands; None where it is not shown."""
        if self.model.sample is None:
            return None
        found: list[int] = np.flatnonzero(self._places == self.model.sample).tolist()
        return found[0] if found else None

    def _mask(self, predicted: NDArray[np.int64], before: NDArray[np.int64] | None) -> NDArray[np.bool_]:
        """Which test samples (N,) are shown."""
        assert self._view is not None
        controls, labels = self._view.controls, self.model.labels
        is_shown = np.ones(len(labels), bool)
        if self.model.pair is not None:
            true, taken = self.model.pair
            is_shown &= (labels == true) & (predicted == taken)
        elif controls.label is not None:
            is_shown &= labels == controls.label
        match controls.selection:
            case Selection.WRONG:
                is_shown &= predicted != labels
            case Selection.RIGHT:
                is_shown &= predicted == labels
            case Selection.CHANGED:
                is_shown &= predicted != before if before is not None else False
        return is_shown

    def _predicted_before(self) -> NDArray[np.int64] | None:
        """The classes (N,) at the evaluation before the step that is looked at; None where there is none."""
        log, step = self.model.log, self.model.prediction_step
        if log is None or step is None:
            return None
        earlier = [each for each in log.steps if each < step]
        outputs = log.outputs(earlier[-1]) if earlier else None
        return None if outputs is None else outputs.argmax(axis=1)

    def _text(self, predicted: NDArray[np.int64], before: NDArray[np.int64] | None) -> str:
        """What is shown, in a line."""
        assert self._view is not None
        names, labels, count = self.model.class_names, self.model.labels, f"{len(self._places):,}"
        if self.model.pair is not None:
            true, taken = self.model.pair
            if true == taken:
                return self.tr("{count} × {name}, recognised").format(count=count, name=names[true])
            text = self.tr("{count} × {name} predicted as {other}")
            return text.format(count=count, name=names[true], other=names[taken])
        if self._view.controls.selection is Selection.CHANGED:
            if before is None:
                return self.tr("There is no evaluation before this one to compare with.")
            now_right = int((predicted[self._places] == labels[self._places]).sum())
            now_wrong = int((before[self._places] == labels[self._places]).sum())
            text = self.tr("{count} changed: {right} became right, {wrong} became wrong")
            return text.format(count=count, right=f"{now_right:,}", wrong=f"{now_wrong:,}")
        wrong = int((predicted[self._places] != labels[self._places]).sum())
        if len(self._places) == len(labels):
            return self.tr("{count} test samples, {wrong} wrong").format(count=count, wrong=f"{wrong:,}")
        text = self.tr("{count} of {all} samples, {wrong} wrong")
        return text.format(count=count, all=f"{len(labels):,}", wrong=f"{wrong:,}")

    # The detail

    def _show_detail(self) -> None:
        view, sample, outputs, pictures = self._view, self.model.sample, self.model.outputs, self._pictures
        if view is None or pictures is None:
            return
        view.set_detail_shown(sample is not None and outputs is not None)
        if sample is None or outputs is None:
            view.samples.set_current(None)
            return
        view.samples.set_current(self._row)
        log, detail = self.model.log, view.detail
        assert log is not None
        names = log.spec.feature_names or tuple(f"x{place + 1}" for place in range(log.spec.input_count))
        is_vector = not log.spec.is_image
        numbers = list(zip(names, log.inputs[sample].tolist(), strict=False)) if is_vector else []
        detail.show_sample(self._title(sample), None if is_vector else pictures.image(sample), numbers)
        asked = sample, detail.method
        if asked != self._explained:  # else what is known of it stays until the next answer
            self._explained = asked
            detail.show_saliency(None, self.tr("Measuring…") if detail.method is not None else "")
        self._answered = None
        found = {step: kept[sample] for step in log.steps if (kept := log.outputs(step)) is not None}
        steps = tuple(found)
        history = np.stack(list(found.values())) if found else np.zeros((0, outputs.shape[1]), np.float32)
        shown = self.model.prediction_step
        if self.model.is_classification:
            assert self.model.probabilities is not None
            label = int(self.model.labels[sample])
            detail.show_probabilities(log.spec.class_names, self.model.probabilities[sample], label)
            curves = _class_curves(softmax(history) if len(history) else history, log.spec.class_names, label)
            detail.show_curves(steps, curves, shown, level=None, is_share=True)
        else:
            detail.show_numbers(self._numbers(sample, outputs, log.targets))
            curves = [EpochCurve(log.spec.target_names[0], history[:, 0])]
            detail.show_curves(steps, curves, shown, level=float(log.targets[sample, 0]), is_share=False)

    def _title(self, sample: int) -> str:
        if not self.model.is_classification:
            return self.tr("Test sample {number}").format(number=f"{sample:,}")
        assert self.model.predicted is not None
        names, predicted, label = self.model.class_names, int(self.model.predicted[sample]), self.model.labels[sample]
        if predicted == label:
            text = self.tr("{name}, recognised (test sample {number})")
        else:
            text = self.tr("{name} predicted as {other} (test sample {number})")
        return text.format(number=f"{sample:,}", name=names[int(label)], other=names[predicted])

    def _numbers(self, sample: int, outputs: np.ndarray, targets: np.ndarray) -> str:
        error = float(errors_of(outputs[sample : sample + 1], targets[sample : sample + 1])[0])
        text = self.tr("Predicted: {predicted}\nTrue: {true}\nOff by: {error}")
        return text.format(
            predicted=numbers_text(outputs[sample]), true=numbers_text(targets[sample]), error=three_digits(error)
        )

    def _reading(self, answer: ExplainedSample) -> str:
        """How to read the saliency, and that it proves nothing."""
        assert self._view is not None
        spec = self.model.spec
        name = "" if spec is None else (*spec.class_names, *spec.target_names)[answer.output]
        match self._view.detail.method:
            case SaliencyMethod.OCCLUSION:
                text = self.tr("Orange: covering this lowers the output for {name}. A hint, no proof.")
            case SaliencyMethod.SMOOTH_GRAD:
                text = self.tr(
                    "Orange: small changes here change the output for {name} most, on average. A hint, no proof."
                )
            case _:
                text = self.tr(
                    "Orange: small changes here change the output for {name} most. Grainy; a hint, no proof."
                )
        return text.format(name=name)

    # The table

    def _class_rows(self) -> Iterator[Sequence[object]]:
        names, labels, outputs = self.model.class_names, self.model.labels, self.model.outputs
        probabilities = self.model.probabilities
        assert outputs is not None
        assert probabilities is not None
        losses = sample_losses(outputs, labels)
        yield "sample", "label", "predicted", "confidence", "probability_of_label", "cross_entropy"
        for place in self._places.tolist():
            predicted, label = int(outputs[place].argmax()), int(labels[place])
            shares = float(probabilities[place, predicted]), float(probabilities[place, label])
            yield place, names[label], names[predicted], *shares, float(losses[place])

    def _number_rows(self) -> Iterator[Sequence[object]]:
        log, outputs = self.model.log, self.model.outputs
        assert log is not None
        assert outputs is not None
        names = log.spec.target_names
        yield "sample", *(f"true_{name}" for name in names), *(f"predicted_{name}" for name in names), "absolute_error"
        errors = errors_of(outputs, log.targets)
        for place in self._places.tolist():
            yield place, *log.targets[place].tolist(), *outputs[place].tolist(), float(errors[place])


def _class_curves(values: np.ndarray, names: tuple[str, ...], label: int) -> list[EpochCurve]:
    """The curves of the probabilities (E, K): the label and those that were ever high by name, the others faint."""
    order = np.argsort(-values.max(axis=0), kind="stable").tolist() if len(values) else [label]
    named = [label, *(place for place in order if place != label)][:NAMED_CURVES]
    faint = [place for place in range(values.shape[1]) if place not in named]
    return [
        *(EpochCurve("", values[:, place]) for place in faint),
        *(EpochCurve(names[place], values[:, place]) for place in named),
    ]
