"""Texts about the entries of a journal: who asked for them, and when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from workbench.engine.history.records import Origin
from workbench.ui.text.metric_texts import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

translate = QCoreApplication.translate


def origin_text(origin: Origin) -> str:
    """Who asked for an entry, in a word or two."""
    texts: dict[Origin, Callable[[], str]] = {
        Origin.NOT_RECORDED: lambda: translate("Journal", "Not recorded"),
        Origin.WINDOW: lambda: translate("Journal", "Window"),
        Origin.COMMAND_LINE: lambda: translate("Journal", "Command line"),
        Origin.UNDO: lambda: translate("Journal", "Undo"),
        Origin.REDO: lambda: translate("Journal", "Redo"),
        Origin.GUARD: lambda: translate("Journal", "Guard"),
        Origin.EARLY_STOPPING: lambda: translate("Journal", "Early stopping"),
        Origin.WHAT_IF: lambda: translate("Journal", "What if"),
        Origin.FINDER: lambda: translate("Journal", "Rate finder"),
        Origin.HINT: lambda: translate("Journal", "Hint"),
        Origin.LESSON: lambda: translate("Journal", "Lesson"),
    }
    return texts[origin]()


def time_text(time: int | None, now: float) -> str:
    """The local time of an entry, short: `14:05:09` today, else `3 Mar 14:05`, or `3 Mar 2024` of another year.

    Args:
        time: seconds since 1970, UTC; None where it is not recorded.
        now: the same for the present.
    """
    if time is None:
        return UNKNOWN
    then, today = datetime.fromtimestamp(time), datetime.fromtimestamp(now)
    if then.date() == today.date():
        return f"{then:%H:%M:%S}"
    day = QDate(then.year, then.month, then.day)
    if then.year != today.year:
        return QLocale().toString(day, translate("Runs", "d MMM yyyy"))
    clock = QLocale().toString(QTime(then.hour, then.minute), QLocale.FormatType.ShortFormat)
    return translate("Runs", "{day} {time}").format(day=QLocale().toString(day, translate("Runs", "d MMM")), time=clock)
