"""ParameterCounts: has the training side, which has torch, count the parameters of the network that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from workbench.engine.models.network_source import OWN
from workbench.engine.protocol.commands import CountParameters

if TYPE_CHECKING:
    from workbench.engine.protocol.events import ParametersCounted, TorchLoaded
    from workbench.ui.connection.connection import Connection
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_model import SettingsModel
    from workbench.ui.panels.settings import SettingsPanel

SOON_MS: Final = 100
"""A slider passes many values: the network is built for the last of them."""
MOST_KEPT: Final = 50


class ParameterCounts(QObject):
    """Shows the number for the network, its settings and the data that are chosen, as soon as it is counted.

    Args:
        connection: its training side counts, while nothing trains.
        settings: name the network and the data.
        run: says whether something trains.
        controls: show the number.
        parent: the window.
    """

    def __init__(
        self,
        connection: Connection,
        settings: SettingsModel,
        run: RunModel,
        controls: SettingsPanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._connection = connection
        self._settings = settings
        self._run = run
        self._controls = controls
        self._has_torch = False
        self._known: list[tuple[CountParameters, int | None]] = []
        self._asked: CountParameters | None = None
        self._soon = QTimer(self, interval=SOON_MS, singleShot=True)
        self._soon.timeout.connect(self._ask)
        settings.changed.connect(self.update)
        connection.torch_loaded.connect(self._on_torch_loaded)
        connection.parameters_counted.connect(self._on_counted)

    def update(self) -> None:
        """Show the number where it is known; else have it counted."""
        wanted = self._wanted()
        known = [count for asked, count in self._known if asked == wanted]
        self._controls.set_parameter_count(known[0] if known else None)
        if wanted is not None and not known:
            self._soon.start()

    def _wanted(self) -> CountParameters | None:
        model, spec = self._settings.choices()["model"], self._settings.spec
        if spec is None or model == OWN:
            return None
        values = {name: self._settings.value(name) for name in self._settings.accepted("model")}
        return CountParameters(model, values, spec)

    def _ask(self) -> None:
        wanted = self._wanted()
        if wanted is not None and wanted != self._asked and self._has_torch and self._run.state.is_at_rest:
            self._asked = wanted
            self._connection.send(wanted)

    def _on_torch_loaded(self, _: TorchLoaded) -> None:
        self._has_torch = True
        self.update()

    def _on_counted(self, event: ParametersCounted) -> None:
        self._asked = None
        self._known.append((CountParameters(event.model, event.values, event.spec), event.count))
        del self._known[:-MOST_KEPT]
        self.update()
