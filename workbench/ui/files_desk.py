"""What a person wants of files: weights tested, checkpoints written and opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.engine.errors import UsageError, UserError

if TYPE_CHECKING:
    from workbench.engine.recipe import Recipe
    from workbench.ui.controllers.checkpoint_files import CheckpointFiles
    from workbench.ui.controllers.run_controller import RunController
    from workbench.ui.controllers.weights_files import WeightsFiles
    from workbench.ui.panels.settings import SettingsPanel


class FilesDesk(QObject):
    """Stands between the dialogs for files and what is in hand.

    Args:
        controls: say what a file's weights are tested with.
        weights: go to and come from files.
        checkpoints: likewise.
        steering: takes what was opened in hand.
        parent: the window.
    """

    failed = Signal(UserError)

    def __init__(
        self,
        controls: SettingsPanel,
        weights: WeightsFiles,
        checkpoints: CheckpointFiles,
        steering: RunController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controls = controls
        self._weights = weights
        self._checkpoints = checkpoints
        self._steering = steering
        self.device = "cpu"
        """What is trained and tested on."""

    def recipe(self) -> Recipe | None:
        """The settings as a recipe; None, and `failed` says why, where something typed is no value."""
        try:
            return self._controls.recipe(self.device)
        except UsageError as problem:
            self.failed.emit(problem)
            return None

    def load_weights(self) -> None:
        """Ask for a file of weights and have them tested."""
        if (recipe := self.recipe()) is not None:
            self._weights.ask_and_load(recipe)

    def save_checkpoint(self) -> None:
        """Ask where to, and write the whole state of the run in hand."""
        self._checkpoints.ask_and_save(self.tr("step {step}").format(step=self._steering.step))

    def open_checkpoint(self) -> None:
        """Ask for a checkpoint and take its run in hand."""
        if (path := self._checkpoints.ask_which()) is not None:
            self._steering.open_checkpoint(path)
