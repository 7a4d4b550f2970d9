"""The text that the tutorial prints, of a run that is already recorded: what it printed when it was trained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbench.engine.protocol.events import EpochStarted, EpochTested, LossReported
from workbench.engine.protocol.tutorial_text import tutorial_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbench.engine.history.history import History
    from workbench.engine.history.records import Change, EpochStart, Evaluation

REPORT_EVERY: Final = 100
"""The tutorial prints the loss of every hundredth batch of an epoch."""
MOST_LINES: Final = 2000
"""Those of the last epochs; to write more would take the window's time."""
LINES_OF_EPOCH: Final = 5
"""Besides the losses: its number and the rule below, the test and the empty line behind."""


def recorded_text(history: History, batch_size: int, sample_count: int, most_lines: int = MOST_LINES) -> str:
    """The lines of the last epochs of a run, as far as it is recorded.

    Args:
        history: of the run.
        batch_size: with which it began.
        sample_count: its training samples.
        most_lines: about how many lines, in whole epochs; at least the last epoch.
    """
    starts = history.epoch_starts
    ends = [*(start.step for start in starts[1:]), len(history)][: len(starts)]
    tests = {each.epoch: each for each in history.evaluations}
    sizes = [change for change in history.changes if change.name == "batch_size"]
    first, lines = len(starts), 0
    while first > 0 and lines < most_lines:
        first -= 1
        lines += LINES_OF_EPOCH + (ends[first] - starts[first].step) // REPORT_EVERY + 1
    text: list[str] = []
    for start, end in zip(starts[first:], ends[first:], strict=True):
        text += _epoch(history, start, end, _sizes_within(sizes, batch_size, start.step, end), sample_count)
        text += _test(tests.get(start.epoch))
    return "".join(text)


def _sizes_within(changes: Sequence[Change], first: int, start: int, end: int) -> list[tuple[int, int]]:
    """The sizes of the batches from `start` to `end`, each with the step from which it is used."""
    before = [change for change in changes if change.step <= start]
    size = int(before[-1].new) if before else first
    return [(start, size), *((each.step, int(each.new)) for each in changes if start < each.step < end)]


def _epoch(
    history: History, start: EpochStart, end: int, sizes: Sequence[tuple[int, int]], sample_count: int
) -> Iterator[str]:
    yield tutorial_text(EpochStarted(start.epoch, start.step))
    for step in range(start.step, end, REPORT_EVERY):
        before, size = _samples_before(step, sizes)
        targets = min(size, sample_count - before)
        # The tutorial multiplies the batches by the size of the present one; after another size there is the true sum.
        is_even = len(sizes) == 1 or step < sizes[1][0]
        current = (step - start.step + 1) * targets if is_even else before + targets
        yield tutorial_text(LossReported(history.loss[step], current, sample_count))


def _samples_before(step: int, sizes: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How many samples of the epoch were trained before `step`, and the size of its batch."""
    samples, (since, size) = 0, sizes[0]
    for place, new in sizes[1:]:
        if place > step:
            break
        samples += (place - since) * size
        since, size = place, new
    return samples + (step - since) * size, size


def _test(evaluation: Evaluation | None) -> Iterator[str]:
    if evaluation is not None:
        yield tutorial_text(EpochTested(evaluation))
