"""The headline figures above the plots: loss, accuracy, test, best; large enough for a classroom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QWidget

from workbench.engine.config.tasks import ACCURACY
from workbench.ui.style.tokens import tokens
from workbench.ui.text.metric_texts import PERCENT, metric_text, three_digits
from workbench.ui.widgets.headline_figure import HeadlineFigure

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from workbench.engine.config.tasks import Metric
    from workbench.ui.models.headline_figures import Headline
    from workbench.ui.style.palette import Palette

WIDEST_LOSS: Final = "0.0000"
WIDEST_SHARE: Final = "100.0%"
WIDEST_NOTE: Final = "0.000"
LEAST_CHANGE: Final = 5e-4
"""Of a share: what would be shown as 0.0 points is no change."""
LEAST_SHARE: Final = 1e-3
"""Of a value with three digits: a smaller change of it is not seen."""


class FiguresPanel(QWidget):
    """A line of figures. Where the room is too small, their changes are left out, then the figures at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("figures")
        self.setAccessibleName(self.tr("Result"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        widest_epoch = self.tr("epoch {epoch}").format(epoch="000")
        self._loss = HeadlineFigure("figure_loss", self.tr("Training loss"), WIDEST_LOSS, WIDEST_NOTE, self)
        self._training = HeadlineFigure("figure_training", "", WIDEST_SHARE, WIDEST_NOTE, self)
        self._test = HeadlineFigure("figure_test", "", WIDEST_SHARE, WIDEST_NOTE, self)
        self._best = HeadlineFigure("figure_best", "", WIDEST_SHARE, widest_epoch, self)
        # In the order in which they stand; the last ones give way first.
        self._figures = (self._loss, self._training, self._test, self._best)
        self._is_wanted = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(tokens().spacing, 0, tokens().spacing, 0)
        layout.setSpacing(tokens().spacing)
        # It may be narrower than all figures together.
        layout.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        for figure in self._figures:
            layout.addWidget(figure)
            layout.addStretch(1)
        self._name_figures(ACCURACY)

    @property
    def is_wanted(self) -> bool:
        """Whether there is a run to show figures of."""
        return self._is_wanted

    @property
    def figures(self) -> tuple[HeadlineFigure, ...]:
        """All figures, from left to right."""
        return self._figures

    def show_headline(self, headline: Headline | None) -> None:
        """Show these figures, or none where there is no run; called a few times a second while a run trains."""
        if (is_wanted := headline is not None) != self._is_wanted:
            self._is_wanted = is_wanted
            if (parent := self.parentWidget()) is not None:
                QApplication.postEvent(parent, QEvent(QEvent.Type.LayoutRequest))
        if headline is None:
            return
        metric = headline.metric
        self._name_figures(metric)
        loss = "" if headline.loss is None else three_digits(headline.loss)
        self._show(self._loss, loss, _if_seen(headline.loss, headline.loss_change), lower_is_better=True)
        for figure, value, change in (
            (self._training, headline.training, headline.training_change),
            (self._test, headline.test, headline.test_change),
        ):
            text = "" if value is None else _metric_figure(metric, value)
            change = change if metric.is_share else _if_seen(value, change)
            self._show(figure, text, change, lower_is_better=metric.lower_is_better, is_share=metric.is_share)
        best = "" if headline.best is None else _metric_figure(metric, headline.best)
        note = "" if headline.best_epoch is None else self.tr("epoch {epoch}").format(epoch=f"{headline.best_epoch:,}")
        self._best.show_value(best or "–", note)

    def set_compact(self, is_compact: bool) -> None:
        """Be a low line, for a low window, or not."""
        for figure in self._figures:
            figure.set_compact(is_compact)
        self._fit()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        for figure in self._figures:
            figure.set_palette(palette)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for the first figure."""
        return QSize(self._loss.width_with(note=True) + 2 * tokens().spacing, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show the figures that have room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        first, spacing = (self._loss, self._training, self._test), tokens().spacing
        room = self.width() - spacing
        has_notes = sum(figure.width_with(note=True) + spacing for figure in first) <= room
        for figure in self._figures:
            figure.set_note_shown(has_notes)
            room -= figure.width_with(note=has_notes) + spacing
            figure.setVisible(room >= 0 or figure is self._loss)

    def _name_figures(self, metric: Metric) -> None:
        share = metric.is_share
        self._loss.set_caption(self.tr("Training loss"), self.tr("Loss"))
        self._training.set_caption(
            self.tr("Training accuracy") if share else self.tr("Training error (MAE)"), self.tr("Training")
        )
        self._test.set_caption(self.tr("Test accuracy") if share else self.tr("Test error (MAE)"), self.tr("Test"))
        self._best.set_caption(self.tr("Best test accuracy") if share else self.tr("Best test error"), self.tr("Best"))

    def _show(
        self, figure: HeadlineFigure, text: str, change: float | None, *, lower_is_better: bool, is_share: bool = False
    ) -> None:
        if change is None or (is_share and abs(change) < LEAST_CHANGE) or change == 0.0:
            figure.show_value(text or "–")
            return
        size = f"{PERCENT * abs(change):.1f}" if is_share else three_digits(abs(change))
        rises = change > 0
        template = (
            self.tr("{size} higher than an epoch before") if rises else self.tr("{size} lower than an epoch before")
        )
        spoken = template.format(size=size)
        figure.show_value(text, size, rises=rises, is_better=rises is not lower_is_better, spoken=spoken)


def _if_seen(value: float | None, change: float | None) -> float | None:
    """The change of a value; None where it is smaller than the last digit shown of the value."""
    if value is None or change is None or abs(change) < LEAST_SHARE * abs(value):
        return None
    return change


def _metric_figure(metric: Metric, value: float) -> str:
    return metric_text(metric, value) if metric.is_share else three_digits(value)
