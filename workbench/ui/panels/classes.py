"""How well each class is recognised, and how that came about."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from workbench.engine.analysis.classification import ClassFigures, confusion_counts
from workbench.engine.config.tasks import Task
from workbench.ui.panel_bases.inspection_panel import InspectionPanel
from workbench.ui.plotting.charts.epoch_curves import EpochCurve, EpochCurves
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.widgets.class_table import ClassTable
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.flowing_box import FlowingBox

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

    from workbench.engine.data.data_spec import DataSpec
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.style.palette import Palette

MOST_CURVES: Final = 10
"""Curves with a name and a colour of their own; there are as many colours."""
SECONDS_AT_A_TIME: Final = 0.02
"""For counting evaluations that were not counted yet: the window goes on between."""
SPACING: Final = 6
MENU_ROOM: Final = 20
"""For the button of the panel's menu in the corner."""
WIDE: Final = 760
SHARES: Final = (1, 1)


class Figure(StrEnum):
    """What the curves show."""

    RECALL = "recall"
    PRECISION = "precision"
    F1 = "f1"


class ClassesPanel(InspectionPanel):
    """A curve for each class over the evaluations, and a table of the figures at the step that is looked at."""

    uses_predictions: ClassVar[bool] = True
    uses_history: ClassVar[bool] = True

    def __init__(self, model: InspectionModel, parent: QWidget | None = None) -> None:
        super().__init__(model, "classes", "chart", parent)
        self._figure = QComboBox(self.content)
        self._figure.setObjectName("classes_figure")
        self._figure.setAccessibleName(self.tr("What the curves show"))
        tip = self.tr(
            "Recall: of the samples of a class, the share that is recognised. Precision: of the samples predicted as "
            "the class, the share that is of it. F1: the harmonic mean of both."
        )
        self._figure.setAccessibleDescription(tip)
        self._figure.setToolTip(plain_tool_tip(tip))
        names = {
            Figure.RECALL: self.tr("Recall"),
            Figure.PRECISION: self.tr("Precision"),
            Figure.F1: self.tr("F1"),
        }
        for key, text in names.items():
            self._figure.addItem(text, key)
        self._line = ElidedLabel("", self.content)
        self._line.setObjectName("classes_line")
        self._line.setProperty("role", "muted")
        self._curves = EpochCurves(self.content)
        self._curves.setObjectName("classes_curves")
        self._curves.setAccessibleName(self.tr("Curves of the classes over the steps of the evaluations"))
        self._table = ClassTable(self.content)
        self._table.setObjectName("classes_table")
        self._table.setAccessibleName(self.tr("Classes"))
        self._shown: ClassFigures | None = None
        self._place_parts()
        self._figure.currentIndexChanged.connect(self._on_choice)
        self._table.chosen_changed.connect(self._on_choice)

    # What the base asks

    def applies_to(self, spec: DataSpec) -> bool:
        """Only where there are classes."""
        return spec.task is Task.CLASSIFICATION

    @property
    def text_when_empty(self) -> str:
        """What will be shown here."""
        return self.tr("How well each class is recognised, epoch by epoch, appears here after the first epoch.")

    @property
    def text_when_not_meant(self) -> str:
        """Why nothing is shown."""
        return self.tr("There are no classes: this network predicts numbers. See Residuals instead.")

    def show_predictions(self) -> None:
        """Show the figures of the predictions that are looked at, and the curves."""
        model = self.model
        predicted = model.predicted
        assert predicted is not None
        counts = confusion_counts(predicted, model.labels, len(model.class_names))
        self._shown = ClassFigures.of(counts)
        self._table.show_figures(model.class_names, self._shown)
        self._show_curves()

    def rows(self) -> Iterator[Sequence[object]] | None:
        """The figures of each class at the step that is looked at, then its curve over the evaluations."""
        log = self.model.log
        if self._shown is None or log is None or not self.model.is_classification:
            return None
        return self._rows(
            self.model.class_names, self._shown, self.model.class_history.figures(log), self._shown_figure
        )

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        super().set_palette(palette)
        self._curves.set_palette(palette)

    # Internals

    @property
    def _shown_figure(self) -> str:
        return str(self._figure.currentData())

    def _show_curves(self) -> None:
        """Draw the evaluations that are counted, and count more of them after what else the window has to do."""
        log, names = self.model.log, self.model.class_names
        if log is None or not self.is_meant or self._shown is None:
            return
        history = self.model.class_history
        by_step = history.figures(log, SECONDS_AT_A_TIME)
        if not history.is_complete(log):
            QTimer.singleShot(0, self, self._show_curves)
        values = np.array([getattr(figures, self._shown_figure) for figures in by_step.values()]).reshape(
            -1, len(names)
        )
        strong = self._strong(values)
        faint = [EpochCurve("", values[:, label]) for label in range(len(names)) if label not in set(strong)]
        curves = [*faint, *(EpochCurve(names[label], values[:, label]) for label in strong)]
        self._curves.show_curves(tuple(by_step), curves, self.model.prediction_step)
        self._line.setText(self._text(len(strong)))

    def _strong(self, values: NDArray[np.float64]) -> list[int]:
        """The labels of the classes whose curves have names: the chosen ones, else all, or those that are worst."""
        if chosen := self._table.chosen:
            return chosen[:MOST_CURVES]
        count = len(self.model.class_names)
        if count <= MOST_CURVES or not len(values):
            return list(range(min(count, MOST_CURVES)))
        # The worst of the newest evaluation: the same curves while one looks back.
        return sorted(np.argsort(values[-1], kind="stable")[:MOST_CURVES].tolist())

    def _text(self, shown: int) -> str:
        """Which classes the curves are of."""
        chosen, count = self._table.chosen, len(self.model.class_names)
        if len(chosen) > MOST_CURVES:
            return self.tr("The first {shown} of {count} chosen classes").format(shown=shown, count=len(chosen))
        if chosen:
            return self.tr("The chosen classes")
        if count > MOST_CURVES:
            return self.tr("The {shown} worst of {count} classes").format(shown=shown, count=count)
        return self.tr("Click rows to pick classes")

    def _on_choice(self) -> None:
        self._show_curves()

    def _place_parts(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACING)
        head.addWidget(self._figure)
        head.addWidget(self._line, 1)
        head.addSpacing(scaled(MENU_ROOM))
        rest = QVBoxLayout()
        rest.addWidget(self._table)
        parts = FlowingBox(self._curves, rest, wide=scaled(WIDE), shares=SHARES, beside=SHARES)
        parts.setSpacing(SPACING)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(head)
        column.addLayout(parts, 1)

    @staticmethod
    def _rows(
        names: tuple[str, ...], shown: ClassFigures, by_step: Mapping[int, ClassFigures], key: str
    ) -> Iterator[Sequence[object]]:
        yield "class", "recall", "precision", "f1", "samples", *(f"{key}_at_step_{step}" for step in by_step)
        for label, name in enumerate(names):
            figures = (float(each[label]) for each in (shown.recall, shown.precision, shown.f1))
            curve = (float(getattr(each, key)[label]) for each in by_step.values())
            yield name, *figures, int(shown.support[label]), *curve
