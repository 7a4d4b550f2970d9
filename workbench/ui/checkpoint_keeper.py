"""The way of a run's whole state to and from files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal

from workbench.engine.commands import CaptureCheckpoint
from workbench.engine.problems import Problem
from workbench.ui import dialogs
from workbench.ui.file_writer import FileWriter

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.engine.events import CheckpointCaptured
    from workbench.ui.training_thread import TrainingThread


class CheckpointKeeper(QObject):
    """Saving: ask where, have the training thread copy the state between two steps, write the copy in a third thread.

    Args:
        thread: holds the state.
        parent: the window, over which questions are asked.
    """

    saved = Signal(object)
    """The path."""
    save_failed = Signal(Problem)

    def __init__(self, thread: TrainingThread, parent: QWidget) -> None:
        super().__init__(parent)
        self._thread = thread
        self._window = parent
        self._folder = Path.home()
        self._writer = FileWriter(self)
        self._writer.checkpoint_saved.connect(self._on_written)
        self._writer.save_failed.connect(self.save_failed)
        thread.checkpoint_captured.connect(self._on_captured)

    @property
    def folder(self) -> Path:
        """Where checkpoints were last saved or opened."""
        return self._folder

    @folder.setter
    def folder(self, folder: Path) -> None:
        if folder.is_dir():
            self._folder = folder

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

    def finish(self, milliseconds: int) -> None:
        """Wait for what is being written, and hear how it went although the event loop runs no more."""
        self._writer.wait(milliseconds)
        for receiver in (self._writer, self):
            QCoreApplication.sendPostedEvents(receiver, QEvent.Type.MetaCall.value)

    def _on_captured(self, event: CheckpointCaptured) -> None:
        self._writer.save_checkpoint(event.checkpoint, event.target)

    def _on_written(self, path: Path) -> None:
        self._folder = path.parent
        self.saved.emit(path)
