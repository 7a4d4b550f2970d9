"""Short texts about a run for the user: its name, settings, status, numbers and date."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.models.initial_weights import INITIAL_WEIGHTS
from workbench.engine.recipe import REGISTRIES, Recipe, defaults_for
from workbench.engine.store.run_store import RunStatus
from workbench.ui.text.engine_texts import label_of, sentence_of
from workbench.ui.text.metric_texts import UNKNOWN
from workbench.ui.text.numbers import value_in_words, with_minus_sign

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.history.records import Change
    from workbench.engine.models.initial_weights import InitialWeights
    from workbench.engine.store.run_store import RunSummary

translate = QCoreApplication.translate

MINUTE_S: Final = 60
HOUR_S: Final = 3600


@dataclass(frozen=True, slots=True)
class StatusRow:
    """How the window shows a status; the texts are translated in the context `Runs`.

    Attributes:
        text: how the run ended, in one or two words.
        help: the same in a sentence.
        icon: a name in `resources/icons`.
        colour: a field of the theme's palette.
    """

    text: str
    help: str
    icon: str
    colour: str


STATUSES: Final[Mapping[RunStatus, StatusRow]] = {
    RunStatus.RUNNING: StatusRow("Running", "In training, in this window or another one.", "train", "accent_text"),
    RunStatus.FINISHED: StatusRow(
        "Finished", "Trained to its planned end; more epochs can be added.", "success", "success"
    ),
    RunStatus.STOPPED: StatusRow(
        "Stopped", "Stopped by the user; it can be opened and continued.", "stop", "text_muted"
    ),
    RunStatus.DIVERGED: StatusRow(
        "Diverged", "Its loss became infinite or NaN; it can be opened at its last snapshot.", "error", "danger_text"
    ),
    RunStatus.FAILED: StatusRow(
        "Failed", "Ended by an error; it can be opened at its last snapshot.", "error", "danger_text"
    ),
    RunStatus.INTERRUPTED: StatusRow(
        "Interrupted",
        "The program ended while training it; it can be opened and continued from its last snapshot.",
        "warning",
        "warning",
    ),
    RunStatus.UNREADABLE: StatusRow(
        "Cannot be read",
        "This version of the program cannot read it; it can be renamed, annotated and deleted.",
        "warning",
        "text_muted",
    ),
}

_MOST_IMPORTANT: Final = {"optimizer": 0, "learning_rate": 1, "batch_size": 2, INITIAL_WEIGHTS: 3}
"""The settings that users look for first; where there is no more room, the others are left out."""


@dataclass(frozen=True, slots=True)
class Trait:
    """One setting of a run, in a few words.

    Attributes:
        text: such as `Adam` or `rate 0.01`.
        stands_out: whether it differs from the run it is compared with.
    """

    text: str
    stands_out: bool


def title_of(summary: RunSummary) -> str:
    """The name that the user gave the run, or `Run 12`."""
    return summary.name or numbered(summary.number)


def numbered(number: int) -> str:
    """The title of a run without a name."""
    return translate("Runs", "Run {number}").format(number=number)


def summary_traits(summary: RunSummary, other: Recipe | None = None) -> tuple[Trait, ...]:
    """`traits_of` a stored run, and how often it was steered; only the reason where this version cannot read it."""
    if summary.problem is not None:
        return (Trait(sentence_of(summary.problem), stands_out=False),)
    return (*traits_of(summary.recipe, other), *steered(summary))


def steered(summary: RunSummary) -> tuple[Trait, ...]:
    """Says that settings changed on the way: a run that was steered is not as its settings alone say."""
    if not summary.changes:
        return ()
    if summary.changes == 1:
        return (Trait(translate("Runs", "1 change"), stands_out=False),)
    text = translate("Runs", "{count} changes").format(count=f"{summary.changes:,}")
    return (Trait(text, stands_out=False),)


def parent_text(parent: RunSummary | None, step: int | None) -> str:
    """Where a run branched off: `Run 3 @ 512`; `parent` is None where it has been deleted."""
    title = translate("Runs", "a deleted run") if parent is None else title_of(parent)
    return title if step is None else translate("Runs", "{run} @ {step}").format(run=title, step=f"{step:,}")


def traits_of(recipe: Recipe, other: Recipe | None = None) -> tuple[Trait, ...]:
    """The settings of `recipe` that differ from the tutorial's or from `other`'s; the most important first."""
    traits: list[tuple[str, Trait]] = []
    for field, registry in REGISTRIES.items():
        name = getattr(recipe, field)
        stands_out = other is not None and _choice(other, field) != _choice(recipe, field)
        if stands_out or name != registry.default:
            traits.append((field, Trait(_choice_text(recipe, field), stands_out)))
    usual = defaults_for(recipe.choices())
    theirs: Mapping[str, Value] = recipe.values if other is None else other.values
    for name, value in recipe.values.items():
        # A hyperparameter that the other's choices do not have needs no mention: the choice's name says it.
        stands_out = theirs.get(name, value) != value
        if stands_out or value != usual[name]:
            traits.append((name, Trait(value_text(name, value), stands_out)))
    stands_out = other is not None and other.device != recipe.device
    if stands_out or recipe.device != "cpu":
        traits.append(("device", Trait(recipe.device, stands_out)))
    weights, others = recipe.initial_weights, None if other is None else other.initial_weights
    stands_out = other is not None and _digest(weights) != _digest(others)
    if weights is not None or stands_out:
        traits.append((INITIAL_WEIGHTS, Trait(_initial_weights_text(weights), stands_out)))
    traits.sort(key=lambda pair: _MOST_IMPORTANT.get(pair[0], len(_MOST_IMPORTANT)))
    return tuple(trait for _, trait in traits)


def _digest(weights: InitialWeights | None) -> str | None:
    """What makes initial weights the same: not their file."""
    return None if weights is None else weights.sha256


def _initial_weights_text(weights: InitialWeights | None) -> str:
    if weights is None:
        return translate("Runs", "initial weights from the seed")
    return translate("Runs", "from {file}").format(file=weights.file_name)


def _choice(recipe: Recipe, field: str) -> object:
    """What is chosen, comparable between recipes: files of the user's own differ by themselves."""
    is_own = field == "dataset" and recipe.source is not None
    return recipe.source if is_own else getattr(recipe, field)


