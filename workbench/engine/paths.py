"""The folders of the program: data sets, the store of runs, settings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Literal

import platformdirs

PROGRAM: Final = "training-workbench"
"""The name of the program in the folders of the user."""


def user_folder(kind: Literal["data", "config", "cache"]) -> Path:
    """The program's own folder for files of this kind; it need not exist."""
    # Without `appauthor=False` the folder on Windows would be PROGRAM inside another folder PROGRAM.
    match kind:
        case "data":
            return platformdirs.user_data_path(PROGRAM, appauthor=False)
        case "config":
            return platformdirs.user_config_path(PROGRAM, appauthor=False)
        case "cache":
            return platformdirs.user_cache_path(PROGRAM, appauthor=False)


def data_root(chosen: Path | None = None) -> Path:
    """The folder of the data sets: `chosen`, else $WORKBENCH_DATA, else ./data if it exists, else the user's own."""
    if chosen is not None:
        return chosen.expanduser()
    if from_environment := os.environ.get("WORKBENCH_DATA"):
        return Path(from_environment).expanduser()
    if (here := Path.cwd() / "data").is_dir():
        return here
    return user_folder("data") / "data"


def store_folder(chosen: Path | None = None) -> Path:
    """The folder of the runs: `chosen`, else $WORKBENCH_STORE, else the user's own."""
    if chosen is not None:
        return chosen.expanduser()
    if from_environment := os.environ.get("WORKBENCH_STORE"):
        return Path(from_environment).expanduser()
    return user_folder("data") / "runs"
