"""The weights that runs of the store start from: `initial_weights/<sha256>.safetensors` beside its database.

Each is kept once, whatever the number of runs that start from it, so that they can be trained again from their start
where the file that the user named has changed or gone.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from workbench.engine.files.atomic_write import remove_left_behind

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from workbench.engine.models.weights import StateDict

FOLDER: Final = "initial_weights"
SUFFIX: Final = ".safetensors"


def kept_file(store: Path, sha256: str) -> Path:
    """Where the store keeps the weights of this digest, if it does."""
    return store / FOLDER / f"{sha256}{SUFFIX}"


def keep(store: Path, sha256: str, weights: StateDict) -> None:
    """Write weights into the store, unless they are there.

    Raises:
        UserError: the disk is full, or the file may not be written.
        OSError: the folder cannot be made.
    """
    from workbench.engine.models.weights import save_weights

    path = kept_file(store, sha256)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    save_weights(weights, path)


def kept(store: Path) -> list[str]:
    """The digests of the weights that the store keeps."""
    return [path.stem for path in (store / FOLDER).glob(f"*{SUFFIX}")]


def remove_others(store: Path, needed: Collection[str]) -> None:
    """Remove all weights but those of these digests, and what killed processes left half written."""
    for sha256 in kept(store):
        if sha256 not in needed:
            with suppress(OSError):
                kept_file(store, sha256).unlink()
    remove_left_behind(store / FOLDER)
