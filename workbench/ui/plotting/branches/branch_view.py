"""A tree of runs: a lane for each run, which leaves its parent's lane at the branch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip

from workbench.ui.plotting.branches.branch_painter import BranchPainter, Scene
from workbench.ui.text.run_texts import title_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from workbench.ui.models.run_tree import Lane
    from workbench.ui.style.palette import Palette

LEAST_LANES: Final = 3

_TURNS: Final = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -5,
    Qt.Key.Key_PageDown: 5,
    Qt.Key.Key_Home: -10_000,
    Qt.Key.Key_End: 10_000,
}


class BranchView(QAbstractScrollArea):
    """Lanes under an axis of steps; one is selected, all but the current run's can be ticked.

    Attributes:
        opened: a lane (the run's id) was double-clicked, or Enter pressed on it.
        ticked: other runs (a list of ids, in the order of the lanes) are ticked now.
        menu_asked: a context menu is wanted at a place on the screen.
    """

    opened = Signal(str)
    ticked = Signal(list)
    menu_asked = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("family")
        self.setAccessibleName(self.tr("Branches"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self._scene = Scene()
        self._painter = BranchPainter(self.font())

    @property
    def selected(self) -> str | None:
        """The selected run."""
        return self._scene.selected

    @property
    def ticked_runs(self) -> list[str]:
        """The ticked runs, in the order of the lanes."""
        return [run for run in map(_id, self._scene.lanes) if run in self._scene.ticked]

    def set_lanes(self, lanes: Sequence[Lane], texts: Sequence[str], tips: Sequence[str], current: str | None) -> None:
        """Show these.

        Args:
            lanes: from the top down.
            texts: the line below each run's name.
            tips: their tool tips.
            current: id of the current run.
        """
        scene = self._scene
        scene.lanes, scene.texts, scene.tips, scene.current = lanes, texts, tips, current
        runs = {_id(lane) for lane in lanes}
        scene.ticked = {run: colour for run, colour in scene.ticked.items() if run in runs and run != current}
        if scene.selected not in runs:
            scene.selected = current
        self._update_scroll_bar()
        self._describe()
        self.viewport().update()

    def set_step(self, step: int) -> None:
        """Move the dot of the current run to `step`."""
        if step != self._scene.step:
            self._scene.step = step
            self.viewport().update()

    def set_ticked(self, runs: Mapping[str, QColor | None]) -> None:
        """Tick these and no others, each in its colour if it has one; no signal is emitted."""
        self._scene.ticked = {run: colour for run, colour in runs.items() if run != self._scene.current}
        self.viewport().update()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._painter.palette = palette
        self.viewport().update()

    def select(self, run: str) -> None:
        """Select a run's lane and bring it in sight."""
        row = self._row_of(run)
        if row is None:
            return
        self._scene.selected = run
        bar, height, room = self.verticalScrollBar(), self._painter.row_height, self._room()
        bar.setValue(min(max(bar.value(), (row + 1) * height - room), row * height))
        self._describe()
        self.viewport().update()

    def toggle(self, run: str) -> None:
        """Tick a run, or untick it; the current run has no tick."""
        ticked = self._scene.ticked
        if run == self._scene.current:
            return
        if run in ticked:
            del ticked[run]
        else:
            ticked[run] = None
        self.viewport().update()
        self.ticked.emit(self.ticked_runs)

    def lane_place(self, run: str) -> QPoint:
        """The middle of a run's name, in the viewport."""
        rect = self._painter.label_rect(
            self.viewport().rect(), self._row_of(run) or 0, self.verticalScrollBar().value()
        )
        return rect.center()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for a small tree."""
        return QSize(560, self._painter.axis_height + LEAST_LANES * self._painter.row_height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for one lane."""
        return QSize(240, self._painter.axis_height + self._painter.row_height)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw axis and lanes."""
        del event
        # Left active by an exception, a painter takes the process with it.
        with QPainter(self.viewport()) as painter:
            self._painter.paint(painter, self.viewport().rect(), self._scene, self.verticalScrollBar().value())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another height leaves other lanes to scroll to."""
        super().resizeEvent(event)
        self._update_scroll_bar()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select; on the box or with Ctrl, tick."""
        run = self._run_at(event.position().toPoint())
        if run is None:
            return
        self.select(run)
        row = self._row_of(run) or 0
        box = self._painter.tick_rect(row, self.verticalScrollBar().value())
        on_box = box.adjusted(-6, -6, 6, 6).contains(event.position().toPoint())
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.button() == Qt.MouseButton.LeftButton and (on_box or with_control):
            self.toggle(run)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Open; the box takes the second click as another one."""
        run = self._run_at(event.position().toPoint())
        box_end = self._painter.tick_rect(0, 0).right() + 6
        if event.position().x() <= box_end:
            self.mousePressEvent(event)
        elif run is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(run)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Light up the lane under the pointer."""
        self._hover(self._run_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Light up none."""
        super().leaveEvent(event)
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows choose, Enter opens, Space ticks."""
        run = self._scene.selected
        key = Qt.Key(event.key())
        if key in _TURNS and self._scene.lanes:
            row = (self._row_of(run) or 0) + _TURNS[key]
            self.select(_id(self._scene.lanes[min(max(row, 0), len(self._scene.lanes) - 1)]))
        elif run is not None and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(run)
        elif run is not None and key == Qt.Key.Key_Space:
            self.toggle(run)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Ask for a menu, at the selected lane where it is the keyboard that asks."""
        if self._scene.selected is None:
            return
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.lane_place(self._scene.selected) if by_key else event.pos()
        self.menu_asked.emit(self.viewport().mapToGlobal(place))

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """Say more of the lane under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            row = self._row_of(self._run_at(event.pos()))
            QToolTip.showText(event.globalPos(), "" if row is None else self._scene.tips[row], self.viewport())
            return True
        return super().viewportEvent(event)

    def _hover(self, run: str | None) -> None:
        if run != self._scene.hovered:
            self._scene.hovered = run
            self.viewport().update()

    def _run_at(self, place: QPoint) -> str | None:
        top = self._painter.axis_height
        if place.y() < top:
            return None
        row = (place.y() - top + self.verticalScrollBar().value()) // self._painter.row_height
        return _id(self._scene.lanes[row]) if row < len(self._scene.lanes) else None

    def _row_of(self, run: str | None) -> int | None:
        return next((row for row, lane in enumerate(self._scene.lanes) if _id(lane) == run), None)

    def _room(self) -> int:
        """Pixels of height for lanes."""
        return self.viewport().height() - self._painter.axis_height

    def _update_scroll_bar(self) -> None:
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, len(self._scene.lanes) * self._painter.row_height - self._room()))
        bar.setPageStep(max(1, self._room()))
        bar.setSingleStep(self._painter.row_height // 2)

    def _describe(self) -> None:
        """Describe the selected run in words for screen readers."""
        row = self._row_of(self._scene.selected)
        if row is None:
            self.setAccessibleDescription("")
            return
        self.setAccessibleDescription(
            self.tr("{run}, {place} of {count}: {text}").format(
                run=title_of(self._scene.lanes[row].summary),
                place=row + 1,
                count=len(self._scene.lanes),
                text=self._scene.texts[row],
            )
        )


def _id(lane: Lane) -> str:
    return lane.summary.identity.id
