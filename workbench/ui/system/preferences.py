"""What the window remembers until it is opened again."""

from __future__ import annotations

import contextlib
import json
import shutil
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

from workbench.engine.paths import PROGRAM, user_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow

LAYOUT_VERSION = 2
"""Increased when docks are added or renamed: an old layout would hide the new ones."""


@runtime_checkable
class Remembering(Protocol):
    """A part of the window whose state is stored when the window closes."""

    def state(self) -> dict[str, Any]:
        """The state to remember, as plain values."""

    def restore(self, state: dict[str, Any]) -> None:
        """Return to `state`; values in it that are not valid are ignored."""


class Settings:
    """A small INI file in the user's configuration folder. An entry that cannot be read counts as missing."""

    def __init__(self) -> None:
        self._settings = QSettings(str(_settings_file()), QSettings.Format.IniFormat)

    def read(self, key: str) -> dict[str, Any]:
        """The dictionary stored under `key`, or an empty one."""
        try:
            value = json.loads(str(self._settings.value(key, "{}")))
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    def write(self, key: str, value: dict[str, Any]) -> None:
        """Store a dictionary of plain values under `key`."""
        self._settings.setValue(key, json.dumps(value))

    def restore_geometry(self, window: QMainWindow) -> None:
        """Place the window where it was."""
        geometry = self._settings.value("geometry")
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)

    def layout(self, name: str) -> QByteArray | None:
        """The places of the docks, as `QMainWindow.saveState` gave them with `LAYOUT_VERSION`; None if none are stored.

        Args:
            name: "" for those of the workspace that older versions have, else the name of another.
        """
        layout = self._settings.value(_layout_key(name))
        return layout if isinstance(layout, QByteArray) else None

    def save_layouts(self, window: QMainWindow, layouts: Mapping[str, QByteArray]) -> None:
        """Store the place of the window, and the places of the docks by name (see `layout`)."""
        self._settings.setValue("geometry", window.saveGeometry())
        for name, layout in layouts.items():
            self._settings.setValue(_layout_key(name), layout)
        self._settings.sync()


def _layout_key(name: str) -> str:
    return f"layout_{name}" if name else "layout"


def _settings_file() -> Path:
    """The file of the settings; one of an older version on Windows is copied to where it stands now."""
    path = user_folder("config") / "window.ini"
    older = platformdirs.user_config_path(PROGRAM) / path.name
    if older != path and older.is_file() and not path.exists():
        with contextlib.suppress(OSError):  # the window then opens with the usual settings
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(older, path)
    return path
