"""Find rate: the learning-rate range test, on a copy of the run or on a new network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from workbench.engine.analysis.lr_finder import RateReading, range_rows, read_range
from workbench.engine.protocol.experiments.range_test import RangeFound, RangeTest
from workbench.ui.panel_bases.experiment_panel import ExperimentPanel
from workbench.ui.plotting.charts.rate_range import Mark, RateRangeChart
from workbench.ui.text.numbers import format_number
from workbench.ui.widgets.fitting_box import FittingBox

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from workbench.ui.models.experiment_model import ExperimentModel, Trial
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.style.palette import Palette

RUN: Final = 0
"""The row of the choice where to start: the run in its present state; the other is a new network."""


class LrFinderPanel(ExperimentPanel):
    """Runs the range test, draws it while it goes on, and applies the rate that is clicked."""

    rate_chosen = Signal(float)
    """The user chose a learning rate."""

    def __init__(self, model: InspectionModel, experiments: ExperimentModel, parent: QWidget | None = None) -> None:
        super().__init__(model, experiments, "lr_finder", "learning_rate", parent)
        self._reading: RateReading | None = None
        self._read_of: RangeFound | None = None

    def build(self) -> None:
        """Make the contents."""
        self._start = FittingBox("lr_finder_start", self.tr("Start from"), self.content)
        self._start.setToolTip(
            self.tr("What the test trains: a copy of the run in its present state, or a new network.")
        )
        self._start.addItems(["", self.tr("A new network")])
        self._find = self.make_button(
            "find",
            self.tr("Find rate"),
            self.tr(
                "Train copies for 100 steps with a learning rate that grows at each step. The run does not change."
            ),
        )
        self._find.clicked.connect(self._begin)
        self._cancel = self.make_cancel()
        self._result = self.make_text("result")
        self._use = self.make_button(
            "use", "", self.tr("Set this learning rate, as the slider does; it can be undone.")
        )
        self._use.clicked.connect(self._apply)
        self._chart = RateRangeChart(self.content)
        self._chart.setAccessibleName(self.tr("Loss over the learning rate"))
        self._chart.setToolTip(self.tr("Click or drag to set the learning rate; the arrow keys move it."))
        self._chart.rate_chosen.connect(self.rate_chosen)
        explanation = self.make_explanation(
            " ".join(
                (
                    self.tr("Each step trains a copy with a larger rate: left of the fall it is too small to learn."),
                    self.tr("Where the loss falls fastest (steepest) is a good rate to try."),
                    self.tr("At the minimum learning and damage are balanced: stay clearly below it."),
                    self.tr(
                        "From the break on it destroys what was learned. The band shows three orders of the samples."
                    ),
                    self.tr(
                        "Smith (2015, arXiv:1506.01186) raised the rate evenly over epochs; this is fastai's variant "
                        "in 100 steps, and “fastai” marks the rate of its rule."
                    ),
                )
            )
        )
        top = self.make_top_row()
        top.addWidget(self._start)
        top.addWidget(self._find)
        top.addWidget(self._cancel)
        column = self.column()
        column.addLayout(top)
        column.addWidget(self._result)
        column.addWidget(self._use)
        column.addWidget(self._chart, 3)
        column.addWidget(explanation, 1)

    def show_state(self) -> None:
        """Show the test by now."""
        experiments = self.experiments
        trial = experiments.trial(RangeTest)
        found = trial.finding if trial is not None and isinstance(trial.finding, RangeFound) else None
        if found is not self._read_of:
            self._read_of, self._reading = found, None if found is None else read_range(found)
        self._start.setItemText(RUN, self.tr("Run, step {step}").format(step=f"{experiments.step:,}"))
        self._start.setVisible(experiments.has_run)
        self._find.setEnabled(experiments.can_begin)
        is_running = trial is not None and not trial.is_over
        self._find.setVisible(not is_running)
        self._cancel.setVisible(is_running)
        self._cancel.setEnabled(not experiments.is_stopping)
        self._show_result(trial)
        self._chart.show_range(found, self._reading, self._marks())
        self._chart.show_rate(float(experiments.value("learning_rate")))

    def rows(self) -> Iterator[Sequence[object]] | None:
        """The raw points of all orders, one a row."""
        return None if self._read_of is None else range_rows(self._read_of)

    def on_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._chart.set_palette(palette)

    def _begin(self) -> None:
        is_on_run = self.experiments.has_run and self._start.currentIndex() == RUN
        (self.run_requested if is_on_run else self.new_requested).emit(RangeTest())

    def _apply(self) -> None:
        if self._reading is not None and self._reading.suggestion is not None:
            self.rate_chosen.emit(_short(self._reading.suggestion))

    def _marks(self) -> tuple[Mark, ...]:
        reading = self._reading
        if reading is None:
            return ()
        marks = []
        if reading.suggestion is not None:  # else the minimum is one of noise
            marks.append(Mark(reading.suggestion, self.tr("steepest"), is_main=True))
            marks.append(Mark(reading.minimum, self.tr("minimum")))
        if reading.broken is not None:
            marks.append(Mark(reading.broken, self.tr("break")))
        if reading.valley is not None:
            marks.append(Mark(reading.valley, self.tr("fastai")))
        return tuple(marks)

    def _show_result(self, trial: Trial | None) -> None:
        reading, problem = self._reading, self.trial_problem(trial)
        suggestion = None if reading is None or trial is None or not trial.is_over else reading.suggestion
        self._use.setVisible(suggestion is not None)
        if suggestion is not None:
            self._use.setText(self.tr("Use {rate}").format(rate=format_number(_short(suggestion))))
        if trial is None:
            text = self.tr("Find a good learning rate before you train, or for the present state of the run.")
        elif not trial.is_over:
            text = self.tr("Trying rates on a copy; the run stands still, and goes on afterwards.")
        elif trial.problem is not None or reading is None:
            text = problem or self.tr("There are too few points to say anything.")
        else:
            text = self._verdict(trial, reading)
            if problem:
                text = f"{text} {problem}"
        self._result.setText(text)
        self.show_role(self._result, "error" if trial is not None and trial.problem is not None else "")
        self._chart.setAccessibleDescription(text)

    def _verdict(self, trial: Trial, reading: RateReading) -> str:
        if reading.suggestion is not None:
            text = self.tr("Suggestion for {start}: {rate}, where the loss falls fastest.")
            rate = reading.suggestion
        else:
            text = self.tr(
                "No clear suggestion for {start}: the loss does not fall, as is usual once a network is trained. Stay "
                "below {rate}."
            )
            rate = reading.limit
        start = self.tr("step {step}").format(step=f"{trial.step:,}") if trial.run else self.tr("a new network")
        return text.format(start=start, rate=format_number(_short(rate)))


def _short(rate: float) -> float:
    """A rate in two digits, as one would type it."""
    return float(f"{rate:.2g}")
