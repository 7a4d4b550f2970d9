"""Hints: what the curves of a run may mean, as an experienced reader of such curves would say it.

A pure function of what is recorded, in NumPy. A threshold with a source names it; every other is a rule of this
program, chosen so that noise alone passes it less than once in a thousand readings.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.analysis.curve_figures import (
    CLEARLY,
    MOST_WINDOWS,
    block_means,
    mean_and_error,
    moved,
    swing,
    trend,
    window_of,
)
from workbench.engine.analysis.hint import (
    AddMoreEpochs,
    CheckTheNetwork,
    FindTheRate,
    GoBack,
    Hint,
    HintKind,
    RunFacts,
    SaveTheWeights,
    ShowClass,
    TryValue,
)
from workbench.engine.config.hyperparameters import TABLE, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.engine.history.history import History

BENDING: Final = frozenset(
    (
        *("learning_rate", "batch_size", "clip_norm", "dropout"),
        *(row.name for row in TABLE.values() if row.section in {Section.OPTIMIZER, Section.SCHEDULE}),
    )
)
"""Changes of these bend the curves: what was before says nothing about the present."""
WITH_LOGARITHM: Final = frozenset(("cross-entropy", "nll"))
"""Losses for which equal scores for all classes cost ln(classes)."""

STEEP: Final = 0.01
"""An epoch that takes this share of the loss is worth its time."""
FLAT: Final = 0.005
"""A loss that moves by less than this share in an epoch stands still, where its error allows no more than `STEEP`."""
WINDOWS_OF_PLATEAU: Final = 3
LOW_RATE: Final = 0.01
"""In a whole epoch, the first updates of a network take more than this share of the loss, unless they are too small."""
FAR_TOO_LOW: Final = 0.001
FAR_HIGHER: Final = 100.0
DIVERGING: Final = 1.2
"""The loss is this many times the first one."""
RISEN: Final = 1.03
"""The test loss, as a mean of several epochs, is this many times its best. Prechelt, "Early Stopping, But When?" (1998)
measures over-fitting by this ratio ("generalization loss"), and has several epochs confirm it."""
EPOCHS_OF_OVERFITTING: Final = 3
GAP: Final = 1.1
"""The test loss is this many times the training loss."""
SWINGING: Final = 0.05
TURNS: Final = 4
TESTS_THAT_SWING: Final = 8
LEAST_TESTS: Final = 6
SWINGS_OF_TESTS: Final = 0.2
"""By which the test loss rises in all, and falls in all, within these epochs. It is measured on the same samples each
time, so its own noise is a few hundredths."""
TURNS_OF_TESTS: Final = 3
GUESSING: Final = 0.95
"""As a share of the loss of equal scores."""
NOTHING_EXPLAINED: Final = 0.02
"""R² of predictions that are no better than the mean of the targets."""
HIGH: Final = 0.5
"""As a share of the first loss."""
FAR_FROM_CHANCE: Final = 0.5
"""CS231n: the first loss is to be that of equal scores. Half of it is this program's rule."""
LEAST_SAMPLES: Final = 5
"""Of the test set, that can have one output by chance."""
SLOWER: Final = 0.1
"""Of the learning rate; the default of PyTorch's ReduceLROnPlateau, whose page says 2 to 10 times less."""
A_LITTLE_SLOWER: Final = 0.3
MORE_EPOCHS: Final = 0.3
"""As a share of the epochs trained."""


def hints_of(history: History, facts: RunFacts) -> list[Hint]:
    """The hints about a run, the most urgent first. Takes less than a millisecond for any number of steps.

    Args:
        history: may grow meanwhile.
        facts: what else is known.
    """
    found = [hint for hint in _all(_Reading(history, facts)) if hint is not None]
    return sorted(found, key=lambda hint: _ORDER[hint.kind])


