"""Experiments: turns the user's requests for experiments into commands, and their results into settings of the run."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import UsageError, UserError
from workbench.engine.history.records import Origin
from workbench.engine.optim.optimizers import OPTIMIZERS
from workbench.engine.protocol.commands import ChooseFuture, RunExperiment
from workbench.engine.protocol.experiments.what_if import Fan, WhatIf
from workbench.ui.models.session_state import SessionState
from workbench.ui.text.engine_texts import label_of

if TYPE_CHECKING:
    from workbench.engine.protocol.experiments import Experiment
    from workbench.engine.protocol.experiments.what_if import Variant
    from workbench.ui.connection.connection import Connection
    from workbench.ui.controllers.notifications import Notifications
    from workbench.ui.controllers.own_networks import OwnNetworks
    from workbench.ui.controllers.run_controller import RunController
    from workbench.ui.controllers.undo import UndoHistory
    from workbench.ui.models.experiment_model import ExperimentModel
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_model import SettingsModel


class Experiments(QObject):
    """Begins and cancels experiments, and applies what they find.

    Args:
        connection: its training side carries them out.
        model: what was found.
        run: the current run.
        settings: of the next run.
        controller: of the run.
        own_networks: asks whether the code of a new network may run.
        notifications: says why something cannot be tried.
        undo: undoes the settings of a next run.
        parent: Qt's parent.
    """

    def __init__(
        self,
        connection: Connection,
        model: ExperimentModel,
        run: RunModel,
        settings: SettingsModel,
        controller: RunController,
        own_networks: OwnNetworks,
        notifications: Notifications,
        undo: UndoHistory,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._connection = connection
        self._model = model
        self._run = run
        self._settings = settings
        self._controller = controller
        self._own_networks = own_networks
        self._notifications = notifications
        self._undo = undo

    def begin_on_run(self, experiment: Experiment) -> None:
        """Try something on a copy of the run in its present state."""
        self._settings.commit_drafts()
        self._send(RunExperiment(experiment))

    def begin_on_new_network(self, experiment: Experiment) -> None:
        """Try something on a new network of the present settings."""
        try:
            recipe = self._settings.recipe()
        except UsageError as problem:
            self._notifications.show_problem(problem)
            return
        send = partial(self._send, RunExperiment(experiment, recipe, self._settings.dataset_was_chosen))
        if recipe.network is None:
            send()
        else:
            self._own_networks.when_trusted(recipe.network, send)

    def cancel(self) -> None:
        """End the experiment that is under way; what it has found stays."""
        if self._run.state is SessionState.EXPERIMENTING:
            self._controller.stop()

    def apply_rate(self, rate: float) -> None:
        """Move the slider of the learning rate, as the user could: it can be undone."""
        row = TABLE["learning_rate"]
        with self._controller.asked_by(Origin.FINDER):
            self._settings.edit(row.name, min(max(rate, float(row.minimum)), float(row.maximum)))

    def choose_future(self, index: int) -> None:
        """Let the run become a future; with one in another optimizer, set that for the next run."""
        trial = self._model.trial(WhatIf)
        if trial is None or not isinstance(trial.experiment, WhatIf) or not isinstance(trial.finding, Fan):
            return
        variant = trial.experiment.variants[index]
        if variant.optimizer is not None and variant.optimizer != self._model.optimizer:
            self._prepare_run(variant)
        elif self._model.can_become(trial):
            self._connection.send(ChooseFuture(index))
            self._run.request_future(trial.step + len(trial.finding.paths[index].losses))

    def _prepare_run(self, variant: Variant) -> None:
        """Set another optimizer and its rate for the next run; a paused run is stopped for it, and is kept."""
        if self._run.state is SessionState.PAUSED:
            self._controller.stop()
        elif self._run.state is not SessionState.READY:
            self._notifications.show_problem(
                UserError("A run is training: stop it, then choose the settings of the next one.")
            )
            return
        assert variant.optimizer is not None
        with self._undo.as_one(partial(label_of, OPTIMIZERS[variant.optimizer])):
            self._settings.edit("optimizer", variant.optimizer)
            for name, value in variant.values:
                self._settings.edit(name, value)

    def _send(self, command: RunExperiment) -> None:
        if not self._model.can_begin:
            return
        self._model.begin(command.experiment, is_new=command.recipe is not None)
        self._connection.send(command)
        self._run.request_experiment(self.tr("Trying on a copy…"))
