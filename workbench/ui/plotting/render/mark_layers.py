"""Vertical lines with plain text: where epochs begin, and where a hyperparameter was changed.

A peak is an arrow at the upper edge: a curve leaves the plot there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QPainter, QPolygonF

from workbench.ui.plotting.render.layers import Layer, thin_pen
from workbench.ui.plotting.render.mark_list import MarkKind, joined_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QColor

    from workbench.ui.plotting.render.mark_list import Mark, MarkList
    from workbench.ui.plotting.render.view import View

EPOCH_DISTANCE = 40.0
"""Logical pixels between two lines of epochs, at least."""
PADDING = 5.0
"""Logical pixels between a line and its text."""
LINE_ROOM = 2.0
"""Logical pixels between a text and the middle of the line at the current step, at least."""
END_ROOM = 6.0
"""Logical pixels between a text and the end of the curve, at least."""
MARK_ROWS = 4
"""Rows for the texts of marks, below the row of epochs; a mark without room in any row is a line without text.

While there is a line with a flag at the current step, no text runs under it, and the lowest row of the plot stays
free, except in a plot without a second row.
"""
JOIN_WITHIN = 10.0
"""Logical pixels: changes of one hyperparameter closer together than this share one text."""
TRIANGLE = 4.5
"""Logical pixels: half the width of the triangle on top of the line of an incident."""
STRIDES = (1, 2, 5, 10)
TEXT_COLOURS = {MarkKind.CHANGE: "mark", MarkKind.INCIDENT: "incident", MarkKind.PEAK: "text"}
DASHES = (3.0, 3.0)


class EpochLayer(Layer):
    """A thin dashed line where each epoch begins, numbered; every 2nd, 5th, 10th … where they are many."""

    def __init__(
        self, font: QFont, label: Callable[[int], str] | None, lines: Callable[[], Iterable[int]] = lambda: ()
    ) -> None:
        """Start without epochs.

        Args:
            font: of the numbers.
            label: makes an epoch's number, counted from 1, a plain text; None draws lines only.
            lines: the steps where other lines reach the top, which no number may run under.
        """
        self._font = font
        self._scaled = font
        self._ascent = 0.0
        self._label = label
        self._lines = lines
        self._crossed: set[str] = set()
        self._epochs = np.empty(0, np.int64)
        self._steps = np.empty(0)
        self._stride = 1
        self._label_stride = 1
        self._digits = 1
        self._label_width = 0.0
        self._reach = 0.0

    def __len__(self) -> int:
        return len(self._steps)

    @property
    def reach(self) -> float:
        """How far to the right of its line an epoch's number reaches, in steps."""
        return self._reach

    def extend(self, epochs: Sequence[int], steps: Sequence[int]) -> None:
        """Add epochs (their numbers and first steps) after those that are there."""
        self._epochs = np.append(self._epochs, np.asarray(epochs, np.int64))
        self._steps = np.append(self._steps, steps)

    def clear(self) -> None:
        """Drop all epochs."""
        self._epochs, self._steps = np.empty(0, np.int64), np.empty(0)

    def arrange(self, view: View) -> None:
        """Decide how many lines and numbers there is room for."""
        self._scaled = scaled_font(self._font, view.ratio)
        metrics = QFontMetricsF(self._scaled)
        self._ascent = metrics.ascent()
        self._digits = self._digits_of_last()
        if self._label is not None:
            self._label_width = metrics.horizontalAdvance(self._label(10**self._digits - 1))
        self._reach = (self._label_width + 2 * PADDING * view.ratio) * view.steps_per_column
        self._stride, self._label_stride = self._strides(view)
        self._crossed = self._texts_crossed(view)

    def is_crossed(self, view: View) -> bool:
        """Whether other lines, which come and move, run over other numbers now."""
        return self._texts_crossed(view) != self._crossed

    def needs_arranging(self, view: View) -> bool:
        """Whether the epochs added since do not fit in as those that are painted do."""
        return (*self._strides(view), self._digits_of_last()) != (self._stride, self._label_stride, self._digits)

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Paint the lines and numbers in the columns."""
        start = int(np.searchsorted(self._steps, view.step(first) - self._reach))
        if start == len(self._steps):
            return
        stop = int(np.searchsorted(self._steps, view.step(last + 1)))
        epochs, steps = self._epochs[start:stop], self._steps[start:stop]
        shown = epochs % self._stride == 0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(thin_pen(view.colours.epoch, [dash * view.ratio for dash in DASHES]))
        for step in steps[shown].tolist():
            column = round(view.column(step))
            if step > 0 and first <= column < last:  # the first epoch begins at the axis
                painter.drawLine(QPointF(column, 0), QPointF(column, view.height))
        painter.setFont(self._scaled)
        painter.setPen(view.colours.text_muted)
        for text, box in self.labels(view):
            if box.left() < last and box.right() >= first:
                painter.drawText(QPointF(box.left(), 2 * view.ratio + self._ascent), text)

    def labels(self, view: View) -> list[tuple[str, QRectF]]:
        """The numbers that have room, from left to right, and their boxes in device pixels.

        A number that another line would cross is left out.
        """
        crossed = self._texts_crossed(view)
        return [(text, box) for text, box in self._placed(view) if text not in crossed]

    def _texts_crossed(self, view: View) -> set[str]:
        """The numbers that other lines would cross."""
        columns = [view.column(step) for step in self._lines()]
        if not columns:
            return set()
        room = LINE_ROOM * view.ratio
        return {
            text
            for text, box in self._placed(view)
            if any(box.left() - room < column < box.right() + room for column in columns)
        }

    def _placed(self, view: View) -> list[tuple[str, QRectF]]:
        """The numbers with their boxes.

        After a change of the batch size epochs are closer together than before: a number that would run into the one
        before it is left out.
        """
        if self._label is None:
            return []
        start = int(np.searchsorted(self._steps, view.left - self._reach))
        stop = int(np.searchsorted(self._steps, view.right))
        epochs, steps = self._epochs[start:stop], self._steps[start:stop]
        shown = epochs % self._label_stride == 0
        found: list[tuple[str, QRectF]] = []
        free_from = -math.inf
        metrics = QFontMetricsF(self._scaled)
        for epoch, step in zip(epochs[shown].tolist(), steps[shown].tolist(), strict=True):
            left = round(view.column(step)) + PADDING * view.ratio
            if left < free_from or left + self._label_width > view.width:
                continue
            text = self._label(epoch)
            box = QRectF(left, 2 * view.ratio, metrics.horizontalAdvance(text), metrics.height())
            found.append((text, box))
            free_from = box.right() + 2 * PADDING * view.ratio
        return found

    def _digits_of_last(self) -> int:
        return len(str(self._epochs[-1])) if len(self._epochs) else 1

    def _strides(self, view: View) -> tuple[int, int]:
        if len(self._steps) < 2:
            return 1, 1
        spacing = (self._steps[-1] - self._steps[0]) / (len(self._steps) - 1) / view.steps_per_column
        if spacing <= 0.0:
            return 1, 1
        lines = _nice_stride(EPOCH_DISTANCE * view.ratio / spacing)
        labels = _nice_stride((self._label_width + 3 * PADDING * view.ratio) / spacing)
        return lines, max(labels, lines)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mark on the picture: its column, and the box of its text if there was room for one."""

    mark: Mark
    column: int
    text: str
    box: QRectF | None


