"""What the cards of a batch say, and the sentences above them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from workbench.engine.analysis.classification import softmax
from workbench.engine.config.tasks import Task
from workbench.ui.text.metric_texts import signed_three_digits, three_digits
from workbench.ui.widgets.sample_cards import Mark, SampleCard

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from workbench.engine.analysis.loss_peaks import Comparison
    from workbench.engine.protocol.queries.batch_replay import ReplayedBatch
    from workbench.ui.plotting.sample_pictures import SamplePictures

translate = QCoreApplication.translate

DIGITS = 6
"""Of a loss, as in the tutorial's text."""


@dataclass(frozen=True, slots=True, eq=False)
class BatchCards:
    """The samples of a batch, the highest loss first.

    Attributes:
        batch: what was replayed.
        pictures: of the data set; draws them.
        probabilities: (N, K); None for regression.
    """

    batch: ReplayedBatch
    pictures: SamplePictures
    probabilities: NDArray[np.float32] | None

    @classmethod
    def of(cls, batch: ReplayedBatch, pictures: SamplePictures) -> BatchCards:
        """The cards of a batch."""
        is_class = pictures.spec.task is Task.CLASSIFICATION
        return cls(batch, pictures, softmax(batch.outputs) if is_class else None)

    def __len__(self) -> int:
        return len(self.batch.losses)

    def card(self, row: int) -> SampleCard:
        """The loss, and what the network made of the sample."""
        batch = self.batch
        title = translate("Batch", "loss {loss}").format(loss=three_digits(float(batch.losses[row])))
        if self.probabilities is None:
            predicted, true = (signed_three_digits(float(each[row, 0])) for each in (batch.outputs, batch.targets))
            note = translate("Batch", "{predicted}, true {true}").format(predicted=predicted, true=true)
            mark, details = Mark.NONE, ""
        else:
            names, label = self.pictures.spec.class_names, int(batch.targets[row])
            guess = int(self.probabilities[row].argmax())
            shares = f"{self.probabilities[row, label]:.0%}", f"{self.probabilities[row, guess]:.0%}"
            note = f"{names[label]} {shares[0]}"
            mark = Mark.RIGHT if guess == label else Mark.WRONG
            details = translate("Batch", "label {name} ({share}), predicted as {other} ({other_share})")
            details = details.format(name=names[label], share=shares[0], other=names[guess], other_share=shares[1])
        if not self.pictures.has_pictures and row < len(batch.inputs):
            note = f"{note}   {self.pictures.numbers(row, batch.inputs)}"
        number = translate("Batch", "Training sample {number}").format(number=f"{int(batch.places[row]):,}")
        return SampleCard(title, note, mark, f"{number}: {details}" if details else number)

    def picture(self, row: int) -> QImage | None:
        """The sample as the network saw it."""
        batch = self.batch
        if row >= len(batch.inputs):
            return None
        value = None if self.probabilities is not None else float(batch.outputs[row, 0])
        return self.pictures.image(row, batch.inputs, batch.targets, value)


def headline(batch: ReplayedBatch) -> str:
    """The loss, and where in the run it stands."""
    text = translate("Batch", "Loss {loss} at step {step}: epoch {epoch}, batch {batch}, learning rate {rate}")
    return text.format(
        loss=loss_text(batch.loss),
        step=f"{batch.step:,}",
        epoch=f"{batch.epoch:,}",
        batch=f"{batch.batch:,}",
        rate=f"{batch.learning_rate:.4g}",
    )


def comparison_text(loss: float, found: Comparison | None) -> str:
    """How the loss compares with those before it."""
    if found is None:
        return translate("Batch", "It is the first step: there is nothing to compare it with.")
    if not np.isfinite(loss):
        text = translate("Batch", "The median of the {count} steps before is {median}.")
        return text.format(count=found.count, median=three_digits(found.median))
    times = three_digits(loss / found.median) if found.median else three_digits(np.inf)
    if found.higher == 0:
        text = translate("Batch", "{times} times the median of the {count} steps before ({median}); none is higher.")
    else:
        text = translate(
            "Batch", "{times} times the median of the {count} steps before ({median}); {higher} of them are higher."
        )
    return text.format(times=times, count=found.count, median=three_digits(found.median), higher=found.higher)


def parts_text(batch: ReplayedBatch) -> str:
    """How the loss is spread over the samples."""
    losses, count = batch.losses, len(batch.losses)
    spoiled = int((~np.isfinite(losses)).sum())
    if spoiled:
        text = translate("Batch", "{part} of the {count} samples have a loss that is not finite: they come first.")
        return text.format(part=spoiled, count=count)
    half = int(np.searchsorted(np.cumsum(losses), losses.sum() / 2)) + 1 if losses.sum() > 0 else count
    text = translate("Batch", "{part} of its {count} samples make up half of it.")
    return text.format(part=half, count=count)


def proof_text(batch: ReplayedBatch) -> str:
    """Whether the replay gave the recorded loss."""
    if batch.recorded_loss is None:
        return translate("Batch", "No loss is recorded for this step: it is the batch that comes next.")
    if batch.is_exact:
        return translate("Batch", "Replayed on a copy of the run: the recorded loss, bit for bit.")
    text = translate("Batch", "The replay gives {loss} where {recorded} is recorded: here other numbers are computed.")
    return text.format(loss=loss_text(batch.loss), recorded=loss_text(batch.recorded_loss))


def loss_text(loss: float) -> str:
    """A loss as the tutorial prints it."""
    return f"{loss:.{DIGITS}f}" if np.isfinite(loss) and abs(loss) < 10**DIGITS else three_digits(loss)
