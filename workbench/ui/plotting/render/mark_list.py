"""The marks of a run: changes of hyperparameters, losses that the guard refused, and peaks beyond the plot."""

from __future__ import annotations

import math
import time
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from enum import Enum, auto
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QColor

    from workbench.ui.plotting.render.colours import PlotColours

    ChangeRow: TypeAlias = tuple[int, str, str, str, str]
    """Step, name, label, old and new value as texts; see `MarkList.add_change`."""

MERGE_WITHIN = 1.0
"""Seconds: changes of one hyperparameter closer together than this are one drag of one slider."""


_STEP = attrgetter("step")


class MarkKind(Enum):
    """A change of a hyperparameter, a loss that the guard refused, or the highest value of a curve leaving the plot."""

    CHANGE = auto()
    INCIDENT = auto()
    PEAK = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """One labelled place.

    Attributes:
        step: where.
        kind: of what.
        note: plain text; "" for a change, which has a label and values.
        name: key of the changed value.
        label: its name, as users read it.
        old: the value before, as text.
        new: the value from `step` on, as text.
        time: of the change, in seconds of the clock of its list.
        pick: chooses the colour of a peak's arrow, that of its curve; None for the current run's.
    """

    step: int
    kind: MarkKind
    note: str = ""
    name: str = ""
    label: str = ""
    old: str = ""
    new: str = ""
    time: float = -math.inf
    pick: Callable[[PlotColours], QColor] | None = None

    @property
    def text(self) -> str:
        """Plain text."""
        return self.note or f"{self.label} {self.old} → {self.new}"


def joined_texts(marks: Sequence[Mark], near: float) -> dict[int, str]:
    """The texts to show, by the index of the mark: changes of one value within `near` steps share the last one's text.

    It starts with the first old value. Dragging a slider leaves dozens of changes, and there is room for one text.
    """
    texts: dict[int, str] = {}
    latest: dict[str, tuple[int, str]] = {}
    for index, mark in enumerate(marks):
        if mark.kind is not MarkKind.CHANGE:
            texts[index] = mark.text
            continue
        old, before = mark.old, latest.get(mark.name)
        if before is not None and mark.step - marks[before[0]].step <= near:
            old = before[1]
            del texts[before[0]]
        latest[mark.name] = (index, old)
        texts[index] = replace(mark, old=old).text
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

    def steps_of(self, kind: MarkKind) -> list[int]:
        """The steps of the marks of this kind, in order."""
        return [mark.step for mark in self._marks if mark.kind is kind]

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
            old = last.old
        change = Mark(step, MarkKind.CHANGE, name=name, label=label, old=old, new=new, time=now)
        self._marks.insert(bisect_right(self._marks, step, key=_STEP), change)

    def replace_changes(self, rows: Iterable[ChangeRow]) -> None:
        """Replace all changes by these."""
        kind = MarkKind.CHANGE
        self.replace(
            kind, [Mark(step, kind, name=name, label=label, old=old, new=new) for step, name, label, old, new in rows]
        )

    def replace(self, kind: MarkKind, marks: Iterable[Mark]) -> bool:
        """Replace all marks of this kind by these; True if that changes anything."""
        before = self._marks
        self._marks = sorted([*(mark for mark in before if mark.kind is not kind), *marks], key=_STEP)
        return self._marks != before

    def truncate(self, step: int) -> None:
        """Drop the marks from `step` on. Incidents stay: their steps are no longer in the history."""
        self._marks = [mark for mark in self._marks if mark.step < step or mark.kind is MarkKind.INCIDENT]

    def clear(self) -> None:
        """Drop all marks."""
        self._marks.clear()

    def between(self, left: float, right: float) -> list[Mark]:
        """The marks from the step `left` to `right`."""
        start = bisect_left(self._marks, left, key=_STEP)
        return self._marks[start : bisect_right(self._marks, right, key=_STEP)]
