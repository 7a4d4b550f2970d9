"""Hints in words: what they say, what it rests on, and what their button does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QCoreApplication

from workbench.engine.analysis.hint import (
    AddMoreEpochs,
    CheckTheNetwork,
    FindTheRate,
    GoBack,
    HintKind,
    SaveTheWeights,
    ShowClass,
    TryValue,
)
from workbench.engine.config.hyperparameters import TABLE
from workbench.ui.text.engine_texts import label_of
from workbench.ui.text.numbers import format_number, format_value, with_minus_sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.engine.analysis.hint import Hint, Suggestion

translate = QCoreApplication.translate

PERCENT: Final = 100.0
COUNTS: Final = ("step", "returned_to", "steps", "epoch", "last_epoch", "epochs", "samples", "count", "classes")
SHARES: Final = ("share", "fall", "moved")


class Words(NamedTuple):
    """A hint in words, for translation in the context `Hints`.

    Attributes:
        sentence: what the curves may mean, with the figures of the hint as fields.
        basis: the numbers that it rests on, likewise.
    """

    sentence: str
    basis: str


_WORDS: Final[dict[tuple[HintKind, str], Words]] = {
    (HintKind.DIVERGED, ""): Words(
        "The guard stopped the run: a learning rate of {rate} may be too high.",
        "Based on step {step}: loss {loss}, out of its range. The run is back at step {returned_to}.",
    ),
    (HintKind.DIVERGED, "changed"): Words(
        "The guard stopped the run: a learning rate of {rate} may be too high.",
        "Based on step {step}: loss {loss}, out of its range. The run is back at step {returned_to}, at a rate of "
        "{now}.",
    ),
    (HintKind.DIVERGED, "ended"): Words(
        "The loss is not finite any more, which ended the run: a learning rate of {rate} may be too high.",
        "Based on step {step}: loss {loss}. The weights of step {returned_to} are kept.",
    ),
    (HintKind.DIVERGED, "first"): Words(
        "The first loss is not finite: the cause is the data or the network, not the learning rate.",
        "Based on step {step}, before any update: loss {loss}.",
    ),
    (HintKind.DIVERGING, ""): Words(
        "The loss rises above where it began: the learning rate may be too high.",
        "Based on the last {steps} steps: {last}, at first {first}.",
    ),
    (HintKind.SAME_OUTPUT, ""): Words(
        "The output is the same for every test sample: hidden units may be dead.",
        "Based on the last test: {samples} samples, one output.",
    ),
    (HintKind.GUESSING, ""): Words(
        "The network hardly does better than guessing: the rate may be too high.",
        "Based on the last {steps} steps: {last}; guessing costs ln({classes}) = {chance}.",
    ),
    (HintKind.GUESSING, "r2"): Words(
        "The network hardly does better than guessing: the rate may be too high.",
        "Based on the test of epoch {epoch}: R² {r2}; the mean of the targets has 0.",
    ),
    (HintKind.RATE_TOO_LOW, ""): Words(
        "The loss hardly moves: the learning rate may be too low.", "Based on {steps} steps: {first} → {last}."
    ),
    (HintKind.OVERFITTING, ""): Words(
        "The test loss rises while the training loss falls: it may be overfitting.",
        "Based on epochs {epoch} to {last_epoch}: test {best} → {last}, training {before} → {now}.",
    ),
    (HintKind.OVERFITTING, "validation"): Words(
        "The validation loss rises while the training loss falls: it may be overfitting.",
        "Based on epochs {epoch} to {last_epoch}: validation {best} → {last}, training {before} → {now}.",
    ),
    (HintKind.OSCILLATING, "steps"): Words(
        "The loss swings up and down: the learning rate may be too high.",
        "Based on the last {steps} steps: swings of {share} % of the loss.",
    ),
    (HintKind.OSCILLATING, ""): Words(
        "The test loss goes up and down: the learning rate may be too high.",
        "Based on the last {epochs} epochs: test loss {low} to {high}.",
    ),
    (HintKind.OSCILLATING, "validation"): Words(
        "The validation loss goes up and down: the learning rate may be too high.",
        "Based on the last {epochs} epochs: validation loss {low} to {high}.",
    ),
    (HintKind.UNDERFITTING, ""): Words(
        "Both losses stand still and are high: the network may be too small.",
        "Based on the last {steps} steps: {first} → {last}; test {test}, at first {start}.",
    ),
    (HintKind.PLATEAU, ""): Words(
        "The training loss stands still: a lower learning rate may help.",
        "Based on the last {steps} steps: {first} → {last}.",
    ),
    (HintKind.PLATEAU, "alone"): Words(
        "The training loss stands still.", "Based on the last {steps} steps: {first} → {last}."
    ),
    (HintKind.FIRST_LOSS, ""): Words(
        "The first loss is far from that of guessing: data or weights may be too large.",
        "Based on the first batch: {loss}; equal scores cost ln({classes}) = {chance}.",
    ),
    (HintKind.STILL_FALLING, ""): Words(
        "The loss still falls by {fall} % an epoch: more epochs may help.",
        "Based on the last {steps} steps: {first} → {last}.",
    ),
    (HintKind.MISSING_CLASS, ""): Words(
        "No test sample is predicted as {name}.",
        "Based on the last test: most of its {samples} samples are predicted as {taken_for}.",
    ),
    (HintKind.MISSING_CLASS, "several"): Words(
        "{count} classes are never predicted, such as {name}.",
        "Based on the last test: most of its {samples} samples are predicted as {taken_for}.",
    ),
    (HintKind.FALLING, ""): Words(
        "The loss falls by {fall} % an epoch.", "Based on the last {steps} steps: {first} → {last}."
    ),
    (HintKind.FINISHED, ""): Words(
        "The loss no longer falls, and its test is at its best: it may be finished.",
        "Based on the tests: {last} in epoch {last_epoch}, at best {best}.",
    ),
    (HintKind.FINISHED, "validation"): Words(
        "The loss no longer falls, and its validation is at its best: it may be finished.",
        "Based on the validation: {last} in epoch {last_epoch}, at best {best}.",
    ),
}
"""By kind and variant."""

_SOURCES: Final = {
    HintKind.OVERFITTING: "Measured as in Prechelt, Early Stopping, But When? (1998).",
    HintKind.FIRST_LOSS: "A rule of thumb after the notes of CS231n.",
    HintKind.SAME_OUTPUT: "A rule of thumb after the notes of CS231n.",
    HintKind.PLATEAU: "The factor is that of PyTorch's ReduceLROnPlateau.",
}
"""Whose rule it is, for translation in the context `Hints`."""


_PLAIN: Final[dict[type[Suggestion], str]] = {
    ShowClass: "Show them",
    SaveTheWeights: "Save weights…",
    FindTheRate: "Find learning rate…",
    CheckTheNetwork: "Check the network…",
}
"""What buttons say whose suggestion has no numbers, for translation in the context `Hints`."""


def hint_sentence(hint: Hint, class_names: Sequence[str]) -> str:
    """What the curves may mean, in one sentence."""
    return translate("Hints", _words(hint).sentence).format(**_fields(hint, class_names))


def hint_basis(hint: Hint, class_names: Sequence[str]) -> str:
    """The numbers that the hint rests on."""
    return translate("Hints", _words(hint).basis).format(**_fields(hint, class_names))


def source_text(kind: HintKind) -> str:
    """Whose rule it is."""
    return translate("Hints", _SOURCES.get(kind, "A rule of thumb of this program."))


def _words(hint: Hint) -> Words:
    figures, variant = hint.figures, ""
    if figures.get("is_validation"):
        variant = "validation"
    elif hint.kind is HintKind.DIVERGED:
        variant = _variant_of_divergence(hint)
    elif hint.kind is HintKind.GUESSING and "r2" in figures:
        variant = "r2"
    elif hint.kind is HintKind.OSCILLATING and "share" in figures:
        variant = "steps"
    elif hint.kind is HintKind.PLATEAU and hint.suggestion is None:
        variant = "alone"
    elif figures.get("count", 1) > 1:
        variant = "several"
    return _WORDS[hint.kind, variant]


def _variant_of_divergence(hint: Hint) -> str:
    figures = hint.figures
    if figures["has_ended"]:
        return "ended" if figures["step"] else "first"
    return "" if figures["rate"] == figures["now"] else "changed"


def _fields(hint: Hint, class_names: Sequence[str]) -> dict[str, str]:
    fields = {name: _number(value) for name, value in hint.figures.items()}
    fields |= {name: f"{int(hint.figures[name]):,}" for name in COUNTS if name in fields}
    fields |= {name: _percent(hint.figures[name]) for name in SHARES if name in fields}
    if "rate" in fields:
        fields["rate"] = format_number(hint.figures["rate"])
    if hint.kind is HintKind.DIVERGED:
        fields["now"] = format_number(hint.figures["now"])
    if hint.kind is HintKind.MISSING_CLASS:
        fields["name"] = class_names[int(hint.figures["label"])]
        fields["taken_for"] = class_names[int(hint.figures["taken_for"])]
    return fields


def suggestion_text(suggestion: Suggestion) -> str:
    """What the button of a hint does."""
    match suggestion:
        case AddMoreEpochs(1):
            return translate("Hints", "Add an epoch")
        case AddMoreEpochs(count):
            return translate("Hints", "Add {count} epochs").format(count=count)
        case TryValue("learning_rate", value):
            return translate("Hints", "Try a rate of {value}").format(value=format_number(float(value)))
        case TryValue(name, value):
            row = TABLE[name]
            return translate("Hints", "Set {name} to {value}").format(
                name=label_of(row), value=format_value(row, value)
            )
        case GoBack(0, _, None):
            return translate("Hints", "Go back to the start")
        case GoBack(0, _, rate):
            return translate("Hints", "Start again at a rate of {rate}").format(rate=format_number(rate or 0.0))
        case GoBack(_, epoch, _):
            return translate("Hints", "Go back to epoch {epoch}").format(epoch=f"{epoch:,}")
        case _:
            return translate("Hints", _PLAIN[type(suggestion)])


def _percent(share: float) -> str:
    percent = PERCENT * share
    return with_minus_sign(f"{percent:.2g}" if abs(percent) < 10 else f"{percent:.0f}")


def _number(value: float) -> str:
    """A loss, with enough digits to show a change of a thousandth."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "∞"
    return with_minus_sign(f"{value:.4g}")
