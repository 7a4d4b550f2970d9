"""Which classes are taken for which."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from workbench.engine.analysis.classification import ClassFigures, confusion_counts
from workbench.engine.analysis.confusion import (
    most_confused,
    order_by_confusion,
    order_by_recall,
    shares_of_predicted,
    shares_of_true,
)
from workbench.engine.config.tasks import Task
from workbench.ui.panel_bases.inspection_panel import InspectionPanel
from workbench.ui.plotting.charts.matrix_chart import MatrixChart
from workbench.ui.plotting.charts.matrix_content import Matrix
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.figure_texts import figure_text, share_text
from workbench.ui.widgets.counted_list import CountedList, CountedRow
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.fitting_box import FittingBox
from workbench.ui.widgets.flowing_box import FlowingBox
from workbench.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from workbench.engine.data.data_spec import DataSpec
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.style.palette import Palette

MOST_PAIRS: Final = 30
WIDE: Final = 700
"""Logical pixels; in a wider panel the pairs may stand beside the matrix."""
SHARES: Final = (5, 1)
"""Of the height, for the matrix and for the pairs below it."""
SPACING: Final = 6
LINES_BESIDE, LINES_BELOW = 3, 2
"""Of text about the cell that is pointed at."""
LOW: Final = 400
"""Logical pixels; in a lower panel the matrix needs the room of a heading and of a second line."""
LOWEST: Final = 360
"""In a lower panel it needs that of the pairs."""


class Cells(StrEnum):
    """What the cells show."""

    COUNTS = "counts"
    OF_TRUE = "of_true"
    OF_PREDICTED = "of_predicted"


class Order(StrEnum):
    """In which order the classes stand."""

    LABEL = "label"
    CONFUSION = "confusion"
    RECALL = "recall"


class ConfusionPanel(InspectionPanel):
    """The confusion matrix of the test set, and the pairs of classes that are confused most."""

    uses_predictions: ClassVar[bool] = True

    def __init__(self, model: InspectionModel, parent: QWidget | None = None) -> None:
        super().__init__(model, "confusion_matrix", "chart", parent)
        self._cells = self._choice(
            "confusion_cells",
            self.tr("Numbers in the cells"),
            self.tr(
                "Counts of samples; or their share of the row, the samples of the true class (on the diagonal, the "
                "recall); or of the column, what is predicted as a class (on the diagonal, the precision)."
            ),
            (
                (Cells.COUNTS, self.tr("Counts")),
                (Cells.OF_TRUE, self.tr("% of row")),
                (Cells.OF_PREDICTED, self.tr("% of column")),
            ),
        )
        self._order = self._choice(
            "confusion_order",
            self.tr("Order of the classes"),
            self.tr(
                "By label; by confusion, so that classes that are confused with each other stand side by side; or by "
                "recall, the worst class first. The last two follow the newest evaluation, also while you look back."
            ),
            (
                (Order.LABEL, self.tr("By label")),
                (Order.CONFUSION, self.tr("By confusion")),
                (Order.RECALL, self.tr("By recall")),
            ),
        )
        self._accuracy = ElidedLabel("", self.content)
        self._accuracy.setObjectName("confusion_accuracy")
        self._chart = MatrixChart(self.content)
        self._chart.setObjectName("confusion_chart")
        self._chart.setAccessibleName(self.tr("Confusion matrix"))
        self._line = WrappedLabel(self.content)
        self._line.setObjectName("confusion_line")
        self._line.setProperty("role", "muted")
        self._heading = QLabel(self.content)
        self._heading.setObjectName("confusion_heading")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setProperty("role", "heading")
        self._pairs = CountedList(self.content)
        self._pairs.setObjectName("confusion_pairs")
        self._pairs.setAccessibleName(self.tr("Most confused classes"))
        self._shown: Matrix | None = None
        self._place_parts()
        self._chart.pair_chosen.connect(model.choose_pair)
        self._chart.pointed.connect(self._on_pointed)
        self._pairs.chosen.connect(model.choose_pair)
        for box in (self._cells, self._order):
            box.currentIndexChanged.connect(self._on_choice)
        model.choice_changed.connect(self._show_chosen)

    # What the base asks

    def applies_to(self, spec: DataSpec) -> bool:
        """Only classes are taken for each other."""
        return spec.task is Task.CLASSIFICATION

    @property
    def text_when_empty(self) -> str:
        """What will be shown here."""
        return self.tr("Which classes the network takes for which appears here after the first epoch.")

    @property
    def text_when_not_meant(self) -> str:
        """Why nothing is shown."""
        return self.tr("A confusion matrix counts classes; this network predicts numbers. See Residuals instead.")

    def show_predictions(self) -> None:
        """Show the matrix of the predictions that are looked at."""
        model = self.model
        predicted = model.predicted
        assert predicted is not None
        counts = confusion_counts(predicted, model.labels, len(model.class_names))
        figures = ClassFigures.of(counts)
        self._shown = shown = Matrix(
            model.class_names, counts, figures, *self._numbers(counts), self._order_of(counts, figures)
        )
        self._chart.show_matrix(shown)
        self._show_pairs(shown)
        self._show_accuracy(shown)
        self._show_chosen()

    def rows(self) -> Iterator[Sequence[object]] | None:
        """The matrix as counts, with the figures of each class at the right."""
        return None if self._shown is None else self._rows(self._shown)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        super().set_palette(palette)
        self._chart.set_palette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave out in a low panel what can be had otherwise: the matrix is read first."""
        super().resizeEvent(event)
        self._fit()

    # Internals

    def _fit(self) -> None:
        is_beside = self._parts.is_beside(self.size())
        is_low = not is_beside and self.height() < scaled(LOW)
        lines = LINES_BESIDE if is_beside else 1 if is_low else LINES_BELOW
        self._line.setFixedHeight(lines * self.fontMetrics().lineSpacing())
        has_pairs = self._shown is None or bool(most_confused(self._shown.counts, 1))
        self._heading.setVisible(not (is_low and has_pairs))
        self._pairs.setVisible(has_pairs and (is_beside or self.height() >= scaled(LOWEST)))

    def _numbers(self, counts: NDArray[np.int64]) -> tuple[NDArray[np.float64], bool]:
        match self._cells.currentData():
            case Cells.OF_TRUE:
                return shares_of_true(counts), True
            case Cells.OF_PREDICTED:
                return shares_of_predicted(counts), True
        return counts.astype(np.float64), False

    def _order_of(self, counts: NDArray[np.int64], figures: ClassFigures) -> NDArray[np.int64]:
        """The order that is chosen; that of the newest evaluation, so that rows stay where they are looking back."""
        order, log = self._order.currentData(), self.model.log
        if order == Order.LABEL:
            return np.arange(len(counts))
        if log is not None and log.steps:
            newest = self.model.class_history.counts(log, log.steps[-1])
            if newest is not None:
                counts, figures = newest, ClassFigures.of(newest)
        return order_by_confusion(counts) if order == Order.CONFUSION else order_by_recall(figures)

    def _show_pairs(self, shown: Matrix) -> None:
        text = self.tr("{true} predicted as {predicted}")
        rows = [
            CountedRow(
                (pair.true, pair.predicted),
                text.format(true=shown.names[pair.true], predicted=shown.names[pair.predicted]),
                f"{pair.count:,}",
                shown.pair_text(pair.true, pair.predicted),
            )
            for pair in most_confused(shown.counts, MOST_PAIRS)
        ]
        self._heading.setText(self.tr("Most confused") if rows else self.tr("No sample is predicted as another class."))
        self._pairs.show_rows(rows)
        self._fit()

    def _show_accuracy(self, shown: Matrix) -> None:
        right, total = int(np.trace(shown.counts)), int(shown.counts.sum())
        text = self.tr("Accuracy {accuracy}")
        self._accuracy.setText(text.format(accuracy=share_text(right / total if total else float("nan"))))
        known = shown.figures.f1[np.isfinite(shown.figures.f1)]
        tip = self.tr("{right} of {total} test samples are recognised. The mean F1 of the classes is {f1}.").format(
            right=f"{right:,}", total=f"{total:,}", f1=figure_text(float(known.mean()) if known.size else float("nan"))
        )
        self._accuracy.setToolTip(plain_tool_tip(tip))
        self._accuracy.setAccessibleDescription(tip)

    def _show_chosen(self) -> None:
        self._chart.set_chosen(self.model.pair)
        self._pairs.set_chosen(self.model.pair)
        self._on_pointed("")

    def _on_pointed(self, text: str) -> None:
        """Say what is pointed at; else what is chosen; else how to read the matrix."""
        pair, shown = self.model.pair, self._shown
        if not text and shown is not None and pair is not None and max(pair) < len(shown.names):
            text = shown.pair_text(*pair)
        how = self.tr("Click a cell to see its samples.")
        self._line.setText(text or how)

    def _on_choice(self) -> None:
        if self.is_seen and self.is_meant and self.model.outputs is not None:
            self.show_predictions()

    def _choice(self, name: str, label: str, tip: str, rows: Sequence[tuple[str, str]]) -> QComboBox:
        box = FittingBox(name, label, self.content)
        box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        box.setAccessibleDescription(tip)
        box.setToolTip(plain_tool_tip(f"{label}.", tip))
        for key, text in rows:
            box.addItem(text, key)
        return box

    def _place_parts(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(SPACING)
        choices.addWidget(self._cells)
        choices.addWidget(self._order)
        choices.addSpacing(SPACING)
        choices.addWidget(self._accuracy, 1)
        side = QVBoxLayout()
        side.setSpacing(SPACING)
        side.addWidget(self._line)
        side.addWidget(self._heading)
        side.addWidget(self._pairs, 1)
        # Where there is more width than height, the pairs stand beside the matrix.
        self._parts = FlowingBox(self._chart, side, wide=scaled(WIDE), shares=SHARES)
        self._parts.setSpacing(SPACING)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(choices)
        column.addLayout(self._parts, 1)

    @staticmethod
    def _rows(shown: Matrix) -> Iterator[Sequence[object]]:
        yield "true_label", *shown.names, "recall", "precision", "f1", "samples"
        figures = shown.figures
        for label in shown.order.tolist():
            row = shown.counts[label].tolist()
            yield (
                shown.names[label],
                *row,
                float(figures.recall[label]),
                float(figures.precision[label]),
                float(figures.f1[label]),
                int(figures.support[label]),
            )
