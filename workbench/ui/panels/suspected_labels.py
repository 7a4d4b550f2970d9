"""Test samples whose label may be wrong: the network gave another class more probability, over many epochs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout

from workbench.engine.analysis.sample_ranking import MeanProbabilities, suspected_labels
from workbench.engine.config.tasks import Task
from workbench.ui.panel_bases.inspection_panel import InspectionPanel
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.sample_glance import SampleGlance
from workbench.ui.plotting.sample_pictures import SamplePictures
from workbench.ui.style.zoom import scaled
from workbench.ui.widgets.sample_cards import SampleCard
from workbench.ui.widgets.sample_list import SampleList
from workbench.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from workbench.engine.data.data_spec import DataSpec
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.style.palette import Palette

translate = QCoreApplication.translate

CORNER: Final = 26
"""Pixels on the right of the first line, which the panel's menu covers."""


class SuspectedLabelsPanel(InspectionPanel):
    """Lists them, the most suspect first. A click shows the sample below the list.

    Attributes:
        is_choosing: whether the sample that is being chosen was clicked here.
    """

    gallery_requested = Signal()
    """The user wants to see the chosen sample in the gallery."""

    uses_predictions: ClassVar[bool] = True
    uses_history: ClassVar[bool] = True

    def __init__(self, model: InspectionModel, parent: QWidget | None = None) -> None:
        super().__init__(model, "suspected_labels", "question", parent)
        self._text: WrappedLabel | None = None
        self._samples: SampleList | None = None
        self._glance: SampleGlance | None = None
        self.is_choosing = False
        self._palette: Palette | None = None
        self._pictures: SamplePictures | None = None
        self._means = MeanProbabilities()
        self._of: object = None
        self._shown: _SuspectCards | None = None
        # One evaluation at a time: a run can have hundreds.
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._advance)
        model.choice_changed.connect(self._show_glance)

    # What the base asks for

    def applies_to(self, spec: DataSpec) -> bool:
        """Only classes have labels."""
        return spec.task is Task.CLASSIFICATION

    @property
    def text_when_empty(self) -> str:
        """What will be shown here."""
        return self.tr("Test samples whose label may be wrong are listed here after the first epoch.")

    @property
    def text_when_not_meant(self) -> str:
        """Why nothing is shown."""
        return self.tr("A network that predicts numbers has no labels to suspect.")

    def show_predictions(self) -> None:
        """List the samples by the evaluations up to the step that is looked at."""
        self._advance()

    def on_earlier_changed(self) -> None:
        """Wait for the last evaluation of an opened run: each one changes the mean of all."""
        if self.model.earlier is None:
            self._refresh()

    def on_subject_changed(self) -> None:
        """Begin anew."""
        self._pictures, self._shown = None, None
        log = self.model.log
        if log is not None and self._samples is not None:
            self._pictures = SamplePictures(log.spec, log.inputs, log.targets)
            if self._palette is not None:
                self._pictures.set_colours(PlotColours.of(self._palette))

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        super().set_palette(palette)
        self._palette = palette
        if self._pictures is not None:
            self._pictures.set_colours(PlotColours.of(palette))
        if self._samples is not None:
            self._samples.set_palette(palette)
        if self._glance is not None:
            self._glance.set_palette(palette)

    def rows(self) -> Iterator[Sequence[object]] | None:
        """The samples, one a row."""
        return None if self._shown is None else self._rows(self._shown)

    # Internals

    @property
    def steps(self) -> tuple[int, ...]:
        """Of the kept evaluations up to the step that is looked at."""
        log, last = self.model.log, self.model.prediction_step
        return () if log is None or last is None else tuple(step for step in log.steps if step <= last)

    def build(self) -> None:
        """Make the contents."""
        self._text = WrappedLabel(self.content)
        self._text.setObjectName("suspected_labels_text")
        self._text.setProperty("role", "muted")
        self._text.setContentsMargins(0, 0, scaled(CORNER), 0)
        self._samples = samples = SampleList("suspected_labels_samples", self.content, is_grid=False)
        samples.setAccessibleName(self.tr("Samples whose label may be wrong"))
        samples.chosen.connect(self._on_chosen)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)
        column.addWidget(samples, 1)
        self._glance = glance = SampleGlance("suspected_labels_sample", self.content)
        glance.gallery_requested.connect(self.gallery_requested)
        glance.hide()
        column.addWidget(glance)
        if self._palette is not None:
            samples.set_palette(self._palette)
            glance.set_palette(self._palette)
        self.on_subject_changed()

    def _on_chosen(self, row: int) -> None:
        if self._shown is not None:
            self.is_choosing = True
            self.model.choose_sample(int(self._shown.places[row]))
            self.is_choosing = False

    def _show_glance(self) -> None:
        """Show the chosen sample below the list, if it is in the list."""
        shown, sample, glance = self._shown, self.model.sample, self._glance
        if glance is None or not self.isVisible():
            return
        probabilities = self.model.probabilities
        is_shown = shown is not None and probabilities is not None and sample in shown.places.tolist()
        glance.setVisible(is_shown)
        if not is_shown or shown is None or sample is None or probabilities is None:
            return
        label, guess, names = int(shown.labels[sample]), int(probabilities[sample].argmax()), self.model.class_names
        title = self.tr("Test sample {number}: label {label}, the network says {name}")
        glance.show_sample(
            title.format(number=f"{sample:,}", label=names[label], name=names[guess]),
            shown.pictures.image(sample),
            names,
            probabilities[sample],
            label,
        )
        if self._samples is not None:
            self._samples.set_current(shown.places.tolist().index(sample))

    def _advance(self) -> None:
        """Take in one more evaluation; after the last one, show the list."""
        log, steps = self.model.log, self.steps
        if log is None or self._samples is None or self._text is None or not self.isVisible():
            return
        if self._of is not log or steps[: len(self._means.steps)] != self._means.steps:
            self._of, self._means = log, MeanProbabilities()
        if not steps:
            self._text.setText(self.tr("There is no evaluation up to this step: train an epoch."))
            self._shown = None
            self._show_glance()
            return
        missing = steps[len(self._means.steps) :]
        if missing:
            outputs = log.outputs(missing[0])
            if outputs is not None:
                self._means.add(missing[0], outputs)
            self._next.start(0)
            return
        self._show(self._means.mean)

    def _show(self, mean: NDArray[np.float64]) -> None:
        if self._pictures is None or self._samples is None or self._text is None:
            return
        labels = self.model.labels
        places = suspected_labels(mean, labels)
        self._shown = _SuspectCards(places, self._pictures, mean, labels)
        count, evaluations = len(places), len(self._means.steps)
        if count == 0:
            text = self.tr("No class has a higher mean probability than the label (evaluations: {evaluations}).")
        else:
            text = self.tr(
                "{count} of {all} labels have a lower mean probability than another class (evaluations: "
                "{evaluations}). The lowest come first. Check whether they are right: some samples are only difficult."
            )
        text = text.format(count=f"{count:,}", all=f"{len(labels):,}", evaluations=f"{evaluations:,}")
        self._text.setText(text)
        self._samples.setAccessibleDescription(text)
        self._samples.show_cards(self._shown)
        self._show_glance()

    def _rows(self, shown: _SuspectCards) -> Iterator[Sequence[object]]:
        names = shown.pictures.spec.class_names
        yield (
            "rank",
            "sample",
            "label",
            "mean_probability_of_label",
            "other_class",
            "mean_probability_of_other",
            ("evaluations"),
        )
        for rank, place in enumerate(shown.places.tolist(), 1):
            label, other = int(shown.labels[place]), int(shown.mean[place].argmax())
            shares = float(shown.mean[place, label]), float(shown.mean[place, other])
            yield rank, place, names[label], shares[0], names[other], shares[1], len(self._means.steps)


@dataclass(frozen=True, slots=True, eq=False)
class _SuspectCards:
    """Cards of samples whose label may be wrong."""

    places: NDArray[np.int64]
    pictures: SamplePictures
    mean: NDArray[np.float64]
    labels: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.places)

    def card(self, row: int) -> SampleCard:
        place = int(self.places[row])
        names, label, other = self.pictures.spec.class_names, int(self.labels[place]), int(self.mean[place].argmax())
        title = translate("SuspectedLabels", "Label {name} ({share})")
        title = title.format(name=names[label], share=f"{self.mean[place, label]:.1%}")
        note = translate("SuspectedLabels", "The network says {name} ({share})")
        note = note.format(name=names[other], share=f"{self.mean[place, other]:.1%}")
        if not self.pictures.has_pictures:
            note = f"{note}   {self.pictures.numbers(place)}"
        details = translate("SuspectedLabels", "Test sample {number}").format(number=f"{place:,}")
        return SampleCard(title, note, details=details)

    def picture(self, row: int) -> QImage | None:
        return self.pictures.image(int(self.places[row]))
