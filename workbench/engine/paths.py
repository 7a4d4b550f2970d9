"""The folders of the program: data sets, the store of runs, settings, resources."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Final, Literal

import platformdirs

from workbench.engine.errors import UsageError

PROGRAM: Final = "training-workbench"
"""The name of the program in the folders of the user."""


def user_folder(kind: Literal["data", "config", "cache"]) -> Path:
    """The program's own folder for files of this kind; it need not exist.

    Raises:
        UsageError: the user has no home folder.
    """
    no_home = UsageError("This user has no home folder: set HOME to a folder you can write to, then start again.")
    try:
        # Without `appauthor=False` the folder on Windows would be PROGRAM inside another folder PROGRAM.
        match kind:
            case "data":
                folder = platformdirs.user_data_path(PROGRAM, appauthor=False)
            case "config":
                folder = platformdirs.user_config_path(PROGRAM, appauthor=False)
            case "cache":
                folder = platformdirs.user_cache_path(PROGRAM, appauthor=False)
    except RuntimeError:
        raise no_home from None
    if not folder.is_absolute():  # an older platformdirs leaves the "~" of a user without a home folder
        raise no_home
    return folder


def expanded(path: Path) -> Path:
    """`path` with `~` or `~user` replaced by a home folder.

    Raises:
        UsageError: there is no such user, or no home folder; or the path holds a character that no path can hold.
    """
    try:
        if b"\0" in os.fsencode(path):
            raise UsageError("{path} holds a NUL: a path cannot.", path=path)
        return path.expanduser()
    except UnicodeEncodeError:
        raise UsageError(
            "{path} cannot be a path in this locale: set LC_ALL to one of UTF-8, such as C.UTF-8.", path=path
        ) from None
    except RuntimeError:
        raise UsageError(
            "{path} begins with a home folder that does not exist: write the folder in full, or ./ before it.",
            path=path,
        ) from None


def data_root(chosen: Path | None = None) -> Path:
    """The folder of the data sets: `chosen`, else $WORKBENCH_DATA, else ./data if it exists, else the user's own.

    Raises:
        UsageError: the user has no home folder, or the folder's `~user` does not exist.
    """
    if chosen is not None:
        return expanded(chosen)
    if from_environment := os.environ.get("WORKBENCH_DATA"):
        return expanded(Path(from_environment))
    if (here := Path("data")).is_dir():
        return here.absolute()
    return user_folder("data") / "data"


def store_folder(chosen: Path | None = None) -> Path:
    """The folder of the runs: `chosen`, else $WORKBENCH_STORE, else the user's own.

    Raises:
        UsageError: the user has no home folder, or the folder's `~user` does not exist.
    """
    if chosen is not None:
        return expanded(chosen)
    if from_environment := os.environ.get("WORKBENCH_STORE"):
        return expanded(Path(from_environment))
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
