"""FileSaving: the common part of saving weights and saving checkpoints. It writes beside the training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal

from workbench.engine.errors import UserError
from workbench.engine.files.source_files import check_is_no_source
from workbench.ui.system.job_thread import JobThread
from workbench.ui.system.user_folders import documents_folder
from workbench.ui.text.saved_names import file_name, saved_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from workbench.ui.connection.connection import Connection
    from workbench.ui.models.run_model import RunModel


class FileSaving(QObject):
    """Asks where to save, has the training side copy between two steps, and writes the copy in a third thread.

    So a slow disk holds up neither the training nor the window. Writing runs no parallel torch operation, so it leaves
    no second OpenMP pool behind.

    Args:
        connection: its training side holds what is saved.
        run: the current run; no file that it is made from is replaced.
        parent: the window, over which questions are asked.
    """

    save_failed = Signal(UserError)
    # Emitted in the thread that writes, received in the window's.
    _written = Signal(object, int)
    _not_written = Signal(UserError)

    def __init__(self, connection: Connection, run: RunModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._connection = connection
        self._window = parent
        self._run = run
        self._folder = documents_folder()
        self._title: Callable[[str], str] | None = None
        # One at a time: two saves to one file end in the order in which the user requested them.
        self._jobs = JobThread("saving")
        self._written.connect(self._on_written)
        self._not_written.connect(self.save_failed)

    @property
    def folder(self) -> Path:
        """Where files were last saved or opened."""
        return self._folder

    @folder.setter
    def folder(self, folder: Path) -> None:
        if folder.is_dir():
            self._folder = folder

    def name_by(self, title: Callable[[str], str]) -> None:
        """Let the name of a file begin with the title of the run, which `title` gives for its id."""
        self._title = title

    def suggested_name(self, usual: str) -> str:
        """A name for what is saved of the current run, without a suffix; `usual` where there is no run."""
        run = self._run
        if self._title is None or run.run_id is None or run.history is None or run.recipe is None:
            return usual
        return file_name(saved_name(self._title(run.run_id), run.history, run.recipe.task.metric))

    def finish(self, milliseconds: int) -> None:
        """Wait for what is being written, and deliver its signals although the event loop has ended."""
        self._jobs.finish(milliseconds)
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def _write(self, write: Callable[[], None], path: Path, step: int) -> None:
        """Begin to write; what `write` saves must not change any more. `_on_written` or `save_failed` answers."""
        recipe = self._run.recipe

        def work() -> None:
            try:
                if recipe is not None:
                    check_is_no_source(
                        path,
                        None if recipe.source is None else recipe.source.path,
                        None if recipe.network is None else recipe.network.path,
                        None if recipe.initial_weights is None else recipe.initial_weights.path,
                    )
                write()
            except UserError as problem:
                self._not_written.emit(problem)
            except Exception as error:  # noqa: BLE001  # an exception in a pool thread would be lost
                self._not_written.emit(
                    UserError(
                        "{path} could not be written ({reason}): choose another place, then save again.",
                        path=path,
                        reason=f"{type(error).__name__}: {error}",
                    )
                )
            else:
                self._written.emit(path, step)

        self._jobs.start(work)

    def _on_written(self, path: Path, step: int) -> None:
        """The file at `path` holds the state of `step` now."""
        raise NotImplementedError
