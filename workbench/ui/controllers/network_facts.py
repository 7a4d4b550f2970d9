"""NetworkFacts: has the training side, which has torch, describe the network that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.engine.models.network_source import OWN
from workbench.engine.models.own_failures import NetworkFailedError
from workbench.engine.models.registry import MODELS
from workbench.engine.models.trusted_code import NotTrustedError
from workbench.engine.protocol.commands import DescribeNetwork
from workbench.ui.text.engine_texts import sentence_of

if TYPE_CHECKING:
    from workbench.engine.errors import UserError
    from workbench.engine.protocol.events import NetworkDescribed, TorchLoaded
    from workbench.ui.connection.connection import Connection
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_model import SettingsModel
    from workbench.ui.panels.network import NetworkPanel
    from workbench.ui.panels.settings.panel import SettingsPanel

SOON_MS: Final = 100
"""A slider passes many values: the network is built for the last of them."""
MOST_KEPT: Final = 50


class NetworkFacts(QObject):
    """Shows the layers and parameters of the network for the settings and the data that are chosen.

    Attributes:
        problem: why no run can start with this network and these data; None where one can, or where that is not known.

    Args:
        connection: its training side describes it, while nothing trains.
        settings: name the network and the data.
        run: says whether something trains.
        controls: show the number of parameters.
        panel: shows the layers.
        parent: the window.
    """

    problem_changed = Signal()

    def __init__(
        self,
        connection: Connection,
        settings: SettingsModel,
        run: RunModel,
        controls: SettingsPanel,
        panel: NetworkPanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._connection = connection
        self._settings = settings
        self._run = run
        self._controls = controls
        self._panel = panel
        self.problem: UserError | None = None
        self._has_torch = False
        self._known: list[NetworkDescribed] = []
        self._asked: DescribeNetwork | None = None
        self._soon = QTimer(self, interval=SOON_MS, singleShot=True)
        self._soon.timeout.connect(self._ask)
        settings.changed.connect(self.update)
        connection.torch_loaded.connect(self._on_torch_loaded)
        connection.network_described.connect(self._on_described)

    @property
    def is_waiting(self) -> bool:
        """Whether a description is about to be asked for, or awaited; it draws from torch's random state meanwhile."""
        return self._soon.isActive() or self._asked is not None

    def update(self) -> None:
        """Show the network where it is known; else have it described."""
        wanted = self.wanted()
        known = next((event for event in self._known if event.asked == wanted), None)
        self._controls.set_parameter_count(None if known is None else known.count)
        if known is not None:
            self._panel.show_network(known)
        elif wanted is None:
            self._panel.show_nothing()
        else:
            self._soon.start()
        self._find_problem(None if known is None else known.problem)

    def forget(self) -> None:
        """Have networks of the user's own described anew: their code may run by now."""
        self._known = [event for event in self._known if event.asked.network is None]
        self.update()

    def wanted(self) -> DescribeNetwork | None:
        """The network of the settings, for the data that are chosen; None where one of the two is not known."""
        settings = self._settings
        model, spec = settings.choices()["model"], settings.spec
        if spec is None or (model == OWN and settings.network is None):
            return None
        values = {name: settings.value(name) for name in settings.accepted("model")}
        return DescribeNetwork(model, values, spec, settings.network if model == OWN else None)

    def _find_problem(self, described: UserError | None) -> None:
        """Say why network and data do not fit, where that is known.

        An exception in the user's code prevents no run: it may be one of the trial, which is made on the CPU.
        """
        settings = self._settings
        spec = settings.spec
        refusal = None if spec is None else MODELS[settings.choices()["model"]].refusal(spec)
        problem = refusal or (None if isinstance(described, NotTrustedError) else described)
        self._controls.set_network_problem("" if problem is None else sentence_of(problem))
        prevents = None if isinstance(problem, NetworkFailedError) else problem
        if str(prevents) != str(self.problem):
            self.problem = prevents
            self.problem_changed.emit()

    def _ask(self) -> None:
        wanted = self.wanted()
        if wanted is not None and wanted != self._asked and self._has_torch and self._run.state.is_at_rest:
            self._asked = wanted
            self._connection.send(wanted)

    def _on_torch_loaded(self, _: TorchLoaded) -> None:
        self._has_torch = True
        self.update()

    def _on_described(self, event: NetworkDescribed) -> None:
        self._asked = None
        self._known.append(event)
        del self._known[:-MOST_KEPT]
        self.update()
