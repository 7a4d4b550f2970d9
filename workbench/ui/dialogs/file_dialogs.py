"""Which file to save to, which to open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

CHECKPOINT_SUFFIX: Final = ".ckpt"


def ask_where_to_save(parent: QWidget, suggestion: Path) -> Path | None:
    """The file a person chose for weights, with a suffix in any case; None where they cancelled."""
    filters = {
        QCoreApplication.translate("Dialogs", "PyTorch weights (*.pt)"): ".pt",
        QCoreApplication.translate("Dialogs", "Safetensors (*.safetensors)"): ".safetensors",
    }
    title = QCoreApplication.translate("Dialogs", "Save weights")
    name, chosen = QFileDialog.getSaveFileName(parent, title, str(suggestion), ";;".join(filters))
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(filters.get(chosen, ".pt"))


def ask_what_to_load(parent: QWidget, folder: Path) -> Path | None:
    """The file of weights a person chose; None where they cancelled."""
    title = QCoreApplication.translate("Dialogs", "Load weights")
    kinds = QCoreApplication.translate("Dialogs", "Weights (*.pt *.pth *.safetensors);;All files (*)")
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
    return Path(name) if name else None


def ask_where_to_save_checkpoint(parent: QWidget, suggestion: Path) -> Path | None:
    """The file a person chose for a checkpoint, with a suffix; None where they cancelled."""
    title = QCoreApplication.translate("Dialogs", "Save checkpoint")
    kinds = QCoreApplication.translate("Dialogs", "Checkpoint (*.ckpt)")
    name, _ = QFileDialog.getSaveFileName(parent, title, str(suggestion), kinds)
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(CHECKPOINT_SUFFIX)


def ask_which_checkpoint(parent: QWidget, folder: Path) -> Path | None:
    """The checkpoint a person chose; None where they cancelled."""
    title = QCoreApplication.translate("Dialogs", "Open checkpoint")
    kinds = QCoreApplication.translate("Dialogs", "Checkpoints (*.ckpt);;All files (*)")
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
    return Path(name) if name else None
