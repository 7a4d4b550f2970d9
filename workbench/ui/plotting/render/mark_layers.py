"""Vertical lines with plain text: where epochs begin, and where a hyperparameter was changed."""

from __future__ import annotations

import math
import time
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter, QPen, QPolygonF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from workbench.ui.plotting.render.colours import PlotColours
    from workbench.ui.plotting.render.view import View

    ChangeRow: TypeAlias = tuple[int, str, str, str, str]
    """Step, name, label, old and new value as texts; see `MarkList.add_change`."""

MERGE_WITHIN = 1.0
"""Seconds: changes of one hyperparameter closer together than this are one drag of one slider."""
EPOCH_DISTANCE = 40.0
"""Logical pixels between two lines of epochs, at least."""
PADDING = 5.0
"""Logical pixels between a line and its text."""
MARK_ROWS = 4
"""Rows for the texts of marks, below the row of epochs; what fits into none stays a line without text."""
JOIN_WITHIN = 10.0
"""Logical pixels: changes of one hyperparameter closer together than this share one text."""
TRIANGLE = 4.5
"""Logical pixels: half the width of what stands on top of the line of an incident."""
STRIDES = (1, 2, 5, 10)
DASHES = (3.0, 3.0)


class EpochLayer:
    """A thin dashed line where each epoch begins, numbered; every 2nd, 5th, 10th … where they are many."""

    def __init__(self, colours: PlotColours, font: QFont, label: Callable[[int], str] | None) -> None:
        """Start without epochs.

        Args:
            colours: see `set_colours`.
            font: of the numbers.
            label: makes an epoch's number, counted from 1, a plain text; None draws lines only.
        """
        self.visible = True
        self._colours = colours
        self._font = font
        self._scaled = font
        self._ascent = 0.0
        self._label = label
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

    def set_colours(self, colours: PlotColours) -> None:
        """Paint in these colours from now on."""
        self._colours = colours

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
        for epoch, step in zip(epochs[shown].tolist(), steps[shown].tolist(), strict=True):
            column = round(view.column(step))
            if step > 0 and first <= column < last:  # the first epoch begins at the axis
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
                painter.setPen(_dashed(self._colours.epoch, view.ratio))
                painter.drawLine(QPointF(column, 0), QPointF(column, view.height))
            if self._label is not None and epoch % self._label_stride == 0:
                self._paint_label(painter, view, column, self._label(epoch))

    def _digits_of_last(self) -> int:
        return len(str(self._epochs[-1])) if len(self._epochs) else 1

    def _paint_label(self, painter: QPainter, view: View, column: int, text: str) -> None:
        left = column + PADDING * view.ratio
        if left + self._label_width <= view.width:
            painter.setFont(self._scaled)
            painter.setPen(self._colours.text_muted)
            painter.drawText(QPointF(left, 2 * view.ratio + self._ascent), text)

    def _strides(self, view: View) -> tuple[int, int]:
        if len(self._steps) < 2:
            return 1, 1
        spacing = (self._steps[-1] - self._steps[0]) / (len(self._steps) - 1) / view.steps_per_column
        if spacing <= 0.0:
            return 1, 1
        lines = _nice_stride(EPOCH_DISTANCE * view.ratio / spacing)
        labels = _nice_stride((self._label_width + 3 * PADDING * view.ratio) / spacing)
        return lines, max(labels, lines)


@dataclass(slots=True)
class Mark:
    """One labelled place.

    Attributes:
        step: where.
        name: what was changed, by its key.
        text: what it says, plain text.
        old: the value before, as text; "" where the text was given whole.
        time: when it was last updated, in seconds of the clock of its list.
        label: the name of what was changed, as people read it; "" where the text was given whole.
        new: the value from `step` on, as text; likewise.
        is_incident: whether it tells of a loss that was not let pass.
    """

    step: int
    name: str
    text: str
    old: str
    time: float
    label: str = ""
    new: str = ""
    is_incident: bool = False


def _change_text(label: str, old: str, new: str) -> str:
    return f"{label} {old} → {new}"


