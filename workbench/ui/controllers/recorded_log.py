"""RecordedLog: lets the log of a run that is opened say what was printed when it was trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workbench.engine.protocol.recorded_text import recorded_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.ui.connection.connection import Connection
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.panels.log import LogPanel


class RecordedLog(QObject):
    """Appends the text of a run to the log when the run is opened.

    Args:
        run: the current run.
        log: shows the text.
        connection: tells of texts; a run that is trained again from its file is opened, too, and prints for itself.
        is_known: whether the log has the text of the run already, as in a window that takes the place of another.
        parent: Qt's parent.
    """

    def __init__(
        self, run: RunModel, log: LogPanel, connection: Connection, is_known: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._run = run
        self._log = log
        self._is_known = is_known
        self._is_due = False
        run.started.connect(self._on_started)
        connection.text_printed.connect(self._on_printed)
        run.paused.connect(self._on_paused)

    def _on_started(self, is_opened: bool) -> None:
        self._is_due = is_opened and not self._is_known()

    def _on_printed(self) -> None:
        self._is_due = False

    def _on_paused(self) -> None:
        is_due, self._is_due, run = self._is_due, False, self._run
        if not is_due or run.history is None or run.recipe is None:
            return
        text = recorded_text(run.history, int(run.recipe.values["batch_size"]), run.train_count)
        if text and self._log.text and not self._log.text.endswith("\n\n"):
            text = "\n" + text
        self._log.append(text)
