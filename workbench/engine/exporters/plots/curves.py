"""The curves of a run as a drawing: loss above, metric below, over the same steps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.exporters.plots.drawing import Disc, Drawing, Line, Text, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.exporters.plots.options import PlotOptions
    from workbench.engine.exporters.run_record import RunRecord

    Floats = NDArray[np.float64]

SIZE: Final = 11.0
"""Of the text."""
LEFT, RIGHT, TOP, BOTTOM, BETWEEN = 62.0, 14.0, 30.0, 40.0, 34.0
MEANS: Final = 150
"""Points of the mean of the training curve."""
MOST_EPOCHS: Final = 30
"""Beginnings of epochs that get a line; with more, none has one."""
MOST_TESTS: Final = 80
"""Tests that get a disc; with more, the line alone is drawn."""
MOST_MARKS: Final = 200
LABEL_ROWS: Final = 3
LEGEND_ROW: Final = 15.0
LEGEND_LINE, LEGEND_GAP = 24.0, 22.0
"""The width of the line before a name of the legend, and the gap after the name."""
LEAST_HEIGHT: Final = 40.0
"""Of a plot: a legend has as many rows as leave it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Curve:
    """A quantity of a run.

    Attributes:
        name: with its unit.
        each: of each step (n,).
        test: (m, 2), step and value.
        validation: as `test`.
    """

    name: str
    each: Floats
    test: Floats
    validation: Floats


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where a plot stands on the page, and which numbers it shows."""

    left: float
    top: float
    width: float
    height: float
    steps: float
    low: float
    high: float

    def places(self, steps: Floats, values: Floats) -> Floats:
        """Where points stand; what is beyond the range stands at its edge."""
        share = np.clip((values - self.low) / (self.high - self.low), 0.0, 1.0)
        x = self.left + self.width * steps / self.steps
        return np.column_stack([x, self.top + self.height * (1 - share)])


def curve_drawing(record: RunRecord, options: PlotOptions) -> Drawing:
    """The drawing of a run's curves, with the beginnings of epochs and the changes."""
    metric = options.phrase(record.recipe.task.metric.label, "Metrics").lower()
    title = options.phrase("Loss and {metric} of {steps:,} steps", metric=metric, steps=record.steps)
    drawing = Drawing(options.width, options.height, options.colours.background, title)
    curves = _curves(record, options)
    legend = _legend(curves[0], options)
    more = LEGEND_ROW * (len(legend) - 1)
    height = (options.height - TOP - BOTTOM - BETWEEN) / 2 - more
    for place, curve in enumerate(curves):
        low, high = _range(curve)
        top = TOP + more + place * (height + BETWEEN + more)
        width = options.width - LEFT - RIGHT
        frame = _Frame(LEFT, top, width, height, max(1, record.steps), low, high)
        _draw_axes(drawing, frame, curve.name, options, has_steps=place == 1)
        _draw_marks(drawing, frame, record, options, has_labels=place == 0)
        _draw_curve(drawing, frame, curve, options)
        _draw_legend(drawing, frame, legend, options)
    return drawing


def _curves(record: RunRecord, options: PlotOptions) -> list[_Curve]:
    history, metric = record.history, record.recipe.task.metric
    name = options.phrase(metric.label, "Metrics")
    factor, unit = (100.0, f"{name} (%)") if metric.is_share else (1.0, name)
    losses = history.loss.values(0, record.steps).astype(np.float64)
    metrics = factor * history.metric.values(0, record.steps).astype(np.float64)
    tests = history.evaluations

    def points(rows: Sequence[tuple[int, float | None]], scale: float = 1.0) -> Floats:
        found = [(step, scale * value) for step, value in rows if value is not None and math.isfinite(value)]
        return np.array(found, np.float64).reshape(-1, 2)

    return [
        _Curve(
            options.phrase("Loss"),
            losses,
            points([(each.step, each.average_loss) for each in tests]),
            points([(each.step, each.validation_loss) for each in tests]),
        ),
        _Curve(
            unit,
            metrics,
            points([(each.step, each.metric) for each in tests], factor),
            points([(each.step, each.validation_metric) for each in tests], factor),
        ),
    ]


