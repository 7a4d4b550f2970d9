"""FileSaving: what saving weights and saving checkpoints have in common. FileWriter: writes beside the training."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThreadPool, Signal

from workbench.engine.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget
    from torch import Tensor

    from workbench.engine.checkpoints.checkpoint import Checkpoint
    from workbench.ui.connection.connection import Connection


class FileSaving(QObject):
    """Asks where to save, has the training side copy between two steps, and writes the copy in a third thread.

    Args:
        connection: its training side holds what is saved.
        parent: the window, over which questions are asked.
    """

    save_failed = Signal(UserError)

    def __init__(self, connection: Connection, parent: QWidget) -> None:
        super().__init__(parent)
        self._connection = connection
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
        """Wait for what is being written, and deliver its signals although the event loop has ended."""
        self._writer.wait(milliseconds)
        for receiver in (self._writer, self):
            QCoreApplication.sendPostedEvents(receiver, QEvent.Type.MetaCall.value)


class FileWriter(QObject):
    """Saves in a thread of its own: a slow disk holds up neither the training nor the window.

    Writing runs no parallel torch operation, so it leaves no second OpenMP pool behind.
    """

    weights_saved = Signal(object, int)
    """The path, and the step whose weights it holds."""
    checkpoint_saved = Signal(object)
    """The path."""
    save_failed = Signal(UserError)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        # One at a time: two saves to one file end in the order in which the user requested them.
        self._pool.setMaxThreadCount(1)

    def save_weights(self, weights: Mapping[str, Tensor], path: Path, step: int) -> None:
        """Begin to write; `weights` must not change any more."""

        def write() -> None:
            from workbench.engine.models.weights import save_weights

            save_weights(weights, path)

        self._start(write, path, lambda: self.weights_saved.emit(path, step))

    def save_checkpoint(self, checkpoint: Checkpoint, path: Path) -> None:
        """Begin to write; nothing in `checkpoint` may change any more."""

        def write() -> None:
            from workbench.engine.checkpoints.checkpoint import save_checkpoint

            save_checkpoint(checkpoint, path)

        self._start(write, path, lambda: self.checkpoint_saved.emit(path))

    def _start(self, write: Callable[[], None], path: Path, done: Callable[[], None]) -> None:
        def work() -> None:
            try:
                write()
            except UserError as problem:
                self.save_failed.emit(problem)
            except Exception as error:  # noqa: BLE001  # an exception in a pool thread would be lost
                self.save_failed.emit(
                    UserError(
                        "{path} could not be written ({reason}): choose another place, then save again.",
                        path=path,
                        reason=f"{type(error).__name__}: {error}",
                    )
                )
            else:
                done()

        self._pool.start(work)

    def wait(self, milliseconds: int) -> bool:
        """Wait for what is being written; False when it takes longer."""
        return self._pool.waitForDone(milliseconds)
