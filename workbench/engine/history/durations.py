"""Durations as the window and the command line write them."""

from __future__ import annotations


def duration_text(seconds: float) -> str:
    """`0:42`, `12:05`, `1:02:05`: hours, minutes and seconds, rounded to whole seconds."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
