"""RunFiles: saves the current run to a run file, and has the run of such a file trained again and compared."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from workbench.engine.errors import UserError, problem_of
from workbench.engine.protocol.commands import CaptureRecord, VerifyRun
from workbench.ui.connection.connection import REQUESTS
from workbench.ui.controllers.file_saving import FileSaving
from workbench.ui.dialogs import file_dialogs
from workbench.ui.dialogs.verify_dialog import ask_before_verifying
from workbench.ui.models.session_state import SessionState

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from workbench.engine.exporters.run_record import RunRecord
    from workbench.engine.protocol.events import RecordCaptured, TorchLoaded
    from workbench.ui.connection.connection import Connection
    from workbench.ui.controllers.own_networks import OwnNetworks
    from workbench.ui.controllers.run_controller import RunController
    from workbench.ui.models.run_model import RunModel


class RunFiles(FileSaving):
    """Asks where to save a run, and which run to train again.

    Args:
        connection: the training side holds the run.
        run: the current run.
        controller: trains a run again.
        networks: ask whether the code of a network may run.
        parent: the window, over which questions are asked.
    """

    saved = Signal(object, UserError)
    """The path, and what was checked after writing, as a sentence."""
    opened = Signal(object)
    """The path of a run file that could be read."""
    open_failed = Signal(UserError)
    # From the thread that reads.
    _read = Signal(object, object, object)

    def __init__(
        self,
        connection: Connection,
        run: RunModel,
        controller: RunController,
        networks: OwnNetworks,
        parent: QWidget,
    ) -> None:
        super().__init__(connection, run, parent)
        self._controller = controller
        self._networks = networks
        self._targets: dict[int, tuple[Path, str]] = {}
        self._checked: dict[Path, UserError] = {}
        self._threads = 0
        connection.record_captured.connect(self._on_captured)
        connection.torch_loaded.connect(self._on_torch_loaded)
        self._read.connect(self._ask)

    def ask_and_save(self, name: str) -> None:
        """Ask where to save the current run, which is called `name`; `saved` or `save_failed` answers."""
        suggestion = self._folder / f"{name}{file_dialogs.RUN_SUFFIX}"
        path = file_dialogs.ask_where_to_save_run(self._window, suggestion)
        if path is not None:
            request = next(REQUESTS)
            self._targets[request] = path, name
            self._connection.send(CaptureRecord(request))

    def ask_and_open(self) -> None:
        """Ask for a run file, and open it."""
        path = file_dialogs.ask_which_run_file(self._window, self._folder)
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Say what is in a run file and what differs here, and train it again if the user wants that."""
        self._folder = path.parent
        self._jobs.start(partial(self._work, path, self._threads))

    def _on_torch_loaded(self, event: TorchLoaded) -> None:
        self._threads = event.threads

    def _on_captured(self, event: RecordCaptured) -> None:
        if event.request not in self._targets:
            return
        path, name = self._targets.pop(event.request)

        def write() -> None:
            from workbench.engine.exporters.context import ExportContext
            from workbench.engine.exporters.run_file import write_run
            from workbench.engine.exporters.run_record import record_of_checkpoint

            record = record_of_checkpoint(event.checkpoint, name)
            self._checked[path] = write_run(record, path, ExportContext())

        self._write(write, path, event.checkpoint.snapshot.step)

    def _on_written(self, path: Path, step: int) -> None:
        del step
        self._folder = path.parent
        self.saved.emit(path, self._checked.pop(path))

    def _ask(self, path: Path, found: RunRecord | UserError, differences: list[UserError]) -> None:
        if isinstance(found, UserError):
            self.open_failed.emit(found)
            return
        from workbench.engine.exporters.verification import recorded_threads, with_threads

        self.opened.emit(path)
        record = found
        command = VerifyRun(
            path.name, record.recipe, record.run, record.history, record.weights_sha256, record.environment
        )
        network = record.recipe.network

        def accepted(threads: int | None) -> None:
            wanted = command if threads is None else replace(command, recipe=with_threads(record.recipe, threads))
            verify = partial(self._controller.verify, wanted)
            if network is None:
                verify()
            else:
                self._networks.when_trusted(network, verify)

        ask_before_verifying(
            self._window,
            path.name,
            record,
            differences,
            threads=recorded_threads(record, self._threads),
            is_training=self._run.state is SessionState.TRAINING,
            accepted=accepted,
        )

    # In the thread that reads

    def _work(self, path: Path, threads: int) -> None:
        found: RunRecord | UserError
        differing: list[UserError] = []
        try:
            from workbench.engine.exporters.run_file import load_run_file

            found = load_run_file(path)
            differing = known_differences(found, threads)
        except Exception as error:  # noqa: BLE001  # whatever is in the file, the user waits for an answer
            found = problem_of(error)
        with suppress(RuntimeError):  # the window may be deleted meanwhile
            self._read.emit(path, found, differing)


def known_differences(record: RunRecord, threads: int) -> list[UserError]:
    """Why the run may come out otherwise here than recorded.

    Args:
        record: of the run.
        threads: that torch uses here where the run asks for no number.
    """
    from workbench.engine.exporters.verification import differences
    from workbench.engine.runtime.environment import environment

    device = record.recipe.device
    try:
        here = environment(device, int(record.recipe["threads"]) or threads)
    except Exception as error:  # noqa: BLE001  # torch raises different errors for devices that are not there
        return [
            UserError(
                "The device {device} is not here ({reason}), so the run cannot be trained again on this machine.",
                device=device,
                reason=str(error).partition("\n")[0],
            )
        ]
    return differences(record.environment, here)
