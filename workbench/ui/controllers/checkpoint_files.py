"""The way of a run's whole state to and from files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from workbench.engine.protocol.commands import CaptureCheckpoint
from workbench.ui.controllers.file_saving import FileSaving
from workbench.ui.dialogs import message_boxes as dialogs

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from workbench.engine.protocol.events import CheckpointCaptured
    from workbench.ui.connection.training_thread import TrainingThread


class CheckpointFiles(FileSaving):
    """Asks where checkpoints are to go and which is to be opened."""

    saved = Signal(object)
    """The path."""

    def __init__(self, thread: TrainingThread, parent: QWidget) -> None:
        super().__init__(thread, parent)
        self._writer.checkpoint_saved.connect(self._on_written)
        thread.checkpoint_captured.connect(self._on_captured)

    def ask_and_save(self, suggestion: str) -> None:
        """Ask where to, suggesting a name without suffix, and save; `saved` or `save_failed` answers."""
        path = dialogs.ask_where_to_save_checkpoint(
            self._window, self._folder / f"{suggestion}{dialogs.CHECKPOINT_SUFFIX}"
        )
        if path is not None:
            self._thread.send(CaptureCheckpoint(path))

    def ask_which(self) -> Path | None:
        """The file a person wants to open; None where they cancelled."""
        path = dialogs.ask_which_checkpoint(self._window, self._folder)
        if path is not None:
            self._folder = path.parent
        return path

    def _on_captured(self, event: CheckpointCaptured) -> None:
        self._writer.save_checkpoint(event.checkpoint, event.target)

    def _on_written(self, path: Path) -> None:
        self._folder = path.parent
        self.saved.emit(path)
