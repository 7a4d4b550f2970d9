"""The file beside a script or a notebook that holds data of the user's own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.errors import UserError
from workbench.engine.files.safe_files import read_whole, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.data.dataset import Dataset

MOST_BYTES: Final = 1 << 36
NAMES: Final = ("train_inputs", "train_targets", "test_inputs", "test_targets")


def arrays_path(path: Path) -> Path:
    """The file beside the script or the notebook at `path`."""
    return path.with_name(f"{path.stem}_data.npz")


def write_arrays(data: Dataset, path: Path, *, may_replace: bool) -> None:
    """Write the samples to `path`. A file there that holds them already stays.

    Args:
        data: of the run.
        path: whose name the user has not typed.
        may_replace: whether the user was asked about a file there that holds something else.

    Raises:
        UserError: a file there holds something else and may not be replaced, or the file cannot be written.
    """
    content = arrays_of(data)
    if path.exists():
        if read_whole(path, MOST_BYTES) == content:
            return
        if not may_replace:
            raise UserError(
                "{path} is there already and holds something else than the data of this run: choose another name for "
                "what is exported, or move that file away.",
                path=path,
            )
    write_whole(content, path)


def arrays_of(data: Dataset) -> bytes:
    """The samples as an .npz file; the same samples give the same bytes."""
    content = io.BytesIO()
    np.savez_compressed(content, **{name: getattr(data, name).numpy() for name in NAMES})
    return content.getvalue()
