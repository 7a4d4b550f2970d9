"""How far predicted numbers are off, and where."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QVBoxLayout

from workbench.engine.analysis.regression import Histogram, RegressionFigures, residuals
from workbench.engine.config.tasks import Task
from workbench.ui.panel_bases.inspection_panel import InspectionPanel
from workbench.ui.plotting.charts.histogram_chart import HistogramChart
from workbench.ui.plotting.charts.point_cloud import PointCloud
from workbench.ui.style.zoom import scaled
from workbench.ui.system.announcing import announce
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.metric_texts import r2_text, signed_three_digits, three_digits
from workbench.ui.widgets.flowing_box import FlowingBox
from workbench.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

    from workbench.engine.data.data_spec import DataSpec
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.style.palette import Palette

    Floats = NDArray[np.float64]

SPACING: Final = 6
WIDE: Final = 340
"""Logical pixels; in a wider panel that is low the residuals stand beside the predictions."""
SHARES: Final = (3, 2)
MENU_ROOM: Final = 20
"""For the button of the panel's menu in the corner."""
MOST_LETTERS: Final = 24


class ResidualsPanel(InspectionPanel):
    """Predicted against true numbers, and what is left between them, for one target at a time."""

    uses_predictions: ClassVar[bool] = True

    def __init__(self, model: InspectionModel, parent: QWidget | None = None) -> None:
        super().__init__(model, "residuals", "chart", parent)
        self._targets = QComboBox(self.content)
        self._targets.setObjectName("residuals_target")
        self._targets.setAccessibleName(self.tr("Number that is predicted"))
        self._targets.setToolTip(plain_tool_tip(self.tr("Which of the predicted numbers is shown.")))
        self._targets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._targets.setMinimumContentsLength(MOST_LETTERS)
        self._text = WrappedLabel(self.content)
        self._text.setObjectName("residuals_text")
        self._predictions = PointCloud(self.content)
        self._predictions.setObjectName("residuals_predictions")
        self._predictions.setAccessibleName(self.tr("Predicted against true numbers"))
        self._predictions.setToolTip(
            plain_tool_tip(
                self.tr(
                    "Each point is a test sample. On the dashed line, the prediction is exact; above it too much is "
                    "predicted, below it too little."
                )
            )
        )
        self._residuals = PointCloud(self.content)
        self._residuals.setObjectName("residuals_points")
        self._residuals.setAccessibleName(self.tr("Residuals over predicted numbers"))
        self._residuals.setToolTip(
            plain_tool_tip(
                self.tr(
                    "The residual is the true number minus the predicted one. Rule of thumb of regression: without a "
                    "pattern, the points lie evenly around 0; a bend or a funnel is something that the network has not "
                    "learned."
                )
            )
        )
        self._histogram = HistogramChart(self.content)
        self._histogram.setObjectName("residuals_histogram")
        self._histogram.setAccessibleName(self.tr("Histogram of the residuals"))
        self._histogram.setToolTip(
            plain_tool_tip(
                self.tr("How many samples have which residual. A peak beside 0: predictions lean to one side.")
            )
        )
        self._line = WrappedLabel(self.content)
        self._line.setObjectName("residuals_line")
        self._line.setProperty("role", "muted")
        self._line.setFixedHeight(self.fontMetrics().lineSpacing())
        self._is_shown = False
        self._place_parts()
        for cloud in (self._predictions, self._residuals):
            cloud.point_chosen.connect(model.choose_sample)
            cloud.point_hovered.connect(self._on_hovered)
        self._targets.currentIndexChanged.connect(self._on_target)
        model.choice_changed.connect(self._show_chosen)

    # What the base asks

    def applies_to(self, spec: DataSpec) -> bool:
        """Only between numbers there is a difference."""
        return spec.task is Task.REGRESSION

    @property
    def text_when_empty(self) -> str:
        """What will be shown here."""
        return self.tr("How far the predicted numbers are off appears here after the first epoch.")

    @property
    def text_when_not_meant(self) -> str:
        """Why nothing is shown."""
        return self.tr("Residuals are differences of numbers; this network predicts classes. See Confusion instead.")

    def on_subject_changed(self) -> None:
        """Offer the targets of the data."""
        names = () if self.model.spec is None else self.model.spec.target_names
        if names != tuple(self._targets.itemText(place) for place in range(self._targets.count())):
            self._targets.blockSignals(True)
            self._targets.clear()
            self._targets.addItems(list(names))
            self._targets.blockSignals(False)
        self._targets.setVisible(len(names) > 1)

    def show_predictions(self) -> None:
        """Show the predictions that are looked at."""
        if not self._targets.count():
            self.on_subject_changed()
        outputs, targets, spec = self.model.outputs, self._true_numbers, self.model.spec
        assert outputs is not None
        assert spec is not None
        place = max(0, self._targets.currentIndex())
        name = spec.target_names[place]
        with np.errstate(invalid="ignore", over="ignore"):
            figures = RegressionFigures.of(outputs, targets)
            left = residuals(outputs, targets)[:, place]
        predicted, true = outputs[:, place].astype(np.float64), targets[:, place].astype(np.float64)
        self._is_shown = True
        self._text.setText(self._sentence(name, figures, place, int((~np.isfinite(left)).sum())))
        self._predictions.show_points(
            true, predicted, (self.tr("True {name}").format(name=name), self.tr("Predicted")), is_diagonal=True
        )
        self._residuals.show_points(
            predicted, left, (self.tr("Predicted"), self.tr("Residual (true − predicted)")), is_diagonal=False
        )
        self._histogram.show_histogram(Histogram.of(left), (self.tr("Residual"), self.tr("Samples")))
        for chart in (self._predictions, self._residuals, self._histogram):
            chart.setAccessibleDescription(self._text.text())
        self._show_chosen()

    def rows(self) -> Iterator[Sequence[object]] | None:
        """Each test sample with its true and predicted numbers and residuals."""
        spec, outputs = self.model.spec, self.model.outputs
        if not self._is_shown or spec is None or outputs is None or spec.task is not Task.REGRESSION:
            return None
        return self._rows(spec.target_names, outputs, self._true_numbers)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        super().set_palette(palette)
        for chart in (self._predictions, self._residuals, self._histogram):
            chart.set_palette(palette)

    # Internals

    @property
    def _true_numbers(self) -> NDArray[np.float32]:
        assert self.model.log is not None
        targets: NDArray[np.float32] = self.model.log.targets
        return targets

    def _sentence(self, name: str, figures: RegressionFigures, place: int, unknown: int) -> str:
        r2 = float(figures.r2[place])
        if unknown:
            text = self.tr("{name}: {unknown} predictions are no finite numbers; they are left out of the charts.")
            return text.format(name=name, unknown=f"{unknown:,}")
        if math.isnan(r2):
            return self.tr("The test set has no sample.")
        if r2 < 0:
            text = self.tr(
                "{name}: a prediction is off by {error} on average (mean absolute error). {r2}: always predicting the "
                "mean would be better."
            )
        else:
            text = self.tr(
                "{name}: a prediction is off by {error} on average (mean absolute error). {r2}: {share} of the "
                "variance is explained."
            )
        error = three_digits(float(figures.mean_absolute_error[place]))
        sentence = text.format(name=name, error=error, r2=r2_text(r2), share=f"{r2:.1%}")
        if len(figures.r2) == 1:
            return sentence
        both = self.tr("{sentence} All {count} numbers: mean absolute error {error}, {r2}.")
        return both.format(
            sentence=sentence,
            count=len(figures.r2),
            error=three_digits(float(figures.mean_absolute_error.mean())),
            r2=r2_text(float(figures.r2.mean())),
        )

    def _show_chosen(self) -> None:
        sample = self.model.sample
        self._predictions.set_chosen(sample)
        self._residuals.set_chosen(sample)
        self._on_hovered(None)

    def _on_hovered(self, sample: object) -> None:
        """Say what the numbers of a sample are: of that which is pointed at, else of the chosen one."""
        index = sample if isinstance(sample, int) else self.model.sample
        outputs = self.model.outputs
        if not self._is_shown or not self.is_meant or outputs is None or index is None or index >= len(outputs):
            self._line.setText(self.tr("Point at a sample for its numbers; click to choose it."))
            return
        place = max(0, self._targets.currentIndex())
        true, predicted = float(self._true_numbers[index, place]), float(outputs[index, place])
        text = self.tr("Sample {index}: true {true}, predicted {predicted}, residual {residual}")
        self._line.setText(
            text.format(
                index=f"{index:,}",
                true=signed_three_digits(true),
                predicted=signed_three_digits(predicted),
                residual=signed_three_digits(true - predicted),
            )
        )
        if self._predictions.hasFocus() or self._residuals.hasFocus():
            announce(self._line, self._line.text())

    def _on_target(self) -> None:
        if self.is_seen and self.is_meant and self.model.outputs is not None:
            self.show_predictions()

    def _place_parts(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._targets)
        head.addStretch(1)
        text = QHBoxLayout()
        text.addWidget(self._text, 1)
        text.addSpacing(scaled(MENU_ROOM))
        rest = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        rest.setSpacing(SPACING)
        rest.addWidget(self._residuals, 1)
        rest.addWidget(self._histogram, 1)
        parts = FlowingBox(self._predictions, rest, wide=scaled(WIDE), shares=SHARES, turns_rest=True)
        parts.setSpacing(SPACING)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(head)
        column.addLayout(text)
        column.addLayout(parts, 1)
        column.addWidget(self._line)

    @staticmethod
    def _rows(
        names: tuple[str, ...], outputs: NDArray[np.float32], targets: NDArray[np.float32]
    ) -> Iterator[Sequence[object]]:
        yield "sample", *(f"{kind}_{name}" for name in names for kind in ("true", "predicted", "residual"))
        for index, (found, wanted) in enumerate(zip(outputs, targets, strict=True)):
            pairs = zip(wanted.tolist(), found.tolist(), strict=True)
            yield index, *(number for true, predicted in pairs for number in (true, predicted, true - predicted))
