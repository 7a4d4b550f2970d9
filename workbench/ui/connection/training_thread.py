"""The connection to a training thread of this process: runs the Session, and emits its events. No training logic."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import SIGNAL, QObject, QThread, QTimer, Signal, Slot

from workbench.engine.protocol import events
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import Announce
from workbench.engine.protocol.live_objects import HISTORIES, PREDICTIONS, PROGRESS
from workbench.engine.protocol.tutorial_text import tutorial_text
from workbench.engine.session.session import Session
from workbench.ui.connection.connection import SIGNAL_NAMES, Connection

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.protocol.commands import SessionCommand

CAN_WAIT_MS: Final = {
    events.LossReported: 250,
    events.LossSpikeNoticed: 250,
    events.ValueChanged: 50,
    events.Inspected: 10,
    events.EpochStarted: 33,
    events.EpochTested: 33,
    events.DataProgressed: 33,
    events.TravelProgressed: 33,
    events.ExperimentProgressed: 33,
}
"""How long an event that may come often waits for more events: a user does not read faster, training waits for each
delivery, and a data set of a few batches ends hundreds of epochs a second. Dragging a slider costs less this way, and
the window's reaction to a change does not delay the first step that uses it. Other events are delivered at once."""

PROGRESS_EVENTS: Final = (events.DataProgressed, events.TravelProgressed, events.ExperimentProgressed)
"""Of several that wait, the last one says everything."""

NICENESS: Final = 5
"""At this niceness of the training thread the event loop was late by 12 ms (p99) instead of 24, at the same speed."""


class TrainingThread(QThread, Connection):
    """Trains in a thread of its own. Every signal is emitted in the thread that the object lives in, the window's.

    Args:
        root: the folder of the data sets.
        store: the folder of the run store; None where runs are not kept.
        parent: whose child the object is.

    Events that may come often are collected, and delivered together with the next event that cannot wait at the latest.
    """

    _event_arrived = Signal()

    def __init__(self, root: Path, store: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("training_thread")
        self._commands = CommandQueue()
        self._root = root
        self._store = store
        self._lock = threading.Lock()
        self._events: list[events.Event] = []
        # The live objects that the events name: kept until the window has had a chance to look them up.
        self._named: list[object] = []
        # How long the events may wait at most; None where there are none.
        self._wait_ms: int | None = None
        # Whether the listeners know nothing yet of what the events are about; and whether they are being told.
        self._is_handing_over = self._is_announcing = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._deliver)
        self._event_arrived.connect(self._schedule_delivery)

    @property
    def root(self) -> Path:
        """The folder of the data sets."""
        return self._root

    @property
    def is_announcing(self) -> bool:
        """Whether listeners that have taken the place of others are being told what there is."""
        return self._is_announcing

    def send(self, command: SessionCommand) -> None:
        """Hand a command over; returns at once."""
        self._commands.put(command)

    def hand_over(self) -> None:
        """Let the listeners go; the next ones are told what there is."""
        for name in (*SIGNAL_NAMES.values(), "text_printed", "crashed"):
            signal = getattr(self, name)
            if self.receivers(SIGNAL(f"{name}(PyObject)")) or self.receivers(SIGNAL(f"{name}(QString)")):
                signal.disconnect()
        self._is_handing_over = True
        self.send(Announce())

    def run(self) -> None:
        """The thread itself: a Session until it is closed."""
        _lower_priority()
        try:
            Session(self._commands, self._root, self._on_event, self._store).run()
        except Exception as error:  # noqa: BLE001  # QThread would end as if nothing had happened
            self.crashed.emit(f"{type(error).__name__}: {error}")

    @Slot()
    def _schedule_delivery(self) -> None:
        wait = self._wait_ms
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
            waiting, self._events = self._events, []
            named, self._named = self._named, []
            self._wait_ms = None
        printed: list[str] = []
        for event in waiting:
            self._is_announcing = self._is_announcing and not isinstance(event, events.Announced)
            if self._is_handing_over and isinstance(event, events.TorchLoaded):
                self._is_handing_over, self._is_announcing = False, True
            if not self._is_announcing:  # it has been printed before
                printed.append(tutorial_text(event))
            if isinstance(event, events.RunEnded | events.RunPaused | events.Travelled):
                # When the run has ended or is paused, its text is complete.
                self._print(printed)
            if self._is_handing_over:
                continue
            if (name := SIGNAL_NAMES.get(type(event))) is not None:
                getattr(self, name).emit(event)
        self._print(printed)
        named.clear()

    def _print(self, lines: list[str]) -> None:
        if text := "".join(lines):
            self.text_printed.emit(text)
        lines.clear()

    def _on_event(self, event: events.Event) -> None:
        """Queue an event; the Session calls this in the training thread."""
        with self._lock:
            self._named += _named_by(event)
            is_progress = isinstance(event, PROGRESS_EVENTS)
            if is_progress and self._events and type(self._events[-1]) is type(event):
                self._events[-1] = event
            else:
                self._events.append(event)
            wait = CAN_WAIT_MS.get(type(event), 0)
            is_sooner = self._wait_ms is None or wait < self._wait_ms
            if is_sooner:
                self._wait_ms = wait
        if is_sooner:
            self._event_arrived.emit()


def _named_by(event: events.Event) -> list[object]:
    """The live objects that an event names."""
    match event:
        case events.RunStarted(history=history, progress=progress, recording=recording, predictions=predictions):
            named: list[object] = [HISTORIES.find(history), PROGRESS.find(progress)]
        case events.RunBranched(recording=recording, predictions=predictions):
            named = []
        case events.Travelled(recording=recording):
            named, predictions = [], None
        case _:
            return []
    named += [] if recording is None else [HISTORIES.find(recording)]
    return named if predictions is None else [*named, PREDICTIONS.find(predictions)]


def _lower_priority() -> None:
    """Let the window go first. On Linux niceness is per thread, and the threads torch makes from here inherit it."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
    else:
        QThread.currentThread().setPriority(QThread.Priority.LowPriority)
