"""The folders of the program: data sets and the store of runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import platformdirs

PROGRAM: Final = "training-workbench"
"""The name of the program in the folders of the user."""


def data_root(chosen: Path | None = None) -> Path:
    """The folder of the data sets: `chosen`, else $WORKBENCH_DATA, else ./data if it exists, else the user's own."""
    if chosen is not None:
        return chosen.expanduser()
    if from_environment := os.environ.get("WORKBENCH_DATA"):
        return Path(from_environment).expanduser()
    if (here := Path.cwd() / "data").is_dir():
        return here
    return platformdirs.user_data_path(PROGRAM, appauthor=False) / "data"


def store_folder(chosen: Path | None = None) -> Path:
    """The folder of the runs: `chosen`, else $WORKBENCH_STORE, else the user's own."""
    if chosen is not None:
        return chosen.expanduser()
    if from_environment := os.environ.get("WORKBENCH_STORE"):
        return Path(from_environment).expanduser()
    return platformdirs.user_data_path(PROGRAM, appauthor=False) / "runs"
