"""Writes captured weights and checkpoints to disk beside the window and beside the training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal

from workbench.engine.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from torch import Tensor

    from workbench.engine.checkpoints.checkpoint import Checkpoint


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
        # One at a time: two saves to one file end in the order they were asked for.
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
            except Exception as error:  # noqa: BLE001  # an exception in a pool thread would go unheard
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
