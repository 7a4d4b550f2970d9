"""Explains the settings: hyperparameters, choices and the device, with their values and what these did."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QCoreApplication

from workbench.engine.analysis.lr_curve import RateCurve
from workbench.engine.config.hyperparameters import TABLE, TakesEffect
from workbench.engine.models.network_source import OWN
from workbench.engine.recipe import REGISTRIES
from workbench.ui.help.explaining.explanation import Explanation, Fact
from workbench.ui.help.explaining.row_meanings import meaning_of
from workbench.ui.text.engine_texts import help_of, label_of, live_text, range_text
from workbench.ui.text.metric_texts import three_digits
from workbench.ui.text.numbers import format_number, format_value, value_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.engine.config.hyperparameters import Hyperparameter, Value
    from workbench.engine.history.history import History
    from workbench.engine.history.records import Change
    from workbench.engine.recipe import Recipe
    from workbench.ui.help.explaining.update_size import UpdateSize
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_model import SettingsModel

translate = QCoreApplication.translate

EFFECT_STEPS: Final = 50
"""Losses before a change, and of the last steps, whose means say what it did; fewer where there are fewer."""


class SettingsTexts:
    """Explains the settings of the window.

    Args:
        settings: hold the values that are shown.
        run: the current run, which may use other ones.
        updates: know how much an update changes the weights.
    """

    def __init__(self, settings: SettingsModel, run: RunModel, updates: UpdateSize) -> None:
        self._settings = settings
        self._run = run
        self._updates = updates

    def row(self, name: str) -> Explanation:
        """Explain a hyperparameter."""
        row = TABLE[name]
        values = self._settings.values()
        # A row that the chosen optimizer, schedule or network does not use has no value among the settings.
        values = {name: row.default, **values}
        value = self._words(row, values[name])
        if row.kind is str and not value:
            value = translate("Explain", "none")
        title = translate("Explain", "{name} {value}").format(name=label_of(row), value=value)
        meaning = meaning_of(row, values, self._settings.choices()["optimizer"])
        update = self._update_text() if name == "learning_rate" else ""
        return Explanation(title, (meaning, update, help_of(row)), self._row_facts(row, values), topic=name)

    def choice(self, name: str) -> Explanation:
        """Explain one of the choices from the registries."""
        registry, key = REGISTRIES[name], self._settings.choices()[name]
        row = registry[key]
        network, files = self._settings.network, self._settings.own_files
        chosen = label_of(row)
        if name == "model" and key == OWN and network is not None:
            chosen = network.name
        elif name == "dataset" and files is not None:
            chosen = files.name
        title = translate("Explain", "{name}: {value}").format(name=label_of(registry), value=chosen)
        facts = [Fact(translate("Explain", "To choose from"), " · ".join(label_of(each) for each in registry))]
        recipe = self._run.recipe
        if recipe is not None and (used := str(getattr(recipe, name))) != key:
            facts.append(Fact(translate("Explain", "Present run"), label_of(registry[used])))
        facts.append(Fact(translate("Explain", "Takes effect"), translate("Explain", "With the next run.")))
        return Explanation(title, (help_of(row),), tuple(facts), topic=name)

    def device(self) -> Explanation:
        """Explain the device."""
        title = translate("Explain", "Device: {value}").format(value=self._settings.device)
        sentence = translate(
            "Explain",
            "Where the network is computed. Another kind of device rounds sums in another order, so that the last bits "
            "of a run differ; the same device gives the same bits.",
        )
        when = Fact(translate("Explain", "Takes effect"), translate("Explain", "With the next run."))
        return Explanation(title, (sentence,), (when,), topic="device")

    def change(self, change: Change, history: History, recipe: Recipe | None) -> tuple[str, tuple[str, ...]]:
        """What a change of a hyperparameter means, and what the loss did since.

        Returns:
            What was changed, in a few words; sentences about the new value.
        """
        row = TABLE[change.name]
        text = translate("Explain", "{name} {old} → {new}").format(
            name=label_of(row), old=format_value(row, change.old), new=format_value(row, change.new)
        )
        optimizer = self._settings.choices()["optimizer"] if recipe is None else recipe.optimizer
        values = {**({} if recipe is None else recipe.values), change.name: change.new}
        return text, (meaning_of(row, values, optimizer), effect_of(change, history))

    def _row_facts(self, row: Hyperparameter, values: Mapping[str, Value]) -> tuple[Fact, ...]:
        facts = [Fact(translate("Explain", "Allowed"), _allowed(row))]
        default = self._settings.default(row.name) if row.name in self._settings.values() else row.default
        if default != "":
            facts.append(Fact(translate("Explain", "Usual value"), self._words(row, default)))
        used = self._run.values.get(row.name) if self._run.run is not None else None
        if used is not None and used != values[row.name]:
            facts.append(Fact(translate("Explain", "Present run"), value_in_words(row, used, self._run.threads)))
        if row.name == "learning_rate" and (rate := self._scheduled_rate()) is not None:
            facts.append(Fact(translate("Explain", "After the schedule"), rate))
        facts.append(Fact(translate("Explain", "Takes effect"), live_text(row) or _next_run_text(row)))
        history = self._run.history
        if row.is_live and history is not None:
            changes = [change for change in history.changes if change.name == row.name]
            facts.append(Fact(translate("Explain", "Changed last"), self._last_change(changes, history)))
        return tuple(facts)

    def _words(self, row: Hyperparameter, value: Value) -> str:
        return value_in_words(row, value, self._settings.automatic_threads)

    def _last_change(self, changes: list[Change], history: History) -> str:
        if not changes:
            return translate("Explain", "Not in this run.")
        last = changes[-1]
        row = TABLE[last.name]
        text = translate("Explain", "{old} → {new} at step {step}.").format(
            old=format_value(row, last.old), new=format_value(row, last.new), step=f"{last.step:,}"
        )
        effect = effect_of(last, history)
        return f"{text} {effect}" if effect else text

    def _scheduled_rate(self) -> str | None:
        """The rate that is used at the present step, where a schedule makes it another one than the slider's."""
        run = self._run
        if run.run is None or run.recipe is None or run.history is None or not run.train_count:
            return None
        step = run.step
        slider, used = RateCurve(run.recipe, run.history, run.train_count).at(np.array([step], np.int64))
        if float(slider[0]) == float(used[0]):
            return None
        rate = format_number(float(f"{float(used[0]):.3g}"))
        return translate("Explain", "{rate} at step {step}").format(rate=rate, step=f"{step:,}")

    def _update_text(self) -> str:
        """By how much an update changes the weights; "" where that is not known."""
        if (measured := self._updates.measured) is None:
            return ""
        share = three_digits(100 * measured.ratio)
        return translate("Explain", "The update at step {step} changes them by {percent} %.").format(
            step=f"{measured.step:,}", percent=share
        )


def effect_of(change: Change, history: History) -> str:
    """The mean losses before a change and of the last steps; "" where there are too few, or none that is finite."""
    count = min(EFFECT_STEPS, change.step, len(history) - change.step)
    if count < 1:
        return ""
    before = float(history.loss.values(change.step - count, change.step).mean())
    now = float(history.loss.values(len(history) - count, len(history)).mean())
    if not (math.isfinite(before) and math.isfinite(now)):
        return ""
    template = translate("Explain", "Mean training loss of {count} steps: {before} before it, {now} now.")
    return template.format(count=count, before=three_digits(before), now=three_digits(now))


def _allowed(row: Hyperparameter) -> str:
    if row.kind is bool:
        return translate("Explain", "on or off")
    if row.kind is str:
        return ", ".join(row.choices) if row.choices else translate("Explain", "whole numbers with commas between them")
    return range_text(row)


def _next_run_text(row: Hyperparameter) -> str:
    assert row.takes_effect is TakesEffect.NEXT_RUN
    return translate("Explain", "With the next run.")
