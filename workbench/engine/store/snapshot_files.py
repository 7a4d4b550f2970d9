"""The files of kept snapshots: `snapshots/<run>/<step>.pt` beside the store's database.

A file is there before its row is, and its row is gone before it is: killed at any moment, no row lacks its file. Files
without a row are swept up when the run is found interrupted.
"""

from __future__ import annotations

import contextlib
import shutil
from typing import IO, TYPE_CHECKING, Final

from workbench.engine.errors import UsageError, UserError
from workbench.engine.files.atomic_write import write_atomically

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

MOST_KEPT: Final = 16
"""Snapshots kept on disk for each run."""


def to_drop(steps: Iterable[int], most: int = MOST_KEPT) -> list[int]:
    """Which of these snapshots to give up so that at most `most` stay, spread over the run; the newest stays.

    Each time the one goes whose neighbours lie closest together (step 0, which the recipe gives, is a neighbour too):
    the longest way from any step back to a snapshot grows as little as it can.
    """
    kept = sorted(set(steps))
    dropped = []
    while len(kept) > max(most, 1):
        spans = [after - before for before, after in zip([0, *kept], kept[1:], strict=False)]
        dropped.append(kept.pop(spans.index(min(spans))))
    return dropped


def check_id(run: str) -> None:
    """Refuse what is no run's id. Ids come out of files, which may come from anywhere: `..` is not to lead out of here.

    Raises:
        UsageError: it does not consist of letters and digits.
    """
    if not (run.isascii() and run.isalnum()):
        raise UsageError("{run} cannot be the id of a run: open another file.", run=run)


class SnapshotFiles:
    """The files of one store."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "snapshots"

    def path(self, run: str, step: int) -> Path:
        """Where the snapshot of a run's step is."""
        return self._folder_of(run) / f"{step}.pt"

    def write(self, run: str, step: int, content: bytes) -> None:
        """Put the file there, whole or not at all.

        Raises:
            OSError: it could not be written.
        """
        path = self.path(run, step)
        path.parent.mkdir(parents=True, exist_ok=True)

        def write(file: IO[bytes]) -> None:
            file.write(content)

        write_atomically(path, write)

    def read(self, run: str, step: int) -> bytes:
        """What is in the file.

        Raises:
            UserError: it is not there, or cannot be read.
        """
        path = self.path(run, step)
        try:
            return path.read_bytes()
        except OSError as error:
            raise UserError(
                "The snapshot {path} cannot be read ({reason}): go to another step.",
                path=path,
                reason=error.strerror or error,
            ) from error

    def remove(self, run: str, steps: Iterable[int]) -> None:
        """Remove the files of these steps, where they are there."""
        for step in steps:
            with contextlib.suppress(OSError):
                self.path(run, step).unlink()

    def remove_all(self, run: str) -> None:
        """Remove everything kept for a run."""
        shutil.rmtree(self._folder_of(run), ignore_errors=True)

    def remove_strays(self, run: str, steps: Collection[int]) -> None:
        """Remove what lies among a run's files but belongs to none of these steps: left by a killed process."""
        names = {f"{step}.pt" for step in steps}
        with contextlib.suppress(OSError):
            for path in self._folder_of(run).iterdir():
                if path.name not in names:
                    path.unlink()

    def _folder_of(self, run: str) -> Path:
        check_id(run)
        return self._folder / run
