"""Composes the program: store, thread, theme, translator, window. No other module knows all of them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from workbench import __version__, cli
from workbench.cli import desktop_entry
from workbench.cli.console import Status
from workbench.cli.data_options import chosen_data
from workbench.cli.model_options import chosen_network
from workbench.cli.options import add_recipe_options, path, positive, recipe_from
from workbench.cli.parser import Parser, choose_language, first_word
from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import UsageError, UserError, say
from workbench.engine.models.trusted_code import trust
from workbench.engine.paths import PROGRAM, data_root, store_folder, user_folder
from workbench.engine.recipe import REGISTRIES
from workbench.engine.runtime.address_space import WINDOW_RESERVE, check_address_space
from workbench.engine.translation import LANGUAGES, language_of_system

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from workbench.ui.connection.training_thread import TrainingThread
    from workbench.ui.style.theme import Theme
    from workbench.ui.system.preferences import Settings
    from workbench.ui.window.main_window import MainWindow

START_AFTER_MS = 50
"""Torch is imported after the first paint: the import holds the interpreter lock."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    choose_language(words)
    if first_word(words) in cli.COMMANDS:
        return cli.main(words)
    options = _parser().parse_args(words)
    if options.install_desktop or options.uninstall_desktop:
        return desktop_entry.install() if options.install_desktop else desktop_entry.uninstall()
    from workbench.ui.system.display_check import why_no_window

    try:
        recipe_from(options)
        _folders(options)
        _check_file(options.file)
    except UserError as problem:
        say(problem)
        return Status.BAD_USAGE
    if sentence := why_no_window():
        say(sentence)
        return Status.FAILED
    try:
        check_address_space(WINDOW_RESERVE)
    except UserError as problem:
        say(problem)
        return Status.FAILED
    return _run_window(words)


def create_window(arguments: list[str]) -> MainWindow:
    """Build the whole application on the existing QApplication, without showing it.

    Args:
        arguments: of the command line, without the program's name.

    The window begins to load torch and data shortly after the event loop has started.
    """
    window = _compose(arguments)
    window.build_all()
    return window


def _compose(arguments: list[str]) -> MainWindow:
    """The connected window without its plots, which take a quarter of a second to build."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from workbench.ui.system.plain_imports import use_plain_imports

    use_plain_imports()  # before the imports below

    from workbench.ui.connection.training_thread import TrainingThread
    from workbench.ui.models.own_files import OwnFiles
    from workbench.ui.style.icons import application_icon
    from workbench.ui.style.theme import MODES, Theme
    from workbench.ui.style.zoom import remembered
    from workbench.ui.system import accessible
    from workbench.ui.system.preferences import Settings
    from workbench.ui.text.translation import install_translations
    from workbench.ui.window.zoom_control import fitting_zoom

    options = _parser().parse_args(arguments)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    accessible.install()
    application.setApplicationName(PROGRAM)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName(PROGRAM)  # the desktop finds icon and name of the window by it
    application.setWindowIcon(application_icon())
    settings = Settings()
    install_translations(application, _language(options.language, settings.read("language").get("code")))
    mode = options.theme or settings.read("theme").get("mode")
    theme = Theme(mode if mode in MODES else "system", application)
    wanted = remembered(settings.read("zoom").get("percent"))
    theme.set_zoom(fitting_zoom(wanted))
    theme.apply(application)
    root, store = _folders(options)
    thread = TrainingThread(root, store)
    window = _open_window(thread, theme, settings, store)
    window.say_zoom(wanted)
    # The rest stays as remembered.
    dataset, source = chosen_data(options)
    files = None if source is None else OwnFiles(source)
    names = [name for name in REGISTRIES if name != "dataset"]
    choices: dict[str, str | OwnFiles] = {} if options.dataset is None else {"dataset": files or dataset}
    choices |= {name: choice for name in names if (choice := getattr(options, name)) is not None}
    values = {name: value for name in TABLE if (value := getattr(options, name)) is not None}
    network = None
    if options.model is not None:
        choices["model"], network = chosen_network(options.model, options)
    if network is not None and options.trust_code:
        trust(network)
    window.preset(choices, values, options.device, options.snapshot_memory, network)
    if options.file is not None:
        window.open_file(options.file)
    QTimer.singleShot(START_AFTER_MS, window, window.start)
    return window


def _open_window(thread: TrainingThread, theme: Theme, settings: Settings, store: Path) -> MainWindow:
    """A window for the training thread; another one takes its place when the user chooses another language."""
    from workbench.ui.text.translation import install_translations
    from workbench.ui.window.main_window import MainWindow

    window = MainWindow(thread, theme, settings, store)
    # The window owns the thread, and waits for its end before it closes.
    thread.setParent(window)

    def build_anew(prepare: Callable[[], None]) -> None:
        window.give_up_place()
        prepare()
        successor = _open_window(thread, theme, settings, store)
        successor.build_all()
        successor.take_the_place_of(window)

    def use_language(language: str) -> None:
        from PySide6.QtWidgets import QApplication

        application = QApplication.instance()
        assert isinstance(application, QApplication)
        settings.write("language", {"code": language})
        install_translations(application, language)
        theme.apply(application)  # the language has a font of its own

    def use_zoom(percent: int) -> None:
        settings.write("zoom", {"percent": percent})
        theme.set_zoom(percent)

    window.language_chosen.connect(lambda language: build_anew(lambda: use_language(language)))
    window.zoom_chosen.connect(lambda percent: build_anew(lambda: use_zoom(percent)))
    return window


def _language(asked: str | None, remembered: object) -> str:
    """The language of the window: what the command line says, else what the user chose, else the system's."""
    if asked is not None:
        return asked
    return remembered if isinstance(remembered, str) and remembered in LANGUAGES else language_of_system()


