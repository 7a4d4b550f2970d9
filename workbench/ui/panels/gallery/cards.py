"""What the cards of the gallery say of each test sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from workbench.engine.analysis.sample_ranking import errors_of
from workbench.ui.text.metric_texts import signed_three_digits
from workbench.ui.widgets.sample_cards import Mark, SampleCard

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from workbench.ui.plotting.sample_pictures import SamplePictures

translate = QCoreApplication.translate

MOST_TARGETS: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class ClassCards:
    """Cards of a classification.

    Attributes:
        places: of the test samples that are shown, in their order.
        pictures: draws them.
        probabilities: (N, K) of all test samples.
        labels: (N,).
        before: the classes (N,) that they were taken for before; None where that is not shown.
    """

    places: NDArray[np.int64]
    pictures: SamplePictures
    probabilities: NDArray[np.float32]
    labels: NDArray[np.int64]
    before: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.places)

    def card(self, row: int) -> SampleCard:
        """Prediction and confidence; for a mistake the label; where it is asked for, the prediction before."""
        place = int(self.places[row])
        names = self.pictures.spec.class_names
        predicted, label = int(self.probabilities[place].argmax()), int(self.labels[place])
        confidence = float(self.probabilities[place, predicted])
        is_right = predicted == label
        title = f"{names[predicted]} {confidence:.0%}"
        note = "" if is_right else translate("Gallery", "label: {name}").format(name=names[label])
        if self.before is not None:
            note = translate("Gallery", "was: {name}").format(name=names[int(self.before[place])])
        if not self.pictures.has_pictures:
            note = f"{note}   {self.pictures.numbers(place)}".strip()
        details = translate("Gallery", "Test sample {number}, label {name}")
        details = details.format(number=f"{place:,}", name=names[label])
        return SampleCard(title, note, Mark.RIGHT if is_right else Mark.WRONG, details)

    def picture(self, row: int) -> QImage | None:
        """The sample."""
        return self.pictures.image(int(self.places[row]))


@dataclass(frozen=True, slots=True, eq=False)
class NumberCards:
    """Cards of a regression.

    Attributes:
        places: of the test samples that are shown, in their order.
        pictures: draws them.
        outputs: (N, T) of all test samples.
        targets: (N, T).
    """

    places: NDArray[np.int64]
    pictures: SamplePictures
    outputs: NDArray[np.float32]
    targets: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.places)

    def card(self, row: int) -> SampleCard:
        """Predicted and true numbers, and the error."""
        place = int(self.places[row])
        error = float(errors_of(self.outputs[place : place + 1], self.targets[place : place + 1])[0])
        note = translate("Gallery", "true {numbers}").format(numbers=numbers_text(self.targets[place]))
        if not self.pictures.has_pictures:
            note = f"{note}   {self.pictures.numbers(place)}"
        details = translate("Gallery", "Test sample {number}, off by {error}")
        details = details.format(number=f"{place:,}", error=signed_three_digits(error))
        return SampleCard(numbers_text(self.outputs[place]), note, Mark.NONE, details)

    def picture(self, row: int) -> QImage | None:
        """The sample, and how far the prediction is off."""
        place = int(self.places[row])
        return self.pictures.image(place, value=float(self.outputs[place, 0]))


def numbers_text(values: NDArray[np.float32]) -> str:
    """The first numbers of an output."""
    text = ", ".join(signed_three_digits(value) for value in values[:MOST_TARGETS].tolist())
    return f"{text} …" if len(values) > MOST_TARGETS else text
