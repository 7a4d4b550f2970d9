"""What the window remembers from one day to the next."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

LAYOUT_VERSION = 1
"""Raised when docks are added or renamed: an old layout would hide the new ones."""


class Settings:
    """A small INI file in the user's configuration folder. Whatever in it cannot be read counts as not there."""

    def __init__(self) -> None:
        path = platformdirs.user_config_path("training-workbench") / "window.ini"
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

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

    def restore_layout(self, window: QMainWindow) -> bool:
        """Place window and docks as they were; False where nothing fitting is stored."""
        geometry = self._settings.value("geometry")
        layout = self._settings.value("layout")
        restored = False
        if isinstance(geometry, QByteArray):
            restored = window.restoreGeometry(geometry)
        if isinstance(layout, QByteArray):
            window.restoreState(layout, LAYOUT_VERSION)
        return restored

    def save_layout(self, window: QMainWindow) -> None:
        """Remember where window and docks are."""
        self._settings.setValue("geometry", window.saveGeometry())
        self._settings.setValue("layout", window.saveState(LAYOUT_VERSION))
        self._settings.sync()
