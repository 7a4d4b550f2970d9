"""The base of the panels that explain a run: what they ask for, what they show while there is nothing to show."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from PySide6.QtCore import QTimer, Signal

from workbench.ui.panel_bases.docked_panel import DockedPanel
from workbench.ui.text.engine_texts import sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QHideEvent
    from PySide6.QtWidgets import QWidget

    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.protocol.events import Inspected
    from workbench.engine.protocol.queries import Query
    from workbench.ui.models.inspection_model import InspectionModel


class Request(NamedTuple):
    """A query to send.

    Attributes:
        query: what to compute.
        step: of the state to look at; None for the current one.
    """

    query: Query
    step: int | None


class InspectionPanel(DockedPanel):
    """Shows something that is computed from a run at the step that is looked at.

    A subclass builds its contents into `content`, names what it asks (`query`), and shows what comes (`show_answer`);
    one that shows the predictions of the whole test set overrides `show_predictions` instead. While the panel cannot be
    seen, nothing is asked and nothing is drawn for it.

    Args:
        model: what is looked at.
        name: the object name, also of the sentence of the empty panel (with `_empty`).
        icon: of the empty panel.
        parent: Qt's parent.

    Attributes:
        model: what is looked at.
        uses_predictions: whether the panel shows the predictions of the whole test set.
        uses_history: whether it shows them over the evaluations, so that those of an opened run are computed anew.
        least_ms: milliseconds between two showings of predictions, of a panel that takes long to draw: it leaves out
            some of those that the user passes while looking back.
        is_live: whether it follows each step of a run that trains; if not, it follows the evaluations.
        is_for_input: whether the user makes something in it, so that it is shown before anything is computed.
    """

    request_changed = Signal()
    """The panel may want something else: it was shown, or the user changed what it shows."""

    uses_predictions: ClassVar[bool] = False
    uses_history: ClassVar[bool] = False
    least_ms: ClassVar[int] = 0
    is_live: ClassVar[bool] = True
    is_for_input: ClassVar[bool] = False

    def __init__(self, model: InspectionModel, name: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(name, icon, parent)
        self.model = model
        self._answered: object = None
        self._is_stale = True
        self._soon = QTimer(self, singleShot=True)
        self._shown_at = -math.inf
        model.subject_changed.connect(self._on_subject_changed)
        model.step_changed.connect(self._on_step_changed)
        if self.uses_predictions:
            model.predictions_changed.connect(self._show_soon)
            self._soon.timeout.connect(self._refresh)
        if self.uses_history:
            model.earlier_changed.connect(self.on_earlier_changed)

    # For subclasses

    @property
    def query(self) -> Query | None:
        """What the panel wants to be computed; None where it wants nothing."""
        return None

    def applies_to(self, spec: DataSpec) -> bool:
        """Whether what the panel shows has a meaning for such data."""
        del spec
        return True

    @property
    def text_when_empty(self) -> str:
        """What will be shown here, and when."""
        return self.tr("What the network has learned appears here when a run is under way: press Train.")

    @property
    def text_when_not_meant(self) -> str:
        """Why nothing is shown for data that the panel is not for."""
        return self.tr("This has no meaning for the present data set.")

    def show_answer(self, event: Inspected) -> None:
        """Show what was computed for `query`."""

    def show_problem(self, text: str) -> None:
        """Say why nothing could be computed for `query`."""
        self.show_text(text)

    def show_predictions(self) -> None:
        """Show the predictions, which `model` has."""

    def on_earlier_changed(self) -> None:
        """The predictions of another earlier evaluation are known."""
        self._refresh()

    def on_subject_changed(self) -> None:
        """Another run or other data are looked at: fit the contents to `model.spec`."""

    def rows(self) -> Iterable[Sequence[object]] | None:
        """The numbers that are shown, as rows of a table, the first of them its head; None where there are none."""
        return None

    def note_known(self) -> None:
        """Show the contents, and ask nothing: the subclass has kept the answer to its query at the step looked at."""
        if (query := self.query) is not None:
            self._answered = self._key(query)
            self._stack.setCurrentWidget(self._area)

    # For the controller

    def table(self) -> Iterable[Sequence[object]] | None:
        """The rows of what is shown; None where it has no meaning for the present data: older rows are of others."""
        is_known = not self.uses_predictions or self.model.outputs is not None
        return self.rows() if self.is_meant and is_known else None

    @property
    def is_meant(self) -> bool:
        """Whether there is a run whose data the panel is for."""
        spec = self.model.spec
        return spec is not None and self.applies_to(spec)

    @property
    def request(self) -> Request | None:
        """What to ask next; None where the panel cannot be seen, or shows what it wants."""
        query = self.query if self.is_seen and self.is_meant else None
        if query is None or self._answered == self._key(query):
            return None
        return Request(query, self.model.shown_step)

    @property
    def follows(self) -> bool:
        """Whether the panel can be seen and will want another answer with each step of the run."""
        return self.is_live and self.is_seen and self.is_meant and self.query is not None

    @property
    def wants_predictions(self) -> bool:
        """Whether the panel can be seen and waits for the predictions of the whole test set."""
        return self.uses_predictions and self.is_seen and self.is_meant

    @property
    def wants_history(self) -> bool:
        """Whether the panel can be seen and shows the predictions of all evaluations."""
        return self.uses_history and self.is_seen and self.is_meant

    def take(self, event: Inspected) -> bool:
        """Show an answer, if it is to what the panel wants; returns whether it is."""
        query = self.query if self.is_meant else None
        if query is None or event.query != query or event.run != self.model.run_id:
            return False
        if event.asked_step != self.model.shown_step:
            return False
        self._answered = self._key(query, event.step)
        if event.problem is not None:
            self.show_problem(sentence_of(event.problem))
        else:
            self._stack.setCurrentWidget(self._area)
            self.show_answer(event)
        return True

    # Internals

    def _key(self, query: Query, step: int | None = None) -> object:
        """What an answer is to: where it is the same again, nothing is asked."""
        model = self.model
        if model.shown_step is not None:
            return query, model.run_id, model.shown_step
        if model.is_training and not self.is_live:
            return query, model.run_id, model.prediction_step
        return query, model.run_id, model.current_step if step is None else step

    def _on_subject_changed(self) -> None:
        self._answered = None
        self.on_subject_changed()
        self._refresh()

    def _on_step_changed(self) -> None:
        if self.is_seen:
            self.request_changed.emit()

    def _show_soon(self) -> None:
        """Show other predictions, at once or when `least_ms` have passed since the last ones."""
        wait = self.least_ms - 1000 * (time.monotonic() - self._shown_at)
        if wait <= 0:
            self._shown_at = time.monotonic()
            self._refresh()
        elif not self._soon.isActive():
            self._soon.start(round(wait))

    def _refresh(self) -> None:
        """Show what is known by now, if the panel can be seen."""
        self._is_stale = not self.is_seen
        if self._is_stale:
            return
        spec = self.model.spec
        if spec is None:
            missing = self.model.missing
            self.show_text(self.text_when_empty if missing is None else sentence_of(missing))
        elif not self.applies_to(spec):
            self.show_text(self.text_when_not_meant)
        elif self.uses_predictions:
            if self.model.problem is not None:
                self.show_text(sentence_of(self.model.problem))
            elif self.model.outputs is None:
                if self._stack.currentWidget() is not self._area:
                    self.show_text(self.text_when_empty)
            else:
                self._stack.setCurrentWidget(self._area)
                self.show_predictions()
        elif self.is_for_input:
            self._stack.setCurrentWidget(self._area)
        elif self._answered is None:
            self.show_text(self.text_when_empty)
        self.request_changed.emit()

    def catch_up(self) -> None:
        """Show and ask what was left out while the panel could not be seen."""
        if self._is_stale:
            self._refresh()
        self.request_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Draw nothing until the panel is seen again."""
        super().hideEvent(event)
        self._is_stale = True