def _joined_texts(marks: Sequence[Mark], near: float) -> dict[int, str]:
    """What stands beside which of `marks`: of changes of one thing within `near` steps of one another only the last.

    It tells where the first began. A slider that was dragged leaves dozens of changes, and there is room for one text.
    """
    texts: dict[int, str] = {}
    latest: dict[str, tuple[int, str]] = {}
    for index, mark in enumerate(marks):
        if not mark.label:
            texts[index] = mark.text
            continue
        old, before = mark.old, latest.get(mark.name)
        if before is not None and mark.step - marks[before[0]].step <= near:
            old = before[1]
            del texts[before[0]]
        latest[mark.name] = (index, old)
        texts[index] = _change_text(mark.label, old, mark.new)
    return texts


class MarkList:
    """The marks of a run, ascending by step, shared by both plots."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._marks: list[Mark] = []

    def __len__(self) -> int:
        return len(self._marks)

    @property
    def texts(self) -> list[str]:
        """What the marks say, in order."""
        return [mark.text for mark in self._marks]

    def add(self, step: int, name: str, text: str) -> None:
        """Add a mark with a text of its own; never merged."""
        self._insert(Mark(step, name, text, "", -math.inf))

    def add_change(self, step: int, name: str, label: str, old: str, new: str) -> None:
        """Add a change of a value, or prolong the one that a moving slider has just made.

        Args:
            step: the first step that used the new value.
            name: key of what was changed.
            label: its name as people read it.
            old: the value before, as text.
            new: the value from `step` on, as text.
        """
        now = self._clock()
        last = next((mark for mark in reversed(self._marks) if mark.name == name), None)
        if last is not None and now - last.time < MERGE_WITHIN:
            # It moves along: where it stands, the value it names is in force.
            self._marks.remove(last)
            self._insert(Mark(step, name, _change_text(label, last.old, new), last.old, now, label, new))
            return
        self._insert(Mark(step, name, _change_text(label, old, new), old, now, label, new))

    def replace_changes(self, rows: Iterable[ChangeRow]) -> None:
        """Put these changes in the place of all marks but the incidents."""
        self._marks = [mark for mark in self._marks if mark.is_incident]
        for step, name, label, old, new in rows:
            self._insert(Mark(step, name, _change_text(label, old, new), old, -math.inf, label, new))

    def replace_incidents(self, rows: Iterable[tuple[int, str]]) -> None:
        """Put these incidents, each a step and what happened there, in the place of those that are there."""
        self._marks = [mark for mark in self._marks if not mark.is_incident]
        for step, text in rows:
            self._insert(Mark(step, "", text, "", -math.inf, is_incident=True))

    def truncate(self, step: int) -> None:
        """Drop the marks from `step` on. Incidents stay: they tell of steps that are no longer there."""
        self._marks = [mark for mark in self._marks if mark.step < step or mark.is_incident]

    def clear(self) -> None:
        """Drop all marks."""
        self._marks.clear()

    def between(self, left: float, right: float) -> list[Mark]:
        """The marks from the step `left` to `right`."""
        start = bisect_left(self._marks, left, key=_step_of)
        return self._marks[start : bisect_right(self._marks, right, key=_step_of)]

    def _insert(self, mark: Mark) -> None:
        self._marks.insert(bisect_right(self._marks, mark.step, key=_step_of), mark)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mark on the picture: its column, and the box of its text if there was room for one."""

    column: int
    text: str
    box: QRectF | None
    is_incident: bool


