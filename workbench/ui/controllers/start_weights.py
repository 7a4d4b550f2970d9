"""StartWeights: chooses a file whose weights the next run starts from, and watches that they fit the network."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.engine.errors import UserError
from workbench.engine.models.initial_weights import INITIAL_WEIGHTS, InitialWeights
from workbench.engine.models.own_failures import NetworkFailedError
from workbench.engine.models.trusted_code import NotTrustedError
from workbench.engine.protocol.commands import CheckInitialWeights
from workbench.ui.dialogs.file_dialogs import ask_which_weights_to_start_from
from workbench.ui.models.session_state import CAN_TRAIN
from workbench.ui.text.engine_texts import sentence_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.engine.protocol.events import InitialWeightsChecked
    from workbench.ui.connection.connection import Connection
    from workbench.ui.controllers.network_facts import NetworkFacts
    from workbench.ui.controllers.weights_files import WeightsFiles
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_model import SettingsModel
    from workbench.ui.panels.settings.panel import SettingsPanel


class StartWeights(QObject):
    """Has the training side, which has torch, read a file before its weights are chosen, and again for other networks.

    A file whose weights do not fit the chosen network changes nothing. Where another network is chosen later that they
    do not fit, no run can start before one of the two is changed.

    Attributes:
        problem: why no run can start from the chosen weights; None where one can, or where that is not known.

    Args:
        connection: its training side reads the weights, while nothing trains.
        settings: of the next run.
        run: says whether something trains.
        network: knows the network that the weights must fit.
        weights: knows the folder where files of weights were opened last.
        controls: show the chosen file.
        parent: the window, over which the file is asked for.
    """

    problem_changed = Signal()
    failed = Signal(UserError)
    """Nothing was chosen, and why."""
    chosen = Signal(object, object)
    """The path of a file whose weights the next run starts from now; and how its numbers were converted, or None."""

    def __init__(
        self,
        connection: Connection,
        settings: SettingsModel,
        run: RunModel,
        network: NetworkFacts,
        weights: WeightsFiles,
        controls: SettingsPanel,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._connection = connection
        self._settings = settings
        self._run = run
        self._network = network
        self._weights = weights
        self._controls = controls
        self._window = parent
        self.problem: UserError | None = None
        self._wish: CheckInitialWeights | None = None
        self._asked: CheckInitialWeights | None = None
        self._answer: InitialWeightsChecked | None = None
        settings.changed.connect(self.update)
        connection.initial_weights_checked.connect(self._on_checked)

    def ask_and_choose(self) -> None:
        """Ask for a file, and let the next run start from its weights."""
        if (path := ask_which_weights_to_start_from(self._window, self._weights.folder)) is not None:
            self._weights.folder = path.parent
            self.choose(path)

    def choose(self, path: Path) -> None:
        """Let the next run start from the weights in a file, once it is known that they fit; `failed` says why not."""
        network = self._network.wanted()
        if self._run.state not in CAN_TRAIN:
            self.failed.emit(UserError("A run is active: stop it first, then choose the weights of the next one."))
        elif network is None:
            self.failed.emit(
                UserError("The data are not read yet, so the network is not known: load them, then choose the weights.")
            )
        else:
            self._wish = CheckInitialWeights(InitialWeights(str(path.absolute())), network)
            self._connection.send(self._wish)

    def update(self) -> None:
        """Find out whether the chosen weights fit the chosen network, where that is not known."""
        wanted = self._wanted()
        if wanted is None:
            self._set_problem(None)
        elif self._answer is not None and self._answer.asked == wanted:
            self._set_problem(_with_way_out(self._answer.problem))
        elif wanted != self._asked and self._run.state.is_at_rest:
            self._asked = wanted
            self._connection.send(wanted)

    def look_again(self) -> None:
        """Have the weights read anew: the code of the network may run by now."""
        self._asked = self._answer = None
        self.update()

    def _wanted(self) -> CheckInitialWeights | None:
        weights, network = self._settings.initial_weights, self._network.wanted()
        return None if weights is None or network is None else CheckInitialWeights(weights, network)

    def _on_checked(self, event: InitialWeightsChecked) -> None:
        if event.asked == self._wish:
            self._wish = None
            self._on_wish_checked(event)
        elif event.asked == self._asked:
            self._asked, self._answer = None, event
            self.update()

    def _on_wish_checked(self, event: InitialWeightsChecked) -> None:
        weights, network = event.asked.weights, event.asked.network
        if event.problem is not None:
            self.failed.emit(event.problem)
            return
        assert event.sha256 is not None
        if self._run.state not in CAN_TRAIN:
            self.failed.emit(
                UserError(
                    "Train was pressed before {path} was read, so this run does not start from its weights: stop the "
                    "run, and choose the file again.",
                    path=weights.path,
                )
            )
            return
        known = weights.with_sha256(event.sha256)
        self._answer = replace(event, asked=CheckInitialWeights(known, network))
        with suppress(UserError):
            self._settings.edit(INITIAL_WEIGHTS, known)
        self.chosen.emit(Path(weights.path), event.converted)

    def _set_problem(self, problem: UserError | None) -> None:
        self._controls.set_initial_weights_problem("" if problem is None else sentence_of(problem))
        if str(problem) != str(self.problem):
            self.problem = problem
            self.problem_changed.emit()


def _with_way_out(problem: UserError | None) -> UserError | None:
    """The problem of weights that prevents a run; None where there is none.

    Train asks whether code may run, and says what fails in it.
    """
    if problem is None or isinstance(problem, NotTrustedError | NetworkFailedError):
        return None
    return UserError("{problem} Or take them away (×), to start from the weights of the seed.", problem=problem)