def _choice_text(recipe: Recipe, field: str) -> str:
    if field == "dataset" and recipe.source is not None:
        return Path(recipe.source.path).name or recipe.source.path
    return label_of(REGISTRIES[field][getattr(recipe, field)])


def value_text(name: str, value: Value) -> str:
    """A hyperparameter and its value in the fewest words: `rate 0.01`."""
    row = TABLE[name]
    if value is True:
        return short_label(name)
    return translate("Runs", "{name} {value}").format(name=short_label(name), value=value_in_words(row, value))


def short_label(name: str) -> str:
    """The name of a hyperparameter where there is room for one word."""
    short = {
        "epochs": translate("Runs", "epochs"),
        "batch_size": translate("Runs", "batch"),
        "learning_rate": translate("Runs", "rate"),
        "momentum": translate("Runs", "momentum"),
        "weight_decay": translate("Runs", "decay"),
        "seed": translate("Runs", "seed"),
        "fused": translate("Runs", "fused"),
        "threads": translate("Runs", "threads"),
        "autocast": translate("Runs", "bfloat16"),
        "compile": translate("Runs", "compiled"),
        "shuffle": translate("Runs", "shuffled"),
    }
    return short.get(name) or label_of(TABLE[name])


def change_text(change: Change) -> str:
    """A change in a few words: `rate 0.001 → 0.01`."""
    row = TABLE[change.name]
    return translate("Runs", "{name} {old} → {new}").format(
        name=short_label(change.name), old=value_in_words(row, change.old), new=value_in_words(row, change.new)
    )


def branch_text(summary: RunSummary, parent: RunSummary | None, changes: Sequence[Change] = ()) -> str:
    """How a branch differs from its parent; "" where that is not known."""
    if changes:
        return " · ".join(change_text(change) for change in changes)
    if parent is None or parent.problem is not None:
        return ""
    return " · ".join(trait.text for trait in traits_of(summary.recipe, parent.recipe) if trait.stands_out)


def status_text(status: RunStatus) -> str:
    """How a run ended, in one or two words."""
    return translate("Runs", STATUSES[status].text)


def status_help(status: RunStatus) -> str:
    """How a run ended, in a sentence."""
    return translate("Runs", STATUSES[status].help)


def loss_text(loss: float | None) -> str:
    """A loss with four digits after the point, or `NaN`, `∞`, `−∞`."""
    if loss is None:
        return UNKNOWN
    if math.isnan(loss):
        return "NaN"
    if math.isinf(loss):
        return "∞" if loss > 0 else with_minus_sign("-∞")
    return with_minus_sign(f"{loss:.4f}" if abs(loss) < 1e4 else f"{loss:.3g}")


def when_text(began: float, now: float) -> str:
    """When a run began, short: `just now`, `12 min ago`, `3 h ago`, `yesterday 14:05`, `3 Mar 14:05`, `3 Mar 2024`.

    Args:
        began: seconds since 1970, UTC.
        now: the same for the present.
    """
    then, today = datetime.fromtimestamp(began), datetime.fromtimestamp(now)
    is_ahead = began - now >= MINUTE_S  # the clock was wrong, or that of another machine is ahead
    if then.date() == today.date() and not is_ahead:
        if now - began < MINUTE_S:
            return translate("Runs", "just now")
        if now - began < HOUR_S:
            return translate("Runs", "{count} min ago").format(count=int(now - began) // MINUTE_S)
        return translate("Runs", "{count} h ago").format(count=int(now - began) // HOUR_S)
    time = QLocale().toString(QTime(then.hour, then.minute), QLocale.FormatType.ShortFormat)
    if (today.date() - then.date()).days == 1:
        return translate("Runs", "yesterday {time}").format(time=time)
    day = QDate(then.year, then.month, then.day)
    if then.year == today.year:
        return translate("Runs", "{day} {time}").format(
            day=QLocale().toString(day, translate("Runs", "d MMM")), time=time
        )
    return QLocale().toString(day, translate("Runs", "d MMM yyyy"))


def moment_text(began: float) -> str:
    """When a run began, in full."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(began)), QLocale.FormatType.LongFormat)
