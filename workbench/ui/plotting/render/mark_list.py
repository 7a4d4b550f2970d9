"""The marks of a run: changes of hyperparameters, losses that the guard refused, and peaks beyond the plot."""

from __future__ import annotations

import math
import time
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    ChangeRow: TypeAlias = tuple[int, str, str, str, str]
    """Step, name, label, old and new value as texts; see `MarkList.add_change`."""

MERGE_WITHIN = 1.0
"""Seconds: changes of one hyperparameter closer together than this are one drag of one slider."""


@dataclass(slots=True)
class Mark:
    """One labelled place.

    Attributes:
        step: where.
        name: key of the changed value.
        text: plain text.
        old: the value before, as text; "" for a mark without values.
        time: of the last update, in seconds of the clock of its list.
        label: the name of the changed value, as users read it; "" for a mark without values.
        new: the value from `step` on, as text; "" for a mark without values.
        is_incident: whether it marks a loss that the guard refused.
        is_peak: whether it marks the highest value of a curve that leaves the plot at its top.
    """

    step: int
    name: str
    text: str
    old: str
    time: float
    label: str = ""
    new: str = ""
    is_incident: bool = False
    is_peak: bool = False


def _change_text(label: str, old: str, new: str) -> str:
    return f"{label} {old} → {new}"


def joined_texts(marks: Sequence[Mark], near: float) -> dict[int, str]:
    """The texts to show, by the index of the mark: changes of one value within `near` steps share the last one's text.

    It starts with the first old value. Dragging a slider leaves dozens of changes, and there is room for one text.
    """
    texts: dict[int, str] = {}
    latest: dict[str, tuple[int, str]] = {}
    for index, mark in enumerate(marks):
        if not mark.label:
            texts[index] = mark.text
            continue
        old, before = mark.old, latest.get(mark.name)
        if before is not None and mark.step - marks[before[0]].step <= near:
            old = before[1]
            del texts[before[0]]
        latest[mark.name] = (index, old)
        texts[index] = _change_text(mark.label, old, mark.new)
    return texts


class MarkList:
    """The marks of a run, ascending by step, shared by the plots."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._marks: list[Mark] = []

    @property
    def texts(self) -> list[str]:
        """The texts of the marks, in order."""
        return [mark.text for mark in self._marks]

    def add_change(self, step: int, name: str, label: str, old: str, new: str) -> None:
        """Add a change of a value, or merge it with the one that a moving slider made a moment ago.

        Args:
            step: the first step that used the new value.
            name: key of the changed value.
            label: its name as users read it.
            old: the value before, as text.
            new: the value from `step` on, as text.
        """
        now = self._clock()
        last = next((mark for mark in reversed(self._marks) if mark.name == name), None)
        if last is not None and now - last.time < MERGE_WITHIN:
            # The mark moves to the step from which its value is used.
            self._marks.remove(last)
            self._insert(Mark(step, name, _change_text(label, last.old, new), last.old, now, label, new))
            return
        self._insert(Mark(step, name, _change_text(label, old, new), old, now, label, new))

    def replace_changes(self, rows: Iterable[ChangeRow]) -> None:
        """Replace all changes by these."""
        self._marks = [mark for mark in self._marks if not mark.label]
        for step, name, label, old, new in rows:
            self._insert(Mark(step, name, _change_text(label, old, new), old, -math.inf, label, new))

    def replace_incidents(self, rows: Iterable[tuple[int, str]]) -> None:
        """Replace all incidents by these, each a step and a text."""
        self._marks = [mark for mark in self._marks if not mark.is_incident]
        for step, text in rows:
            self._insert(Mark(step, "", text, "", -math.inf, is_incident=True))

    def replace_peaks(self, rows: Sequence[tuple[int, str]]) -> bool:
        """Replace all peaks by these, each a step and a text; True if that changes anything."""
        if sorted(rows) == sorted((mark.step, mark.text) for mark in self._marks if mark.is_peak):
            return False
        self._marks = [mark for mark in self._marks if not mark.is_peak]
        for step, text in rows:
            self._insert(Mark(step, "", text, "", -math.inf, is_peak=True))
        return True

    def truncate(self, step: int) -> None:
        """Drop the marks from `step` on. Incidents stay: their steps are no longer in the history."""
        self._marks = [mark for mark in self._marks if mark.step < step or mark.is_incident]

    def clear(self) -> None:
        """Drop all marks."""
        self._marks.clear()

    def between(self, left: float, right: float) -> list[Mark]:
        """The marks from the step `left` to `right`."""
        start = bisect_left(self._marks, left, key=_step_of)
        return self._marks[start : bisect_right(self._marks, right, key=_step_of)]

    def _insert(self, mark: Mark) -> None:
        self._marks.insert(bisect_right(self._marks, mark.step, key=_step_of), mark)


def _step_of(mark: Mark) -> int:
    return mark.step
