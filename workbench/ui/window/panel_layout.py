"""The panels as rows: key, title, area and factory. One loop over them places, paints and remembers all panels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from workbench.ui.panels.branches import BranchesPanel
from workbench.ui.panels.curves import CurvesPanel
from workbench.ui.panels.dataset import DatasetPanel
from workbench.ui.panels.journal import JournalPanel
from workbench.ui.panels.log import LogPanel
from workbench.ui.panels.notification_bar import NotificationBar
from workbench.ui.panels.runs.panel import RunsPanel
from workbench.ui.panels.settings import SettingsPanel
from workbench.ui.panels.status import StatusPanel
from workbench.ui.system.preferences import Remembering
from workbench.ui.window.docks import Area, Placement, place_panels

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow

    from workbench.ui.models.settings_model import SettingsModel
    from workbench.ui.style.palette import Palette

PanelType = TypeVar("PanelType", bound=QWidget)


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRow:
    """A panel.

    Attributes:
        key: what is remembered of it is stored under this name; its dock is named by it and `_dock`.
        title: of its dock, for translation in the context `Panels`; "" for a panel without a dock.
        area: where it stands at first. Docks of one bottom area lie behind one another with tabs, the first in front.
        create: makes it, given the window and the settings of the next run.
    """

    key: str
    title: str = ""
    area: Area
    create: Callable[[QWidget, SettingsModel], QWidget]


def _plain(create: Callable[[QWidget], QWidget]) -> Callable[[QWidget, SettingsModel], QWidget]:
    return lambda window, _settings: create(window)


# The keys of older versions' settings files and layouts: a new key would lose what is stored under the old one.
PANEL_ROWS: Final = (
    PanelRow(key="notice", area=Area.TOP, create=_plain(NotificationBar)),
    PanelRow(
        key="controls",
        title="Settings",
        area=Area.LEFT,
        create=lambda window, settings: SettingsPanel(settings, window),
    ),
    PanelRow(key="plots", area=Area.CENTRE, create=_plain(CurvesPanel)),
    PanelRow(key="log", title="Log", area=Area.BOTTOM_LEFT, create=_plain(LogPanel)),
    PanelRow(key="journal", title="Journal", area=Area.BOTTOM_LEFT, create=_plain(JournalPanel)),
    PanelRow(key="data", title="Data", area=Area.BOTTOM_RIGHT, create=_plain(DatasetPanel)),
    PanelRow(key="runs", title="Runs", area=Area.BOTTOM_RIGHT, create=_plain(RunsPanel)),
    PanelRow(key="branches", title="Branches", area=Area.BOTTOM_RIGHT, create=_plain(BranchesPanel)),
    PanelRow(key="status", area=Area.STATUS_BAR, create=_plain(StatusPanel)),
)


@runtime_checkable
class Themed(Protocol):
    """A panel that draws in the theme's colours."""

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of `palette`."""


class PanelLayout:
    """Makes the panels, and gives each out by its class: `layout[LogPanel]`.

    Args:
        window: owns them.
        settings: of the next run.
    """

    def __init__(self, window: QMainWindow, settings: SettingsModel) -> None:
        self._panels = {row: row.create(window, settings) for row in PANEL_ROWS}

    def __getitem__(self, kind: type[PanelType]) -> PanelType:
        """The panel of this class.

        Raises:
            KeyError: no row has one.
        """
        for panel in self._panels.values():
            if isinstance(panel, kind):
                return panel
        raise KeyError(kind)

    @property
    def remembering(self) -> dict[str, Remembering]:
        """The panels whose state is stored when the window closes, by their keys."""
        return {row.key: panel for row, panel in self._panels.items() if isinstance(panel, Remembering)}

    def place(self, window: QMainWindow) -> None:
        """Put each panel where its row says, and give the docks their first sizes."""
        place_panels(
            window,
            (
                Placement(panel, row.area, row.key, QCoreApplication.translate("Panels", row.title))
                for row, panel in self._panels.items()
            ),
        )

    def set_palette(self, palette: Palette) -> None:
        """Draw all panels in the colours of `palette`."""
        for panel in self._panels.values():
            if isinstance(panel, Themed):
                panel.set_palette(palette)
