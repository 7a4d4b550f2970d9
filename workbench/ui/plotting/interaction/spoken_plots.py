"""What a screen reader is told of the plots: a summary of each, and the latest values."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from workbench.ui.plotting.interaction.readout import number_text, percent_text
from workbench.ui.system.accessible import SpokenNumber
from workbench.ui.text.numbers import with_minus_sign

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.ui.plotting.curves.traces import Traces
    from workbench.ui.plotting.interaction.auto_range import AutoRange
    from workbench.ui.plotting.interaction.readout import Readout
    from workbench.ui.plotting.render.plot import Plot


class SpokenPlots:
    """Describes plots over the same steps.

    Args:
        traces: the curves.
        readout: makes the line of values at a step.
        auto_range: knows how many steps are planned.

    Attributes:
        run_name: the title of the run in the plots; "" where it is not known.
    """

    def __init__(self, traces: Traces, readout: Readout, auto_range: AutoRange) -> None:
        self._traces = traces
        self._readout = readout
        self._auto_range = auto_range
        self.run_name: Callable[[], str] = lambda: ""

    def speak_for(self, plot: Plot, values_at: Callable[[int], list[float]]) -> None:
        """Let a plot describe itself.

        Args:
            plot: one of those over the steps.
            values_at: what is drawn in it at a step; the first is its value.
        """
        plot.speak_summary = lambda: self.summary(plot)
        plot.speak_value = lambda: self.value(plot, values_at)

    def value(self, plot: Plot, values_at: Callable[[int], list[float]]) -> SpokenNumber | None:
        """The values at the newest step; None before the first."""
        traces = self._traces
        last = len(traces.history) - 1
        if last < 0:
            return None
        text = self._readout.step_text(traces.history, traces.smoothed, last, (), traces.metric.metric)
        values = [value for value in values_at(last) if math.isfinite(value)]
        low, high = shown_values(plot)
        return SpokenNumber(values[0] if values else math.nan, low, high, text)

    def summary(self, plot: Plot) -> str:
        """Which run it is, how far it has come, its last test, and what part of it is shown."""
        translate, traces = QCoreApplication.translate, self._traces
        steps = len(traces.history)
        if steps == 0:
            return translate("Plots", "No run yet. Press Train to see its curves here.")
        (first, last), (low, high) = plot.ranges[0], shown_values(plot)
        sentences = [self._position(steps), self._loss(steps), self._test()]
        if traces.recorded > steps:
            text = translate("Plots", "Later steps are recorded, up to {last}.")
            sentences.append(text.format(last=f"{traces.recorded:,}"))
        text = translate("Plots", "Shown are steps {first} to {last}, values {low} to {high}.")
        sentences.append(
            text.format(
                first=f"{max(0, round(first)):,}",
                last=f"{round(last):,}",
                low=with_minus_sign(f"{low:.4g}"),
                high=with_minus_sign(f"{high:.4g}"),
            )
        )
        keys = translate(
            "Plots",
            "Left and Right go from step to step, with Shift by an epoch, Page Up and Page Down further, End to the "
            "newest. Enter goes there, with Shift it shows the batch. Ctrl and the arrows pan, plus and minus zoom, "
            "Home shows the whole run.",
        )
        return " ".join([*filter(None, sentences), keys])

    def _position(self, steps: int) -> str:
        translate, planned = QCoreApplication.translate, self._auto_range.planned_steps
        name = self.run_name() or translate("Plots", "The run")
        if planned > steps:
            text = translate("Plots", "{run} is at step {step} of {planned}.")
        else:
            text = translate("Plots", "{run} is at step {step}.")
        return text.format(run=name, step=f"{steps:,}", planned=f"{planned:,}")

    def _loss(self, steps: int) -> str:
        traces, last = self._traces, steps - 1
        translate, metric = QCoreApplication.translate, traces.metric.metric
        loss = traces.smoothed[last] if last < len(traces.smoothed) else traces.history.loss[last]
        value = traces.history.metric[last]
        if metric.is_share:
            text = translate("Plots", "Training loss, smoothed: {loss}; training accuracy: {value} %.")
            return text.format(loss=number_text(loss), value=percent_text(value))
        text = translate("Plots", "Training loss, smoothed: {loss}; mean absolute error: {value}.")
        return text.format(loss=number_text(loss), value=number_text(value))

    def _test(self) -> str:
        translate, evaluations = QCoreApplication.translate, self._traces.history.evaluations
        if not evaluations:
            return ""
        test = evaluations[-1]
        if self._traces.metric.metric.is_share:
            text = translate("Plots", "Last test: loss {loss}, accuracy {value} %.")
            return text.format(loss=number_text(test.average_loss), value=percent_text(test.metric))
        text = translate("Plots", "Last test: loss {loss}, mean absolute error {value}.")
        return text.format(loss=number_text(test.average_loss), value=number_text(test.metric))


def shown_values(plot: Plot) -> tuple[float, float]:
    """The values at the lower and the upper edge of a plot."""
    low, high = plot.ranges[1]
    return (10.0**low, 10.0**high) if plot.is_log else (low, high)
