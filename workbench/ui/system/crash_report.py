"""Reports of crashes: what the program was, what it was doing, and where; no path or name of the user's own.

A Python exception that nothing caught is written at once. Where the process itself ends, such as by a segmentation
fault, `faulthandler` writes the stacks to a file that is kept open; the next start makes a report of it, with what was
known of the run then.
"""

from __future__ import annotations

import contextlib
import faulthandler
import getpass
import json
import os
import platform
import re
import secrets
import sys
import threading
import time
import traceback
from collections import deque
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from workbench import __version__
from workbench.engine.files.atomic_write import write_atomically
from workbench.engine.files.file_locks import acquire_lock, is_held

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from filelock import BaseFileLock

PACKAGES: Final = ("torch", "torchvision", "numpy", "PySide6-Essentials", "pyqtgraph", "safetensors")
LOG_LINES: Final = 40
MOST_REPORTS: Final = 5
"""Of one process: a defect that occurs with every frame would fill the disk."""
MOST_KEPT: Final = 20
NOTE_AFTER_S: Final = 0.25
"""Between two notes of what the run is doing, which only a fatal end of the process needs."""
FATAL: Final = ("Fatal Python error", "Windows fatal exception")
NOT_PERSONAL: Final = frozenset({"root", "user", "admin", "administrator", "guest", "runner"})
"""Names of users that say nothing about a person, and may stand in a report as words."""
_RUN: Final = re.compile(r"^run id: ([0-9a-f]{16})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CrashReport:
    """A report on disk.

    Attributes:
        path: of the file.
        text: the whole of it.
        run: the id of the run that was under way; None where there was none.
    """

    path: Path
    text: str
    run: str | None


def read_report(path: Path) -> CrashReport:
    """Read a report.

    Raises:
        OSError: it cannot be read.
    """
    text = path.read_text(encoding="utf-8", errors="replace")
    found = _RUN.search(text)
    return CrashReport(path, text, None if found is None else found[1])


def new_reports(folder: Path) -> list[CrashReport]:
    """The reports that have not been shown yet, oldest first; those of processes that were ended are made now."""
    with contextlib.suppress(OSError):
        for path in folder.glob("*.fault"):
            _take_over(path)
    reports = []
    with contextlib.suppress(OSError):
        for path in sorted(folder.glob("report-*.txt")):
            with contextlib.suppress(OSError):
                reports.append(read_report(path))
    return reports


def mark_shown(report: CrashReport) -> CrashReport:
    """Keep a report that has been shown under another name, so that it is not offered again; old ones go."""
    path = report.path.with_name(report.path.name.replace("report-", "shown-", 1))
    with contextlib.suppress(OSError):
        report.path.replace(path)
        for old in sorted(path.parent.glob("shown-*.txt"))[:-MOST_KEPT]:
            old.unlink()
        return CrashReport(path, report.text, report.run)
    return report


def without_personal(text: str) -> str:
    """`text` with the home folder as `~`, and the names of the user and of the machine left out."""
    homes = {str(Path.home()), os.path.realpath(Path.home())} if _has_home() else set()
    for home in sorted(homes, key=len, reverse=True):
        if len(home) > 1:
            text = re.sub(re.escape(home) + r"(?![\w-])", "~", text)
            # A path of Windows has its backslashes doubled where Python quotes it.
            if "\\" in home:
                text = text.replace(home.replace("\\", "\\\\"), "~")
    for name, word in ((_user(), "(user)"), (platform.node(), "(machine)")):
        if len(name) > 1 and name.lower() not in NOT_PERSONAL:
            text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", word, text, flags=re.IGNORECASE)
    return text


class CrashWatch:
    """Writes a report when something goes wrong in this process, until it is closed.

    Args:
        folder: for the reports; made when it is needed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._token = secrets.token_hex(8)
        self._log: deque[str] = deque(maxlen=LOG_LINES)
        self._run: dict[str, Any] = {}
        self._noted_at = 0.0
        self._written: set[str] = set()
        self._lock: BaseFileLock | None = None
        self._fault: IO[bytes] | None = None
        self._hooks: tuple[Any, Any] | None = None
        self.on_report: Callable[[CrashReport], None] | None = None
        """Called in the thread of the error, after its report is written."""

    def start(self) -> None:
        """Watch from now on; without a folder to write to, only errors of Python are watched, and not kept."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = acquire_lock(self._file("lock"), timeout=0)
            self._fault = self._file("fault").open("wb")
            self._fault.write(_versions().encode())
            self._fault.flush()
            faulthandler.enable(self._fault, all_threads=True)
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def close(self) -> None:
        """Watch no more: the process ends as it should."""
        if self._hooks is not None:
            sys.excepthook, threading.excepthook = self._hooks
            self._hooks = None
        if self._fault is not None:
            faulthandler.disable()
            self._fault.close()
            self._fault = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        for kind in ("fault", "json", "lock"):
            with contextlib.suppress(OSError):
                self._file(kind).unlink()

    def note_run(self, run: str | None, recipe: str, step: int) -> None:
        """Keep which run is under way, its recipe as JSON and its step."""
        noted = {} if run is None else {"id": run, "recipe": recipe, "step": step}
        is_other = noted.get("id") != self._run.get("id")
        self._run = noted
        self._note(at_once=is_other)

    def note_log(self, text: str) -> None:
        """Keep the last lines of the log."""
        self._log += text.rstrip("\n").splitlines()
        self._note(at_once=False)

    def _note(self, *, at_once: bool) -> None:
        """Write what is known of the run; without fsync, since a process that ends loses nothing it has written."""
        now = time.monotonic()
        if self._fault is None or (not at_once and now - self._noted_at < NOTE_AFTER_S):
            return
        self._noted_at = now
        known, new = self._file("json"), self._file("new")
        with contextlib.suppress(OSError):
            new.write_text(json.dumps({"run": self._run, "log": list(self._log)}), encoding="utf-8")
            new.replace(known)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        before = self._hooks[0] if self._hooks is not None else sys.__excepthook__
        before(kind, error, trace)
        self._report(kind, error, trace, "MainThread")

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        before = self._hooks[1] if self._hooks is not None else threading.__excepthook__
        before(arguments)
        name = "" if arguments.thread is None else arguments.thread.name
        if arguments.exc_value is not None:
            self._report(arguments.exc_type, arguments.exc_value, arguments.exc_traceback, name)

    def _report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None, thread: str
    ) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            return
        # Nothing that goes wrong here may hide the error itself.
        with contextlib.suppress(Exception):
            stack = "".join(traceback.format_exception(kind, error, trace))
            place = "".join(traceback.format_tb(trace)[-3:]) + kind.__name__
            if place in self._written or len(self._written) >= MOST_REPORTS:
                return
            self._written.add(place)
            context = {"run": self._run, "log": list(self._log)}
            report = _write(self.folder, _versions(), context, f"In the thread {thread}:\n{stack}")
            if self.on_report is not None:
                self.on_report(report)

    def _file(self, kind: str) -> Path:
        return self.folder / f"{self._token}.{kind}"


