"""Saves the whole state of a run to a checkpoint file, and opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from workbench.engine.protocol.commands import CaptureCheckpoint
from workbench.ui.controllers.file_saving import FileSaving
from workbench.ui.dialogs import file_dialogs

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from workbench.engine.protocol.events import CheckpointCaptured
    from workbench.ui.connection.connection import Connection
    from workbench.ui.models.run_model import RunModel


class CheckpointFiles(FileSaving):
    """Asks where to save a checkpoint, and which one to open.

    Args:
        connection: the training side holds the run.
        run: the current run; its step names the file.
        parent: the window, over which questions are asked.
    """

    saved = Signal(object)
    """The path."""
    open_requested = Signal(object)
    """The user chose a checkpoint: its path."""

    def __init__(self, connection: Connection, run: RunModel, parent: QWidget) -> None:
        super().__init__(connection, run, parent)
        connection.checkpoint_captured.connect(self._on_captured)

    def ask_and_save(self) -> None:
        """Ask where to save the current run's whole state; `saved` or `save_failed` answers."""
        name = self.suggested_name(self.tr("step {step}").format(step=self._run.step))
        path = file_dialogs.ask_where_to_save_checkpoint(
            self._window, self._folder / f"{name}{file_dialogs.CHECKPOINT_SUFFIX}"
        )
        if path is not None:
            self._connection.send(CaptureCheckpoint(path))

    def ask_and_open(self) -> None:
        """Ask for a checkpoint; `open_requested` names it, unless the user cancels."""
        path = file_dialogs.ask_which_checkpoint(self._window, self._folder)
        if path is not None:
            self._folder = path.parent
            self.open_requested.emit(path)

    def _on_captured(self, event: CheckpointCaptured) -> None:
        def write() -> None:
            from workbench.engine.checkpoints.checkpoint import save_checkpoint

            save_checkpoint(event.checkpoint, event.target)

        self._write(write, event.target, event.checkpoint.snapshot.step)

    def _on_written(self, path: Path, step: int) -> None:
        self._folder = path.parent
        self.saved.emit(path)