class MarkLayer(Layer):
    """A solid line for each change, a stronger one for each incident, an arrow for each peak; texts never overlap."""

    def __init__(
        self,
        font: QFont,
        marks: MarkList,
        *,
        labelled: bool,
        current_step: Callable[[], int | None] = lambda: None,
        curve_end: Callable[[], tuple[int, float] | None] = lambda: None,
    ) -> None:
        """Draw `marks`, with their texts if `labelled`.

        Args:
            font: of the texts.
            marks: to draw.
            labelled: whether the marks have texts.
            current_step: where a line with a flag at its foot stands, under which no text may run; None without one.
            curve_end: the last step of the curve and its value, over which no text may lie; None without a curve.
        """
        self._font = font
        self._marks = marks
        self._labelled = labelled
        self._current_step = current_step
        self._curve_end = curve_end
        self._scaled = font
        self._line = 0
        self._placed: list[_Placed] = []

    def arrange(self, view: View) -> None:
        """Place the texts so that none covers another: from left to right, each in the first free row."""
        self._scaled = scaled_font(self._font, view.ratio)
        metrics = QFontMetricsF(self._scaled)
        padding, self._line = PADDING * view.ratio, math.ceil(metrics.height() + 2 * view.ratio)
        line = self._line
        here = self._current_step()
        foot = line if here is not None else 0
        free_from = [-math.inf] * MARK_ROWS
        self._placed = []
        marks = self._marks.between(view.left, view.right)
        if not self._labelled:
            marks = [mark for mark in marks if mark.kind is not MarkKind.PEAK]
        texts = joined_texts(marks, JOIN_WITHIN * view.ratio * view.steps_per_column) if self._labelled else {}
        for index, mark in enumerate(marks):
            column, text = round(view.column(mark.step)), texts.get(index, "")
            width = math.ceil(metrics.horizontalAdvance(text) + 2 * padding)
            beside = math.ceil(TRIANGLE * view.ratio) if mark.kind is not MarkKind.CHANGE else 0
            box = None
            # To the right of its line, or else to the left.
            for x in (column + 1 + beside, column - width - beside):
                if not text or x < 0 or x + width > view.width or self._crosses(view, here, x, width):
                    continue
                boxes = (QRectF(x, (row + 1) * line + 2 * view.ratio, width, line) for row in range(MARK_ROWS))
                for row, place in enumerate(boxes):
                    is_in_view = (row + 2) * line <= view.height - (foot if row else 0)
                    if free_from[row] <= x and is_in_view and not self._covers_end(view, place):
                        free_from[row] = x + width + padding
                        box = place
                        break
                if box is not None:
                    break
            last = self._placed[-1] if self._placed else None
            if box is not None or last is None or (last.column, last.mark.kind) != (column, mark.kind):
                self._placed.append(_Placed(mark, column, text, box))

    def is_crossed(self, view: View) -> bool:
        """Whether the line at the current step or the end of the curve, which move, now run over a text.

        The texts are to be placed anew then.
        """
        here = self._current_step()
        return any(
            self._crosses(view, here, box.left(), box.width()) or self._covers_end(view, box)
            for _, box in self.labels()
        )

    def _covers_end(self, view: View, box: QRectF) -> bool:
        """Whether a text in `box` would lie over the end of the curve, where the eye is while a run trains."""
        if (end := self._curve_end()) is None:
            return False
        room = END_ROOM * view.ratio
        place = QPointF(view.column(end[0]), float(view.rows(np.array([end[1]]))[0]))
        return box.adjusted(-room, -room, room, room).contains(place)

    @staticmethod
    def _crosses(view: View, here: int | None, x: float, width: float) -> bool:
        """Whether the line at the step `here` runs over a text in a box of this place and width, in device pixels."""
        inside = (PADDING - LINE_ROOM) * view.ratio
        return here is not None and x + inside < view.column(here) < x + width - inside

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Paint the lines and texts in the columns."""
        if not self._placed:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        thickness = view.hairline
        # The row of the epochs stays free.
        top = self._line if self._labelled else 0
        for placed in self._placed:
            if first <= placed.column < last and placed.mark.kind is MarkKind.CHANGE:
                painter.fillRect(QRectF(placed.column, top, thickness, view.height - top), view.colours.mark_line)
        for placed in self._placed:
            if placed.mark.kind is MarkKind.INCIDENT:
                self._paint_incident(painter, view, placed.column)
            elif placed.mark.kind is MarkKind.PEAK:
                pick = placed.mark.pick
                colour = view.colours.text if pick is None else pick(view.colours)
                _paint_triangle(painter, view, placed.column, colour, points_up=True)
        painter.setFont(self._scaled)
        for placed in self._placed:
            if placed.box is not None and placed.box.left() < last and placed.box.right() >= first:
                painter.fillRect(placed.box, view.colours.label)
                painter.setPen(getattr(view.colours, TEXT_COLOURS[placed.mark.kind]))
                painter.drawText(placed.box, Qt.AlignmentFlag.AlignCenter, placed.text)

    def _paint_incident(self, painter: QPainter, view: View, column: int) -> None:
        """A line of double width that begins in a triangle: recognised by its shape as well as its colour."""
        thickness = 2 * view.hairline
        painter.fillRect(QRectF(column, 0, thickness, view.height), view.colours.incident)
        _paint_triangle(painter, view, column + thickness / 2, view.colours.incident)

    def labels(self) -> list[tuple[str, QRectF]]:
        """The texts that have room, from left to right, and their boxes in device pixels."""
        return [(placed.text, placed.box) for placed in self._placed if placed.box is not None]

    def labelled(self) -> list[tuple[Mark, QRectF]]:
        """The marks whose text has room, and the boxes of the texts in device pixels."""
        return [(placed.mark, placed.box) for placed in self._placed if placed.box is not None]


def scaled_font(font: QFont, ratio: float) -> QFont:
    """`font` for a picture measured in device pixels."""
    scaled = QFont(font)
    scaled.setPixelSize(max(1, round(QFontInfo(font).pixelSize() * ratio)))
    return scaled


def _nice_stride(least: float) -> int:
    """1, 2, 5, 10, 20, 50 … at least `least`."""
    if least <= 1.0:
        return 1
    power = int(10 ** math.floor(math.log10(least)))
    return next(stride * power for stride in (*STRIDES, 20) if stride * power >= least)


def _paint_triangle(painter: QPainter, view: View, middle: float, colour: QColor, *, points_up: bool = False) -> None:
    """A triangle at the upper edge."""
    reach = TRIANGLE * view.ratio
    base, tip = (1.5 * reach, 0.0) if points_up else (0.0, 1.5 * reach)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    corners = QPointF(middle - reach, base), QPointF(middle + reach, base), QPointF(middle, tip)
    painter.drawPolygon(QPolygonF(corners))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
