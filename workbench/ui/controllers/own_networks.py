"""OwnNetworks: opens a Python file with a network, and asks once for each content whether it may run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.engine.errors import UserError
from workbench.engine.models.network_signature import networks_in
from workbench.engine.models.network_source import NETWORK, OWN, NetworkSource, read_network_file
from workbench.engine.models.trusted_code import is_trusted, trust
from workbench.ui.dialogs.file_dialogs import ask_which_network
from workbench.ui.dialogs.network_dialog import ask_about_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from workbench.ui.models.settings_model import SettingsModel


class OwnNetworks(QObject):
    """Chooses a network of the user's own as the model of the next run.

    Args:
        settings: of the next run.
        parent: the window, over which questions are asked.
    """

    failed = Signal(UserError)
    opened = Signal(object)
    """The path of a file whose network is the model of the next run now."""
    trusted = Signal()
    """The user has allowed the code of a network."""

    def __init__(self, settings: SettingsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self._window = parent
        self._folder = Path.home()

    def ask_and_open(self) -> None:
        """Ask for a Python file, and open it."""
        if (path := ask_which_network(self._window, self._folder)) is not None:
            self._folder = path.parent
            self.open(path)

    def open(self, path: Path) -> None:
        """Choose a network of the file as the model, once the user has allowed its code; `failed` says why not."""
        try:
            network = read_network_file(path)
            names = [each.name for each in networks_in(network.source, network.path)]
        except UserError as problem:
            self.failed.emit(problem)
            return
        self._ask(network, names, self._use)

    def when_trusted(self, network: NetworkSource, then: Callable[[], None]) -> None:
        """Call `then` once the code of `network` may run: at once, or when the user has agreed; else never."""
        self._ask(network, [network.name], lambda _: then())

    def _ask(self, network: NetworkSource, names: list[str], then: Callable[[NetworkSource], None]) -> None:
        def accepted(name: str) -> None:
            trust(network)
            self.trusted.emit()
            then(replace(network, name=name) if name != network.name else network)

        trusted = is_trusted(network)
        if trusted and len(names) == 1:
            then(network)
        else:
            ask_about_code(
                self._window, network.file_name, network.source, names, is_trusted=trusted, accepted=accepted
            )

    def _use(self, network: NetworkSource) -> None:
        if self._settings.choices()["model"] == OWN:
            self._settings.edit(NETWORK, network)
        else:
            self._settings.set_network(network)
            self._settings.edit("model", OWN)
        self.opened.emit(Path(network.path))
