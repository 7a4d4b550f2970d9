"""OwnData: opens files of the user's own as the data set, and remembers those that were opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from workbench.engine.data.data_source import DataSource
from workbench.engine.errors import UsageError, UserError
from workbench.ui.connection.data_describer import DataDescriber
from workbench.ui.dialogs.data_dialog import DataDialog
from workbench.ui.models.own_files import OwnFiles

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.engine.data.own_files.description import DataDescription
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_model import SettingsModel

MOST_RECENT: Final = 10


class OwnData(QObject):
    """Asks over the window; the files are read in a thread of their own.

    Args:
        settings: take the files as the data set.
        run: while it is active, the data set is locked.
        window: the dialog opens over it.
    """

    refused = Signal(UserError)
    """The data set cannot be changed now."""
    opened = Signal(object)
    """The path of the files that are the data set of the next run now."""

    def __init__(self, settings: SettingsModel, run: RunModel, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self._run = run
        self._window = window
        self._describer = DataDescriber(self)
        self._dialog: DataDialog | None = None
        self._folder = Path.home()
        self.recent: list[OwnFiles] = []

    def open(self, path: Path | None = None) -> None:
        """Ask which files to open, or show what is in those at `path`, read as when they were opened last."""
        if self._is_locked():
            return
        dialog = self._dialog or self._new_dialog()
        if path is not None:
            known = [files.source for files in self.recent if files.source.path == str(path)]
            dialog.describe(known[0] if known else DataSource(str(path)))
        dialog.open()

    def reopen(self, files: OwnFiles) -> None:
        """Take files that were opened before, as they were read then."""
        if not self._is_locked():
            self._take(files)

    def state(self) -> dict[str, Any]:
        """What was opened, for JSON."""
        return {"folder": str(self._folder), "recent": [files.to_content() for files in self.recent]}

    def restore(self, state: dict[str, Any]) -> None:
        """Take over what `state` returned; what makes no sense is passed over."""
        if (folder := Path(str(state.get("folder", "")))).is_absolute():
            self._folder = folder
        recent = state.get("recent")
        self.recent = []
        for content in recent if isinstance(recent, list) else []:
            try:
                self.recent.append(OwnFiles.from_content(content))
            except (ValueError, TypeError):
                continue
        del self.recent[MOST_RECENT:]

    def _new_dialog(self) -> DataDialog:
        self._dialog = dialog = DataDialog(self._window, self._folder)
        dialog.describe_requested.connect(self._describer.describe)
        dialog.taken.connect(self._on_taken)
        dialog.finished.connect(self._on_finished)
        self._describer.progressed.connect(dialog.show_progress)
        self._describer.described.connect(dialog.show_description)
        self._describer.failed.connect(dialog.show_failure)
        return dialog

    def _on_taken(self, found: DataDescription) -> None:
        self._folder = Path(found.source.path).parent
        if not self._is_locked():  # a run may have been opened meanwhile
            self._take(OwnFiles(found.source, found.spec))

    def _on_finished(self) -> None:
        self._describer.cancel()
        self._dialog = None

    def _take(self, files: OwnFiles) -> None:
        others = [each for each in self.recent if each.source.path != files.source.path]
        self.recent = [files, *others][:MOST_RECENT]
        self._settings.edit("dataset", files)
        self.opened.emit(Path(files.source.path))

    def _is_locked(self) -> bool:
        if not self._run.state.is_running:
            return False
        self.refused.emit(UsageError("A run is active, and its data cannot change: stop it, then open other data."))
        return True
