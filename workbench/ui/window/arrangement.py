"""How the panels of a window are arranged, as it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QDockWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QByteArray
    from PySide6.QtWidgets import QMainWindow


class Arrangement(NamedTuple):
    """How the panels of a workspace are arranged.

    Attributes:
        layout: as `QMainWindow.saveState` gave it.
        zoom: in per cent, at which the panels had these sizes.
        places: of each panel, see `places_of`; None for an arrangement of an earlier start of the program.
        front: the docks that are seen, and not behind a tab.
    """

    layout: QByteArray
    zoom: int
    places: frozenset[tuple[object, ...]] | None = None
    front: frozenset[str] = frozenset()


def places_of(window: QMainWindow) -> frozenset[tuple[object, ...]]:
    """For each dock whether and where it is shown, and behind or before which others, without any sizes."""
    return frozenset(
        (
            dock.objectName(),
            dock.isHidden(),
            dock.isFloating(),
            window.dockWidgetArea(dock),
            frozenset(other.objectName() for other in window.tabifiedDockWidgets(dock)),
        )
        for dock in window.findChildren(QDockWidget)
    )


def front_of(window: QMainWindow) -> frozenset[str]:
    """The docks that are seen. Qt puts those behind a tab outside the window."""
    docks = window.findChildren(QDockWidget)
    return frozenset(
        dock.objectName() for dock in docks if not dock.isHidden() and window.rect().intersects(dock.geometry())
    )
