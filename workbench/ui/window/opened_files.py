"""OpenedFiles: opens a file of any kind that is dropped on the window, chosen again, or named on the command line."""

from __future__ import annotations

from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMenu

from workbench.engine.errors import UsageError
from workbench.ui.actions.menu_lists import RECENT_FILES
from workbench.ui.actions.mnemonics import assign
from workbench.ui.models.session_state import CAN_OPEN, SessionState
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.window.dropped_files import DroppedFiles

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from workbench.engine.recipe import Recipe
    from workbench.ui.window.parts import Parts


class Kind(Enum):
    """What a file is taken for."""

    RUN = auto()
    CHECKPOINT = auto()
    WEIGHTS = auto()
    NETWORK = auto()
    EXPORTED = auto()
    DATA = auto()


KINDS: Final = {
    ".run": Kind.RUN,
    ".ckpt": Kind.CHECKPOINT,
    ".pt": Kind.WEIGHTS,
    ".pth": Kind.WEIGHTS,
    ".safetensors": Kind.WEIGHTS,
    ".safetensors.index.json": Kind.WEIGHTS,
    ".bin.index.json": Kind.WEIGHTS,
    ".py": Kind.NETWORK,
    ".onnx": Kind.EXPORTED,
    ".pt2": Kind.EXPORTED,
}


def kind_of(path: Path) -> Kind:
    """What the file is, by the end of its name; folders, and files with other names, are data."""
    if path.is_dir():
        return Kind.DATA
    name = path.name.lower()
    if name.endswith(".bin") and name.startswith("pytorch_model"):
        return Kind.WEIGHTS  # of Hugging Face; another file with this ending may hold data
    return next((kind for suffix, kind in KINDS.items() if name.endswith(suffix)), Kind.DATA)


class OpenedFiles(QObject):
    """Hands a file to the part that opens its kind, and lists those that were opened or saved last.

    Args:
        parts: of the window.
        recipe: the settings as a recipe; None where they are none, which has been said then.
        window: takes files that are dropped.
    """

    def __init__(self, parts: Parts, recipe: Callable[[], Recipe | None], window: QWidget) -> None:
        super().__init__(window)
        self._parts = parts
        self._recipe = recipe
        self._waiting: Path | None = None
        DroppedFiles(window).dropped.connect(self.open)
        recent = parts.recent_files
        recent.chosen.connect(self._open_again)
        recent.missing.connect(parts.notifications.show_problem)
        for opening in (parts.own_data, parts.own_networks, parts.run_files):
            opening.opened.connect(recent.add)
        parts.start_weights.chosen.connect(lambda path, _: recent.add(path))
        parts.checkpoints.saved.connect(recent.add)
        files, notifications = parts.run_files, parts.notifications
        files.saved.connect(lambda path, _: recent.add(path))
        files.saved.connect(notifications.show_run_saved)
        files.save_failed.connect(notifications.show_problem)
        files.open_failed.connect(notifications.show_problem)
        parts.thread.run_verified.connect(notifications.show_verified)
        parts.panels.runs.export_requested.connect(parts.exports.open_for)
        parts.weights.weights_saved.connect(recent.add)
        parts.checkpoints.open_requested.connect(recent.add)
        parts.thread.weights_evaluated.connect(lambda event: recent.add(event.path))
        parts.run_model.changed.connect(self._open_waiting)
        menu = window.findChild(QMenu, RECENT_FILES)
        assert menu is not None
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(partial(self._fill, menu))

    def open(self, path: Path) -> None:
        """Open a file or folder as what it is, once torch is loaded; a notice says why not."""
        kind = kind_of(path)
        if kind is Kind.EXPORTED:
            self._refuse(
                UsageError(
                    "{name} is for other programs, and is not opened here: open the weights, a checkpoint or the run "
                    "file of its run.",
                    name=path.name,
                )
            )
        elif self._parts.run_model.state is SessionState.LOADING:
            self._waiting = path
        else:
            self._open(path, kind)

    def _open(self, path: Path, kind: Kind) -> None:
        parts = self._parts
        match kind:
            case Kind.RUN if parts.run_model.state in CAN_OPEN:
                parts.run_files.open(path)
            case Kind.CHECKPOINT if parts.run_model.state in CAN_OPEN:
                parts.checkpoints.open_requested.emit(path)
            case Kind.RUN | Kind.CHECKPOINT:
                self._refuse(UsageError("A run is active: pause or stop it, then open another one."))
            case Kind.WEIGHTS if parts.actions["load_weights"].isEnabled():
                if (recipe := self._recipe()) is not None:
                    parts.weights.load(path, recipe)
            case Kind.WEIGHTS:
                self._refuse(UsageError("Weights cannot be tested at this moment: wait until the window is ready."))
            case Kind.NETWORK if parts.actions["open_network"].isEnabled():
                parts.own_networks.open(path)
            case Kind.NETWORK:
                self._refuse(
                    UsageError("A run is active, and its network cannot change: stop it, then open another one.")
                )
            case Kind.DATA:
                parts.own_data.open(path)

    def _open_waiting(self) -> None:
        path = self._waiting
        if path is not None and self._parts.run_model.state is SessionState.READY:
            self._waiting = None
            # Only then have all parts heard that torch is loaded.
            QTimer.singleShot(0, self, partial(self.open, path))

    def _open_again(self, path: Path) -> None:
        """Open a file; data as they were read when they were opened last."""
        own_data = self._parts.own_data
        known = [files for files in own_data.recent if files.source.path == str(path)]
        if known:
            own_data.reopen(known[0])
        else:
            self.open(path)

    def _refuse(self, why: UsageError) -> None:
        self._parts.notifications.show_problem(why)

    def _fill(self, menu: QMenu) -> None:
        """List the files that were opened or saved last, each with its folder as tooltip."""
        recent = self._parts.recent_files
        if not recent.paths:  # an older version remembered data sets alone
            for files in reversed(self._parts.own_data.recent):
                recent.add(Path(files.source.path))
        menu.clear()
        for path in recent.paths:
            # An ampersand would underline the letter after it.
            action = menu.addAction(path.name.replace("&", "&&"), partial(recent.choose, path))
            action.setToolTip(plain_tool_tip(str(path)))
        if not recent.paths:
            menu.addAction(self.tr("None yet")).setEnabled(False)
        assign(menu)
