"""RecentFiles: remembers which files were opened or saved last."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from workbench.engine.errors import UserError
from workbench.engine.files.atomic_write import remove_left_behind
from workbench.ui.system.job_thread import JobThread

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_RECENT: Final = 12


class RecentFiles(QObject):
    """A list of files of all kinds, the last one first; one that is gone leaves it when it is chosen."""

    chosen = Signal(object)
    """The user wants a file that is there: its path."""
    missing = Signal(UserError)
    _looked = Signal(object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.paths: list[Path] = []
        self._jobs = JobThread("recent files")
        self._left = JobThread("left-behind files")
        self._looked.connect(self._on_looked)

    def add(self, path: Path) -> None:
        """A file was opened or saved."""
        path = path.absolute()
        self.paths = [path, *(each for each in self.paths if each != path)][:MOST_RECENT]

    def choose(self, path: Path) -> None:
        """The user wants this file; `chosen` or `missing` answers."""

        def look() -> None:
            is_there = False
            with suppress(OSError, ValueError):
                is_there = path.exists()
            with suppress(RuntimeError):  # the window may be deleted meanwhile
                self._looked.emit(path, is_there)

        self._jobs.start(look)

    def state(self) -> dict[str, Any]:
        """The paths, for JSON."""
        return {"paths": [str(path) for path in self.paths]}

    def restore(self, state: dict[str, Any]) -> None:
        """Take over what `state` returned; what makes no sense is passed over."""
        paths = state.get("paths")
        texts = [text for text in paths if isinstance(text, str)] if isinstance(paths, list) else []
        self.paths = [path for path in map(Path, texts) if path.is_absolute()][:MOST_RECENT]
        if folders := {path.parent for path in self.paths}:
            # In a thread of its own: a folder of a disk that hangs must not keep a file from being opened.
            self._left.start(lambda: _tidy(folders))

    def _on_looked(self, path: Path, is_there: bool) -> None:
        if is_there:
            self.chosen.emit(path)
            return
        self.paths = [each for each in self.paths if each != path]
        self.missing.emit(
            UserError("{path} is no longer there, and leaves the recent files: open it where it is now.", path=path)
        )


def _tidy(folders: Iterable[Path]) -> None:
    """Remove what a save that was killed has left in these folders."""
    for folder in folders:
        remove_left_behind(folder)
