"""The QThread: runs the Session and turns its Events into typed signals. It holds no training logic."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.events import (
    ChangeRefused,
    CheckpointCaptured,
    DataFailed,
    DataLoaded,
    DataProgressed,
    DivergenceStopped,
    EpochStarted,
    EpochTested,
    Event,
    FutureReached,
    LossReported,
    LossSpikeNoticed,
    OpenFailed,
    RecordFailed,
    RequestFailed,
    RunBranched,
    RunDiscarded,
    RunEnded,
    RunPaused,
    RunResumed,
    RunStarted,
    TorchLoaded,
    TravelFailed,
    Travelled,
    TravelProgressed,
    ValueChanged,
    WeightsCaptured,
    WeightsEvaluated,
    WeightsRefused,
)
from workbench.engine.protocol.tutorial_text import tutorial_text
from workbench.engine.session.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.protocol.commands import SessionCommand

CAN_WAIT_MS: Final = {
    LossReported: 250,
    LossSpikeNoticed: 250,
    ValueChanged: 50,
    EpochStarted: 33,
    EpochTested: 33,
    DataProgressed: 33,
    TravelProgressed: 33,
}
"""How long what may come often waits for more of it: nobody reads faster, training waits for each delivery, and a data
set of a few batches ends hundreds of epochs a second. A slider that is dragged costs less so, and what the window does
about a change does not hold up the first step with it. All else answers somebody, and is delivered at once."""

NICENESS: Final = 5
"""At this niceness of the training thread the event loop was late by 12 ms (p99) instead of 24, at the same speed."""

UNHEARD: Final = (LossReported, LossSpikeNoticed)
"""Told as text, and told only where nobody is there to be asked."""


class TrainingThread(QThread):
    """Trains, in a thread of its own; every signal is emitted in the thread the object lives in (the window's).

    Args:
        root: the folder of the data sets.
        store: the folder of the run store; None where runs are not kept.
        parent: whose child the object is.

    Events that may come often are collected and delivered together, with the next that cannot wait at the latest.
    Numbers per batch do not come this way at all: they are read from the History that `run_started` carries.
    """

    torch_loaded = Signal(TorchLoaded)
    data_progressed = Signal(DataProgressed)
    data_loaded = Signal(DataLoaded)
    data_failed = Signal(DataFailed)
    run_started = Signal(RunStarted)
    run_resumed = Signal(RunResumed)
    run_paused = Signal(RunPaused)
    run_branched = Signal(RunBranched)
    run_discarded = Signal(RunDiscarded)
    travel_progressed = Signal(TravelProgressed)
    travelled = Signal(Travelled)
    travel_failed = Signal(TravelFailed)
    future_reached = Signal(FutureReached)
    guard_tripped = Signal(DivergenceStopped)
    open_failed = Signal(OpenFailed)
    record_failed = Signal(RecordFailed)
    request_failed = Signal(RequestFailed)
    checkpoint_captured = Signal(CheckpointCaptured)
    epoch_started = Signal(EpochStarted)
    epoch_tested = Signal(EpochTested)
    text_printed = Signal(str)
    value_changed = Signal(ValueChanged)
    change_refused = Signal(ChangeRefused)
    weights_captured = Signal(WeightsCaptured)
    weights_evaluated = Signal(WeightsEvaluated)
    weights_refused = Signal(WeightsRefused)
    run_ended = Signal(RunEnded)
    crashed = Signal(str)

    _event_arrived = Signal()

    def __init__(self, root: Path, store: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training_thread")
        self._inbox = CommandQueue()
        self._root = root
        self._store = store
        self._lock = threading.Lock()
        self._events: list[Event] = []
        # How long what is announced may wait; None where nothing is.
        self._announced_ms: int | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._deliver)
        self._event_arrived.connect(self._schedule_delivery)
        self._signals = {
            TorchLoaded: self.torch_loaded,
            DataProgressed: self.data_progressed,
            DataLoaded: self.data_loaded,
            DataFailed: self.data_failed,
            RunStarted: self.run_started,
            RunResumed: self.run_resumed,
            RunPaused: self.run_paused,
            RunBranched: self.run_branched,
            RunDiscarded: self.run_discarded,
            TravelProgressed: self.travel_progressed,
            Travelled: self.travelled,
            TravelFailed: self.travel_failed,
            FutureReached: self.future_reached,
            DivergenceStopped: self.guard_tripped,
            OpenFailed: self.open_failed,
            RecordFailed: self.record_failed,
            RequestFailed: self.request_failed,
            CheckpointCaptured: self.checkpoint_captured,
            EpochStarted: self.epoch_started,
            EpochTested: self.epoch_tested,
            ValueChanged: self.value_changed,
            ChangeRefused: self.change_refused,
            WeightsCaptured: self.weights_captured,
            WeightsEvaluated: self.weights_evaluated,
            WeightsRefused: self.weights_refused,
            RunEnded: self.run_ended,
        }

    def send(self, command: SessionCommand) -> None:
        """Hand a command over; returns at once."""
        self._inbox.put(command)

    def run(self) -> None:
        """The thread itself: a Session until it is closed."""
        _lower_priority()
        try:
            Session(self._inbox, self._root, self._tell, self._store).run()
        except Exception as error:  # noqa: BLE001  # QThread would end as if nothing had happened
            self.crashed.emit(f"{type(error).__name__}: {error}")

    @Slot()
    def _schedule_delivery(self) -> None:
        wait = self._announced_ms
        if wait is None:  # delivered already, together with what came before
            return
        if wait == 0:
            self._deliver()
        elif not self._timer.isActive() or wait < self._timer.remainingTime():
            self._timer.start(wait)

    @Slot()
    def _deliver(self) -> None:
        self._timer.stop()
        with self._lock:
            events, self._events = self._events, []
            self._announced_ms = None
        printed: list[str] = []
        for event in events:
            printed.append(tutorial_text(event))
            if isinstance(event, RunEnded | RunPaused | Travelled):
                # Whoever hears that the run has ended, or rests, finds its text complete.
                self._print(printed)
            if not isinstance(event, UNHEARD):
                self._signals[type(event)].emit(event)
        self._print(printed)

    def _print(self, lines: list[str]) -> None:
        if text := "".join(lines):
            self.text_printed.emit(text)
        lines.clear()

    def _tell(self, event: Event) -> None:
        """Called by the Session, in the training thread."""
        with self._lock:
            is_progress = isinstance(event, DataProgressed | TravelProgressed)
            if is_progress and self._events and type(self._events[-1]) is type(event):
                self._events[-1] = event
            else:
                self._events.append(event)
            wait = CAN_WAIT_MS.get(type(event), 0)
            is_sooner = self._announced_ms is None or wait < self._announced_ms
            if is_sooner:
                self._announced_ms = wait
        if is_sooner:
            self._event_arrived.emit()


def _lower_priority() -> None:
    """Let the window go first. On Linux niceness is per thread, and the threads torch makes from here inherit it."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
    else:
        QThread.currentThread().setPriority(QThread.Priority.LowPriority)
