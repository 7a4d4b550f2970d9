"""The values of several runs at one step, and the table of them; no widget."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum, auto
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QFont

from workbench.engine.config.tasks import ACCURACY
from workbench.ui.text.column_header import ColumnHeader
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.metric_texts import UNKNOWN, metric_text
from workbench.ui.text.numbers import rounded_number
from workbench.ui.text.run_texts import loss_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtCore import QObject, QPersistentModelIndex
    from PySide6.QtGui import QIcon

    from workbench.engine.config.tasks import Metric
    from workbench.engine.history.records import Evaluation

    Index = QModelIndex | QPersistentModelIndex

NO_INDEX: Final = QModelIndex()


class RunKind(Enum):
    """Which run in the plots it is."""

    CURRENT = auto()
    RECORDED = auto()
    """What is recorded beyond the step of the current run."""
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class RunValues:
    """What a run has recorded at a step.

    Attributes:
        name: of the run.
        kind: which run it is.
        slot: of its colour and dash, where it is another run.
        step: whose values they are.
        has_ended: whether the run has no step as late as the one asked for, so that these are its last values.
        epoch: of the step; None where that is not recorded.
        loss: of the batch.
        smoothed: the smoothed training loss; None where the smoothing has not come so far yet.
        metric: of its task.
        training: the metric within the epoch so far.
        test: the last one up to the step; None before the first.
        rate: the learning rate that the step used; None where it is not known.
    """

    name: str
    kind: RunKind
    slot: int
    step: int
    has_ended: bool
    epoch: int | None
    loss: float
    smoothed: float | None
    metric: Metric
    training: float
    test: Evaluation | None
    rate: float | None


class Column(IntEnum):
    """The columns, in the order of the table."""

    RUN = 0
    STEP = 1
    LOSS = 2
    METRIC = 3
    TEST_LOSS = 4
    TEST = 5
    RATE = 6


WIDEST: Final = {
    Column.STEP: "10,000",
    Column.LOSS: "0.0000",
    Column.METRIC: "100.0%",
    Column.TEST_LOSS: "0.0000",
    Column.TEST: "100.0%",
    Column.RATE: "0.00123",
}
"""Usual texts of the numbers; each column has room for its own and its title."""


FILE_TITLES: Final = (
    "run",
    "step",
    "epoch",
    "loss",
    "smoothed_loss",
    "metric",
    "training_metric",
    "test_loss",
    "test_metric",
    "learning_rate",
)
"""Of the columns of a saved table."""


class RunValuesModel(QAbstractTableModel):
    """A row for each run.

    Attributes:
        picture_of: makes the line with which a run is drawn, or None while the colours are not known.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.picture_of: Callable[[RunValues], QIcon | None] | None = None
        self._values: tuple[RunValues, ...] = ()
        self._metric: Metric = ACCURACY
        self._headers = self._make_headers()
        self._bold = QFont()
        self._bold.setBold(True)

    @property
    def values(self) -> tuple[RunValues, ...]:
        """The runs, from the top."""
        return self._values

    def set_values(self, values: Sequence[RunValues]) -> None:
        """Show these runs; where they are the same ones, what is selected stays so."""
        if tuple(values) == self._values:
            return
        if [_identity(each) for each in values] == [_identity(each) for each in self._values]:
            self._values = tuple(values)
            self.dataChanged.emit(self.index(0, 0), self.index(len(values) - 1, len(Column) - 1))
        else:
            self.beginResetModel()
            self._values = tuple(values)
            self.endResetModel()
        metric = values[0].metric if values else self._metric
        if metric != self._metric:
            self._metric = metric
            self._headers = self._make_headers()
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, Column.METRIC, Column.TEST)

    def rows(self) -> Iterator[Sequence[object]]:
        """The table with all digits, its titles first, for a file."""
        yield FILE_TITLES
        for each in self._values:
            yield (
                each.name,
                each.step,
                each.epoch,
                each.loss,
                each.smoothed,
                each.metric.name,
                each.training,
                None if each.test is None else each.test.average_loss,
                None if each.test is None else each.test.metric,
                each.rate,
            )

    def rowCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802
        """The number of runs."""
        return 0 if parent.isValid() else len(self._values)

    def columnCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802
        """The number of columns."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, and what is said of it."""
        if not index.isValid():
            return None
        values, column = self._values[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(values, column)
            case Qt.ItemDataRole.DecorationRole if column is Column.RUN and self.picture_of is not None:
                return self.picture_of(values)
            case Qt.ItemDataRole.FontRole if values.kind is RunKind.CURRENT and column is Column.RUN:
                return self._bold
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._headers[column].alignment
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tool_tip(*self._explained(values, column))
            case Qt.ItemDataRole.AccessibleTextRole if column is Column.RUN:
                return " ".join(self._explained(values, column))
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The title, alignment and tool tip of a column."""
        if orientation is Qt.Orientation.Vertical:
            return None
        return self._headers[Column(section)].data(role)

    def _explained(self, values: RunValues, column: Column) -> list[str]:
        """What a cell says besides its text, in sentences; of the name, the name first."""
        step = f"{values.step:,}"
        match column:
            case Column.RUN:
                said = [f"{values.name}."]
                if values.kind is RunKind.CURRENT:
                    said.append(self.tr("This is the current run."))
                if values.has_ended:
                    text = self.tr("It has no later step than {step}: these are its last values.")
                    said.append(text.format(step=step))
                return said
            case Column.STEP if values.epoch is not None:
                return [self.tr("Step {step}, in epoch {epoch}.").format(step=step, epoch=f"{values.epoch:,}")]
            case Column.LOSS:
                text = self.tr("Loss of the batch: {loss}; smoothed: {smoothed}.")
                return [text.format(loss=loss_text(values.loss), smoothed=loss_text(values.smoothed))]
            case Column.TEST | Column.TEST_LOSS:
                if values.test is None:
                    return [self.tr("No test has been taken by this step.")]
                return [self.tr("Of the test after epoch {epoch}.").format(epoch=f"{values.test.epoch:,}")]
            case Column.RATE if values.rate is None:
                return [self.tr("Its schedule depends on data that are not loaded: open the run to see the rate.")]
        return []

    def _make_headers(self) -> dict[Column, ColumnHeader]:
        run = self.tr("The runs in the plots, each with its line there; the current one in bold.")
        step = self.tr("The step whose values these are: the one pointed at, or the last of a shorter run.")
        if self._metric.is_share:
            metric, test_metric = self.tr("Accuracy"), self.tr("Test accuracy")
            training = self.tr("Training accuracy, running within the epoch.")
            test = self.tr("Accuracy of the last test up to this step.")
        else:
            metric, test_metric = self.tr("Error"), self.tr("Test error")
            training = self.tr("Mean absolute error, running within the epoch.")
            test = self.tr("Mean absolute error of the last test up to this step.")
        return {
            Column.RUN: ColumnHeader(self.tr("Run"), run, is_number=False),
            Column.STEP: ColumnHeader(self.tr("Step"), step),
            Column.LOSS: ColumnHeader(self.tr("Loss"), self.tr("Training loss, smoothed as the line in the plot.")),
            Column.METRIC: ColumnHeader(metric, training),
            Column.TEST_LOSS: ColumnHeader(self.tr("Test loss"), self.tr("Loss of the last test up to this step.")),
            Column.TEST: ColumnHeader(test_metric, test),
            Column.RATE: ColumnHeader(self.tr("Rate"), self.tr("The learning rate that the step used.")),
        }


def _identity(values: RunValues) -> tuple[object, ...]:
    return values.name, values.kind, values.slot


def _text(values: RunValues, column: Column) -> str:
    match column:
        case Column.RUN:
            return values.name
        case Column.STEP:
            return f"{values.step:,}"
        case Column.LOSS:
            return loss_text(values.loss if values.smoothed is None else values.smoothed)
        case Column.METRIC:
            return metric_text(values.metric, values.training)
        case Column.TEST_LOSS:
            return loss_text(None if values.test is None else values.test.average_loss)
        case Column.TEST:
            return metric_text(values.metric, None if values.test is None else values.test.metric)
    return UNKNOWN if values.rate is None else rounded_number(values.rate)
