"""The first rows of a data set of vectors, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHeaderView, QTableView

from workbench.engine.config.tasks import Task
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.numbers import with_minus_sign

if TYPE_CHECKING:
    import numpy as np
    from PySide6.QtCore import QPersistentModelIndex
    from PySide6.QtWidgets import QWidget

    from workbench.engine.data.data_spec import DataSpec

    Index = QModelIndex | QPersistentModelIndex

MOST_ROWS: Final = 200
MOST_COLUMNS: Final = 400
ROW_MARGIN: Final = 6
WIDEST: Final = 160
NO_INDEX: Final = QModelIndex()


class SampleTable(QTableView):
    """What is to be predicted in the first columns, in bold; the features beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("samples_table")
        self.setAccessibleName(self.tr("First rows of the data"))
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + scaled(ROW_MARGIN))
        self.verticalHeader().setMinimumSectionSize(self.fontMetrics().height() + scaled(ROW_MARGIN))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setMaximumSectionSize(WIDEST)
        self._model = _Rows(self)
        self.setModel(self._model)

    def show_rows(self, spec: DataSpec, points: np.ndarray, targets: np.ndarray) -> None:
        """Show vectors (n, F) with their labels (n,) or numbers (n, T)."""
        self._model.set_rows(spec, points[:MOST_ROWS, :MOST_COLUMNS], targets[:MOST_ROWS])
        self.resizeColumnsToContents()
        self.scrollToTop()


class _Rows(QAbstractTableModel):
    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent)
        self._targets: list[list[str]] = []
        self._titles: list[str] = []
        self._points: np.ndarray | None = None
        self._bold = QFont(parent.font())
        self._bold.setBold(True)

    def set_rows(self, spec: DataSpec, points: np.ndarray, targets: np.ndarray) -> None:
        self.beginResetModel()
        if spec.task is Task.CLASSIFICATION:
            first = [self.tr("Class")]
            self._targets = [[spec.class_names[label]] for label in targets.tolist()]
        else:
            first = list(spec.target_names)
            self._targets = [[_shown(number) for number in row] for row in targets.tolist()]
        features = spec.feature_names or tuple(f"x{place + 1}" for place in range(points.shape[1]))
        self._titles = [*first, *features[: points.shape[1]]]
        self._points = points
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._targets)

    def columnCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        is_target = index.column() < self._target_count
        match role:
            case Qt.ItemDataRole.DisplayRole:
                if is_target:
                    return self._targets[index.row()][index.column()]
                assert self._points is not None
                return _shown(self._points[index.row(), index.column() - self._target_count])
            case Qt.ItemDataRole.FontRole if is_target:
                return self._bold
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignLeft if is_target else Qt.AlignmentFlag.AlignRight
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._titles[section]
            case Qt.ItemDataRole.ToolTipRole:
                what = self.tr("To be predicted.") if section < self._target_count else ""
                return plain_tool_tip(self._titles[section], what)
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignLeft if section < self._target_count else Qt.AlignmentFlag.AlignRight
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    @property
    def _target_count(self) -> int:
        return len(self._targets[0]) if self._targets else 0


def _shown(number: float) -> str:
    return with_minus_sign(f"{number:.6g}")
