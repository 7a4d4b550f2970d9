"""Tells a screen reader what has changed where it does not look by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

if TYPE_CHECKING:
    from PySide6.QtCore import QObject


def announce(source: QObject, text: str, *, is_urgent: bool = False) -> None:
    """Have `text` read aloud, where a screen reader listens.

    Args:
        source: what it is about.
        text: in the user's language.
        is_urgent: whether it interrupts what is being read.
    """
    if not text or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(source, text)
    if is_urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