def _folders(options: argparse.Namespace) -> tuple[Path, Path]:
    """The folders of the data sets and of the runs.

    Raises:
        UsageError: one of them cannot be named; the settings would not be found, either.
    """
    user_folder("config")
    return data_root(options.data_root), store_folder(options.store)


def _check_file(file: Path | None) -> None:
    """Raise where the file to open is not there: it may have been meant as a command.

    Raises:
        UsageError: there is no such file.
    """
    if file is not None and not os.path.lexists(file):
        commands = ", ".join(cli.COMMANDS)
        raise UsageError(
            "There is no file {file}, and no such command: give an existing file, or one of {commands}.",
            file=file,
            commands=commands,
        )


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="workbench",
        description="Train a network and steer it while it trains. Without a command, the window opens.",
        epilog="`workbench train --help` shows how to train without the window.",
    )
    parser.add_argument(
        "file",
        nargs="?",
        type=path,
        metavar="FILE",
        help="opens it: a run file (.run), a checkpoint (.ckpt), weights (.pt), a network (.py), or your own data",
    )
    parser.add_argument("--version", action="version", version=__version__)
    desktop = parser.add_mutually_exclusive_group()
    desktop.add_argument(
        "--install-desktop",
        action="store_true",
        help="put the program into the menu of a Linux desktop, with its icon and the kinds of files that it opens",
    )
    desktop.add_argument("--uninstall-desktop", action="store_true", help="take it out of the menu again")
    parser.add_argument("--theme", choices=("system", "light", "dark"), help="light, dark, or as the system is")
    parser.add_argument(
        "--store",
        type=path,
        metavar="DIR",
        help="folder of the kept runs (default: $WORKBENCH_STORE, else the user's data folder)",
    )
    parser.add_argument(
        "--snapshot-memory",
        type=positive,
        metavar="MIB",
        help="memory for the snapshots from which going back to a step starts (default: as last set, at first 1024)",
    )
    add_recipe_options(parser)
    parser.set_defaults(language=None)
    return parser


def _run_window(words: list[str]) -> int:
    from PySide6.QtWidgets import QApplication

    from workbench.engine.runtime.malloc_arenas import use_one_malloc_arena
    from workbench.ui.system.crash_report import CrashWatch
    from workbench.ui.system.quit_signals import QuitSignals

    use_one_malloc_arena()
    watch = CrashWatch(user_folder("data") / "crashes")
    watch.start()
    application = QApplication(sys.argv[:1])
    signals = QuitSignals(application)
    shown: list[MainWindow] = []

    def hold(window: MainWindow) -> None:
        shown[:] = [window]
        window.closed.connect(application.quit)
        signals.quit_requested.connect(window.leave_at_once)
        window.watch_crashes(watch)
        window.replaced.connect(hold)

    hold(_compose(words))
    shown[0].show()
    status = application.exec()
    signals.close()
    watch.close()
    if shown[0].is_training_thread_running:
        # The thread is in an import or a read that cannot be interrupted. Destroying a running QThread aborts
        # the process. An exit without cleaning up loses nothing, because files are written whole or not at all.
        sys.stderr.flush()
        os._exit(status)
    return status
