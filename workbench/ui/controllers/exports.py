"""Exports: writes runs in the forms that the user chooses, beside the training."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QObject, Signal

from workbench.engine.errors import UserError, problem_of
from workbench.engine.exporters.plots.options import PlotChoice
from workbench.engine.exporters.registry import EXPORTS
from workbench.engine.files.atomic_write import remove_left_behind
from workbench.engine.history.validation import structure
from workbench.engine.protocol.commands import CaptureRecord
from workbench.engine.session.export_process import Request, Source, Target
from workbench.ui.connection.connection import REQUESTS
from workbench.ui.connection.exporter import Exporter
from workbench.ui.dialogs.export_dialog import ExportDialog
from workbench.ui.dialogs.message_boxes import ask_before_replacing_several
from workbench.ui.system.job_thread import JobThread
from workbench.ui.system.user_folders import documents_folder
from workbench.ui.text.engine_texts import label_of, sentence_of
from workbench.ui.text.saved_names import file_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from workbench.engine.protocol.events import RecordCaptured, RequestFailed
    from workbench.engine.recipe import Recipe
    from workbench.ui.connection.connection import Connection
    from workbench.ui.controllers.run_library import RunLibrary
    from workbench.ui.models.run_model import RunModel

FIRST_CHOICE: Final = ("run",)
CHECKPOINT: Final = "run.ckpt"


class Exports(QObject):
    """Opens the dialog, and has another process write what is chosen there.

    The current run is copied between two steps, and goes on. Disks are used in a thread of this object.

    Args:
        connection: its training side holds the current run.
        run: the current run.
        library: knows the runs of the store by name.
        root: the folder of the data sets.
        store: the folder of the runs.
        window: the dialog opens over it.
    """

    # From the thread that uses disks.
    _looked = Signal(object)
    _copied = Signal(object, object)

    def __init__(
        self, connection: Connection, run: RunModel, library: RunLibrary, root: Path, store: Path, window: QWidget
    ) -> None:
        super().__init__(window)
        self._connection = connection
        self._run = run
        self._library = library
        self._root, self._store = root, store
        self._window = window
        self._folder = documents_folder()
        self._chosen: list[str] = list(FIRST_CHOICE)
        self._dialog: ExportDialog | None = None
        # The runs of the store that the dialog is about; none for the current run as it stands.
        self._runs: list[str] = []
        self._targets: tuple[Target, ...] = ()
        self._plot = PlotChoice()
        # Whether the user was asked about what is there already.
        self._may_replace = False
        self._waits_for = 0
        self._copy: Path | None = None
        self._written = 0
        self._jobs = JobThread("exports")
        self._exporter = Exporter(self)
        self._exporter.progressed.connect(self._on_progressed)
        self._exporter.written.connect(self._on_written)
        self._exporter.failed.connect(self._on_failed)
        self._exporter.finished.connect(self._on_finished)
        self._looked.connect(self._on_looked)
        self._copied.connect(self._on_copied)
        connection.record_captured.connect(self._on_captured)
        connection.request_failed.connect(self._on_request_failed)

    def state(self) -> dict[str, Any]:
        """The folder and the forms that were chosen last, for JSON."""
        return {"folder": str(self._folder), "chosen": self._chosen, "plot": asdict(self._plot)}

    def restore(self, state: dict[str, Any]) -> None:
        """Take over what `state` returned; what makes no sense is passed over."""
        if (folder := Path(str(state.get("folder", "")))).is_absolute():
            self._folder = folder
            self._use_disk(lambda: remove_left_behind(folder))  # an export that was killed
        chosen = state.get("chosen")
        if isinstance(chosen, list):
            self._chosen = [name for name in chosen if name in EXPORTS.names]
        with suppress(ValueError):
            self._plot = structure(PlotChoice, state.get("plot"))

    def open_for_current(self) -> None:
        """Ask how to export the current run, as it stands when the user says so."""
        if (run := self._run.run_id) is not None:
            title = self.tr("{run}, as it stands at the moment of the export").format(
                run=self._library.title(run, self.tr("The current run"))
            )
            self._open([], title, file_name(self._plain_name(run)))

    def open_for(self, runs: Sequence[str]) -> None:
        """Ask how to export these runs of the store."""
        if len(runs) == 1:
            self._open(list(runs), self._library.title(runs[0]), file_name(self._plain_name(runs[0])))
        elif runs:
            self._open(list(runs), self.tr("{count} runs").format(count=f"{len(runs):,}"), None)

    @property
    def is_busy(self) -> bool:
        """Whether something is being written."""
        return self._exporter.is_busy or bool(self._waits_for)

    def close(self) -> None:
        """The window closes: end what is being written."""
        self._exporter.close()
        self._remove_copy()
        self._jobs.finish(200)

    # Asking

    def _open(self, runs: list[str], title: str, name: str | None) -> None:
        if self._dialog is not None:
            if self.is_busy:
                self._dialog.raise_()
                self._dialog.activateWindow()
                return
            self._dialog.close()
        self._runs = runs
        self._dialog = dialog = ExportDialog(self._window, title, name, self._folder, self._chosen, self._plot)
        dialog.export_requested.connect(self._look)
        dialog.cancel_requested.connect(self._cancel)
        dialog.destroyed.connect(partial(self._forget, dialog))
        dialog.show()

    def _forget(self, dialog: ExportDialog) -> None:
        if self._dialog is dialog:
            self._dialog = None

    def _plain_name(self, run: str) -> str:
        summary = self._library.summary(run)
        return "run" if summary is None else summary.name or f"run-{summary.number}"

    def _look(self) -> None:
        """Find out which files exist already."""
        dialog = self._dialog
        if dialog is None or self._exporter.is_busy or self._waits_for:
            return
        self._folder, self._chosen, self._plot = dialog.folder, dialog.chosen, dialog.plot
        names = [dialog.name] if len(self._runs) < 2 else distinct([self._plain_name(run) for run in self._runs])
        self._targets = tuple(
            Target(index, row, str(self._folder / file_of(name, row)))
            for index, name in enumerate(names)
            for row in self._chosen
        )
        recipes = self._recipes()
        targets = self._targets

        def look() -> None:
            paths: list[Path] = []
            for target in targets:
                path, recipe = Path(target.path), recipes[target.source]
                paths += [path, *(() if recipe is None else EXPORTS[target.row].beside(recipe, path))]
            self._looked.emit([path.name for path in dict.fromkeys(paths) if _exists(path)])

        self._use_disk(look)

    def _recipes(self) -> list[Recipe | None]:
        """What the runs train; None of one that the store does not know any more."""
        if not self._runs:
            return [self._run.recipe]
        summaries = [self._library.summary(run) for run in self._runs]
        return [None if summary is None else summary.recipe for summary in summaries]

    def _on_looked(self, existing: list[str]) -> None:
        if self._dialog is None:
            return
        self._may_replace = bool(existing)
        if existing:
            ask_before_replacing_several(self._dialog, existing, self._begin)
        else:
            self._begin()

    # Writing

    def _begin(self) -> None:
        if self._dialog is None or self._exporter.is_busy or self._waits_for:
            return
        self._written = 0
        self._dialog.begin()
        if self._runs:
            self._start([Source(run=run) for run in self._runs])
        else:
            self._dialog.show_progress(self.tr("Copying the run between two steps…"), 0, 0)
            self._waits_for = next(REQUESTS)
            self._connection.send(CaptureRecord(self._waits_for))

    def _start(self, sources: list[Source]) -> None:
        self._exporter.start(
            Request(str(self._root), str(self._store), tuple(sources), self._targets, self._may_replace, self._plot)
        )

    def _on_captured(self, event: RecordCaptured) -> None:
        if event.request != self._waits_for:
            return

        def copy() -> None:
            from workbench.engine.checkpoints.checkpoint import save_checkpoint

            folder = None
            try:
                folder = Path(tempfile.mkdtemp(prefix="workbench-export-"))
                save_checkpoint(event.checkpoint, folder / CHECKPOINT)
            except Exception as error:  # noqa: BLE001  # an exception in a pool thread would be lost
                self._copied.emit(folder, problem_of(error))
            else:
                self._copied.emit(folder, event.request)

        self._use_disk(copy)

    def _on_copied(self, folder: Path | None, found: UserError | int) -> None:
        self._copy = folder
        if isinstance(found, UserError):
            self._fail_all(found)
        elif found != self._waits_for or folder is None:
            self._remove_copy()  # cancelled meanwhile
        else:
            self._waits_for = 0
            name = self._plain_name(self._run.run_id or "")
            self._start([Source(name=name, checkpoint=str(folder / CHECKPOINT))])

    def _on_request_failed(self, event: RequestFailed) -> None:
        if self._waits_for:
            self._fail_all(event.problem)

    def _fail_all(self, problem: UserError) -> None:
        self._waits_for = 0
        self._remove_copy()
        if self._dialog is not None:
            self._dialog.end("")
            self._dialog.show_problem(sentence_of(problem))

    def _cancel(self) -> None:
        if self._waits_for:
            self._waits_for = 0
            if self._dialog is not None:
                self._dialog.end(self.tr("Cancelled: nothing was written."))
        self._exporter.cancel()

    def _on_progressed(self, index: int, phase: str, done: int, total: int) -> None:
        if self._dialog is not None:
            target = self._targets[index]
            what = QCoreApplication.translate("Progress", phase)
            text = self.tr("{what}: {form}").format(what=what, form=label_of(EXPORTS[target.row]))
            self._dialog.show_progress(text, done, total)

    def _on_written(self, index: int, checked: UserError) -> None:
        self._written += 1
        text = self.tr("{file}: {checked}").format(
            file=Path(self._targets[index].path).name, checked=sentence_of(checked)
        )
        self._show_result(index, text, has_failed=False)

    def _on_failed(self, index: int, problem: UserError) -> None:
        self._show_result(index, sentence_of(problem), has_failed=True)

    def _show_result(self, index: int, text: str, *, has_failed: bool) -> None:
        if self._dialog is not None:
            self._dialog.add_result(self._targets[index].row, text, has_failed=has_failed)

    def _on_finished(self, was_cancelled: bool) -> None:
        self._remove_copy()
        if was_cancelled:
            folder = self._folder
            self._use_disk(lambda: remove_left_behind(folder))
        if self._dialog is None:
            return
        count = f"{self._written:,}"
        if was_cancelled:
            text = self.tr("Cancelled: {count} were written and checked before that.").format(count=count)
        elif self._written < len(self._targets):
            text = self.tr("{count} of {total} written to {folder} and checked.")
            text = text.format(count=count, total=f"{len(self._targets):,}", folder=self._folder)
        else:
            text = self.tr("{count} written to {folder} and checked.").format(count=count, folder=self._folder)
        self._dialog.end(text)

    def _remove_copy(self) -> None:
        folder, self._copy = self._copy, None
        if folder is not None:
            self._use_disk(partial(shutil.rmtree, folder, ignore_errors=True))

    def _use_disk(self, work: Callable[[], object]) -> None:
        def guarded() -> None:
            with suppress(RuntimeError):  # the window may be deleted meanwhile
                work()

        self._jobs.start(guarded)


def distinct(titles: Sequence[str]) -> list[str]:
    """A file name for each title; names that occur again get a number."""
    names: list[str] = []
    for title in titles:
        name, count = file_name(title), 1
        while (f"{name}-{count}" if count > 1 else name).casefold() in {each.casefold() for each in names}:
            count += 1
        names.append(f"{name}-{count}" if count > 1 else name)
    return names


def file_of(name: str, row: str) -> str:
    """The name of the file or folder that a row writes."""
    suffix = EXPORTS[row].suffix
    if not suffix:
        return f"{name}-{row}"
    return name if name.lower().endswith(suffix) else f"{name}{suffix}"


def _exists(path: Path) -> bool:
    with suppress(OSError, ValueError):
        return path.exists()
    return False
