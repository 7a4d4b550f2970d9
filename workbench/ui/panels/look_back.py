"""The slider below the curves: the panels show the run as it was at any evaluation, without going there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from workbench.ui.widgets.spoken_slider import SpokenPositions

if TYPE_CHECKING:
    from workbench.ui.models.inspection_model import InspectionModel

SPACING: Final = 8


class LookBackPanel(QWidget):
    """Chooses the step that the other panels look at: one of those with an evaluation, the start, or the present.

    Args:
        model: what is looked at.
        parent: Qt's parent.
    """

    # Steps are `object`: those of a run trained for weeks pass 2^31.
    looked_at_changed = Signal(object, str)
    """Another step is looked back at, and its name; None: the run is followed."""

    def __init__(self, model: InspectionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("look_back")
        self._model = model
        self._stops: tuple[int, ...] = ()
        self._announced: int | None = None
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setObjectName("look_back_text")
        self._label.setMinimumWidth(self.fontMetrics().horizontalAdvance("After epoch 1,000, step 1,000,000 "))
        self._slider = SpokenPositions(float, lambda _: self._text(), self)
        self._slider.setObjectName("look_back_slider")
        self._slider.setAccessibleName(self.tr("Epoch to look back at"))
        self._slider.setToolTip(
            self.tr("Drag to see what the network knew after any epoch. The run stays where it is.")
        )
        self._slider.valueChanged.connect(self._on_moved)
        self._newest = QPushButton(self.tr("Now"), self)
        self._newest.setObjectName("look_back_newest")
        self._newest.setToolTip(self.tr("Follow the run again."))
        self._newest.clicked.connect(lambda: model.show_step(None))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        row.addWidget(self._label)
        row.addWidget(self._slider, 1)
        row.addWidget(self._newest)
        model.step_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        """Show which step is looked at, and which can be."""
        model = self._model
        stops = () if model.log is None else tuple(sorted({0, *model.stops}))
        self._slider.blockSignals(True)
        if stops != self._stops:
            self._stops = stops
            # The last position follows the run.
            self._slider.setRange(0, len(stops))
        shown = model.shown_step
        self._slider.setValue(len(stops) if shown not in stops else stops.index(shown))
        self._slider.blockSignals(False)
        self._slider.setEnabled(len(stops) > 0)
        self._newest.setEnabled(shown is not None)
        self._label.setText(self._text())
        if shown != self._announced:
            self._announced = shown
            self.looked_at_changed.emit(shown, "" if shown is None else self._text())

    def _text(self) -> str:
        model = self._model
        shown = model.shown_step
        if model.log is None:
            return self.tr("No run yet") if model.missing is None else self.tr("No data to look at")
        if shown is None:
            if model.is_training:
                return self.tr("Following the run")
            return self.tr("Now: step {step}").format(step=f"{model.current_step:,}")
        if shown == 0:
            return self.tr("Before the first step")
        return self.tr("After epoch {epoch}, step {step}").format(epoch=f"{model.epoch_of(shown):,}", step=f"{shown:,}")

    def _on_moved(self, place: int) -> None:
        self._model.show_step(self._stops[place] if place < len(self._stops) else None)
