"""Explains what lies in the plots: values of curves, points of evaluations, marks, and the plots themselves."""

from __future__ import annotations

import math
from bisect import bisect_right
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from workbench.engine.config.hyperparameters import TABLE
from workbench.ui.help.explaining.explanation import Explanation, Fact
from workbench.ui.plotting.interaction.found import CurveKind, FoundValue
from workbench.ui.plotting.render.mark_list import Mark, MarkKind
from workbench.ui.text.engine_texts import help_of, label_of
from workbench.ui.text.metric_texts import signed_three_digits, three_digits
from workbench.ui.text.numbers import format_number, format_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.history.records import Change
    from workbench.ui.help.explaining.explanation import Subject
    from workbench.ui.help.explaining.settings_texts import SettingsTexts
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.plotting.curve_stack import CurveStack

translate = QCoreApplication.translate

SHARES: Final = frozenset({CurveKind.TRAINING_METRIC, CurveKind.TEST_METRIC, CurveKind.VALIDATION_METRIC})
"""Of a classification, these are accuracies."""
EVALUATED: Final = frozenset(
    {CurveKind.TEST_LOSS, CurveKind.TEST_METRIC, CurveKind.VALIDATION_LOSS, CurveKind.VALIDATION_METRIC}
)


class CurveTexts:
    """Explains what the plots show.

    Args:
        run: the current run.
        settings: explain what was changed.
    """

    def __init__(self, run: RunModel, settings: SettingsTexts) -> None:
        self._run = run
        self._settings = settings

    def subject(self, found: FoundValue | Mark, stack: CurveStack) -> Subject:
        """Explains what was found at a place of the plots."""
        if isinstance(found, Mark):
            return partial(self.mark, found)
        return partial(self.value, found, stack.traces.beta)

    def value(self, found: FoundValue, beta: float) -> Explanation:
        """Explain the value of a curve; `beta` is the weight of the past in the smoothing."""
        step = found.step
        number = self._number(found)
        if found.kind in EVALUATED:
            where = translate("Explain", "after step {step}").format(step=f"{step:,}")
        else:
            where = translate("Explain", "at step {step}").format(step=f"{step:,}")
        title = translate("Explain", "{name} {value} {where}").format(
            name=self._name(found.kind), value=number, where=where
        )
        sentences = [self._what_it_is(found, beta)]
        if found.is_future:
            sentences.append(translate("Explain", "It was recorded before the run went back to an earlier step."))
        facts = []
        if found.run:
            facts.append(Fact(translate("Explain", "Run"), found.run))
        facts += self._facts(found)
        return Explanation(title, tuple(sentences), tuple(facts), topic=_topic_of(found.kind))

    def mark(self, mark: Mark) -> Explanation:
        """Explain a mark: what was changed, or what the guard did there."""
        title = translate("Explain", "{mark} at step {step}").format(mark=mark.text, step=f"{mark.step:,}")
        history = self._run.history
        if mark.kind is MarkKind.PEAK:
            sentence = translate(
                "Explain", "A curve leaves the plot here: its highest value would press all others flat on the axis."
            )
            return Explanation(title, (sentence,), topic="plots")
        if mark.kind is MarkKind.INCIDENT:
            return Explanation(title, (self._incident(mark.step), help_of(TABLE["guard"])), topic="guard")
        change = None if history is None else self._change_of(mark)
        if change is None or history is None:
            return Explanation(title, (help_of(TABLE[mark.name]),) if mark.name in TABLE else (), topic=mark.name)
        _, meanings = self._settings.change(change, history, self._run.recipe)
        return Explanation(title, (*meanings, help_of(TABLE[mark.name])), topic=mark.name)

    def plot(self, stack: CurveStack, name: str) -> Explanation:
        """Explain a plot as a whole, with the newest values of its curves."""
        titles = {
            "loss_plot": translate("Explain", "Loss"),
            "accuracy_plot": translate("Explain", "Result of the training and of the tests"),
            "learning_rate_plot": translate("Explain", "Learning rate"),
            "difference_plot": translate("Explain", "Difference in training loss"),
        }
        sentences = {
            "loss_plot": translate(
                "Explain",
                "How far the outputs are from what they should be, over the steps of the run. Lower is better. Click "
                "on a curve, a point or a mark to have that one explained.",
            ),
            "accuracy_plot": translate(
                "Explain",
                "How good the network is, in the number that people read: the accuracy for classes, the mean absolute "
                "error for numbers.",
            ),
            "learning_rate_plot": translate(
                "Explain",
                "The rate of each step: the value of the slider, and what the schedule makes of it; dashed lines are "
                "the steps to come.",
            ),
            "difference_plot": translate(
                "Explain",
                "The smoothed training loss of this run minus that of another with the same beginning: below 0, this "
                "run has the lower training loss.",
            ),
        }
        kinds = {
            "loss_plot": (CurveKind.SMOOTHED_LOSS, CurveKind.TEST_LOSS, CurveKind.VALIDATION_LOSS),
            "accuracy_plot": (CurveKind.TRAINING_METRIC, CurveKind.TEST_METRIC, CurveKind.VALIDATION_METRIC),
            "learning_rate_plot": (CurveKind.RATE,),
            "difference_plot": (),
        }[name]
        newest = [found for kind in kinds if (found := stack.found.newest(kind)) is not None]
        facts = [Fact(self._name(found.kind), self._number(found)) for found in newest]
        return Explanation(titles[name], (sentences[name],), tuple(facts), topic="plots")

    def switch(self, stack: CurveStack | None, kind: CurveKind, *, is_on: bool) -> Explanation:
        """Explain an entry of the legend: its curve, at its newest value."""
        state = translate("Explain", "shown") if is_on else translate("Explain", "hidden")
        shown = Fact(translate("Explain", "In the plot"), state)
        found = None if stack is None else stack.found.newest(kind)
        if stack is None or found is None:
            return Explanation(self._name(kind), (self._definition(kind, 0.0),), (shown,), topic=_topic_of(kind))
        explained = self.value(found, stack.traces.beta)
        return Explanation(explained.title, explained.sentences, (shown, *explained.facts), topic=_topic_of(kind))

    @property
    def _is_share(self) -> bool:
        recipe = self._run.recipe
        return recipe is None or recipe.task.metric.is_share

    def _name(self, kind: CurveKind) -> str:
        is_share = self._is_share
        match kind:
            case CurveKind.TRAINING_LOSS:
                return translate("Explain", "Training loss")
            case CurveKind.SMOOTHED_LOSS:
                return translate("Explain", "Smoothed training loss")
            case CurveKind.TEST_LOSS:
                return translate("Explain", "Test loss")
            case CurveKind.VALIDATION_LOSS:
                return translate("Explain", "Validation loss")
            case CurveKind.TRAINING_METRIC:
                return translate("Explain", "Training accuracy") if is_share else translate("Explain", "Training error")
            case CurveKind.TEST_METRIC:
                return translate("Explain", "Test accuracy") if is_share else translate("Explain", "Test error")
            case CurveKind.VALIDATION_METRIC:
                return (
                    translate("Explain", "Validation accuracy")
                    if is_share
                    else translate("Explain", "Validation error")
                )
            case CurveKind.DIFFERENCE:
                return translate("Explain", "Difference in training loss")
            case CurveKind.RATE:
                return translate("Explain", "Learning rate")

    def _number(self, found: FoundValue) -> str:
        value = found.value
        if found.kind is CurveKind.RATE:
            return format_number(float(f"{value:.4g}"))
        if found.kind in SHARES and self._is_share:
            return translate("Explain", "{percent} %").format(percent=f"{100 * value:.1f}")
        if found.kind is CurveKind.DIFFERENCE:
            return signed_three_digits(value)
        return f"{value:.6f}" if math.isfinite(value) and 1e-3 <= abs(value) < 1e5 else three_digits(value)

    def _what_it_is(self, found: FoundValue, beta: float) -> str:
        if found.kind is CurveKind.RATE and found.other is not None and found.other != found.value:
            return translate(
                "Explain", "The rate that this update uses: the schedule has made it from the slider's {value}."
            ).format(value=format_number(float(f"{found.other:.4g}")))
        return self._definition(found.kind, beta)

    def _definition(self, kind: CurveKind, beta: float) -> str:
        """What a curve shows, and over what it is a mean."""
        template = _METRICS[kind](self._is_share) if kind in _METRICS else _DEFINITIONS[kind]()
        return template.format(beta=format_number(float(f"{beta:.4g}")), rest=format_number(float(f"{1 - beta:.3g}")))

    def _facts(self, found: FoundValue) -> list[Fact]:
        """Epoch and, for a value of one step of the current run, what it was trained with."""
        history, step, facts = found.history, found.step, []
        place = step - 1 if found.kind in EVALUATED else step
        epoch = bisect_right(history.epoch_starts, place, key=lambda start: start.step)
        if epoch:
            facts.append(Fact(translate("Explain", "Epoch"), f"{history.epoch_starts[epoch - 1].epoch:,}"))
        if found.kind is CurveKind.SMOOTHED_LOSS and step < len(history):
            facts.append(Fact(translate("Explain", "Of this batch alone"), three_digits(history.loss[step])))
        log = self._run.predictions
        is_own = history is self._run.history
        if found.kind in (CurveKind.TEST_LOSS, CurveKind.TEST_METRIC):
            if is_own and log is not None:
                facts.append(Fact(translate("Explain", "Test samples"), f"{len(log.targets):,}"))
        elif is_own and found.kind not in EVALUATED:
            for name in ("batch_size", "learning_rate"):
                value = self._value_at(name, step)
                if value is not None and not (name == "learning_rate" and found.kind is CurveKind.RATE):
                    row = TABLE[name]
                    facts.append(Fact(label_of(row), format_value(row, value)))
        return facts

    def _value_at(self, name: str, step: int) -> Value | None:
        """The value of a hyperparameter that the update of `step` used; None where it is not known."""
        recipe, history = self._run.recipe, self._run.history
        if recipe is None or history is None:
            return None
        value = recipe.values.get(name)
        for change in history.changes:
            if change.name == name and change.step <= step:
                value = change.new
        return value

    def _incident(self, step: int) -> str:
        incidents = [] if self._run.history is None else self._run.history.spikes
        incident = next((each for each in incidents if each.step == step), None)
        if incident is None:
            return ""
        return translate(
            "Explain", "The guard refused the loss of this step: the run went back to step {step}, its last good one."
        ).format(step=f"{incident.returned_to:,}")

    def _change_of(self, mark: Mark) -> Change | None:
        """The change that a mark stands for; of several that were one drag of a slider, the last."""
        history, future = self._run.history, self._run.recording
        changes = [*(history.changes if history is not None else []), *(future.changes if future is not None else [])]
        return next((each for each in changes if (each.step, each.name) == (mark.step, mark.name)), None)


