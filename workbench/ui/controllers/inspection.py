"""Inspection: has the training side compute what the visible panels want, without slowing the training."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer

from workbench.engine.protocol.commands import Inspect
from workbench.engine.protocol.queries.predictions import PredictTestSet
from workbench.ui.models.session_state import SessionState
from workbench.ui.panel_bases.inspection_panel import Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.engine.protocol.events import Inspected
    from workbench.engine.protocol.queries import Query
    from workbench.ui.connection.connection import Connection
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.panel_bases.inspection_panel import InspectionPanel

SHARE: Final = 0.03
"""Of the training's time that answers, and showing them, may take: of all panels together."""
SHORTEST_MS: Final = 33
LONGEST_MS: Final = 5000
ANSWERS_IN: Final = frozenset({SessionState.READY, SessionState.PAUSED, SessionState.TRAINING})
"""In other states the training side is busy, or about to be in another state: what is wanted may be another then."""


class Inspection(QObject):
    """Sends one query at a time; the next one when the answer is there and, beside a training, a while after it.

    Args:
        connection: its training side answers.
        run: the current run.
        model: what is looked at.
        panels: that want something; each in its turn.
        parent: Qt's parent.
    """

    def __init__(
        self,
        connection: Connection,
        run: RunModel,
        model: InspectionModel,
        panels: Sequence[InspectionPanel],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._connection = connection
        self._run = run
        self._model = model
        self._panels = list(panels)
        self._once: list[Request] = []
        self._asked: Request | None = None
        # The processor time of the window's thread when the last answer came; None once its drawing was counted.
        self._answered_at: float | None = None
        self._answer_seconds = self._answer_came = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._ask)
        for panel in panels:
            panel.request_changed.connect(self._ask_soon)
        model.step_changed.connect(self._ask_soon)
        connection.inspected.connect(self._on_inspected)
        connection.epoch_tested.connect(lambda _: model.refresh())

    @property
    def wait_ms(self) -> int:
        """Milliseconds from the last answer to the next query."""
        return self._timer.interval()

    def ask(self, query: Query) -> None:
        """Ask something once about the current state, before what the panels want; `inspected` brings the answer."""
        self._once.append(Request(query, None))
        self._ask_soon()

    def _ask_soon(self) -> None:
        # A wait that began beside a training has no reason any more once the run stands still.
        if self._asked is None and (not self._timer.isActive() or self._run.state is not SessionState.TRAINING):
            self._timer.start(0)

    def _ask(self) -> None:
        """Send what is wanted next, if anything; while a run trains, what is wanted changes with each step."""
        if self._asked is not None or self._run.state not in ANSWERS_IN:
            return
        if more := self._wait_for_drawing():
            self._timer.start(more)
            return
        request = self._next()
        if request is not None:
            self._asked = request
            self._connection.send(Inspect(request.query, request.step))
        elif self._run.state is SessionState.TRAINING and any(panel.follows for panel in self._panels):
            self._timer.start(SHORTEST_MS)

    def _wait_for_drawing(self) -> int:
        """Milliseconds to wait on for what the window spent on the last answer: drawing holds Python's lock, too.

        Answering and drawing have one share of the time together.
        """
        began, self._answered_at = self._answered_at, None
        if began is None or self._run.state is not SessionState.TRAINING:
            return 0
        share = round(1000 * (self._answer_seconds + time.thread_time() - began) / SHARE)
        passed = round(1000 * (time.monotonic() - self._answer_came))
        return max(0, min(share, LONGEST_MS) - passed)

    def _next(self) -> Request | None:
        if self._once:
            return self._once.pop(0)
        wanted = self._model.wanted
        if wanted is not None and any(panel.wants_predictions for panel in self._panels):
            return Request(*wanted)
        for index, panel in enumerate(self._panels):
            if (own := panel.request) is not None:
                # The others have their turn before this one again.
                self._panels.append(self._panels.pop(index))
                return own
        earlier = self._model.earlier
        if earlier is not None and any(panel.wants_history for panel in self._panels):
            return Request(PredictTestSet(), earlier)
        return None

    def _on_inspected(self, event: Inspected) -> None:
        self._asked = None
        self._answered_at, self._answer_seconds = time.thread_time(), event.seconds
        self._answer_came = time.monotonic()
        self._model.take(event)
        for panel in self._panels:
            panel.take(event)
        wait = 0
        if self._run.state is SessionState.TRAINING:
            wait = min(max(round(1000 * event.seconds / SHARE), SHORTEST_MS), LONGEST_MS)
        self._timer.start(wait)
