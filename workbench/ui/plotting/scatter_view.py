"""A scatter plot: points of classes in a plane, or numbers over one feature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.engine.analysis.point_range import point_range
from workbench.engine.config.tasks import Task
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.render.ticks import linear_ticks
from workbench.ui.style.zoom import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor, QPaintEvent

    from workbench.engine.data.data_spec import DataSpec
    from workbench.ui.style.palette import Palette

RADIUS: Final = 2.5
SHAPES: Final = 4
"""Circle, square, triangle, diamond: classes differ by their shapes, too."""
TRIANGLE: Final = ((0.0, -1.3), (1.2, 0.9), (-1.2, 0.9))
DIAMOND: Final = ((0.0, -1.4), (1.4, 0.0), (0.0, 1.4), (-1.4, 0.0))
ROOM: Final = 0.04
"""Of the range, beyond the outermost points on each side."""
GAP: Final = 6
SWATCH: Final = 12
PIXELS_PER_TICK: Final = 70
ROWS_PER_TICK: Final = 32
LEAST_PLOT: Final = 40
WIDEST_LEGEND: Final = 160


class ScatterView(QWidget):
    """Draws itself: a few thousand points are painted only when the data or the size change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("samples_scatter")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._colours: PlotColours | None = None
        self._x = self._y = np.zeros(0)
        self._labels = np.zeros(0, np.int64)
        self._names: tuple[str, ...] = ()
        self._titles = ("", "")

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A small panel stays small."""
        return QSize(160, 60)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._colours = PlotColours.of(palette)
        self.update()

    @staticmethod
    def can_show(spec: DataSpec) -> bool:
        """Whether such data can be drawn in a plane: two features with classes, or one feature with a number."""
        if spec.task is Task.CLASSIFICATION:
            return spec.sample_shape == (2,)
        return spec.sample_shape == (1,) and spec.output_count == 1

    def show_points(self, spec: DataSpec, points: np.ndarray, targets: np.ndarray) -> None:
        """Show vectors (n, F) with their labels (n,) or numbers (n, 1)."""
        features = spec.feature_names or ("x1", "x2")
        self._x = points[:, 0].astype(np.float64)
        if spec.task is Task.CLASSIFICATION:
            self._y, self._labels, self._names = points[:, 1].astype(np.float64), targets, spec.class_names
            self._titles = (features[0], features[1])
        else:
            self._y, self._labels, self._names = targets[:, 0].astype(np.float64), np.zeros(len(points), np.int64), ()
            self._titles = (features[0], spec.target_names[0])
        text = self.tr("Scatter plot of {y} over {x}").format(x=self._titles[0], y=self._titles[1])
        self.setAccessibleName(text)
        self.setAccessibleDescription(", ".join(self._names))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw axes, points and legend."""
        del event
        if self._colours is None or not len(self._x):
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            legend = self._legend_width()
            plot = self._plot_rect(legend)
            if min(plot.width(), plot.height()) < scaled(LEAST_PLOT):
                plot = self.rect()
                legend = 0
            ranges = (point_range(self._x, ROOM), point_range(self._y, ROOM))
            self._paint_axes(painter, plot, ranges, self._colours)
            self._paint_points(painter, plot, ranges)
            self._paint_title(painter, plot, self._colours)
            if legend:
                self._paint_legend(painter, QRect(plot.right() + 2 * GAP, plot.top(), legend, self.height()))

    def _plot_rect(self, legend: int) -> QRect:
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance("-0.005") + 2 * GAP
        bottom = 2 * metrics.height() + GAP
        return self.rect().adjusted(left, GAP, -(legend + (2 * GAP if legend else GAP)), -bottom)

    def _legend_width(self) -> int:
        if not self._names:
            return 0
        widest = max(self.fontMetrics().horizontalAdvance(name) for name in self._names)
        return SWATCH + GAP + min(widest, scaled(WIDEST_LEGEND), max(0, self.width() // 3))

    def _paint_axes(
        self, painter: QPainter, plot: QRect, ranges: Sequence[tuple[float, float]], colours: PlotColours
    ) -> None:
        (left, right), (low, high) = ranges
        line = self.fontMetrics().height()
        painter.fillRect(plot, colours.background)
        for value, label in linear_ticks(low, high, max(2.0, plot.height() / scaled(ROWS_PER_TICK))):
            y = round(plot.bottom() - (value - low) / (high - low) * plot.height())
            painter.setPen(colours.grid)
            painter.drawLine(plot.left(), y, plot.right(), y)
            painter.setPen(colours.text_muted)
            box = QRect(0, y - line // 2, plot.left() - GAP, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, label)
        for value, label in linear_ticks(left, right, max(2.0, plot.width() / scaled(PIXELS_PER_TICK))):
            x = round(plot.left() + (value - left) / (right - left) * plot.width())
            painter.setPen(colours.grid)
            painter.drawLine(x, plot.top(), x, plot.bottom())
            painter.setPen(colours.text_muted)
            half = scaled(PIXELS_PER_TICK) // 2
            painter.drawText(QRect(x - half, plot.bottom() + 2, 2 * half, line), Qt.AlignmentFlag.AlignCenter, label)
        painter.setPen(colours.border)
        painter.drawRect(plot)
        painter.setPen(colours.text_muted)
        below = QRect(plot.left(), plot.bottom() + line, plot.width(), line)
        elided = self.fontMetrics().elidedText(self._titles[0], Qt.TextElideMode.ElideRight, plot.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, elided)

    def _paint_title(self, painter: QPainter, plot: QRect, colours: PlotColours) -> None:
        """The name of the vertical axis, over the points."""
        elided = self.fontMetrics().elidedText(self._titles[1], Qt.TextElideMode.ElideRight, plot.width() // 2)
        place = QRect(plot.left() + 1, plot.top() + 1, self.fontMetrics().horizontalAdvance(elided) + 2 * GAP, 0)
        place.setHeight(self.fontMetrics().height())
        painter.fillRect(place, colours.label)
        painter.setPen(colours.text_muted)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, elided)

    def _paint_points(self, painter: QPainter, plot: QRect, ranges: Sequence[tuple[float, float]]) -> None:
        assert self._colours is not None
        (left, right), (low, high) = ranges
        columns = plot.left() + (self._x - left) / (right - left) * plot.width()
        rows = plot.bottom() - (self._y - low) / (high - low) * plot.height()
        painter.save()
        painter.setClipRect(plot)
        drawn = np.isfinite(columns) & np.isfinite(rows)
        # In the order of the data, so that no class lies on top of all others.
        points = zip(columns[drawn].tolist(), rows[drawn].tolist(), self._labels[drawn].tolist(), strict=True)
        for column, row, label in points:
            paint_marker(painter, self._colours, QPointF(column, row), label, RADIUS)
        painter.restore()

    def _paint_legend(self, painter: QPainter, area: QRect) -> None:
        assert self._colours is not None
        line = self.fontMetrics().height() + 2
        room = max(1, area.height() // line)
        shown = list(enumerate(self._names))[: room if len(self._names) <= room else room - 1]
        for place, (label, name) in enumerate(shown):
            top = area.top() + place * line
            middle = QPointF(area.left() + SWATCH / 2, top + line / 2)
            paint_marker(painter, self._colours, middle, label, RADIUS + 1.5)
            painter.setPen(self._colours.text)
            box = QRect(area.left() + SWATCH + GAP, top, area.width() - SWATCH - GAP, line)
            elided = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)
        if (left_out := len(self._names) - len(shown)) > 0:
            painter.setPen(self._colours.text_muted)
            box = QRect(area.left(), area.top() + len(shown) * line, area.width(), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, self.tr("and {count} more").format(count=left_out))


def class_colour(colours: PlotColours, label: int) -> QColor:
    """The colour of a class; after ten they begin again, with other shapes."""
    own = (colours.training, colours.test, *colours.overlays)
    return own[label % len(own)]


def paint_marker(painter: QPainter, colours: PlotColours, place: QPointF, label: int, radius: float) -> None:
    """Draw the marker of a class, `radius` in pixels."""
    painter.setPen(QPen(colours.background, 0.5))
    painter.setBrush(class_colour(colours, label))
    match label % SHAPES:
        case 0:
            painter.drawEllipse(place, radius, radius)
        case 1:
            painter.drawRect(QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius))
        case 2:
            painter.drawPolygon(_polygon(place, radius, TRIANGLE))
        case _:
            painter.drawPolygon(_polygon(place, radius, DIAMOND))


def _polygon(place: QPointF, radius: float, corners: Sequence[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(place.x() + radius * x, place.y() + radius * y) for x, y in corners])