def _topic_of(kind: CurveKind) -> str:
    """Where the guide says more about a curve."""
    return "learning_rate" if kind is CurveKind.RATE else "plots"


def _training_metric(is_share: bool) -> str:
    if is_share:
        return translate(
            "Explain",
            "The share of the samples of this epoch so far that were classified correctly, each before the update with "
            "its batch. It begins anew with each epoch.",
        )
    return translate(
        "Explain",
        "The mean distance between output and target over the samples of this epoch so far, each before the update "
        "with its batch. It begins anew with each epoch.",
    )


def _test_metric(is_share: bool) -> str:
    if is_share:
        return translate(
            "Explain", "The share of all test samples that are classified correctly; computed after the epoch."
        )
    return translate(
        "Explain", "The mean distance between output and target over all test samples; computed after the epoch."
    )


def _validation_metric(is_share: bool) -> str:
    del is_share
    return translate("Explain", "The same as for the test, of the training samples that are held out from training.")


_METRICS: Final[dict[CurveKind, Callable[[bool], str]]] = {
    CurveKind.TRAINING_METRIC: _training_metric,
    CurveKind.TEST_METRIC: _test_metric,
    CurveKind.VALIDATION_METRIC: _validation_metric,
}
_DEFINITIONS: Final[dict[CurveKind, Callable[[], str]]] = {
    CurveKind.TRAINING_LOSS: lambda: translate(
        "Explain",
        "The mean loss of the samples of one batch, before this update. Batches differ, so the line is rough.",
    ),
    CurveKind.SMOOTHED_LOSS: lambda: translate(
        "Explain",
        "A moving average of the losses of the batches: {beta} of the average before and {rest} of each new loss, "
        "corrected at the beginning so that it does not start from 0.",
    ),
    CurveKind.TEST_LOSS: lambda: translate(
        "Explain",
        "The mean of the losses of all batches of the test set, on which the network is never trained; computed after "
        "the epoch.",
    ),
    CurveKind.VALIDATION_LOSS: lambda: translate(
        "Explain",
        "The mean loss of the training samples that are held out, on which the network is never trained; computed "
        "after the epoch.",
    ),
    CurveKind.DIFFERENCE: lambda: translate(
        "Explain",
        "The smoothed training loss of this run minus that of the other. Both see the same batches, so most of the "
        "noise cancels; below 0, this run has the lower training loss.",
    ),
    CurveKind.RATE: lambda: translate("Explain", "The rate that this update uses."),
}
