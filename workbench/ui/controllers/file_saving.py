"""What saving weights and saving checkpoints have in common: the folder last used, and the writing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal

from workbench.engine.errors import UserError
from workbench.ui.file_writer import FileWriter

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.ui.connection.training_thread import TrainingThread


class FileSaving(QObject):
    """Saving: ask where, have the training thread copy between two steps, write the copy in a third thread.

    Args:
        thread: holds what is to be saved.
        parent: the window, over which questions are asked.
    """

    save_failed = Signal(UserError)

    def __init__(self, thread: TrainingThread, parent: QWidget) -> None:
        super().__init__(parent)
        self._thread = thread
        self._window = parent
        self._folder = Path.home()
        self._writer = FileWriter(self)
        self._writer.save_failed.connect(self.save_failed)

    @property
    def folder(self) -> Path:
        """Where files were last saved or opened."""
        return self._folder

    @folder.setter
    def folder(self, folder: Path) -> None:
        if folder.is_dir():
            self._folder = folder

    def finish(self, milliseconds: int) -> None:
        """Wait for what is being written, and hear how it went although the event loop runs no more."""
        self._writer.wait(milliseconds)
        for receiver in (self._writer, self):
            QCoreApplication.sendPostedEvents(receiver, QEvent.Type.MetaCall.value)
