"""Lays out and paints a tree of runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPen

from workbench.engine.store.run_store import RunStatus
from workbench.ui.models.run_tree import past_of
from workbench.ui.plotting.render.ticks import step_ticks
from workbench.ui.style.icons import pixmap
from workbench.ui.style.zoom import scaled
from workbench.ui.text.metric_texts import metric_text
from workbench.ui.text.run_texts import STATUSES, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor

    from workbench.ui.models.run_tree import Lane
    from workbench.ui.style.palette import Palette

ROW_MARGIN: Final = 14
AXIS_MARGIN: Final = 10
PADDING: Final = 8
BOX: Final = 16
CORNER: Final = 9.0
"""Radius of the bend into a lane."""
LABEL_SHARE, NARROWEST_LABEL, WIDEST_LABEL = 0.42, 150, 300
NUMBER_ROOM: Final = 80
"""Pixels of axis for a number."""
DOT, PRESENT_DOT, RING = 4.0, 6.0, 2.5
THIN, STRONG = 2.0, 3.0
DASHES: Final = (2.0, 2.0)
SMALL: Final = 0.9

_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE: Final = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
_ELIDE: Final = Qt.TextElideMode.ElideRight


@dataclass(slots=True)
class Scene:
    """The content of the view.

    Attributes:
        lanes: from the top down.
        texts: the line below each run's name.
        tips: their tool tips.
        current: id of the current run.
        step: the current step of that run.
        selected: the run that keys act on.
        hovered: the run under the pointer.
        ticked: the runs that are overlaid, each with its colour in the plots where it has one.
    """

    lanes: Sequence[Lane] = ()
    texts: Sequence[str] = ()
    tips: Sequence[str] = ()
    current: str | None = None
    step: int = 0
    selected: str | None = None
    hovered: str | None = None
    ticked: dict[str, QColor | None] = field(default_factory=dict)


class BranchPainter:
    """Paints a `Scene`: names on the left, lanes on the right, steps along the top.

    Attributes:
        palette: None until the theme is known; nothing is painted before.
        row_height: of a lane, in pixels.
        axis_height: of the row of numbers, in pixels.
    """

    def __init__(self, font: QFont) -> None:
        self.palette: Palette | None = None
        self._font = font
        self._bold = QFont(font)
        self._bold.setBold(True)
        self._small = QFont(font)
        self._small.setPointSizeF(SMALL * font.pointSizeF())
        self._line = QFontMetrics(font).height()
        self._small_line = QFontMetrics(self._small).height()
        self.row_height = self._line + self._small_line + scaled(ROW_MARGIN)
        self.axis_height = self._small_line + scaled(AXIS_MARGIN)
        # Of the picture that is being painted.
        self._scene, self._area, self._scrolled = Scene(), QRect(), 0
        self._longest, self._left, self._room = 1, 0, 1.0

    def label_rect(self, area: QRect, row: int, scrolled: int) -> QRect:
        """The rectangle of a run's name and the line below it."""
        width = round(min(max(LABEL_SHARE * area.width(), NARROWEST_LABEL), WIDEST_LABEL))
        left = PADDING + BOX + PADDING
        return QRect(left, self._top(row, scrolled), width - left, self.row_height)

    def tick_rect(self, row: int, scrolled: int) -> QRect:
        """The rectangle of its box."""
        return QRect(PADDING, self._top(row, scrolled) + (self.row_height - BOX) // 2, BOX, BOX)

    def paint(self, painter: QPainter, area: QRect, scene: Scene, scrolled: int) -> None:
        """Paint all of it."""
        palette = self.palette
        if palette is None or not scene.lanes:
            return
        self._scene, self._area, self._scrolled = scene, area, scrolled
        self._longest = max(1, scene.step, *(lane.end for lane in scene.lanes))
        self._left = self.label_rect(area, 0, 0).right() + 2 * PADDING
        self._room = max(1.0, area.width() - self._left - 2 * PADDING - PRESENT_DOT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(area.adjusted(0, self.axis_height, 0, 0))
        rows = range(len(scene.lanes))
        for row in rows:
            self._paint_ground(painter, row, palette)
        self._paint_grid(painter, palette)
        for row in rows:
            self._paint_lane(painter, row, palette)
        self._paint_present(painter, palette)
        for row in rows:
            self._paint_label(painter, row, palette)
        painter.setClipping(False)
        self._paint_axis(painter, palette)

    def _paint_ground(self, painter: QPainter, row: int, palette: Palette) -> None:
        run = self._scene.lanes[row].summary.identity.id
        rect = QRect(0, self._top(row, self._scrolled), self._area.width(), self.row_height)
        if run == self._scene.selected:
            painter.fillRect(rect, palette.selection)
        elif run == self._scene.hovered:
            painter.fillRect(rect, palette.raised_hover)

    def _paint_axis(self, painter: QPainter, palette: Palette) -> None:
        painter.setFont(self._small)
        painter.setPen(palette.text_muted)
        metrics = painter.fontMetrics()
        for position, label in self._ticks():
            width = metrics.horizontalAdvance(label)
            left = min(self._across(position) - width / 2, self._area.width() - width - 2.0)
            painter.drawText(QRectF(left, 0, width + 1, self.axis_height), _CENTRE, label)
        painter.setPen(palette.border)
        painter.drawLine(0, self.axis_height - 1, self._area.width(), self.axis_height - 1)

    def _paint_grid(self, painter: QPainter, palette: Palette) -> None:
        painter.setPen(QPen(palette.border, 1.0))
        for position, _ in self._ticks():
            painter.drawLine(
                QPointF(self._across(position), self.axis_height), QPointF(self._across(position), self._area.height())
            )

    def _ticks(self) -> list[tuple[float, str]]:
        return list(
            step_ticks(
                0.0, self._longest, max(1.0, (self._across(self._longest) - self._across(0)) / scaled(NUMBER_ROOM))
            )
        )

    def _paint_lane(self, painter: QPainter, row: int, palette: Palette) -> None:
        """A line for the run's own steps, from the bend where it leaves its parent's line."""
        lane = self._scene.lanes[row]
        run = lane.summary.identity.id
        is_ticked = run in self._scene.ticked
        colour = self._scene.ticked.get(run) or (palette.text_muted if is_ticked else palette.text_disabled)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(colour, STRONG if is_ticked else THIN, dashed=run == self._scene.current))
        painter.drawPath(self._path(row, lane.start, lane.end))
        if run != self._scene.current:
            status = lane.summary.status
            if status in {RunStatus.DIVERGED, RunStatus.FAILED, RunStatus.INTERRUPTED, RunStatus.RUNNING}:
                colour = getattr(palette, STATUSES[status].colour)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(self._end(row, lane), DOT, DOT)

    def _paint_present(self, painter: QPainter, palette: Palette) -> None:
        """The path of the current run over the lines of its ancestors, up to the current step."""
        runs = [lane.summary.identity.id for lane in self._scene.lanes]
        if self._scene.current not in runs:
            return
        row = runs.index(self._scene.current)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(palette.accent_text, STRONG))
        spot = QPointF(self._across(0), self._middle(row))
        for place, first, last in past_of(self._scene.lanes, row):
            end = min(last, self._scene.step)
            if end < first:
                break
            painter.drawPath(self._path(place, first, end))
            spot = QPointF(max(self._across(end), self._bend_end(place) if end == first else 0.0), self._middle(place))
        painter.setPen(QPen(palette.panel, RING))
        painter.setBrush(palette.accent_text)
        painter.drawEllipse(spot, PRESENT_DOT, PRESENT_DOT)

    def _path(self, row: int, first: int, last: int) -> QPainterPath:
        lane = self._scene.lanes[row]
        middle = self._middle(row)
        path = QPainterPath(QPointF(self._across(first), middle))
        if lane.source is not None and first == lane.start:
            left = self._across(first)
            path = QPainterPath(QPointF(left, self._middle(lane.source)))
            path.lineTo(left, middle - CORNER)
            path.quadTo(QPointF(left, middle), QPointF(left + CORNER, middle))
        path.lineTo(max(self._across(last), path.currentPosition().x()), middle)
        return path

    def _end(self, row: int, lane: Lane) -> QPointF:
        return QPointF(max(self._across(lane.end), self._bend_end(row)), self._middle(row))

    def _bend_end(self, row: int) -> float:
        lane = self._scene.lanes[row]
        return self._across(lane.start) + (CORNER if lane.source is not None else 0.0)

    def _paint_label(self, painter: QPainter, row: int, palette: Palette) -> None:
        lane = self._scene.lanes[row]
        run = lane.summary.identity.id
        rect = self.label_rect(self._area, row, self._scrolled).adjusted(
            0, scaled(ROW_MARGIN) // 2, 0, -scaled(ROW_MARGIN) // 2
        )
        first = QRect(rect.left(), rect.top(), rect.width(), self._line)
        second = QRect(rect.left(), rect.top() + self._line, rect.width(), self._small_line)
        painter.setFont(self._font)
        painter.setPen(palette.text)
        summary = lane.summary
        result = metric_text(summary.recipe.task.metric, summary.metric) if summary.metric is not None else ""
        painter.drawText(first, _RIGHT, result)
        room = first.width() - painter.fontMetrics().horizontalAdvance(result) - PADDING
        painter.setFont(self._bold if run == self._scene.current else self._font)
        painter.drawText(first, _LEFT, painter.fontMetrics().elidedText(title_of(lane.summary), _ELIDE, room))
        painter.setFont(self._small)
        # On the ground of a selection only the strongest text can be read.
        painter.setPen(palette.text if run == self._scene.selected else palette.text_muted)
        painter.drawText(
            second, _LEFT, painter.fontMetrics().elidedText(self._scene.texts[row], _ELIDE, second.width())
        )
        if run != self._scene.current:
            self._paint_tick(painter, self.tick_rect(row, self._scrolled), run, palette)

    def _paint_tick(self, painter: QPainter, rect: QRect, run: str, palette: Palette) -> None:
        box = QRectF(rect).adjusted(1, 1, -1, -1)
        ticked = run in self._scene.ticked
        colour = self._scene.ticked.get(run)
        painter.setPen(QPen((colour or palette.accent) if ticked else palette.text_disabled, 2.0))
        painter.setBrush((colour or palette.accent) if ticked else palette.raised)
        painter.drawRoundedRect(box, 3.0, 3.0)
        if ticked:
            mark = palette.text_on_accent if colour is None else palette.panel
            painter.drawPixmap(rect.topLeft(), pixmap("check", mark, BOX, painter.device().devicePixelRatio()))

    def _across(self, step: float) -> float:
        """Where `step` lies along the axis."""
        return self._left + self._room * step / self._longest

    def _middle(self, row: int) -> float:
        return self._top(row, self._scrolled) + self.row_height / 2

    def _top(self, row: int, scrolled: int) -> int:
        return self.axis_height + row * self.row_height - scrolled


def _pen(colour: QColor, width: float, *, dashed: bool = False) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if dashed else Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashed:
        pen.setDashPattern(DASHES)
    return pen
