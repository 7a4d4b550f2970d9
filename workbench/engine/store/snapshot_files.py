"""The files of kept snapshots: `snapshots/<run>/<step>.pt` beside the store's database.

A file is written before its row and deleted after it: a process that is killed at any moment leaves no row without a
file. Files without a row are deleted when the run is found interrupted.
"""

from __future__ import annotations

import contextlib
import shutil
from typing import IO, TYPE_CHECKING, Final

from workbench.engine.errors import UsageError, UserError
from workbench.engine.files.atomic_write import remove_left_behind, write_atomically
from workbench.engine.files.machine_memory import most_in_state_file
from workbench.engine.files.safe_files import read_whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

MOST_KEPT: Final = 16
"""Snapshots kept on disk for each run."""


def steps_to_delete(steps: Iterable[int], most: int = MOST_KEPT) -> list[int]:
    """Which of these snapshots to delete so that at most `most` stay, spread over the run; the newest stays.

    Each time, the snapshot whose neighbours lie closest together is deleted (step 0, which the recipe gives, is a
    neighbour too): the longest distance from any step back to a snapshot then grows as little as possible.
    """
    kept = sorted(set(steps))
    dropped = []
    while len(kept) > max(most, 1):
        spans = [after - before for before, after in zip([0, *kept], kept[1:], strict=False)]
        dropped.append(kept.pop(spans.index(min(spans))))
    return dropped


def check_id(run: str) -> None:
    """Refuse an id that is not valid. Ids are read from files, which may be a stranger's: `..` would leave the folder.

    Raises:
        UsageError: the id does not consist of ASCII letters and digits.
    """
    if not (run.isascii() and run.isalnum()):
        raise UsageError("{run} cannot be the id of a run: open another file.", run=run)


class SnapshotFiles:
    """The snapshot files of one store."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "snapshots"

    def path(self, run: str, step: int) -> Path:
        """The file of the snapshot of a run at `step`."""
        return self._folder_of(run) / f"{step}.pt"

    def write(self, run: str, step: int, content: bytes) -> None:
        """Write the file, whole or not at all.

        Raises:
            OSError: the file could not be written.
        """
        path = self.path(run, step)
        path.parent.mkdir(parents=True, exist_ok=True)

        def write(file: IO[bytes]) -> None:
            file.write(content)

        write_atomically(path, write)

    def read(self, run: str, step: int) -> bytes:
        """The content of the file.

        Raises:
            UserError: the file is missing, or cannot be read.
        """
        path = self.path(run, step)
        try:
            return read_whole(path, most_in_state_file())
        except UserError as problem:
            raise UserError(
                "The snapshot of step {step} cannot be read ({reason}): go to another step.",
                step=step,
                reason=str(problem).rstrip("."),
            ) from problem

    def remove(self, run: str, steps: Iterable[int]) -> None:
        """Remove the files of these steps, as far as they exist."""
        for step in steps:
            with contextlib.suppress(OSError):
                self.path(run, step).unlink()

    def remove_all(self, run: str) -> None:
        """Remove everything kept for a run."""
        shutil.rmtree(self._folder_of(run), ignore_errors=True)

    def remove_strays(self, run: str, steps: Collection[int]) -> None:
        """Remove a run's files that belong to none of these steps: a killed process left them."""
        names = {f"{step}.pt" for step in steps}
        with contextlib.suppress(OSError):
            for path in self._folder_of(run).iterdir():
                if path.name not in names:
                    path.unlink()

    def remove_left_behind(self) -> None:
        """Remove the temporary files of killed processes."""
        with contextlib.suppress(OSError):
            for folder in self._folder.iterdir():
                remove_left_behind(folder)

    def _folder_of(self, run: str) -> Path:
        check_id(run)
        return self._folder / run
