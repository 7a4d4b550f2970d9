"""Refuses to write over what a run is made from: files of the user's own, and the file of a network."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from workbench.engine.errors import UsageError

PARTS: Final = (".npy", "ubyte", "ubyte.gz")
"""How files end that one data set has several of; of these only one is named."""


def check_is_no_source(target: Path, data: str | None, network: str | None, weights: str | None) -> None:
    """Raise if writing to `target` would replace what a run is made from, or put a file into its data.

    Args:
        target: the file that is to be written.
        data: the file or folder of the user's own data.
        network: the Python file of the user's own network.
        weights: the file of the weights that the run starts from.

    Raises:
        UsageError: `target` is one of these files, or lies in that folder.
    """
    for source in (data, network, weights):
        if source is not None and _is_one_file(target, source):
            raise UsageError("{path} would be replaced, and the run needs it: give another name.", path=target)
    if data is None:
        return
    place = Path(os.path.realpath(target))
    folder = Path(os.path.realpath(data))
    if os.path.isdir(folder) and place.is_relative_to(folder):  # noqa: PTH112  # `Path.is_dir` raises for some paths
        raise UsageError(
            "{path} lies in the folder of the data, {folder}: give a place outside of it.", path=target, folder=data
        )
    are_parts = all(name.lower().endswith(PARTS) for name in (place.name, folder.name))
    if are_parts and place.parent == folder.parent and os.path.lexists(target):
        raise UsageError("{path} may be a part of the data, and would be replaced: give another name.", path=target)


def _is_one_file(one: Path, other: str) -> bool:
    if os.path.realpath(one) == os.path.realpath(other):
        return True
    with suppress(OSError, ValueError):
        return one.samefile(other)
    return False
