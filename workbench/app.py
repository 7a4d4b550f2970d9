"""Composes the program: store, thread, theme, translator, window. The only place that knows them all."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workbench import __version__, cli
from workbench.cli.options import positive
from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import UsageError
from workbench.engine.recipe import REGISTRIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.ui.window.main_window import MainWindow

START_AFTER_MS = 50
"""Torch is imported once the window has been painted: importing holds the interpreter lock."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    cli.replace_unencodable()
    if words and words[0] in cli.COMMANDS:
        return cli.main(words)
    options = _parser().parse_args(words)
    from workbench.ui.system.display_check import why_no_window

    if sentence := why_no_window():
        sys.stderr.write(sentence + "\n")
        return 1
    try:
        cli.recipe_from(options)
    except UsageError as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    return _run_window(words)


def create_window(arguments: list[str]) -> MainWindow:
    """Build the whole application on the existing QApplication, without showing it.

    Args:
        arguments: the command line's words, without the program's name.

    The window begins to load torch and data shortly after the event loop runs.
    """
    window = _compose(arguments)
    window.build_all()
    return window


def _compose(arguments: list[str]) -> MainWindow:
    """The window with everything connected, the plots still to be built: they cost a quarter of a second."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from workbench.engine.paths import PROGRAM, data_root, store_folder
    from workbench.ui.connection.training_thread import TrainingThread
    from workbench.ui.style.icons import application_icon
    from workbench.ui.style.theme import MODES, Theme
    from workbench.ui.system.preferences import Settings
    from workbench.ui.text.translation import install_translations
    from workbench.ui.window.main_window import MainWindow

    options = _parser().parse_args(arguments)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setApplicationName(PROGRAM)
    application.setApplicationVersion(__version__)
    application.setWindowIcon(application_icon())
    install_translations(application, options.language)

    settings = Settings()
    mode = options.theme or settings.read("theme").get("mode")
    theme = Theme(mode if mode in MODES else "system", application)
    theme.apply(application)
    store = store_folder(options.store)
    thread = TrainingThread(data_root(options.data_root), store)
    window = MainWindow(thread, theme, settings, store)
    # Owned by the window: it goes when the window has gone, and the window waits for it before that.
    thread.setParent(window)
    _preset(window, options)
    QTimer.singleShot(START_AFTER_MS, window, window.start)
    return window


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="workbench",
        allow_abbrev=False,
        description="Train a network and steer it while it trains. Without a command the window opens.",
        epilog="`workbench train --help` tells how to train without the window.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--theme", choices=("system", "light", "dark"), help="light, dark, or as the system is")
    parser.add_argument("--language", metavar="CODE", help="en, ko … (default: the system's)")
    parser.add_argument(
        "--store",
        type=Path,
        metavar="DIR",
        help="folder of the kept runs (default: $WORKBENCH_STORE, else the user's data folder)",
    )
    parser.add_argument(
        "--snapshot-memory",
        type=positive,
        metavar="MIB",
        help="memory that the snapshots may take which going back starts from (default: as last set, at first 1024)",
    )
    cli.add_recipe_options(parser)
    return parser


def _preset(window: MainWindow, options: argparse.Namespace) -> None:
    """Set what the command line asks for; the rest stays as remembered."""
    choices = {name: choice for name in REGISTRIES if (choice := getattr(options, name)) is not None}
    values = {name: value for name in TABLE if (value := getattr(options, name)) is not None}
    window.preset(choices, values, options.device, options.snapshot_memory)


def _run_window(words: list[str]) -> int:
    from PySide6.QtWidgets import QApplication

    from workbench.engine.runtime.malloc_arenas import use_one_malloc_arena
    from workbench.ui.system.quit_signals import QuitSignals

    use_one_malloc_arena()
    application = QApplication(sys.argv[:1])
    window = _compose(words)
    window.closed.connect(application.quit)
    signals = QuitSignals(application)
    signals.quit_requested.connect(window.leave_at_once)
    window.show()
    status = application.exec()
    signals.close()
    if window.is_training_thread_running:
        # It is inside an import or a read that nothing interrupts. Destroying a running QThread aborts the process;
        # leaving without cleaning up loses nothing, since files are written whole or not at all.
        sys.stderr.flush()
        os._exit(status)
    return status
