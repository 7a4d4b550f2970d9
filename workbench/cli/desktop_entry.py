"""Makes the program known to a Linux desktop: an entry in its menu, an icon, and the kinds of files that it opens."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.cli.console import Status
from workbench.engine.errors import UserError, advice_on, say
from workbench.engine.files.atomic_write import write_atomically
from workbench.engine.paths import PROGRAM, resource_folder, resource_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

RUN_TYPE: Final = f"application/x-{PROGRAM}-run"
CHECKPOINT_TYPE: Final = f"application/x-{PROGRAM}-checkpoint"
UPDATERS: Final = (
    ("update-desktop-database", "applications"),
    ("update-mime-database", "mime"),
    ("gtk-update-icon-cache", "icons/hicolor"),
)
"""Programs of the desktop that read such files into a list, and the folder that each of them reads; where they are
missing, the desktop finds the files by itself, or at the next login."""
UPDATE_S: Final = 20

_ENTRY: Final = """[Desktop Entry]
Type=Application
Version=1.0
Name=Training workbench
Name[ko]=학습 워크벤치
GenericName=Neural network training
GenericName[ko]=신경망 학습
Comment=Set, train, watch and steer a neural network
Comment[ko]=신경망을 설정하고 학습하고 지켜보고 조종합니다
Exec={command} %f
Icon={name}
Terminal=false
Categories=Science;ArtificialIntelligence;
Keywords=PyTorch;deep learning;gradient descent;learning rate;
MimeType={types}
StartupNotify=true
StartupWMClass={name}
"""
_TYPES: Final = """<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{run}">
    <comment>Recorded training run</comment>
    <comment xml:lang="ko">기록된 학습 실행</comment>
    <sub-class-of type="application/json"/>
    <icon name="{name}"/>
    <magic priority="60">
      <match type="string" offset="0" value="{{\\n &quot;format&quot;: &quot;workbench run&quot;"/>
    </magic>
    <glob pattern="*.run"/>
  </mime-type>
  <mime-type type="{checkpoint}">
    <comment>Training checkpoint</comment>
    <comment xml:lang="ko">학습 체크포인트</comment>
    <sub-class-of type="application/zip"/>
    <icon name="{name}"/>
    <glob pattern="*.ckpt"/>
  </mime-type>
</mime-info>
"""


def install() -> Status:
    """Write the files into the user's folders, all or none, and say which; a second time the same files."""
    if (status := _refused()) is not None:
        return status
    files = _contents(_command())
    try:
        _write_all(files)
    except OSError as error:
        say(
            UserError(
                "Nothing was installed, because {path} could not be written ({reason}): {advice}, then try again.",
                path=error.filename or _data_home(),
                reason=error.strerror or str(error),
                advice=advice_on(error),
            )
        )
        return Status.FAILED
    _update()
    for path in files:
        say("Written: {path}", path=path)
    say("The training workbench is in the menu of your desktop now, and opens .run and .ckpt files.")
    return Status.DONE


def uninstall() -> Status:
    """Remove the files, and say which."""
    if (status := _refused()) is not None:
        return status
    removed = []
    for path in _contents(""):
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            say(
                UserError(
                    "{path} could not be removed ({reason}): {advice}, then try again.",
                    path=path,
                    reason=error.strerror or str(error),
                    advice=advice_on(error),
                )
            )
            return Status.FAILED
        removed.append(path)
    _update()
    for path in removed:
        say("Removed: {path}", path=path)
    if not removed:
        say("There was nothing to remove: the training workbench is not in the menu of your desktop.")
    return Status.DONE


def _refused() -> Status | None:
    if sys.platform == "linux":
        return None
    say("--install-desktop is for desktops of Linux; here, a shortcut to the program does the same.")
    return Status.FAILED


def _contents(command: str) -> dict[Path, bytes]:
    """The content of each file."""
    home = _data_home()
    entry = _ENTRY.format(command=command, name=PROGRAM, types=f"{RUN_TYPE};{CHECKPOINT_TYPE};")
    types = _TYPES.format(run=RUN_TYPE, checkpoint=CHECKPOINT_TYPE, name=PROGRAM)
    return {
        home / "icons" / "hicolor" / "scalable" / "apps" / f"{PROGRAM}.svg": resource_path(
            "icons", "app.svg"
        ).read_bytes(),
        home / "mime" / "packages" / f"{PROGRAM}.xml": types.encode(),
        # Last: an entry without its icon would show an empty place.
        home / "applications" / f"{PROGRAM}.desktop": entry.encode(),
    }


def _data_home() -> Path:
    """The folder of the user's data, as the XDG Base Directory Specification says: a relative path there is ignored."""
    named = Path(os.environ.get("XDG_DATA_HOME") or "")
    return named if named.is_absolute() else Path.home() / ".local" / "share"


def _command() -> str:
    """How the desktop starts the program: the command that was used now, else the interpreter with the program."""
    started = Path(sys.argv[0]) if sys.argv else Path()
    found = shutil.which(str(started)) if started.name and started.suffix != ".py" else None
    if found is not None:
        return _quoted(str(Path(found).absolute()))
    main = resource_folder().parent / "main.py"
    if main.is_file():  # a copy of the repository, in which nothing need be installed
        return f"{_quoted(sys.executable)} {_quoted(str(main))}"
    return f"{_quoted(sys.executable)} -m workbench"


def _quoted(word: str) -> str:
    """A word of an Exec line: in quotes, with what is special in them escaped, and this escaped as in every value.

    Source: Desktop Entry Specification 1.5, "The Exec key".
    """
    for special in ("\\", '"', "`", "$"):
        word = word.replace(special, f"\\{special}")
    return '"' + word.replace("\\", "\\\\").replace("%", "%%") + '"'


def _write_all(files: Mapping[Path, bytes]) -> None:
    """Write all files; where one cannot be written, the others are again as they were.

    Raises:
        OSError: one of them cannot be written.
    """
    before: dict[Path, bytes | None] = {}
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            before[path] = path.read_bytes() if path.exists() else None
            _write(path, content)
    except OSError:
        for path, old in before.items():
            with contextlib.suppress(OSError):
                if old is None:
                    path.unlink(missing_ok=True)
                else:
                    _write(path, old)
        raise


def _write(path: Path, content: bytes) -> None:
    def fill(file: IO[bytes]) -> None:
        file.write(content)

    write_atomically(path, fill)


def _update() -> None:
    """Have the desktop read the files now; whatever goes wrong there, it reads them later."""
    for program, folder in UPDATERS:
        place = _data_home() / folder
        if (found := shutil.which(program)) is None or not place.is_dir():
            continue
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run([found, str(place)], capture_output=True, timeout=UPDATE_S, check=False)
