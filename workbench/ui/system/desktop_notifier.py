"""What the desktop shows of the program while its window is elsewhere: a notification, and progress in the task bar."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QSystemTrayIcon

from workbench.engine.paths import PROGRAM

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection
    from PySide6.QtWidgets import QWidget

SHOWN_MS: Final = 10_000
PORTAL: Final = "org.freedesktop.portal.Desktop"
LAUNCHER: Final = "com.canonical.Unity.LauncherEntry"


class Notifier(Protocol):
    """Shows something outside the window."""

    def notify(self, title: str, text: str) -> None:
        """Show a notification, where the desktop can."""

    def show_progress(self, share: float | None) -> bool:
        """Show progress from 0 to 1 in the task bar, or none; returns whether the desktop has a place for it."""


class DesktopNotifier(QObject):
    """Uses the tray where there is one, else the desktop portal; nothing where there is neither.

    Nothing is waited for: a desktop that does not answer costs no time.

    Args:
        window: whose program it is.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tray: QSystemTrayIcon | None = None
        self._hide = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._hide.timeout.connect(self._hide_tray)

    def notify(self, title: str, text: str) -> None:
        """Show a notification, where the desktop can."""
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            if self._tray is None:
                self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
                self._tray.messageClicked.connect(self._show_window)
            # The icon is there for its message only.
            self._tray.show()
            self._tray.showMessage(title, text, self._window.windowIcon(), SHOWN_MS)
            self._hide.start()
        elif (bus := session_bus()) is not None:
            from PySide6.QtDBus import QDBusMessage

            interface = "org.freedesktop.portal.Notification"
            call = QDBusMessage.createMethodCall(
                PORTAL, "/org/freedesktop/portal/desktop", interface, "AddNotification"
            )
            call.setArguments([PROGRAM, {"title": title, "body": text}])
            bus.send(call)

    def show_progress(self, share: float | None) -> bool:
        """Tell the launchers of Linux that know it (Unity, KDE, Dash to Dock); False where there is no session bus."""
        if (bus := session_bus()) is None:
            return False
        from PySide6.QtDBus import QDBusMessage

        signal = QDBusMessage.createSignal(f"/{LAUNCHER.replace('.', '/').lower()}/{os.getpid()}", LAUNCHER, "Update")
        progress = {"progress": 0.0 if share is None else float(share), "progress-visible": share is not None}
        signal.setArguments([f"application://{PROGRAM}.desktop", progress])
        return bus.send(signal)

    def _hide_tray(self) -> None:
        if self._tray is not None:
            self._tray.hide()

    def _show_window(self) -> None:
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.activateWindow()


def session_bus() -> QDBusConnection | None:
    """The session bus of a Linux desktop; None where there is none."""
    if sys.platform != "linux" or not _has_bus():
        return None
    try:
        from PySide6.QtDBus import QDBusConnection
    except ImportError:
        return None
    bus = QDBusConnection.sessionBus()
    return bus if bus.isConnected() else None


def _has_bus() -> bool:
    """Whether a bus is running; without this question, Qt might try to start one."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS")) or (runtime is not None and Path(runtime, "bus").exists())
