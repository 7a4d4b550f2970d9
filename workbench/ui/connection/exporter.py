"""Exporter: has exports written by a process of its own (see `export_process`), and follows its reports."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

import workbench
from workbench.engine.errors import UserError
from workbench.engine.session.export_process import MODULE, Report, Request

KILL_AFTER_MS: Final = 3000
"""How long a cancelled export may take to remove what it has begun to write."""
LONGEST_LINE: Final = 1 << 16


class Exporter(QObject):
    """Carries out one request at a time."""

    progressed = Signal(int, str, object, object)
    """The index of a target, what is being done for it, how much, and of how much; 0 where that is not known."""
    written = Signal(int, UserError)
    """The index of a target, and what was checked after writing, as a sentence."""
    failed = Signal(int, UserError)
    """The index of a target, and why it was not written."""
    finished = Signal(bool)
    """Nothing is being written any more; whether the user has cancelled."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._left: list[int] = []
        self._is_cancelled = False

    @property
    def is_busy(self) -> bool:
        """Whether something is being written."""
        return self._process is not None

    def start(self, request: Request) -> None:
        """Begin to write; signals report, and `finished` ends."""
        assert self._process is None
        self._left, self._is_cancelled = list(range(len(request.targets))), False
        self._process = process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        # The program may run from a folder, without being installed.
        places = [str(Path(workbench.__file__).parents[1]), environment.value("PYTHONPATH")]
        environment.insert("PYTHONPATH", os.pathsep.join(filter(None, places)))
        process.setProcessEnvironment(environment)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        # -P: without it, Python looks for modules in the working folder first, where anything may lie.
        process.start(sys.executable, ["-P", "-m", MODULE])
        process.write(request.to_line().encode())

    def cancel(self) -> None:
        """End soon; a file that is being written is left as it was."""
        process = self._process
        if process is None or self._is_cancelled:
            return
        self._is_cancelled = True
        process.closeWriteChannel()
        QTimer.singleShot(KILL_AFTER_MS, process, process.kill)

    def close(self) -> None:
        """End at once, without a signal: the window closes."""
        if (process := self._process) is not None:
            self._process = None
            process.disconnect(self)
            process.kill()
            process.waitForFinished(KILL_AFTER_MS // 10)

    def _read(self) -> None:
        process = self._process
        while process is not None and process.canReadLine():
            line = bytes(process.readLine(LONGEST_LINE).data())
            try:
                report = Report.from_line(line.decode())
            except (ValueError, LookupError, TypeError, AttributeError):
                continue  # written by something else
            self._report(report)

    def _report(self, report: Report) -> None:
        if report.target not in self._left:
            return
        if report.checked is None and report.problem is None:
            self.progressed.emit(report.target, report.phase, report.done, report.total)
            return
        self._left.remove(report.target)
        if report.checked is not None:
            self.written.emit(report.target, report.checked)
        elif report.problem is not None:
            self.failed.emit(report.target, report.problem)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end(self.tr("it could not be started"))

    def _on_finished(self, status: int) -> None:
        self._read()
        self._end(self.tr("it ended with the status {status}").format(status=status))

    def _end(self, reason: str) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.deleteLater()
        left, self._left = self._left, []
        if not self._is_cancelled:
            for target in left:
                problem = UserError(
                    "The process that writes exports did not do it ({reason}): close other programs, then try again.",
                    reason=reason,
                )
                self.failed.emit(target, problem)
        self.finished.emit(self._is_cancelled)
