"""Connection: how the window reaches the training side. Commands go in, typed signals and live objects come out."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final, get_args

from PySide6.QtCore import Signal

from workbench.engine.protocol import events
from workbench.engine.protocol.live_objects import HISTORIES, PREDICTIONS, PROGRESS

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from workbench.engine.history.history import History
    from workbench.engine.protocol.commands import SessionCommand
    from workbench.engine.protocol.prediction_log import PredictionLog
    from workbench.engine.protocol.run_progress import RunProgress

    # A mixin: a QThread and Connection cannot both be QObjects, since Qt knows no multiple inheritance of them. PySide
    # makes signals of a mixin as well; to mypy only a QObject has signals.
    _Base = QObject
else:
    _Base = object

REQUESTS: Final = count(1)
"""Numbers for requests whose answer must find the one who asked."""

PRINTED_ONLY: Final = (events.LossReported, events.LossSpikeNoticed)
"""Events without a signal: the log shows the first as text, and the second occurs only where there is no user."""


class Connection(_Base):
    """What a training thread of this process and, later, a run on another machine have in common.

    A subclass is a QObject as well. It emits each event with the signal of the event's name, in the window's thread and
    in the order in which the events occurred. Numbers of single batches do not come as events: they are read from the
    History and the RunProgress that `RunStarted` names.
    """

    torch_loaded = Signal(events.TorchLoaded)
    announced = Signal(events.Announced)
    network_described = Signal(events.NetworkDescribed)
    initial_weights_checked = Signal(events.InitialWeightsChecked)
    data_progressed = Signal(events.DataProgressed)
    data_loaded = Signal(events.DataLoaded)
    data_failed = Signal(events.DataFailed)
    run_started = Signal(events.RunStarted)
    run_resumed = Signal(events.RunResumed)
    run_paused = Signal(events.RunPaused)
    run_branched = Signal(events.RunBranched)
    run_ended = Signal(events.RunEnded)
    run_discarded = Signal(events.RunDiscarded)
    travel_progressed = Signal(events.TravelProgressed)
    travelled = Signal(events.Travelled)
    travel_failed = Signal(events.TravelFailed)
    recording_ended = Signal(events.RecordingEnded)
    divergence_stopped = Signal(events.DivergenceStopped)
    stopped_early = Signal(events.StoppedEarly)
    graph_given_up = Signal(events.GraphGivenUp)
    open_failed = Signal(events.OpenFailed)
    record_failed = Signal(events.RecordFailed)
    record_recovered = Signal(events.RecordRecovered)
    store_noticed = Signal(events.StoreNoticed)
    request_failed = Signal(events.RequestFailed)
    epoch_started = Signal(events.EpochStarted)
    epoch_tested = Signal(events.EpochTested)
    value_changed = Signal(events.ValueChanged)
    change_refused = Signal(events.ChangeRefused)
    entry_annotated = Signal(events.EntryAnnotated)
    weights_captured = Signal(events.WeightsCaptured)
    weights_evaluated = Signal(events.WeightsEvaluated)
    weights_refused = Signal(events.WeightsRefused)
    checkpoint_captured = Signal(events.CheckpointCaptured)
    record_captured = Signal(events.RecordCaptured)
    run_verified = Signal(events.RunVerified)
    inspected = Signal(events.Inspected)
    experiment_progressed = Signal(events.ExperimentProgressed)
    experiment_ended = Signal(events.ExperimentEnded)

    text_printed = Signal(str)
    """What the tutorial prints, in blocks of whole lines."""
    crashed = Signal(str)
    """The training side ended because of a defect: its type and message."""

    def send(self, command: SessionCommand) -> None:
        """Hand a command over; returns at once."""
        raise NotImplementedError

    def hand_over(self) -> None:
        """Let the listeners go, for a window that takes the place of theirs; `announced` tells it when it knows all.

        What happens until the training side says again what there is is printed, and said in no other way.
        """
        raise NotImplementedError

    def history(self, number: int) -> History:
        """The live History that an event names; call it while the event's signal is emitted."""
        return HISTORIES.find(number)

    def progress(self, number: int) -> RunProgress:
        """The live RunProgress that an event names; call it while the event's signal is emitted."""
        return PROGRESS.find(number)

    def predictions(self, number: int) -> PredictionLog:
        """The live PredictionLog that an event names; call it while the event's signal is emitted."""
        return PREDICTIONS.find(number)


def signal_name(event: type) -> str:
    """The name of the signal of an event class: `run_started` for `RunStarted`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in event.__name__).lstrip("_")


SIGNAL_NAMES: Final = {event: signal_name(event) for event in get_args(events.Event) if event not in PRINTED_ONLY}
"""The name of each event's signal."""
