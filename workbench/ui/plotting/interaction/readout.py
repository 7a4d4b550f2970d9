"""The values under the crosshair, in words, in one fixed place."""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy

from workbench.engine.config.tasks import ACCURACY
from workbench.ui.text.metric_texts import r2_text
from workbench.ui.text.numbers import with_minus_sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from workbench.engine.config.tasks import Metric
    from workbench.engine.history.history import History
    from workbench.engine.history.records import Evaluation
    from workbench.engine.history.series import Series

SEPARATOR = " · "
HINT_GAP = 16


class Readout(QLabel):
    """One line that never changes the layout: it takes the width it is given and elides the rest.

    Attributes:
        hint: what a click in the plot does, or one on the hint itself; "" if nothing.
        hint_clicked: the user clicked on the hint, which was one to click on.
        future_is_parent: whether the steps beyond the current one are those of the run that the current one has left.
    """

    hint_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = ""
        self._is_button = False
        self._is_covering = False
        self._ground = QColor()
        self.future_is_parent = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        font = self.font()
        # Digits of equal width: the line does not tremble while the pointer moves.
        font.setFeature(QFont.Tag("tnum"), 1)
        self.setFont(font)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as a line, whatever it says: Qt gives an empty label another height."""
        return QSize(super().sizeHint().width(), self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As high as a line."""
        return QSize(0, self.sizeHint().height())

    def set_covering(self, is_covering: bool) -> None:
        """Cover what lies below while something is said, and be hidden else."""
        self._is_covering = is_covering
        self._show_if_needed()

    def set_ground(self, colour: QColor) -> None:
        """Cover with this colour."""
        self._ground = colour
        self.update()

    def setText(self, text: str) -> None:  # noqa: N802
        """Say this from now on."""
        super().setText(text)
        self._show_if_needed()

    def show_step(
        self,
        history: History,
        smoothed: Series,
        step: int,
        notes: Sequence[str],
        metric: Metric = ACCURACY,
        *,
        is_future: bool = False,
    ) -> None:
        """Show `step_text`."""
        self.setText(self.step_text(history, smoothed, step, notes, metric, is_future=is_future))

    def step_text(
        self,
        history: History,
        smoothed: Series,
        step: int,
        notes: Sequence[str],
        metric: Metric = ACCURACY,
        *,
        is_future: bool = False,
    ) -> str:
        """What `history` holds at `step`, in one line.

        Args:
            history: with at least `step + 1` steps.
            smoothed: the smoothed training loss; may not reach so far yet.
            step: counted from 0.
            notes: further texts, such as those of marks nearby.
            metric: of the run.
            is_future: the step lies beyond the current one; `history` was recorded before going back.
        """
        parts = [self.tr("Step {step}").format(step=f"{step:,}")]
        if is_future:
            parts.append(self.tr("parent run") if self.future_is_parent else self.tr("recorded before"))
        index = bisect_right(history.epoch_starts, step, key=lambda start: start.step) - 1
        if index >= 0:
            parts.append(self.tr("epoch {epoch}").format(epoch=f"{history.epoch_starts[index].epoch:,}"))
        parts.append(self.tr("loss {value}").format(value=number_text(history.loss[step])))
        if step < len(smoothed):
            parts.append(self.tr("smoothed {value}").format(value=number_text(smoothed[step])))
        parts.append(self._metric_text(metric, history.metric[step]))
        # An evaluation at `step` updates lies right after the last batch of its epoch, which is step - 1.
        index = bisect_right(history.evaluations, step + 1, key=lambda evaluation: evaluation.step) - 1
        if index >= 0:
            evaluation = history.evaluations[index]
            parts.append(self._test_text(metric, evaluation))
            if evaluation.validation_loss is not None and evaluation.validation_metric is not None:
                parts.append(self._validation_text(metric, evaluation.validation_loss, evaluation.validation_metric))
        return SEPARATOR.join([*parts, *notes])

    def show_notes(self, step: int, notes: Sequence[str]) -> None:
        """Show a step that the current run does not have, and what there is to say about it."""
        self.setText(SEPARATOR.join([self.tr("Step {step}").format(step=f"{step:,}"), *notes]))

    def set_hint(self, hint: str, *, is_button: bool = False) -> None:
        """Show at the right end what a click in the plot does, or with `is_button` what one on these words does."""
        if (hint, is_button) != (self.hint, self._is_button):
            self.hint, self._is_button = hint, is_button
            self._show_if_needed()
            self.setMouseTracking(is_button)
            self.unsetCursor()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Show the pointing hand over words that can be clicked on."""
        super().mouseMoveEvent(event)
        is_over = self._is_over_button(event)
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Emit a click on the hint."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self._is_over_button(event):
            self.hint_clicked.emit()

    @property
    def hint_place(self) -> QRect:
        """Where the hint stands, in logical pixels."""
        width = self.fontMetrics().horizontalAdvance(self.hint)
        return QRect(self.contentsRect().right() + 1 - width, 0, width, self.height())

    def _is_over_button(self, event: QMouseEvent) -> bool:
        return self._is_button and bool(self.hint) and self.hint_place.contains(event.position().toPoint())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the text, with an ellipsis where the width ends or the hint begins."""
        painter = QPainter(self)
        if self._is_covering:
            painter.fillRect(self.rect(), self._ground)
        metrics, place = self.fontMetrics(), self.contentsRect()
        room = place.width() - (metrics.horizontalAdvance(self.hint) + HINT_GAP if self.hint else 0)
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        if self.hint:
            painter.setPen(self.palette().color(QPalette.ColorRole.Link))
            if self._is_button:
                font = painter.font()
                font.setUnderline(True)
                painter.setFont(font)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.hint)
        painter.end()

    def _show_if_needed(self) -> None:
        self.setVisible(not self._is_covering or bool(self.text() or self.hint))

    def _metric_text(self, metric: Metric, value: float) -> str:
        if metric.is_share:
            return self.tr("accuracy {value} %").format(value=percent_text(value))
        return self.tr("mean absolute error {value}").format(value=number_text(value))

    def _test_text(self, metric: Metric, test: Evaluation) -> str:
        loss = number_text(test.average_loss)
        if metric.is_share:
            return self.tr("test loss {loss}, {accuracy} %").format(loss=loss, accuracy=percent_text(test.metric))
        text = self.tr("test loss {loss}, error {error}").format(loss=loss, error=number_text(test.metric))
        return text if test.r2 is None else f"{text}, {r2_text(test.r2)}"

    def _validation_text(self, metric: Metric, loss: float, value: float) -> str:
        if metric.is_share:
            text = self.tr("validation loss {loss}, {accuracy} %")
            return text.format(loss=number_text(loss), accuracy=percent_text(value))
        return self.tr("validation loss {loss}, error {error}").format(loss=number_text(loss), error=number_text(value))


def number_text(value: float) -> str:
    """Six decimals as the tutorial prints losses, or six digits where those would say nothing."""
    if math.isfinite(value) and (value == 0.0 or 1e-3 <= abs(value) < 1e5):
        return with_minus_sign(f"{value:.6f}")
    return with_minus_sign(f"{value:.5e}")


def percent_text(share: float) -> str:
    """A share in percent, without the sign."""
    return f"{100.0 * share:.1f}"