def _range(curve: _Curve) -> tuple[float, float]:
    """What the axis shows: all tests, and the training but for its rarest extremes."""
    finite = curve.each[np.isfinite(curve.each)]
    values = [*curve.test[:, 1], *curve.validation[:, 1]]
    if len(finite):
        values += np.percentile(finite, [0.1, 99.9]).tolist()
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if high - low < 1e-12 * max(1.0, abs(high)):
        low, high = low - 0.5, high + 0.5
    margin = 0.05 * (high - low)
    # A loss or an error below zero is none.
    return (max(0.0, low - margin) if low >= 0 else low - margin), high + margin


def ticks(low: float, high: float, most: int) -> list[float]:
    """At most `most` round numbers from `low` to `high`, at equal distances of 1, 2 or 5 times a power of ten."""
    rough = (high - low) / max(1, most)
    power = 10.0 ** math.floor(math.log10(rough))
    distance = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * (1 - 1e-9))
    first = math.ceil(low / distance - 1e-9)
    return [distance * place for place in range(first, math.floor(high / distance + 1e-9) + 1)]


def _draw_axes(drawing: Drawing, frame: _Frame, name: str, options: PlotOptions, *, has_steps: bool) -> None:
    colours = options.colours
    bottom, right = frame.top + frame.height, frame.left + frame.width
    for value in ticks(frame.low, frame.high, max(3, int(frame.height / 34))):
        y = float(frame.places(np.zeros(1), np.array([value]))[0, 1])
        drawing.shapes += [
            _straight(frame.left, y, right, y, colours.grid),
            Text(frame.left - 7, y + SIZE / 3, f"{value:.6g}", SIZE, colours.text, "end"),
        ]
    for value in ticks(0, frame.steps, max(2, int(frame.width / 90))):
        if value != int(value):
            continue
        x = float(frame.places(np.array([value]), np.zeros(1))[0, 0])
        drawing.shapes.append(_straight(x, bottom, x, bottom + 4, colours.text))
        if has_steps:
            drawing.shapes.append(Text(x, bottom + 17, f"{int(value):,}", SIZE, colours.text, "middle"))
    drawing.shapes.append(_straight(frame.left, bottom, right, bottom, colours.text))
    middle = frame.top + frame.height / 2
    drawing.shapes.append(Text(16, middle, name, SIZE, colours.text, "middle", turned=True))
    if has_steps:
        words = options.phrase("Step")
        drawing.shapes.append(Text(frame.left + frame.width / 2, bottom + 33, words, SIZE, colours.text, "middle"))


def _draw_marks(drawing: Drawing, frame: _Frame, record: RunRecord, options: PlotOptions, *, has_labels: bool) -> None:
    colours, bottom = options.colours, frame.top + frame.height
    starts = [each.step for each in record.history.epoch_starts if 0 < each.step < record.steps]
    for step in starts if len(starts) <= MOST_EPOCHS else ():
        x = frame.left + frame.width * step / frame.steps
        drawing.shapes.append(_straight(x, frame.top, x, bottom, colours.grid))
    ends = [-math.inf] * LABEL_ROWS
    for change in record.history.changes[:MOST_MARKS]:
        x = frame.left + frame.width * change.step / frame.steps
        drawing.shapes.append(_straight(x, frame.top, x, bottom, colours.mark, (3, 2)))
        label = f"{options.phrase(TABLE[change.name].label, 'Hyperparameters')}: {_short(change.new, options)}"[:60]
        width = text_width(label, SIZE - 1)
        start = x + 4 if x + 4 + width <= frame.left + frame.width else x - 4 - width
        row = next((place for place, end in enumerate(ends) if start > end + 6), None)
        if has_labels and row is not None and start >= frame.left:
            ends[row] = start + width
            y = frame.top + (row + 1) * (SIZE + 2)
            drawing.shapes.append(Text(start, y, label, SIZE - 1, colours.mark))


def _short(value: Value, options: PlotOptions) -> str:
    if isinstance(value, bool):
        return options.phrase("on", "Hyperparameters") if value else options.phrase("off", "Hyperparameters")
    return f"{value:g}" if isinstance(value, float) else str(value)


def _draw_curve(drawing: Drawing, frame: _Frame, curve: _Curve, options: PlotOptions) -> None:
    colours = options.colours
    steps, values = _outline(curve.each, int(frame.width))
    means = _means(curve.each)
    colour = colours.training_faint if means is not None else colours.training
    _add_lines(drawing, frame, steps, values, colour, 1.0)
    if means is not None:
        _add_lines(drawing, frame, *means, colours.training, 1.8)
    for points, colour, dash in (
        (curve.validation, colours.validation, colours.validation_dash),
        (curve.test, colours.test, colours.test_dash),
    ):
        _add_lines(drawing, frame, points[:, 0], points[:, 1], colour, 1.6, dash)
        if len(points) <= MOST_TESTS:
            places = frame.places(points[:, 0], points[:, 1]).tolist()
            drawing.shapes += [Disc(x, y, 2.8, colour) for x, y in places]


