"""The values of the runs in the plots at one step: the one pointed at in the curves, or the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QToolButton, QVBoxLayout

from workbench.ui.models.run_values import WIDEST, Column, RunKind, RunValuesModel
from workbench.ui.panel_bases.docked_panel import DockedPanel
from workbench.ui.panel_bases.panel_menu import MARGIN, SIDE
from workbench.ui.plotting.legend.line_swatch import CURRENT, GHOST, SWATCH, line_picture, overlay_line
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.style.tokens import tokens
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.widgets.copied_cells import let_copy
from workbench.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from workbench.ui.models.run_values import RunValues
    from workbench.ui.style.palette import Palette

CELL_PADDING: Final = 22
"""Pixels beside the text of a cell."""
LEAST_LETTERS: Final = 5
"""Of the name of a run."""
GIVE_WAY: Final = (Column.TEST_LOSS, Column.TEST)
"""Left out in a narrow panel, the first of them first; a saved table has them all."""


class RunValuesPanel(DockedPanel):
    """A table with a row for each run, with its line in the plots, its name and its values.

    Attributes:
        caught_up: the panel can be seen now, and may show older values.
        newest_requested: the user wants the values at the newest step again.
    """

    caught_up = Signal()
    newest_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("run_values", "chart", parent)
        self.setAccessibleName(self.tr("Values of the runs at a step"))
        self._colours: PlotColours | None = None
        self._pictures: dict[tuple[RunKind, int, float], QIcon] = {}
        self._where = ElidedLabel("", self.content)
        self._where.setObjectName("run_values_step")
        self._where.setProperty("role", "heading")
        self._newest = self._create_button()
        self._model = RunValuesModel(self)
        self._model.picture_of = self._picture
        self._table = _Table(self._model, self.content)
        self._table.setObjectName("run_values_table")
        self._table.setAccessibleName(self.tr("Values of the runs at a step"))
        let_copy(self._table)
        self._place_parts()
        self.show_values(None, ())

    @property
    def values(self) -> tuple[RunValues, ...]:
        """What is shown, a run after the other."""
        return self._model.values

    def show_values(self, step: int | None, values: Sequence[RunValues]) -> None:
        """Show the values of runs.

        Args:
            step: the one that the user chose; None where the values are those of the newest step.
            values: of the current run first.
        """
        self._model.set_values(values)
        self._table.fit_columns()
        if step is None and self._newest.hasFocus():
            self._table.setFocus()  # a button that hides would give the keyboard to something else
        self._newest.setVisible(step is not None)
        if not values:
            text = self.tr("Press Train or open a run: the values of each run at the step you point at appear here.")
            self.show_text(text)
            return
        if step is None:
            text = self.tr("Newest step: {step}").format(step=f"{values[0].step:,}")
        else:
            text = self.tr("Step {step}").format(step=f"{step:,}")
        if text != self._where.text():
            self._where.setText(text)
            how = self.tr("{step}. Left and Right in the curves go to another step.").format(step=text)
            self._table.setAccessibleDescription(how)
        self.show_content()

    def table(self) -> Iterable[Sequence[object]] | None:
        """All columns, with all digits."""
        return self._model.rows() if self._model.values else None

    def catch_up(self) -> None:
        """Ask for the present values."""
        self.caught_up.emit()

    def keyboard_start(self) -> QWidget | None:
        """The table."""
        return self._table if not self.text else None

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        super().set_palette(palette)
        self._colours = PlotColours.of(palette)
        self._pictures.clear()
        self._table.viewport().update()

    # Internals

    def _picture(self, values: RunValues) -> QIcon | None:
        if self._colours is None:
            return None
        key = values.kind, values.slot, self.devicePixelRatioF()
        if key not in self._pictures:
            looks = {RunKind.CURRENT: CURRENT, RunKind.RECORDED: GHOST, RunKind.OTHER: overlay_line(values.slot)}
            picture = line_picture(looks[values.kind], self._colours, self.devicePixelRatioF())
            self._pictures[key] = QIcon(picture)
            # Without one of its own, Qt would tint that of a selected row, and the colour is what it is read by.
            self._pictures[key].addPixmap(picture, QIcon.Mode.Selected)
        return self._pictures[key]

    def _create_button(self) -> QToolButton:
        button = QToolButton(self.content)
        button.setObjectName("run_values_newest")
        button.setText(self.tr("Newest step"))
        button.setAccessibleName(button.text())
        button.setToolTip(plain_tool_tip(self.tr("Show the values at the newest step of the run, and follow it.")))
        # Nothing moves where it comes and goes.
        policy = button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        button.setSizePolicy(policy)
        button.clicked.connect(self.newest_requested)
        button.hide()
        return button

    def _place_parts(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens().spacing)
        head.addWidget(self._where, 1)
        head.addWidget(self._newest)
        head.addSpacing(SIDE + MARGIN)  # for the button of the panel's menu in the corner
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens().tight)
        column.addLayout(head)
        column.addWidget(self._table, 1)


class _Table(QTableView):
    """Gives the names what the numbers leave; in a narrow panel some numbers are left out for them."""

    def __init__(self, model: RunValuesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setIconSize(SWATCH)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(self.fontMetrics().height() + tokens().row)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(1)
        self.setMinimumHeight(header.sizeHint().height() + rows.defaultSectionSize() + 2 * self.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show the columns that have room."""
        super().resizeEvent(event)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Share the width among the columns."""
        least = SWATCH.width() + LEAST_LETTERS * self.fontMetrics().averageCharWidth() + scaled(CELL_PADDING)
        widths = {column: self._width_of(column) for column in WIDEST}
        room = self.viewport().width()
        for column in GIVE_WAY:
            if sum(widths.values()) + least > room:
                del widths[column]
        for column in WIDEST:
            self.setColumnHidden(column, column not in widths)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.setColumnWidth(Column.RUN, max(least, room - sum(widths.values())))

    def _width_of(self, column: Column) -> int:
        """The width of a column of numbers: of its title, of its usual text and of those that it shows."""
        shown = (self._model.index(row, column).data() for row in range(self._model.rowCount()))
        texts = [self._model.headerData(column, Qt.Orientation.Horizontal), WIDEST[column], *shown]
        return max(map(self.fontMetrics().horizontalAdvance, texts)) + scaled(CELL_PADDING)
