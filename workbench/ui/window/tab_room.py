"""Room for the tabs of panels that stand side by side: no title is cut while another group has room to spare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar

from workbench.ui.style.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QDockWidget, QMainWindow

ROUNDING: Final = 2
"""Pixels of a tab beside its title and the padding of the stylesheet."""


def shared(total: int, wanted: Sequence[int], needed: Sequence[int]) -> list[int]:
    """Widths in the relation of `wanted` that fill `total`, none below what is `needed` if there is room for all."""
    if sum(needed) > total:
        return [round(total * each / sum(wanted)) for each in wanted]
    short: set[int] = set()
    while True:
        rest = total - sum(needed[place] for place in short)
        free = sum(each for place, each in enumerate(wanted) if place not in short) or 1
        widths = [needed[place] if place in short else round(rest * each / free) for place, each in enumerate(wanted)]
        lacking = {place for place, width in enumerate(widths) if width < needed[place]} - short
        if not lacking:
            return widths
        short |= lacking


def needed_for_tabs(window: QMainWindow, dock: QDockWidget) -> int:
    """The width that the tabs of a dock and of those behind it need."""
    group = [dock, *window.tabifiedDockWidgets(dock)]
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    metrics = next((bar.fontMetrics() for bar in bars), window.fontMetrics())
    beside = 2 * tokens().padding + ROUNDING
    return sum(metrics.horizontalAdvance(each.windowTitle()) + beside for each in group)


def make_room(window: QMainWindow, front: Sequence[QDockWidget]) -> None:
    """Widen groups whose tabs are cut, as far as the others have room; `front` are the panels in front of each."""
    widths = [dock.width() for dock in front]
    needed = [needed_for_tabs(window, dock) for dock in front]
    is_cut = any(width < need for width, need in zip(widths, needed, strict=True))
    if is_cut and sum(needed) <= sum(widths):
        window.resizeDocks(list(front), shared(sum(widths), widths, needed), Qt.Orientation.Horizontal)