class _Reading:
    """A history at one moment, with what several rules ask of it."""

    def __init__(self, history: History, facts: RunFacts) -> None:
        self.facts = facts
        self.losses = history.loss
        self.evaluations = history.evaluations
        self.incidents = history.spikes
        bends = [change.step for change in history.changes if change.name in BENDING]
        self.start = bends[-1] if bends else 0
        self.stop = len(history)
        self.per_epoch = max(1, -(-facts.sample_count // int(facts.values["batch_size"])))
        self.window = window_of(self.per_epoch)
        self.rate = float(facts.values["learning_rate"])
        self.latest = trend(history.loss, self.start, self.per_epoch, 2)
        first = min(self.stop, max(5, min(LEAST_FIRST, self.per_epoch)))
        self.first, self.first_error = mean_and_error(history.loss, 0, first) if first > 1 else (math.nan, math.nan)
        self.chance = math.log(facts.class_count) if facts.class_count > 1 and facts.loss in WITH_LOGARITHM else None

    @property
    def is_first_epoch(self) -> bool:
        return self.stop < self.per_epoch

    def rate_times(self, factor: float) -> TryValue | None:
        """The suggestion of another learning rate; None where there is none."""
        row = TABLE["learning_rate"]
        rate = float(f"{min(max(self.rate * factor, row.minimum), row.maximum):.3g}")
        return None if rate == self.rate else TryValue(row.name, rate)


LEAST_FIRST: Final = 20
"""Steps whose mean is the first loss."""


def _all(reading: _Reading) -> Iterator[Hint | None]:
    if (diverged := _diverged(reading)) is not None:
        yield diverged
        return
    if reading.stop == 0:
        return
    yield _first_loss(reading)
    stuck = _same_output(reading) or _diverging(reading) or _too_low(reading) or _guessing(reading)
    yield stuck
    if stuck is None:
        trouble = _overfitting(reading) or _oscillating(reading) or _standing(reading)
        falling, missing = _falling(reading), _missing_class(reading)
        yield from (trouble, falling, missing)
        if trouble is None and falling is None and missing is None:
            yield _finished(reading)


def _diverged(reading: _Reading) -> Hint | None:
    """The guard took the run back, and it has not been trained past that with other values; or the run has ended so."""
    ended = reading.facts.ended_by
    if ended is None and not reading.incidents:
        return None
    last = reading.incidents[-1] if ended is None else ended
    if not last.returned_to <= reading.stop <= last.step:
        return None
    has_gone_on = reading.stop > last.returned_to
    if ended is None and has_gone_on and reading.start >= max(1, last.returned_to):
        return None
    rate = reading.facts.failed_rate or reading.rate
    figures = {"step": last.step, "loss": last.loss, "returned_to": last.returned_to, "rate": rate, "now": reading.rate}
    figures["has_ended"] = float(ended is not None)
    if ended is not None and last.step == 0:
        return Hint(HintKind.DIVERGED, figures, CheckTheNetwork(), last.step)
    # Where the rate is another by now, lower or as it was before, that is what there is to try.
    return Hint(HintKind.DIVERGED, figures, reading.rate_times(SLOWER) if rate == reading.rate else None, last.step)


def _first_loss(reading: _Reading) -> Hint | None:
    if reading.chance is None or not reading.is_first_epoch or reading.facts.is_pretrained:
        return None
    first = reading.losses[0]
    if abs(first - reading.chance) <= FAR_FROM_CHANCE * reading.chance:
        return None
    figures = {"loss": first, "chance": reading.chance, "classes": reading.facts.class_count}
    return Hint(HintKind.FIRST_LOSS, figures, CheckTheNetwork())


def _same_output(reading: _Reading) -> Hint | None:
    predictions = reading.facts.predictions
    if predictions is None or not predictions.is_constant or predictions.samples < LEAST_SAMPLES:
        return None
    slower = reading.rate_times(SLOWER)
    back = GoBack(0, 0, None if slower is None else float(slower.value))
    return Hint(HintKind.SAME_OUTPUT, {"samples": predictions.samples}, back, reading.start)


def _diverging(reading: _Reading) -> Hint | None:
    size = min(max(reading.per_epoch // 8, 5), 50)
    means = block_means(reading.losses, 0, reading.stop, size)
    if len(means) < 4:
        return None
    recent, error = mean_and_error(reading.losses, reading.stop - size, reading.stop)
    risen = recent - reading.first
    is_clear = risen > 5 * math.hypot(error, reading.first_error)
    # One batch is no divergence: also the block before must be above.
    if not is_clear or min(recent, float(means[-2])) < DIVERGING * reading.first:
        return None
    figures = {"first": reading.first, "last": recent, "steps": size, "rate": reading.rate}
    return Hint(HintKind.DIVERGING, figures, reading.rate_times(SLOWER), reading.start)


def _too_low(reading: _Reading) -> Hint | None:
    """The loss of an untrained network, after a whole epoch and more."""
    count, window = reading.stop - reading.start, reading.window
    if count < window or not reading.first > 0:
        return None
    if count < 2 * window:
        first, error = reading.first, reading.first_error
        last, last_error = mean_and_error(reading.losses, reading.stop - window, reading.stop)
        share, error = (first - last) / first, math.hypot(error, last_error) / first
    else:
        first, last, share, error = moved(reading.losses, reading.start, window)
    means = block_means(reading.losses, 0, reading.stop, window)
    # A loss that has moved and come back has another cause, and one whose noise is large tells nothing.
    farthest = max(float(np.ptp(means)), abs(float(means[0]) - reading.first) - CLEARLY * reading.first_error)
    if abs(share) + CLEARLY * error >= LOW_RATE or farthest > 5 * LOW_RATE * reading.first:
        return None
    # Where it moves a little, how far the rate is from a good one can be measured.
    suggestion = reading.rate_times(FAR_HIGHER) if abs(share) < FAR_TOO_LOW else FindTheRate()
    figures = {"first": first, "last": last, "moved": share, "steps": count, "rate": reading.rate}
    return Hint(HintKind.RATE_TOO_LOW, figures, suggestion, reading.start)


def _guessing(reading: _Reading) -> Hint | None:
    """Hardly better than guessing after two epochs, and not on its way."""
    if reading.stop - reading.start < 2 * reading.window or not reading.evaluations:
        return None
    latest, test = reading.latest, reading.evaluations[-1]
    if latest is None or test.step < reading.start:
        return None
    if latest.fall > FLAT and latest.fall > CLEARLY * latest.error:
        return None  # that is slow, not lost
    slower = reading.rate_times(SLOWER)
    back = GoBack(0, 0, None if slower is None else float(slower.value))
    if reading.chance is not None and min(latest.last, test.average_loss) > GUESSING * reading.chance:
        figures = {"last": latest.last, "chance": reading.chance, "classes": reading.facts.class_count}
        return Hint(HintKind.GUESSING, {**figures, "steps": latest.steps // 2}, back, reading.start)
    if test.r2 is not None and test.r2 < NOTHING_EXPLAINED:
        return Hint(HintKind.GUESSING, {"r2": test.r2, "epoch": test.epoch}, back, reading.start)
    return None


def _overfitting(reading: _Reading) -> Hint | None:
    tested = [each for each in reading.evaluations if 0 < each.watched_loss < math.inf]
    if len(tested) < 2 * EPOCHS_OF_OVERFITTING:
        return None
    best, last = min(tested, key=lambda each: each.watched_loss), tested[-1]
    if tested[-EPOCHS_OF_OVERFITTING].step <= best.step:
        return None
    # Means of several tests: of many noisy tests, the lowest is low by chance.
    logs = np.log([each.watched_loss for each in tested])
    means = np.convolve(logs, np.full(EPOCHS_OF_OVERFITTING, 1 / EPOCHS_OF_OVERFITTING), "valid")
    moves = np.diff(logs)
    noise = 1.5 * float(np.median(np.abs(moves - np.median(moves)))) / math.sqrt(2)
    risen = float(means[-1] - means[:-EPOCHS_OF_OVERFITTING].min())
    (before, error), (now, error_now) = (_training_loss(reading, each.step) for each in (best, last))
    fallen = before - now - CLEARLY * math.hypot(error, error_now)
    if risen < max(math.log(RISEN), CLEARLY * noise) or fallen < STEEP * before or last.watched_loss < GAP * now:
        return None
    figures = {
        "best": best.watched_loss,
        "last": last.watched_loss,
        "before": before,
        "now": now,
        "epoch": best.epoch,
        "last_epoch": last.epoch,
        "is_validation": float(last.validation_loss is not None),
    }
    return Hint(HintKind.OVERFITTING, figures, GoBack(best.step, best.epoch), best.step)


def _training_loss(reading: _Reading, step: int) -> tuple[float, float]:
    """The mean training loss of the epoch, or the window, that ended at `step`, and its standard error."""
    return mean_and_error(reading.losses, max(0, step - reading.window), max(step, 2))


def _oscillating(reading: _Reading) -> Hint | None:
    slower = reading.rate_times(A_LITTLE_SLOWER)
    found = swing(reading.losses, reading.start, reading.per_epoch)
    if found is not None and found.share >= SWINGING and found.turns >= TURNS:
        figures = {"share": found.share, "turns": found.turns, "steps": found.steps, "rate": reading.rate}
        return Hint(HintKind.OSCILLATING, figures, slower, reading.start)
    tests = [each.watched_loss for each in reading.evaluations if each.step > reading.start][-TESTS_THAT_SWING:]
    if len(tests) < LEAST_TESTS or not all(0 < each < math.inf for each in tests):
        return None
    moves = np.diff(np.log(tests))
    rises, falls = float(moves[moves > 0].sum()), -float(moves[moves < 0].sum())
    turns = int((moves[:-1] * moves[1:] < 0).sum())
    if min(rises, falls) < SWINGS_OF_TESTS or abs(rises - falls) > max(rises, falls) / 2 or turns < TURNS_OF_TESTS:
        return None
    figures = {"low": min(tests), "high": max(tests), "epochs": len(tests), "rate": reading.rate}
    figures["is_validation"] = float(reading.evaluations[-1].validation_loss is not None)
    return Hint(HintKind.OSCILLATING, figures, slower, reading.start)


def _standing(reading: _Reading) -> Hint | None:
    """A plateau: the loss stands still, and it is not near its end; where it is high, the network may be too small."""
    for windows in range(WINDOWS_OF_PLATEAU, MOST_WINDOWS + 1):
        found = trend(reading.losses, reading.start, reading.per_epoch, windows)
        if found is None:
            return None
        if abs(found.fall) < FLAT and found.fall + 2 * found.error < STEEP:
            break
    else:
        return None
    if reading.facts.is_over and found.last < HIGH * reading.first:
        return None  # it has come to its end
    figures = {"first": found.first, "last": found.last, "fall": found.fall, "steps": found.steps}
    test = reading.evaluations[-1].watched_loss if reading.evaluations else math.inf
    if found.last > HIGH * reading.first and test < GAP * found.last:
        figures = {**figures, "test": test, "start": reading.first}
        return Hint(HintKind.UNDERFITTING, figures, _less_restraint(reading), reading.start)
    slower = None if reading.facts.has_schedule else reading.rate_times(SLOWER)
    return Hint(HintKind.PLATEAU, {**figures, "rate": reading.rate}, slower, reading.start)


def _less_restraint(reading: _Reading) -> TryValue | None:
    """What keeps the network from fitting, and can be switched off while it trains."""
    for name in ("dropout", "weight_decay"):
        if float(reading.facts.values.get(name, 0)) > 0:
            return TryValue(name, 0.0)
    return None


def _falling(reading: _Reading) -> Hint | None:
    found, tested = reading.latest, reading.evaluations
    if found is None or found.fall < STEEP or found.fall < CLEARLY * found.error:
        return None
    if len(tested) > 1 and tested[-1].watched_loss > min(each.watched_loss for each in tested):
        return None  # what the training gains, the test does not
    # As a share of the loss an epoch before: one of the mean could be more than all of it.
    fall = found.fall / (1 + found.fall / 2)
    figures = {"first": found.first, "last": found.last, "fall": fall, "steps": found.steps}
    done = len(tested)
    if not reading.facts.is_over and done < reading.facts.planned_epochs - 1:
        return Hint(HintKind.FALLING, figures, None, reading.start)
    more = min(max(1, math.ceil(MORE_EPOCHS * done)), int(TABLE["epochs"].maximum) - reading.facts.planned_epochs)
    return Hint(
        HintKind.STILL_FALLING, figures, AddMoreEpochs(more) if more > 0 else None, reading.facts.planned_epochs
    )


def _missing_class(reading: _Reading) -> Hint | None:
    predictions = reading.facts.predictions
    if predictions is None or not predictions.missing or len(reading.evaluations) < 2:
        return None
    label, samples, taken_for = predictions.missing[0]
    figures = {"label": label, "samples": samples, "taken_for": taken_for, "count": len(predictions.missing)}
    cause = tuple(label for label, *_ in predictions.missing)
    return Hint(HintKind.MISSING_CLASS, figures, ShowClass(label, taken_for), cause)


def _finished(reading: _Reading) -> Hint | None:
    tested, latest = reading.evaluations, reading.latest
    if not reading.facts.is_over or len(tested) < 2 or latest is None or latest.fall >= STEEP:
        return None
    best, last = min(tested, key=lambda each: each.watched_loss), tested[-1]
    if last.watched_loss > (1 + STEEP) * best.watched_loss:
        return None
    figures = {
        "last": last.watched_loss,
        "best": best.watched_loss,
        "epoch": best.epoch,
        "last_epoch": last.epoch,
        "metric": last.metric,
        "is_validation": float(last.validation_loss is not None),
    }
    return Hint(HintKind.FINISHED, figures, SaveTheWeights(), last.step)


_ORDER: Final = {kind: place for place, kind in enumerate(HintKind)}
