"""WeightsFiles: saves weights to files and tests those of a file; knows whether there are any, and whether saved."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from workbench.engine.paths import user_folder
from workbench.engine.protocol.commands import CaptureWeights, EvaluateWeights
from workbench.ui.controllers.file_saving import FileSaving
from workbench.ui.dialogs import file_dialogs

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from workbench.engine.protocol.events import RunEnded, WeightsCaptured, WeightsEvaluated
    from workbench.engine.recipe import Recipe
    from workbench.ui.connection.connection import Connection
    from workbench.ui.models.run_model import RunModel


class WeightsFiles(FileSaving):
    """Knows which weights would be lost if the window closed now; saves them where the user says, or without asking."""

    weights_saved = Signal(object)
    """The path."""
    save_cancelled = Signal()

    def __init__(self, connection: Connection, run: RunModel, parent: QWidget) -> None:
        super().__init__(connection, run, parent)
        self._has_weights = False
        self._is_running = False
        self._reached_step = 0
        self._saved_step: int | None = None
        connection.weights_captured.connect(self._on_captured)

    @property
    def has_weights(self) -> bool:
        """Whether there is anything to save."""
        return self._has_weights

    @property
    def is_unsaved(self) -> bool:
        """Whether something would be lost if the window closed now."""
        return self._is_running or (self._reached_step > 0 and self._saved_step != self._reached_step)

    def take_over(self, other: WeightsFiles) -> None:
        """Know what `other` knows, which this takes the place of."""
        self._has_weights, self._is_running = other._has_weights, other._is_running
        self._reached_step, self._saved_step = other._reached_step, other._saved_step

    def on_run_started(self, is_opened: bool = False) -> None:
        """A run trains, or was opened: Save writes its weights now. Those of an opened run are kept where it was."""
        self._has_weights = True
        self._is_running = not is_opened
        if is_opened:
            self._reached_step = 0
        else:
            self._saved_step = None

    def on_run_discarded(self) -> None:
        """The current run was deleted, with its weights."""
        self._has_weights = self._is_running = False
        self._reached_step = 0

    def on_run_ended(self, event: RunEnded) -> None:
        """A run has ended, or could not start."""
        if self._is_running:
            self._reached_step = event.step
        self._is_running = False
        self._has_weights = event.has_weights

    def on_weights_evaluated(self, event: WeightsEvaluated) -> None:
        """Weights of a file were tested; if they were kept, Save writes them now, and a file holds them already."""
        if event.kept:
            self._has_weights = True
            self._reached_step = 0

    def ask_and_save(self) -> None:
        """Ask where to and save; `weights_saved`, `save_failed` or `save_cancelled` answers."""
        path = file_dialogs.ask_where_to_save_weights(self._window, self._folder / f"{self.suggested_name('model')}.pt")
        if path is None:
            self.save_cancelled.emit()
            return
        self._connection.send(CaptureWeights(path))

    def rescue(self) -> None:
        """Save without asking, to a file of its own in the user's data folder."""
        folder = _rescue_folder()
        with contextlib.suppress(OSError):  # the writing fails then, and says why
            folder.mkdir(parents=True, exist_ok=True)
        self._connection.send(CaptureWeights(folder / f"{datetime.now():%Y-%m-%d_%H-%M-%S}.pt"))

    def ask_and_load(self, recipe: Recipe) -> None:
        """Ask for a file and have its weights tested with the model, loss and data of `recipe`."""
        path = file_dialogs.ask_which_weights(self._window, self._folder)
        if path is not None:
            self.load(path, recipe)

    def load(self, path: Path, recipe: Recipe) -> None:
        """Have the weights of a file tested with the model, loss and data of `recipe`."""
        self._folder = path.parent
        self._connection.send(EvaluateWeights(path, recipe))

    def _on_captured(self, event: WeightsCaptured) -> None:
        def write() -> None:
            from workbench.engine.models.weights import save_weights

            save_weights(event.weights, event.target)

        self._write(write, event.target, event.step)

    def _on_written(self, path: Path, step: int) -> None:
        self._saved_step = step
        if path.parent != _rescue_folder():
            self._folder = path.parent
        self.weights_saved.emit(path)


def _rescue_folder() -> Path:
    """Where weights go without a question; no dialog starts there."""
    return user_folder("data") / "rescued"
