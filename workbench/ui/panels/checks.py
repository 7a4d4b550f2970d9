"""Checks: what is worth a minute before a long run."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.protocol.experiments.checks import (
    RATE,
    CheckFirstLoss,
    CheckOverfitting,
    FirstLoss,
    Overfitting,
)
from workbench.ui.panel_bases.experiment_panel import ExperimentPanel
from workbench.ui.plotting.charts.loss_chart import LossChart
from workbench.ui.text.numbers import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from workbench.ui.models.experiment_model import ExperimentModel, Trial
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.plotting.render.colours import PlotColours
    from workbench.ui.style.palette import Palette

NEAR: Final = 0.1
"""How far the first loss may be from the expected one, as a share of it. Of the tutorial's network it is 0.3 %."""


class OverfittingChart(LossChart):
    """The loss of the few samples, step by step, and the loss at which they count as learned."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("checks_chart", parent)
        self._found: Overfitting | None = None

    def show_losses(self, found: Overfitting | None) -> None:
        """Draw what is known by now."""
        self._found = found
        if found is not None and len(found.losses) > 0:
            self.x_range = (0.0, float(max(20, len(found.losses))))
            self.fit_y(np.append(found.losses, 0.0), 2 * float(found.losses[0]))
        self.update()

    @property
    def has_contents(self) -> bool:
        """Whether there are any losses."""
        return self._found is not None and len(self._found.losses) > 0

    @property
    def x_label(self) -> str:
        """What the horizontal axis shows."""
        return self.tr("Step")

    def paint_contents(self, painter: QPainter, plot: QRectF, colours: PlotColours) -> None:
        """Draw the curve and the target."""
        assert self._found is not None
        target = self.polygon(self.x_range, (self._found.target, self._found.target), plot)
        self.paint_curve(painter, target, colours.test, 1.2, dashed=True)
        steps = np.arange(len(self._found.losses))
        self.paint_curve(painter, self.polygon(steps, self._found.losses, plot), colours.training)


class ChecksPanel(ExperimentPanel):
    """Two checks of the network of the present settings, each one click, on networks of their own."""

    def __init__(self, model: InspectionModel, experiments: ExperimentModel, parent: QWidget | None = None) -> None:
        super().__init__(model, experiments, "checks", "check", parent)

    def build(self) -> None:
        """Make the contents."""
        self._first = self.make_button(
            "first_loss",
            self.tr("Check the first loss"),
            self.tr(
                "Before the first step a network knows nothing, so its loss should be that of a guess: the logarithm "
                "of the number of classes with cross-entropy (CS231n, “look for correct loss at chance performance”)."
            ),
        )
        self._first.clicked.connect(lambda: self.new_requested.emit(CheckFirstLoss()))
        self._first_text = self.make_text("first_loss_text")
        self._few = self.make_button(
            "overfit",
            self.tr("Overfit 20 samples"),
            self.tr(
                "A network that cannot learn 20 samples by heart will not learn more of them (CS231n, “overfit a tiny "
                "subset of data”). It is trained without regularization and augmentation, by Adam at {rate}."
            ).format(rate=format_number(RATE)),
        )
        self._few.clicked.connect(lambda: self.new_requested.emit(CheckOverfitting()))
        self._few_text = self.make_text("overfit_text")
        self._cancel = self.make_cancel()
        self._chart = OverfittingChart(self.content)
        self._chart.setAccessibleName(self.tr("Loss of the 20 samples"))
        explanation = self.make_explanation(
            " ".join(
                (
                    self.tr("Both checks try a new network of the present settings; the run does not change."),
                    self.tr("Source: the notes of Stanford's CS231n, “Neural Networks Part 3”."),
                    self.tr("A check that passes proves nothing, but one that fails saves the long run."),
                )
            )
        )
        buttons = self.make_top_row()  # as wide as the row above
        buttons.addWidget(self._few, 1)
        buttons.addWidget(self._cancel)
        column = self.column()
        top = self.make_top_row()
        top.addWidget(self._first)
        column.addLayout(top)
        column.addWidget(self._first_text)
        column.addLayout(buttons)
        column.addWidget(self._few_text)
        column.addWidget(self._chart, 3)
        column.addWidget(explanation, 1)

    def show_state(self) -> None:
        """Show what was found."""
        experiments = self.experiments
        first, few = experiments.trial(CheckFirstLoss), experiments.trial(CheckOverfitting)
        is_running = any(trial is not None and not trial.is_over for trial in (first, few))
        self._first.setEnabled(experiments.can_begin)
        self._few.setEnabled(experiments.can_begin)
        self._cancel.setVisible(is_running)
        self._cancel.setEnabled(not experiments.is_stopping)
        self._show_first(first)
        self._show_few(few)

    def rows(self) -> Iterator[Sequence[object]] | None:
        """The losses of the few samples, one step a row."""
        trial = self.experiments.trial(CheckOverfitting)
        if trial is None or not isinstance(trial.finding, Overfitting):
            return None
        return self._rows(trial.finding)

    def on_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._chart.set_palette(palette)

    def _show_first(self, trial: Trial | None) -> None:
        text, role = self.trial_problem(trial), "error"
        if trial is not None and trial.problem is None and isinstance(trial.finding, FirstLoss):
            found = trial.finding
            is_near = math.isfinite(found.found) and abs(found.found - found.expected) <= NEAR * found.expected
            text, role = self._first_verdict(found, is_near=is_near), "success" if is_near else "warning"
        self._first_text.setText(text)
        self._first_text.setVisible(bool(text))
        self.show_role(self._first_text, role)

    def _first_verdict(self, found: FirstLoss, *, is_near: bool) -> str:
        if found.class_count == 0:
            text = self.tr(
                "First loss {found}; a network whose outputs are all 0 has {expected}. For numbers there is no chance "
                "level: if the first loss is far above, the outputs are too large, or the targets are not standardised."
            )
        elif is_near:
            text = self.tr(
                "First loss {found}; expected at chance, for {classes} classes: {expected}. They differ by {share}: "
                "fine."
            )
        else:
            text = self.tr(
                "First loss {found}; expected at chance, for {classes} classes: {expected}. They differ by {share}: "
                "the first outputs are not even. Look at the scale of the inputs and at the last layer."
            )
        share = abs(found.found - found.expected) / found.expected if found.expected > 0 else 0.0
        return text.format(
            found=f"{found.found:.4g}",
            expected=f"{found.expected:.4g}",
            classes=found.class_count,
            share=f"{share:.1%}",
        )

    def _show_few(self, trial: Trial | None) -> None:
        found = trial.finding if trial is not None and isinstance(trial.finding, Overfitting) else None
        text, role = self.trial_problem(trial), "error" if trial is not None and trial.problem is not None else ""
        if trial is not None and found is not None and not text:
            text, role = self._few_verdict(trial, found)
        self._few_text.setText(text)
        self._few_text.setVisible(bool(text))
        self.show_role(self._few_text, role)
        self._chart.show_losses(found)
        self._chart.setAccessibleDescription(text)

    def _few_verdict(self, trial: Trial, found: Overfitting) -> tuple[str, str]:
        fields = {
            "samples": found.samples,
            "steps": f"{len(found.losses):,}",
            "loss": f"{found.losses[-1]:.3g}" if len(found.losses) else "",
            "target": f"{found.target:.2g}",
        }
        if found.is_learned:
            text = self.tr("Learned {samples} samples by heart in {steps} steps (loss {loss}): the network can learn.")
            return text.format(**fields), "success"
        if found.has_broken:
            text = self.tr(
                "The loss became NaN or infinite after {steps} steps: look for numbers in the data or the network that "
                "are too large."
            )
            return text.format(**fields), "error"
        if not trial.is_over:
            return self.tr("Step {steps}, loss {loss}…").format(**fields), ""
        text = self.tr(
            "After {steps} steps the loss of {samples} samples is still {loss} (goal: {target}): the network is too "
            "small, or something is wrong with it, the labels or the data."
        )
        return text.format(**fields), "warning"

    @staticmethod
    def _rows(found: Overfitting) -> Iterator[Sequence[object]]:
        yield "step", "loss"
        yield from enumerate(found.losses.tolist())