class MarkLayer:
    """The changes: a solid line each, the texts side by side or below one another. Incidents: a stronger one each."""

    def __init__(self, colours: PlotColours, font: QFont, marks: MarkList, *, labelled: bool) -> None:
        self.visible = True
        self._colours = colours
        self._font = font
        self._marks = marks
        self._labelled = labelled
        self._scaled = font
        self._line = 0
        self._placed: list[_Placed] = []

    def set_colours(self, colours: PlotColours) -> None:
        """Paint in these colours from now on."""
        self._colours = colours

    def arrange(self, view: View) -> None:
        """Give every text a place where it covers no other; from left to right, each in the first row that is free."""
        self._scaled = scaled_font(self._font, view.ratio)
        metrics = QFontMetricsF(self._scaled)
        padding, self._line = PADDING * view.ratio, math.ceil(metrics.height() + 2 * view.ratio)
        line = self._line
        free_from = [-math.inf] * MARK_ROWS
        self._placed = []
        marks = self._marks.between(view.left, view.right)
        texts = _joined_texts(marks, JOIN_WITHIN * view.ratio * view.steps_per_column) if self._labelled else {}
        for index, mark in enumerate(marks):
            column, text = round(view.column(mark.step)), texts.get(index, "")
            width = math.ceil(metrics.horizontalAdvance(text) + 2 * padding)
            beside = math.ceil(TRIANGLE * view.ratio) if mark.is_incident else 0
            x = column + 1 + beside
            if x + width > view.width:
                x = column - width - beside
            row = next((row for row, free in enumerate(free_from) if free <= x), None)
            box = None
            if text and row is not None and x >= 0 and (row + 2) * line <= view.height:
                free_from[row] = x + width + padding
                box = QRectF(x, (row + 1) * line + 2 * view.ratio, width, line)
            last = self._placed[-1] if self._placed else None
            if box is not None or last is None or (last.column, last.is_incident) != (column, mark.is_incident):
                self._placed.append(_Placed(column, text, box, mark.is_incident))

    def paint(self, painter: QPainter, view: View, first: int, last: int) -> None:
        """Paint the lines and texts in the columns."""
        if not self._placed:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        thickness = max(1, round(view.ratio))
        # The row of epochs stays free, where there is one.
        top = self._line if self._labelled else 0
        for placed in self._placed:
            if first <= placed.column < last and not placed.is_incident:
                painter.fillRect(QRectF(placed.column, top, thickness, view.height - top), self._colours.mark_line)
        for placed in self._placed:
            if placed.is_incident:
                self._paint_incident(painter, view, placed.column)
        painter.setFont(self._scaled)
        for placed in self._placed:
            if placed.box is not None and placed.box.left() < last and placed.box.right() >= first:
                painter.fillRect(placed.box, self._colours.label)
                painter.setPen(self._colours.incident if placed.is_incident else self._colours.mark)
                painter.drawText(placed.box, Qt.AlignmentFlag.AlignCenter, placed.text)

    def _paint_incident(self, painter: QPainter, view: View, column: int) -> None:
        """A line of double width that begins in a triangle: told by its shape as well as its colour."""
        thickness = 2 * max(1, round(view.ratio))
        painter.fillRect(QRectF(column, 0, thickness, view.height), self._colours.incident)
        middle, reach = column + thickness / 2, TRIANGLE * view.ratio
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours.incident)
        tip = QPointF(middle, 1.5 * reach)
        painter.drawPolygon(QPolygonF([QPointF(middle - reach, 0.0), QPointF(middle + reach, 0.0), tip]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def texts_shown(self) -> list[str]:
        """The texts there was room for, from left to right."""
        return [placed.text for placed in self._placed if placed.box is not None]

    def boxes(self) -> list[QRectF]:
        """Where they are, in device pixels."""
        return [placed.box for placed in self._placed if placed.box is not None]


def scaled_font(font: QFont, ratio: float) -> QFont:
    """`font` for a picture measured in device pixels."""
    scaled = QFont(font)
    scaled.setPixelSize(max(1, round(QFontInfo(font).pixelSize() * ratio)))
    return scaled


def _step_of(mark: Mark) -> int:
    return mark.step


def _nice_stride(least: float) -> int:
    """1, 2, 5, 10, 20, 50 … at least `least`."""
    if least <= 1.0:
        return 1
    power = int(10 ** math.floor(math.log10(least)))
    return next(stride * power for stride in (*STRIDES, 20) if stride * power >= least)


def _dashed(colour: QColor, ratio: float) -> QPen:
    pen = QPen(colour, 1.0)
    pen.setDashPattern([dash * ratio for dash in DASHES])
    return pen
