"""Variants of the stylesheet, chosen while a widget is visible."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def set_variant(widget: QWidget, name: str, value: str | bool) -> None:
    """Set the dynamic property `name` that the stylesheet reads, and apply the stylesheet again if it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    # The stylesheet reads properties only when a widget is polished.
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
