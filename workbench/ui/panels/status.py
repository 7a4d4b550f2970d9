"""The figures in the status bar: the position of the run, its speed, and the time left."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from workbench.engine.config.tasks import MEAN_ABSOLUTE_ERROR
from workbench.engine.history.durations import duration_text
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.metric_texts import metric_text, r2_text

if TYPE_CHECKING:
    from workbench.engine.history.records import Evaluation
    from workbench.engine.protocol.run_progress import RunProgress
    from workbench.ui.models.busy_watch import Slowdown

SPEED_WINDOW_S: Final = 3.0
"""Samples per second are a mean over this time: over a shorter one, each test of an epoch shows as a drop."""
FORECAST_WINDOW_S: Final = 30.0
"""The time left is computed from the speed over this time, so that it does not jump when the machine is busy."""

QWIDGETSIZE_MAX: Final = (1 << 24) - 1
"""Qt's own name for no limit; PySide does not have it."""
PARTS: Final = 1000
"""The value of a full progress bar."""


class StatusPanel(QWidget):
    """Epoch and batch, a progress bar, samples per second, time left, device and threads."""

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._state = self._label("status_state", self.tr("State"))
        # As wide as its longest usual text: otherwise the bar beside it would move with every digit.
        longest = self.tr("Epoch {epoch} of {epochs}") + self.tr(" · batch {batch}")
        room = longest.format(epoch=100, epochs=100, batch="1,000")
        self._state.setMinimumWidth(self._state.fontMetrics().horizontalAdvance(room))
        self._progress = QProgressBar(self)
        self._progress.setObjectName("status_progress")
        self._progress.setAccessibleName(self.tr("Progress"))
        self._progress.setTextVisible(False)
        self._progress.setMaximum(PARTS)
        self._progress.setFixedWidth(160)
        self._cancel = QToolButton(self)
        self._cancel.setObjectName("status_cancel")
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setAccessibleName(self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Stop loading the data; files that are complete are kept."))
        self._cancel.clicked.connect(self.cancel_requested)
        self._cancel.hide()
        self._speed = self._label("status_speed", self.tr("Speed"))
        self._left = self._label("status_time_left", self.tr("Time left"))
        self._result = self._label("status_result", self.tr("Last test"))
        self._slowed = self._label("status_slowed", self.tr("Slowed down"))
        self._slowed.setProperty("role", "warning")
        self._slowed.hide()
        self._machine = self._label("status_machine", self.tr("Device"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.addWidget(self._state)
        layout.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._cancel)
        layout.addWidget(self._speed)
        layout.addWidget(self._left)
        layout.addWidget(self._result)
        layout.addStretch()
        layout.addWidget(self._slowed)
        layout.addWidget(self._machine)
        self._points: deque[tuple[float, int]] = deque()
        # As with the state: what stands to the right must not move when a figure gains a digit.
        for label, widest in (
            (self._speed, self.tr("{speed} samples/s").format(speed="000,000")),
            (self._left, self.tr("{time} left").format(time="0:00:00")),
        ):
            label.setMinimumWidth(label.fontMetrics().horizontalAdvance(widest))
        self._progress.hide()

    def show_state(self, text: str) -> None:
        """Show the state in words; the figures of a run disappear."""
        self._state.setMaximumWidth(QWIDGETSIZE_MAX)
        self._state.setText(text)
        self._progress.hide()
        self._cancel.hide()
        self._speed.clear()
        self._left.clear()
        self._result.clear()

    def show_rest(self, text: str, progress: RunProgress, train_count: int) -> None:
        """Say that a run is paused or ended, and show its progress."""
        self.show_state(text)
        self._show_share(progress, train_count)

    def show_busy(self, text: str, done: int = 0, total: int = 0, can_cancel: bool = False) -> None:
        """Say what the window waits for; without a total the bar only shows activity."""
        self.show_state(text)
        self._progress.setMaximum(PARTS if total else 0)
        self._progress.setValue(PARTS * done // total if total else 0)
        self._progress.show()
        self._cancel.setVisible(can_cancel)

    def show_machine(self, device: str, threads: int) -> None:
        """Name the device and the number of threads."""
        text = self.tr("{device} · 1 thread") if threads == 1 else self.tr("{device} · {threads} threads")
        self._machine.setText(text.format(device=device, threads=threads))

    def show_slowed(self, slowdown: Slowdown | None) -> None:
        """Say how many times slower other programs make the steps, and what helps; None says nothing."""
        if slowdown is None:
            self._slowed.hide()
            return
        factor = f"{slowdown.factor:.0f}"
        text = self.tr("Other programs slow the run: {factor}×").format(factor=factor)
        if text != self._slowed.text() or self._slowed.isHidden():
            self._slowed.setText(text)
            if slowdown.was_quiet:
                why = self.tr(
                    "A step takes {factor} times as long as it took while the machine was quiet, because other "
                    "programs need the processor."
                )
            else:
                why = self.tr(
                    "The run asks for {factor} times as much processor time as it gets, because other programs need "
                    "the processor."
                )
            help_text = self.tr(
                "Close other programs: the results stay the same, bit for bit. Fewer threads might help, too, but they "
                "round sums in another order, so that the last bits of the next run would differ."
            )
            tip = f"{why.format(factor=factor)} {help_text}"
            self._slowed.setToolTip(plain_tool_tip(tip))
            self._slowed.setAccessibleDescription(tip)
            self._slowed.show()

    def begin_run(self) -> None:
        """Clear the speed of the previous run."""
        self._points.clear()

    def show_progress(self, progress: RunProgress, train_count: int) -> None:
        """Show the progress of a run; called a few times a second."""
        where = (
            self.tr("Testing epoch {epoch} of {epochs}") if progress.testing else self.tr("Epoch {epoch} of {epochs}")
        ).format(epoch=progress.epoch, epochs=progress.planned_epochs)
        if not progress.testing:
            where += self.tr(" · batch {batch}").format(batch=f"{progress.batch:,}")
        self._set(self._state, where)
        done, planned = self._show_share(progress, train_count)
        self._show_waits(progress.sleeping)
        self._cancel.hide()
        self._add_point(progress.trained)
        speed, steady = self._samples_per_second(SPEED_WINDOW_S), self._samples_per_second(FORECAST_WINDOW_S)
        if not speed or not steady:
            return
        self._set(self._speed, self.tr("{speed} samples/s").format(speed=f"{speed:,.0f}"))
        self._set(self._left, self.tr("{time} left").format(time=duration_text(max(0, planned - done) / steady)))

    def show_result(self, test: Evaluation | None) -> None:
        """Show error and coefficient of determination of the last test of a regression; nothing without one."""
        text = ""
        if test is not None and test.r2 is not None:
            text = self.tr("{error} · {r2}").format(
                error=metric_text(MEAN_ABSOLUTE_ERROR, test.metric), r2=r2_text(test.r2)
            )
        self._set(self._result, text)

    def _show_waits(self, sleeping: bool | None) -> None:
        """Say in the tooltip of the machine how torch's threads wait for each other."""
        text = ""
        if sleeping:
            text = self.tr(
                "Another program keeps the processor busy, so threads that wait for each other sleep: that is faster "
                "now. The results are the same, bit for bit."
            )
        elif sleeping is not None:
            text = self.tr(
                "Threads that wait for each other keep their cores: that is fastest as long as no other program needs "
                "the processor."
            )
        if self._machine.toolTip() != text:
            self._machine.setToolTip(text)

    def _show_share(self, progress: RunProgress, train_count: int) -> tuple[int, int]:
        """Show the progress bar; return the samples done and the samples planned."""
        # In samples, as with the time left: in steps the bar would jump when the batch size changes.
        done, planned = (progress.epoch - 1) * train_count + progress.sample, progress.planned_epochs * train_count
        self._progress.setMaximum(PARTS)
        self._progress.setValue(min(PARTS, round(PARTS * done / planned)) if planned else 0)
        self._progress.show()
        return done, planned

    def _add_point(self, trained: int) -> None:
        now = time.monotonic()
        self._points.append((now, trained))
        while now - self._points[0][0] > FORECAST_WINDOW_S:
            self._points.popleft()

    def _samples_per_second(self, window: float) -> float:
        """The mean speed over the last seconds; 0 while it is not known."""
        end, at_end = self._points[-1]
        begin, at_begin = next(point for point in self._points if end - point[0] <= window)
        return (at_end - at_begin) / (end - begin) if end > begin else 0.0

    def _label(self, name: str, accessible: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        # Not its name: a screen reader would read that in the place of the text.
        label.setAccessibleDescription(accessible)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    @staticmethod
    def _set(label: QLabel, text: str) -> None:
        # Each setText of a QLabel lays its neighbours out again, even with the same text, unless the label's size is
        # fixed. The label only grows, so that its neighbours do not move with every digit.
        if label.text() == text:
            return
        label.setText(text)
        size = label.sizeHint().expandedTo(label.minimumSize())
        if label.minimumSize() != size or label.maximumSize() != size:
            label.setFixedSize(size)
