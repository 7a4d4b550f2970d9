"""Whether the network is as often right as it is sure."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout

from workbench.engine.analysis.classification import Calibration
from workbench.engine.config.tasks import Task
from workbench.ui.panel_bases.inspection_panel import InspectionPanel
from workbench.ui.plotting.charts.reliability import ReliabilityDiagram

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from workbench.engine.data.data_spec import DataSpec
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.style.palette import Palette


class CalibrationPanel(InspectionPanel):
    """The reliability diagram of the test set, with the expected calibration error."""

    uses_predictions: ClassVar[bool] = True

    def __init__(self, model: InspectionModel, parent: QWidget | None = None) -> None:
        super().__init__(model, "calibration", "chart", parent)
        self._text = QLabel(self.content)
        self._text.setObjectName("calibration_error")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._diagram = ReliabilityDiagram(self.content)
        self._diagram.setAccessibleName(self.tr("Reliability diagram"))
        self._shown: Calibration | None = None
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)
        column.addWidget(self._diagram, 1)

    def applies_to(self, spec: DataSpec) -> bool:
        """Only a prediction of classes has a confidence."""
        return spec.task is Task.CLASSIFICATION

    @property
    def text_when_empty(self) -> str:
        """What will be shown here."""
        return self.tr("How often the network is right when it is sure appears here after the first epoch.")

    @property
    def text_when_not_meant(self) -> str:
        """Why nothing is shown."""
        return self.tr("Calibration compares confidences with hits; a network that predicts numbers has none.")

    def show_predictions(self) -> None:
        """Show the calibration of the predictions that are looked at."""
        assert self.model.probabilities is not None
        self._shown = shown = Calibration.of(self.model.probabilities, self.model.labels)
        text = self.tr(
            "Expected calibration error {error}: on average, confidence and hits differ by that much. Bars below the "
            "dashed line: more sure than right."
        )
        self._text.setText(text.format(error=f"{shown.error:.1%}"))
        self._diagram.setAccessibleDescription(self._text.text())
        self._diagram.show_calibration(shown)

    def rows(self) -> Iterator[Sequence[object]] | None:
        """The bins, one a row."""
        return None if self._shown is None else self._rows(self._shown)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        super().set_palette(palette)
        self._diagram.set_palette(palette)

    @staticmethod
    def _rows(shown: Calibration) -> Iterator[Sequence[object]]:
        yield "from", "to", "samples", "mean_confidence", "accuracy"
        for low, high, count, confidence, accuracy in zip(
            shown.edges, shown.edges[1:], shown.count, shown.confidence, shown.accuracy, strict=False
        ):
            yield float(low), float(high), int(count), float(confidence), float(accuracy)