def _outline(each: Floats, columns: int) -> tuple[Floats, Floats]:
    """The curve through every step; of many steps, the smallest and the largest in each column of the plot."""
    steps = np.arange(len(each), dtype=np.float64)
    if len(each) <= 4 * columns:
        return steps, each
    edges = np.linspace(0, len(each), columns + 1).astype(np.int64)[:-1]
    low, high = np.fmin.reduceat(each, edges), np.fmax.reduceat(each, edges)
    return np.repeat(steps[edges], 2), np.column_stack([low, high]).ravel()


def _means(each: Floats) -> tuple[Floats, Floats] | None:
    """The mean of stretches of the curve, at their middles; None where there are too few steps."""
    if len(each) < 2 * MEANS:
        return None
    edges = np.linspace(0, len(each), MEANS + 1).astype(np.int64)
    sums = np.add.reduceat(each, edges[:-1])
    return (edges[:-1] + edges[1:] - 1) / 2, sums / np.diff(edges)


def _add_lines(
    drawing: Drawing,
    frame: _Frame,
    steps: Floats,
    values: Floats,
    colour: str,
    width: float,
    dash: tuple[float, ...] = (),
) -> None:
    """Add the line through the points, with a gap where one is not finite."""
    finite = np.isfinite(values)
    edges = np.flatnonzero(np.diff(finite)) + 1
    places = frame.places(steps, np.where(finite, values, 0.0))
    for part, is_there in zip(np.split(places, edges), np.split(finite, edges), strict=True):
        if len(part) > 1 and is_there[0]:
            drawing.shapes.append(Line(part, colour, width, dash))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name of the legend, where it begins in its row, and its line."""

    x: float
    name: str
    colour: str
    dash: tuple[float, ...]


def _legend(curve: _Curve, options: PlotOptions) -> list[list[_Entry]]:
    """The rows of the legend: as many as its names need, if the plots keep their least height."""
    colours = options.colours
    names: list[tuple[str, str, tuple[float, ...]]] = [(options.phrase("Training"), colours.training, ())]
    if len(curve.each) >= 2 * MEANS:
        count = -(-len(curve.each) // MEANS)
        names = [
            (options.phrase("Training, each step"), colours.training_faint, ()),
            (options.phrase("mean of {count:,} steps", count=count), colours.training, ()),
        ]
    if len(curve.test):
        names.append((options.phrase("Test"), colours.test, colours.test_dash))
    if len(curve.validation):
        names.append((options.phrase("Validation"), colours.validation, colours.validation_dash))
    first = min(LEFT, max(8.0, options.width - 4 - max(LEGEND_LINE + text_width(name, SIZE) for name, _, _ in names)))
    rows: list[list[_Entry]] = [[]]
    x = first
    for name, colour, dash in names:
        width = LEGEND_LINE + text_width(name, SIZE)
        if rows[-1] and x + width > options.width - 4:
            rows.append([])
            x = first
        rows[-1].append(_Entry(x, name, colour, dash))
        x += width + LEGEND_GAP
    room = (options.height - TOP - BOTTOM - BETWEEN) / 2 - LEAST_HEIGHT
    return rows[: 1 + max(0, int(room / LEGEND_ROW))]


def _draw_legend(drawing: Drawing, frame: _Frame, legend: list[list[_Entry]], options: PlotOptions) -> None:
    for place, row in enumerate(legend):
        y = frame.top - 9 - LEGEND_ROW * (len(legend) - 1 - place)
        for entry in row:
            line = y - SIZE / 3
            drawing.shapes.append(_straight(entry.x, line, entry.x + 18, line, entry.colour, entry.dash, 1.8))
            drawing.shapes.append(Text(entry.x + LEGEND_LINE, y, entry.name, SIZE, options.colours.text))


def _straight(
    x: float, y: float, to_x: float, to_y: float, colour: str, dash: tuple[float, ...] = (), width: float = 1.0
) -> Line:
    return Line(np.array([[x, y], [to_x, to_y]], np.float64), colour, width, dash)
