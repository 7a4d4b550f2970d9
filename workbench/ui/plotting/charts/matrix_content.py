"""Matrix: what a confusion matrix shows, and what it says of each class and each pair in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from workbench.ui.text.figure_texts import figure_text, share_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from workbench.engine.analysis.classification import ClassFigures

translate = QCoreApplication.translate

SMALLEST_PERCENT: Final = 0.01
"""Of a smaller share, a cell only says that it is one."""


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """A confusion matrix to be drawn. Arrays are by label; `order` says where they stand.

    Attributes:
        names: of the classes, by label.
        counts: (classes, classes), rows true, columns predicted.
        figures: of the classes.
        shown: the numbers in the cells: the counts, or shares, NaN where a share is not defined.
        is_share: whether they are shares.
        order: the labels from the top down, and from the left to the right.
    """

    names: tuple[str, ...]
    counts: NDArray[np.int64]
    figures: ClassFigures
    shown: NDArray[np.float64]
    is_share: bool
    order: NDArray[np.int64]

    def number_text(self, true: int, predicted: int) -> str:
        """The number in a cell; "" where no sample is."""
        count = int(self.counts[true, predicted])
        if not count:
            return ""
        if not self.is_share:
            return f"{count:,}"
        share = float(self.shown[true, predicted])
        return translate("Matrix", "<1%") if share < SMALLEST_PERCENT else f"{share:.0%}"

    def pair_text(self, true: int, predicted: int) -> str:
        """What a cell means, in a sentence or two."""
        if true == predicted:
            text = translate(
                "Matrix", "{name}: {count} of {support} samples are recognised (recall {recall}). {figures}"
            )
            return text.format(
                name=self.names[true],
                count=f"{int(self.counts[true, true]):,}",
                support=f"{int(self.figures.support[true]):,}",
                recall=share_text(float(self.figures.recall[true])),
                figures=self._precision_text(true),
            )
        count, taken = int(self.counts[true, predicted]), int(self.counts[:, predicted].sum())
        support = int(self.figures.support[true])
        text = translate(
            "Matrix",
            "{true} predicted as {predicted}: {count} of {support} samples of {true} ({of_true}), and {of_predicted} "
            "of what is predicted as {predicted}.",
        )
        return text.format(
            true=self.names[true],
            predicted=self.names[predicted],
            count=f"{count:,}",
            support=f"{support:,}",
            of_true=share_text(count / support if support else math.nan),
            of_predicted=share_text(count / taken if taken else math.nan),
        )

    def class_text(self, label: int) -> str:
        """The figures of a class, in a sentence or two."""
        support = int(self.figures.support[label])
        if not support:
            text = translate("Matrix", "{name}: the test set has no sample of it. {figures}")
            return text.format(name=self.names[label], figures=self._precision_text(label))
        text = translate("Matrix", "{name}: {support} samples, recall {recall}. {figures}")
        return text.format(
            name=self.names[label],
            support=f"{support:,}",
            recall=share_text(float(self.figures.recall[label])),
            figures=self._precision_text(label),
        )

    def _precision_text(self, label: int) -> str:
        precision, f1 = float(self.figures.precision[label]), float(self.figures.f1[label])
        if math.isnan(precision):
            return translate("Matrix", "It is never predicted.")
        return translate("Matrix", "Precision {precision}, F1 {f1}.").format(
            precision=share_text(precision), f1=figure_text(f1)
        )
