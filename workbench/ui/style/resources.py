"""Where the icons, themes and translations are."""

from __future__ import annotations

import functools
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[2]


@functools.cache
def resource_folder() -> Path:
    """Return the folder that holds `icons`, `themes` and `translations`.

    An installed package carries it inside (`workbench/resources`), a checkout has it beside the package.

    Raises:
        FileNotFoundError: neither is there, the installation is incomplete.
    """
    return find_resource_folder(_PACKAGE)


def find_resource_folder(package: Path) -> Path:
    """Return the resources that belong to the package folder `package`: inside it, else beside it.

    Raises:
        FileNotFoundError: neither is there.
    """
    candidates = (package / "resources", package.parent / "resources")
    for folder in candidates:
        # A folder named "resources" beside site-packages may be anyone's; ours has themes.
        if (folder / "themes").is_dir():
            return folder
    places = " or ".join(str(folder) for folder in candidates)
    raise FileNotFoundError(f"the program's resources are missing (looked in {places}); reinstall the program")


def resource_path(*parts: str) -> Path:
    """Return the path of one resource, e.g. `resource_path("icons", "train.svg")`; it need not exist.

    Raises:
        FileNotFoundError: there is no resources folder at all.
    """
    return resource_folder().joinpath(*parts)
