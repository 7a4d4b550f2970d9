"""PanelExports: copies what a panel shows to the clipboard, or saves it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from workbench.engine.files.csv_table import csv_text
from workbench.engine.files.safe_files import write_whole
from workbench.ui.controllers.file_saving import FileSaving
from workbench.ui.dialogs import file_dialogs
from workbench.ui.panel_bases.panel_menu import PanelExport

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from workbench.ui.connection.connection import Connection
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.panel_bases.docked_panel import DockedPanel

PICTURE_SCALE: Final = 2
"""Pixels of a saved picture for each on the screen: enough for a slide."""


class PanelExports(FileSaving):
    """Carries out what the menus of the panels request.

    Args:
        panels: with menus.
        connection: see `FileSaving`.
        run: see `FileSaving`.
        parent: the window, over which questions are asked.
    """

    saved = Signal(object)
    """The path."""

    def __init__(self, panels: Iterable[DockedPanel], connection: Connection, run: RunModel, parent: QWidget) -> None:
        super().__init__(connection, run, parent)
        for panel in panels:
            panel.menu.export_requested.connect(partial(self.export, panel))

    def export(self, panel: DockedPanel, what: PanelExport) -> None:
        """Copy or save what `panel` shows now."""
        clipboard = QApplication.clipboard()
        rows = panel.table() if what in {PanelExport.COPY_TABLE, PanelExport.SAVE_TABLE} else None
        match what:
            case PanelExport.COPY_PICTURE:
                clipboard.setImage(picture_of(panel.content))
            case PanelExport.COPY_TABLE if rows is not None:
                clipboard.setText(csv_text(rows, delimiter="\t"))
            case PanelExport.SAVE_PICTURE:
                picture = picture_of(panel.content)
                suggestion = self.folder / f"{panel.objectName()}.png"
                if (path := file_dialogs.ask_where_to_save_picture(self._window, suggestion)) is not None:
                    self._write(partial(_save_png, picture, path), path, 0)
            case PanelExport.SAVE_TABLE if rows is not None:
                text = csv_text(rows)
                suggestion = self.folder / f"{panel.objectName()}.csv"
                if (path := file_dialogs.ask_where_to_save_table(self._window, suggestion)) is not None:
                    # With a byte order mark: without one, Excel takes UTF-8 for the system's old encoding.
                    self._write(partial(write_whole, text.encode("utf-8-sig"), path), path, 0)

    def _on_written(self, path: Path, step: int) -> None:
        del step
        self.folder = path.parent
        self.saved.emit(path)


def picture_of(widget: QWidget) -> QImage:
    """What `widget` shows, at twice the size."""
    ratio = widget.devicePixelRatioF() * PICTURE_SCALE
    image = QImage(widget.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(widget.palette().window().color())
    widget.render(image)
    return image


def _save_png(picture: QImage, path: Path) -> None:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, which PySide refuses
    write_whole(bytes(content.data()), path)