def _take_over(fault: Path) -> None:
    """Make a report of what a process has left that was ended; nothing where it still runs."""
    lock = fault.with_suffix(".lock")
    if lock.exists() and is_held(lock):
        return
    text = fault.read_text(encoding="utf-8", errors="replace")
    if any(sign in text for sign in FATAL):
        place = min(text.index(sign) for sign in FATAL if sign in text)
        context: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError):
            read = json.loads(fault.with_suffix(".json").read_text(encoding="utf-8"))
            context = read if isinstance(read, dict) else {}
        _write(fault.parent, text[:place], context, text[place:])
    for kind in (".fault", ".json", ".new", ".lock"):
        with contextlib.suppress(OSError):
            fault.with_suffix(kind).unlink()


def _write(folder: Path, versions: str, context: dict[str, Any], stack: str) -> CrashReport:
    """Write a report, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    run = context.get("run") if isinstance(context.get("run"), dict) else None
    parts = ["Crash report of the training workbench", "", versions.rstrip()]
    if run:
        parts += ["", f"run id: {run.get('id')}", f"step: {run.get('step')}", f"recipe: {run.get('recipe')}"]
    else:
        parts += ["", "No run was under way."]
    log = context.get("log")
    if isinstance(log, list) and log:
        parts += ["", "The last lines of the log:", *(str(line) for line in log)]
    parts += ["", stack.rstrip(), ""]
    text = without_personal("\n".join(parts))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"report-{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(4)}.txt"
    write_atomically(path, lambda file: _write_bytes(file, text.encode("utf-8", errors="replace")))
    return read_report(path)


def _write_bytes(file: IO[bytes], content: bytes) -> None:
    file.write(content)


def _versions() -> str:
    """The versions and the platform, a line each; packages are asked without importing them."""
    lines = [f"workbench {__version__}", f"Python {platform.python_version()} ({platform.python_implementation()})"]
    for package in PACKAGES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            lines.append(f"{package} {metadata.version(package)}")
    lines.append(f"{platform.system()} {platform.release()} ({platform.machine()}), {os.cpu_count()} processors")
    lines.append(f"Qt platform: {os.environ.get('QT_QPA_PLATFORM', 'usual')}")
    return "\n".join(lines) + "\n"


def _has_home() -> bool:
    try:
        Path.home()
    except RuntimeError:
        return False
    return True


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
