"""Which file to save to, which to open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from workbench.engine.files.safe_files import with_suffix
from workbench.ui.dialogs.message_boxes import ask_before_replacing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

CHECKPOINT_SUFFIX: Final = ".ckpt"
RUN_SUFFIX: Final = ".run"


def ask_where_to_save_weights(parent: QWidget, suggestion: Path) -> Path | None:
    """The file that the user chose for weights, with the suffix of its format; None if they cancelled."""
    translate = QCoreApplication.translate
    kinds = {
        translate("Dialogs", "PyTorch weights (*.pt)"): ".pt",
        translate("Dialogs", "Safetensors (*.safetensors)"): ".safetensors",
    }
    return _ask_where_to_save(parent, translate("Dialogs", "Save weights"), suggestion, kinds)


def ask_which_weights(parent: QWidget, folder: Path) -> Path | None:
    """The file of weights that the user chose; None if they cancelled."""
    translate = QCoreApplication.translate
    kinds = translate("Dialogs", "Weights (*.pt *.pth *.bin *.ckpt *.safetensors *.index.json);;All files (*)")
    return _ask_which(parent, translate("Dialogs", "Test weights"), folder, kinds)


def ask_which_weights_to_start_from(parent: QWidget, folder: Path) -> Path | None:
    """The file of weights that the user chose for the next run to start from; None if they cancelled."""
    translate = QCoreApplication.translate
    kinds = translate("Dialogs", "Weights (*.pt *.pth *.bin *.ckpt *.safetensors *.index.json);;All files (*)")
    return _ask_which(parent, translate("Dialogs", "Start from weights"), folder, kinds)


def ask_where_to_save_checkpoint(parent: QWidget, suggestion: Path) -> Path | None:
    """The file that the user chose for a checkpoint, with its suffix; None if they cancelled."""
    translate = QCoreApplication.translate
    kinds = {translate("Dialogs", "Checkpoint (*.ckpt)"): CHECKPOINT_SUFFIX}
    return _ask_where_to_save(parent, translate("Dialogs", "Save checkpoint"), suggestion, kinds)


def ask_where_to_save_run(parent: QWidget, suggestion: Path) -> Path | None:
    """The file that the user chose for a run, with its suffix; None if they cancelled."""
    translate = QCoreApplication.translate
    kinds = {translate("Dialogs", "Run file (*.run)"): RUN_SUFFIX}
    return _ask_where_to_save(parent, translate("Dialogs", "Save run"), suggestion, kinds)


def ask_which_run_file(parent: QWidget, folder: Path) -> Path | None:
    """The run file that the user chose; None if they cancelled."""
    translate = QCoreApplication.translate
    kinds = translate("Dialogs", "Run files (*.run);;All files (*)")
    return _ask_which(parent, translate("Dialogs", "Open run file"), folder, kinds)


def ask_where_to_save_picture(parent: QWidget, suggestion: Path) -> Path | None:
    """The file that the user chose for a picture, with its suffix; None if they cancelled."""
    translate = QCoreApplication.translate
    return _ask_where_to_save(
        parent, translate("Dialogs", "Save picture"), suggestion, {translate("Dialogs", "Picture (*.png)"): ".png"}
    )


def ask_where_to_save_table(parent: QWidget, suggestion: Path) -> Path | None:
    """The file that the user chose for a table, with its suffix; None if they cancelled."""
    translate = QCoreApplication.translate
    return _ask_where_to_save(
        parent, translate("Dialogs", "Save table"), suggestion, {translate("Dialogs", "Table (*.csv)"): ".csv"}
    )


def ask_which_checkpoint(parent: QWidget, folder: Path) -> Path | None:
    """The checkpoint that the user chose; None if they cancelled."""
    translate = QCoreApplication.translate
    kinds = translate("Dialogs", "Checkpoints (*.ckpt);;All files (*)")
    return _ask_which(parent, translate("Dialogs", "Open checkpoint"), folder, kinds)


def ask_which_network(parent: QWidget, folder: Path) -> Path | None:
    """The Python file that the user chose; None if they cancelled."""
    translate = QCoreApplication.translate
    kinds = translate("Dialogs", "Python files (*.py);;All files (*)")
    return _ask_which(parent, translate("Dialogs", "Open network"), folder, kinds)


def _ask_which(parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None:
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
    return Path(name) if name else None


def _ask_where_to_save(parent: QWidget, title: str, suggestion: Path, kinds: Mapping[str, str]) -> Path | None:
    """Ask until the user names a new file, agrees to replace one, or cancels.

    Args:
        parent: the window.
        title: of the dialog, translated.
        suggestion: folder and name that stand there at first.
        kinds: the suffix of each name filter.
    """
    # Not a subclass: Qt shows the system's own dialog only for QFileDialog itself.
    dialog = QFileDialog(parent, title, str(suggestion.parent), ";;".join(kinds))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    # Qt and the system ask about the name as typed; the question must be about the name that is written. Nor does a
    # default suffix help: Qt adds none to a name with a dot, and adds one to the name of a folder to be entered.
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.selectFile(suggestion.name)
    try:
        while dialog.exec():
            chosen = Path(dialog.selectedFiles()[0])
            path = with_suffix(chosen, kinds[dialog.selectedNameFilter()], kinds.values())
            if not path.exists() or ask_before_replacing(parent, path):
                return path
        return None
    finally:
        dialog.deleteLater()
