"""The dialog that sets how loud the sound of the loss is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

STEP: Final = 5
WIDTH: Final = 240


def open_volume(parent: QWidget, volume: int, limits: tuple[int, int], chosen: Callable[[int], None]) -> QDialog:
    """Open the dialog; the window below can be used meanwhile, and a run that trains goes on.

    Args:
        parent: the window.
        volume: shown at first, in per cent.
        limits: the smallest and the largest volume.
        chosen: called with each volume that the slider is moved to.
    """
    translate = QCoreApplication.translate
    dialog = QDialog(parent)
    dialog.setObjectName("sound_volume_dialog")
    dialog.setWindowTitle(translate("Dialogs", "Volume of the sound"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    slider = QSlider(Qt.Orientation.Horizontal, dialog)
    slider.setObjectName("sound_volume_slider")
    slider.setAccessibleName(translate("Dialogs", "Volume"))
    slider.setToolTip(translate("Dialogs", "How loud the sound of the loss is, in per cent."))
    slider.setRange(*limits)
    slider.setSingleStep(STEP)
    slider.setPageStep(4 * STEP)
    slider.setMinimumWidth(WIDTH)
    slider.setValue(volume)
    label = QLabel(translate("Dialogs", "Volume"), dialog)
    label.setBuddy(slider)
    figure = QLabel(_per_cent(limits[1]), dialog)
    figure.setObjectName("sound_volume_figure")
    figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    figure.setMinimumWidth(figure.sizeHint().width())  # the slider keeps its length when the figure gets shorter
    figure.setText(_per_cent(volume))
    slider.valueChanged.connect(lambda value: figure.setText(_per_cent(value)))
    slider.valueChanged.connect(chosen)
    buttons = QDialogButtonBox(dialog)
    close = buttons.addButton(translate("Dialogs", "Close"), QDialogButtonBox.ButtonRole.RejectRole)
    close.setObjectName("sound_volume_close")
    buttons.rejected.connect(dialog.close)
    row = QHBoxLayout()
    row.setSpacing(12)
    for widget in (label, slider, figure):
        row.addWidget(widget)
    column = QVBoxLayout(dialog)
    column.setSpacing(12)
    column.addLayout(row)
    column.addWidget(buttons)
    slider.setFocus()
    dialog.show()
    return dialog


def _per_cent(volume: int) -> str:
    return QCoreApplication.translate("Dialogs", "{percent} %").format(percent=volume)
