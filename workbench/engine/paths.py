"""The folders of the program: data sets, the store of runs, settings, resources."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Final, Literal

import platformdirs

PROGRAM: Final = "training-workbench"
"""The name of the program in the folders of the user."""


def user_folder(kind: Literal["data", "config"]) -> Path:
    """The program's own folder for files of this kind; it need not exist."""
    # Without `appauthor=False` the folder on Windows would be PROGRAM inside another folder PROGRAM.
    match kind:
        case "data":
            return platformdirs.user_data_path(PROGRAM, appauthor=False)
        case "config":
            return platformdirs.user_config_path(PROGRAM, appauthor=False)


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


@functools.cache
def resource_folder() -> Path:
    """The folder that holds `data`, `icons`, `themes` and `translations`.

    An installed package contains it (`workbench/resources`); in a checkout it lies beside the package.

    Raises:
        FileNotFoundError: neither folder exists: the installation is incomplete.
    """
    return find_resource_folder(Path(__file__).resolve().parents[1])


def find_resource_folder(package: Path) -> Path:
    """The resources that belong to the package folder `package`: inside it, else beside it.

    Raises:
        FileNotFoundError: neither folder exists.
    """
    candidates = (package / "resources", package.parent / "resources")
    for folder in candidates:
        # A folder "resources" beside site-packages may belong to another program; ours has themes.
        if (folder / "themes").is_dir():
            return folder
    places = " or ".join(str(folder) for folder in candidates)
    raise FileNotFoundError(f"the program's resources are missing (looked in {places}); reinstall the program")


def resource_path(*parts: str) -> Path:
    """The path of one resource, e.g. `resource_path("icons", "train.svg")`; it need not exist.

    Raises:
        FileNotFoundError: there is no folder of resources.
    """
    return resource_folder().joinpath(*parts)
