"""What the network says of every point of a plane, with the points of the data; or its curve over one feature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workbench.engine.analysis.classification import softmax
from workbench.engine.analysis.point_range import point_range
from workbench.engine.config.tasks import Task
from workbench.ui.plotting.charts.plane_image import (
    classes_image,
    interpolated,
    magnified,
    number_rgb,
    numbers_image,
    outputs_at,
    picture_size,
)
from workbench.ui.plotting.charts.plane_legend import paint_classes, paint_scale, width_of_classes
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.render.ticks import linear_ticks
from workbench.ui.plotting.scatter_view import paint_marker
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.metric_texts import signed_three_digits

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.protocol.queries.plane_outputs import PlaneOutputs, Points
    from workbench.ui.style.palette import Palette

RADIUS: Final = 2.8
CROSS: Final = 3.2
GAP: Final = 6
PIXELS_PER_TICK: Final = 70
ROWS_PER_TICK: Final = 48
MOST_STRETCHED: Final = 1.6
"""The longer side of a plane relative to the shorter one."""
CURVE_ROOM: Final = 0.12
"""Above and below the numbers of a regression, as a share of their range."""
MOST_NAMED: Final = 5
"""Classes in a tooltip."""


def has_plane(spec: DataSpec) -> bool:
    """Whether what a network says of such data is drawn here: classes or a number of two features, a number of one."""
    if spec.task is Task.CLASSIFICATION:
        return spec.sample_shape == (2,)
    return spec.sample_shape in ((1,), (2,)) and spec.output_count == 1


class DecisionMap(QWidget):
    """Draws itself. The points are a layer of their own, which is drawn anew only when they or the size change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("decision_map")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._colours: PlotColours | None = None
        self._spec: DataSpec | None = None
        self._plane: PlaneOutputs | None = None
        self._points: tuple[Points, ...] = ()
        self._heights = (0.0, 1.0)
        self._is_passing = False
        self._picture: QImage | None = None
        self._layer: QPixmap | None = None
        # For each of the points the two lines of a cross, made with the layer.
        self._crosses: list[list[tuple[QLineF, QLineF]]] = []

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A small panel stays small."""
        return QSize(160, 120)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._colours = PlotColours.of(palette)
        self._picture = self._layer = None
        self.update()

    def show_plane(
        self, spec: DataSpec, plane: PlaneOutputs, points: tuple[Points, ...], *, is_passing: bool = False
    ) -> None:
        """Show the outputs on a grid, and these points with it; coarser where another picture follows soon."""
        self._is_passing = is_passing
        is_same = self._spec == spec and len(points) == len(self._points) and self._has_ranges_of(plane)
        is_same = is_same and all(map(_are_same, points, self._points))
        self._spec, self._plane, self._points = spec, plane, points
        if spec.task is Task.REGRESSION:
            self._heights = point_range(np.concatenate([plane.training.targets, plane.test.targets]), CURVE_ROOM)
        self._picture = None
        if not is_same:
            self._layer = None
        self.update()

    def _has_ranges_of(self, plane: PlaneOutputs) -> bool:
        return self._plane is not None and all(
            np.array_equal(own[[0, -1]] if len(own) else own, other[[0, -1]] if len(other) else other)
            for own, other in ((self._plane.x, plane.x), (self._plane.y, plane.y))
        )

    @property
    def plot_rect(self) -> QRect:
        """Where the plane is drawn, in logical pixels."""
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance("-0.005") + GAP
        plot = self.rect().adjusted(left, GAP + metrics.height() + GAP, -GAP, -2 * metrics.height())
        if self._plane is not None and len(self._plane.y):
            # Drawn much longer than high, round shapes would not be known again.
            plot.setWidth(min(plot.width(), round(MOST_STRETCHED * plot.height())))
            plot.setHeight(min(plot.height(), round(MOST_STRETCHED * plot.width())))
            plot.moveLeft(left + max(0, (self.width() - GAP - left - plot.width()) // 2))
        return plot

    @property
    def wrong(self) -> list[NDArray[np.bool_]]:
        """Which of the points shown are taken for another class; exact where the outputs for them were asked for."""
        assert self._plane is not None
        return [outputs_at(self._plane, points).argmax(axis=1) != points.targets for points in self._points]

    # Qt's events

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Draw anew in the new size."""
        super().resizeEvent(event)
        self._picture = self._layer = None

    def event(self, event: QEvent) -> bool:
        """Say what the network says of the place under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tool_tip(*self.text_at(QPointF(event.pos())).splitlines()), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw plane, axes, points and legend."""
        del event
        if self._colours is None or self._plane is None or self._spec is None:
            return
        plot = self.plot_rect
        if min(plot.width(), plot.height()) < 2:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(plot, self._colours.background)
            if len(self._plane.y):
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(plot, self._picture_of(plot, self._plane, self._spec, self._colours))
            self._paint_axes(painter, plot, self._spec, self._colours)
            painter.setClipRect(plot)
            self._layer = self._layer or self._points_layer(self._colours)
            painter.drawPixmap(0, 0, self._layer)
            if self._spec.task is Task.CLASSIFICATION:
                self._paint_wrong(painter, self._colours)
            elif not len(self._plane.y):
                self._paint_curve(painter, self._plane, self._colours)
            painter.setClipping(False)
            painter.setPen(self._colours.border)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(plot)
            self._paint_legend(painter, plot, self._spec, self._colours)

    def text_at(self, place: QPointF) -> str:
        """What the network says of a place of the widget, as a text."""
        plot, plane, spec = self.plot_rect, self._plane, self._spec
        if plane is None or spec is None or not plot.contains(place.toPoint()):
            return ""
        x = float(np.interp(place.x(), (plot.left(), plot.right()), (plane.x[0], plane.x[-1])))
        where = [f"{name} {signed_three_digits(value)}" for name, value in zip(_features(spec), (x,), strict=False)]
        if not len(plane.y):
            height = float(np.interp(x, plane.x, plane.outputs[:, 0]))
            return "\n".join([*where, f"{spec.target_names[0]} {signed_three_digits(height)}"])
        y = float(np.interp(place.y(), (plot.top(), plot.bottom()), (plane.y[-1], plane.y[0])))
        outputs = interpolated(plane, np.array([[x, y]], np.float32))
        where.append(f"{_features(spec)[1]} {signed_three_digits(y)}")
        if spec.task is Task.REGRESSION:
            return "\n".join([*where, f"{spec.target_names[0]} {signed_three_digits(float(outputs[0, 0]))}"])
        shares = softmax(outputs)[0]
        best = np.argsort(-shares, kind="stable")[:MOST_NAMED].tolist()
        return "\n".join([*where, *(f"{spec.class_names[label]} {shares[label]:.1%}" for label in best)])

    # Internals

    def _ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        assert self._plane is not None
        x, y = self._plane.x, self._plane.y
        return (float(x[0]), float(x[-1])), (float(y[0]), float(y[-1])) if len(y) else self._heights

    def _on_screen(self, x: NDArray[np.floating], y: NDArray[np.floating]) -> NDArray[np.float64]:
        """Places (n, 2) of the widget for values of the axes; far off and not finite ones beside the plot."""
        plot, ((left, right), (low, high)) = self.plot_rect, self._ranges()
        columns = plot.left() + (x.astype(np.float64) - left) / (right - left) * plot.width()
        rows = plot.bottom() - (y.astype(np.float64) - low) / (high - low) * plot.height()
        places = np.stack([columns, rows], axis=1)
        found: NDArray[np.float64] = np.nan_to_num(places, nan=-1e4).clip(-1e4, 1e5)
        return found

    def _places_of(self, points: Points) -> NDArray[np.float64]:
        second = points.inputs[:, 1] if points.inputs.shape[1] == 2 else points.targets[:, 0]
        return self._on_screen(points.inputs[:, 0], second)

    def _picture_of(self, plot: QRect, plane: PlaneOutputs, spec: DataSpec, colours: PlotColours) -> QImage:
        if self._picture is None:
            ratio = self.devicePixelRatioF()
            width, height = picture_size(
                round(plot.width() * ratio),
                round(plot.height() * ratio),
                plane.outputs.shape[2],
                is_passing=self._is_passing,
            )
            fine = magnified(plane.outputs, width, height)
            if spec.task is Task.CLASSIFICATION:
                self._picture = classes_image(fine, colours)
            else:
                self._picture = numbers_image(fine[0], *self._heights, colours)
        return self._picture

    def _points_layer(self, colours: PlotColours) -> QPixmap:
        ratio = self.devicePixelRatioF()
        layer = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        layer.setDevicePixelRatio(ratio)
        layer.fill(Qt.GlobalColor.transparent)
        assert self._spec is not None
        is_numbers = self._spec.task is Task.REGRESSION
        self._crosses = [[_cross(x, y) for x, y in self._places_of(points).tolist()] for points in self._points]
        with QPainter(layer) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for points in self._points:
                places = self._places_of(points)
                if not is_numbers:
                    # In the order of the data, so that no class lies on top of all others.
                    for (x, y), label in zip(places.tolist(), points.targets.tolist(), strict=True):
                        paint_marker(painter, colours, QPointF(x, y), label, RADIUS)
                    continue
                own: list[list[float]] = []
                if points.inputs.shape[1] == 2:
                    own = number_rgb(points.targets[:, 0], *self._heights, colours).tolist()
                painter.setPen(QPen(colours.text_muted if own else colours.background, 0.5))
                for index, (x, y) in enumerate(places.tolist()):
                    painter.setBrush(QColor(*(round(each) for each in own[index])) if own else colours.training)
                    painter.drawEllipse(QPointF(x, y), RADIUS, RADIUS)
        return layer

    def _paint_wrong(self, painter: QPainter, colours: PlotColours) -> None:
        """A cross over each point that is taken for another class."""
        lines = []
        for own, is_wrong in zip(self._crosses, self.wrong, strict=True):
            lines += [line for index in np.flatnonzero(is_wrong).tolist() for line in own[index]]
        if lines:
            for colour, width in ((colours.background, 3.0), (colours.text, 1.4)):
                painter.setPen(QPen(colour, width))
                painter.drawLines(lines)

    def _paint_curve(self, painter: QPainter, plane: PlaneOutputs, colours: PlotColours) -> None:
        places = self._on_screen(plane.x, plane.outputs[:, 0])
        line = QPolygonF([QPointF(x, y) for x, y in places.tolist()])
        for colour, width in ((colours.background, 5.0), (colours.test, 2.5)):
            painter.setPen(QPen(colour, width))
            painter.drawPolyline(line)

    def _paint_axes(self, painter: QPainter, plot: QRect, spec: DataSpec, colours: PlotColours) -> None:
        (left, right), (low, high) = self._ranges()
        line, metrics = self.fontMetrics().height(), self.fontMetrics()
        is_curve = len(spec.sample_shape) == 1 and spec.sample_shape[0] == 1
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value, label in linear_ticks(low, high, max(2.0, plot.height() / scaled(ROWS_PER_TICK))):
            y = round(plot.bottom() - (value - low) / (high - low) * plot.height())
            if is_curve:
                painter.setPen(colours.grid)
                painter.drawLine(plot.left(), y, plot.right(), y)
            painter.setPen(colours.text_muted)
            painter.drawText(QRect(plot.left() - 64 - GAP, y - line // 2, 64, line), flags, label)
        for value, label in linear_ticks(left, right, max(2.0, plot.width() / scaled(PIXELS_PER_TICK))):
            x = round(plot.left() + (value - left) / (right - left) * plot.width())
            if is_curve:
                painter.setPen(colours.grid)
                painter.drawLine(x, plot.top(), x, plot.bottom())
            painter.setPen(colours.text_muted)
            wide = scaled(PIXELS_PER_TICK)
            box = QRect(x - wide // 2, plot.bottom() + 2, wide, line)
            box.moveRight(min(box.right(), self.width()))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)
        second = spec.target_names[0] if is_curve else _features(spec)[1]
        across = metrics.elidedText(_features(spec)[0], Qt.TextElideMode.ElideRight, plot.width())
        upward = metrics.elidedText(second, Qt.TextElideMode.ElideRight, plot.width() // 3)
        below = QRect(plot.left(), plot.bottom() + line, plot.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, across)
        painter.drawText(QRect(plot.left(), 0, plot.width() // 3, line + GAP), Qt.AlignmentFlag.AlignVCenter, upward)

    def _paint_legend(self, painter: QPainter, plot: QRect, spec: DataSpec, colours: PlotColours) -> None:
        """In the line above the plot, from the right: the classes, or the scale of the numbers."""
        metrics = self.fontMetrics()
        second = spec.target_names[0] if spec.sample_shape[0] == 1 else _features(spec)[1]
        begin = min(metrics.horizontalAdvance(second), plot.width() // 3) + 2 * GAP
        line = QRect(plot.left() + begin, 0, plot.width() - begin + GAP, metrics.height() + GAP)
        if spec.task is Task.CLASSIFICATION:
            # Long names may go beyond a narrow plot.
            needed = width_of_classes(metrics, spec.class_names) + 1
            line.setWidth(max(line.width(), min(needed, self.width() - line.left())))
            paint_classes(painter, line, spec.class_names, colours)
        elif spec.sample_shape[0] == 2:
            paint_scale(painter, line, self._heights, colours)


def _cross(x: float, y: float) -> tuple[QLineF, QLineF]:
    return QLineF(x - CROSS, y - CROSS, x + CROSS, y + CROSS), QLineF(x - CROSS, y + CROSS, x + CROSS, y - CROSS)


def _are_same(points: Points, others: Points) -> bool:
    """Whether they are the same samples; each answer has arrays of its own."""
    return np.array_equal(points.inputs, others.inputs) and np.array_equal(points.targets, others.targets)


def _features(spec: DataSpec) -> tuple[str, ...]:
    return spec.feature_names or ("x1", "x2")
