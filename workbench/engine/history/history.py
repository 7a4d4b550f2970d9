"""History: all that a run has recorded, written by the training thread and read by the window without locks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.engine.history.series import Series

if TYPE_CHECKING:
    from workbench.engine.history.records import Change, EpochStart, Evaluation, Incident, Refusal


class History:
    """All metrics of a run, step by step, and what happened along the way.

    One thread writes, another may read without a lock. The lists only grow; going back puts other lists in their place.
    A reader takes a list once (`evaluations = history.evaluations`) and uses that one: it never gets shorter.

    Attributes:
        loss: training loss of each batch.
        metric: of the task (see `tasks`), running within the epoch after each batch: the accuracy, 0 to 1, or the mean
            absolute error.
        evaluations: in the order they were taken.
        epoch_starts: in order.
        changes: in order.
        incidents: where the run went back by itself, in order.
        refusals: changes that were asked for and not made, in the order in which they were asked for.
    """

    def __init__(self) -> None:
        self.loss = Series()
        self.metric = Series()
        self.evaluations: list[Evaluation] = []
        self.epoch_starts: list[EpochStart] = []
        self.changes: list[Change] = []
        self.incidents: list[Incident] = []
        self.refusals: list[Refusal] = []

    def __len__(self) -> int:
        """Steps recorded whole, with loss and metric."""
        return min(len(self.loss), len(self.metric))

    @property
    def nbytes(self) -> int:
        """Memory held by the series, in bytes."""
        return self.loss.nbytes + self.metric.nbytes

    @property
    def spikes(self) -> list[Incident]:
        """The incidents for which the guard sent the run back."""
        return [incident for incident in self.incidents if incident.is_of_guard]

    def add_step(self, loss: float, metric: float) -> None:
        """Record one optimizer update: the loss of its batch, and the metric within the epoch so far."""
        self.loss.append(loss)
        self.metric.append(metric)

    def add_evaluation(self, evaluation: Evaluation) -> None:
        """Record one pass of `test_loop`."""
        self.evaluations.append(evaluation)

    def add_epoch_start(self, start: EpochStart) -> None:
        """Record where an epoch begins."""
        self.epoch_starts.append(start)

    def add_change(self, change: Change) -> None:
        """Record a hyperparameter change."""
        self.changes.append(change)

    def add_incident(self, incident: Incident) -> None:
        """Record that the run went back by itself."""
        self.incidents.append(incident)

    def add_refusal(self, refusal: Refusal) -> None:
        """Record a change that was not made; one that is refused again as the last one was is recorded once."""
        if self.refusals[-1:] != [refusal]:
            self.refusals.append(refusal)

    def copy(self) -> History:
        """The same history, on its own from now on."""
        twin = History()
        length = len(self)
        twin.loss.extend(self.loss.values(0, length))
        twin.metric.extend(self.metric.values(0, length))
        twin.evaluations += self.evaluations
        twin.epoch_starts += self.epoch_starts
        twin.changes += self.changes
        twin.incidents += self.incidents
        twin.refusals += self.refusals
        return twin

    def truncate(self, step: int) -> None:
        """Go back to the moment when `step` updates were done; in place, while nothing is being added.

        Steps, changes and epoch starts from `step` on are dropped (they come again when training goes on), and the
        evaluations after it; one taken exactly then stays. Incidents stay, as their losses are not in the series, and
        refusals, as nothing would bring them back.
        """
        self.loss.truncate(step)
        self.metric.truncate(step)
        self.evaluations = [evaluation for evaluation in self.evaluations if evaluation.step <= step]
        self.epoch_starts = [start for start in self.epoch_starts if start.step < step]
        self.changes = [change for change in self.changes if change.step < step]

    def go_to(self, recorded: History, step: int) -> None:
        """Hold what `recorded` held when `step` updates were done; in place, while nothing is being added.

        The two agree in the steps both have. Incidents and refusals stay, as in `truncate`.
        """
        self.truncate(step)
        length = len(self)
        self.loss.extend(recorded.loss.values(length, step))
        self.metric.extend(recorded.metric.values(length, step))
        self.evaluations = [evaluation for evaluation in recorded.evaluations if evaluation.step <= step]
        self.epoch_starts = [start for start in recorded.epoch_starts if start.step < step]
        self.changes = [change for change in recorded.changes if change.step < step]
