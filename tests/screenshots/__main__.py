"""Makes the pictures of the READMEs again, in `resources/screenshots`.

    WORKBENCH_DATA=FOLDER python -m tests.screenshots [SCENE ...]

`WORKBENCH_DATA` names the folder that holds the real Fashion-MNIST. Each scene trains in a window of its own, in a
process of its own with an empty store and no remembered settings, on an X server of its own where Xvfb is installed.
Look at each picture before you commit it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.screens import OFFSCREEN, x_server
from tests.screenshots.scenes import SCENES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOLDER = Path(__file__).parents[2] / "resources" / "screenshots"
SCREEN = "1280x800"
"""The presentation fills it; without a window manager, windows have no frame."""


def main(words: Sequence[str] | None = None) -> int:
    """Make the pictures of the scenes named, or of all."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help=", ".join(SCENES))
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pictures go (default: %(default)s)")
    options = parser.parse_args(words)
    if unknown := [name for name in options.scenes if name not in SCENES]:
        parser.error(f"there is no scene {unknown[0]}; there are {', '.join(SCENES)}")
    if "WORKBENCH_DATA" not in os.environ:
        parser.error("set WORKBENCH_DATA to the folder that holds the real Fashion-MNIST")
    failed = [name for name in options.scenes or SCENES if not _made(name, options.folder)]
    if failed:
        sys.stderr.write(f"failed: {', '.join(failed)}\n")
    return len(failed)


def _made(name: str, folder: Path) -> bool:
    sys.stderr.write(f"{name}\n")
    with tempfile.TemporaryDirectory() as home, _screen() as screen:
        environment = os.environ | screen | _empty(Path(home))
        program = [sys.executable, "-m", "tests.screenshots.scenes", name, str(folder)]
        return subprocess.run(program, env=environment, check=False).returncode == 0


def _empty(home: Path) -> dict[str, str]:
    """The variables with which the program finds neither runs nor settings of the user."""
    return {
        "WORKBENCH_STORE": str(home / "store"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "LANG": "C.UTF-8",
    }


@contextlib.contextmanager
def _screen() -> Iterator[dict[str, str]]:
    if shutil.which("Xvfb") is None:
        yield OFFSCREEN
        return
    with x_server(SCREEN) as display:
        yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}


if __name__ == "__main__":
    sys.exit(main())
