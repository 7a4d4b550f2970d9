"""What the training side reports: facts, in the past tense. Window and command line both `match` these classes.

An event holds plain values that nothing changes afterwards: numbers, texts, paths, records, copies of weights. The
history and the progress of a run go on changing: an event names them by number (see `live_objects`). So it can be sent
to another process.

The `problem` of an event says what went wrong; its `details` are the traceback of a defect, for a report, else empty.
"""

from workbench.engine.protocol.events.data_events import (
    DataFailed,
    DataLoaded,
    DataProgressed,
    NetworkDescribed,
)
from workbench.engine.protocol.events.experiment_events import (
    ExperimentEnded,
    ExperimentProgressed,
)
from workbench.engine.protocol.events.file_events import (
    CheckpointCaptured,
    InitialWeightsChecked,
    OpenFailed,
    RecordCaptured,
    WeightsCaptured,
    WeightsEvaluated,
    WeightsRefused,
)
from workbench.engine.protocol.events.inspection_events import Inspected
from workbench.engine.protocol.events.run_events import (
    ChangeRefused,
    DivergenceStopped,
    EntryAnnotated,
    EpochStarted,
    EpochTested,
    GraphGivenUp,
    LossReported,
    LossSpikeNoticed,
    Outcome,
    RunDiscarded,
    RunEnded,
    RunPaused,
    RunResumed,
    RunStarted,
    StoppedEarly,
    ValueChanged,
)
from workbench.engine.protocol.events.session_events import (
    Announced,
    RequestFailed,
    TorchLoaded,
)
from workbench.engine.protocol.events.store_events import (
    RecordFailed,
    RecordRecovered,
    StoreNoticed,
)
from workbench.engine.protocol.events.travel_events import (
    RecordingEnded,
    RunBranched,
    RunVerified,
    TravelFailed,
    Travelled,
    TravelProgressed,
)

__all__ = [
    "Announced",
    "ChangeRefused",
    "CheckpointCaptured",
    "DataFailed",
    "DataLoaded",
    "DataProgressed",
    "DivergenceStopped",
    "EntryAnnotated",
    "EpochStarted",
    "EpochTested",
    "Event",
    "ExperimentEnded",
    "ExperimentProgressed",
    "GraphGivenUp",
    "InitialWeightsChecked",
    "Inspected",
    "LossReported",
    "LossSpikeNoticed",
    "NetworkDescribed",
    "OpenFailed",
    "Outcome",
    "RecordCaptured",
    "RecordFailed",
    "RecordRecovered",
    "RecorderEvent",
    "RecordingEnded",
    "RequestFailed",
    "RunBranched",
    "RunDiscarded",
    "RunEnded",
    "RunPaused",
    "RunResumed",
    "RunStarted",
    "RunVerified",
    "StoppedEarly",
    "StoreNoticed",
    "TorchLoaded",
    "TrainerEvent",
    "TravelFailed",
    "TravelProgressed",
    "Travelled",
    "ValueChanged",
    "WeightsCaptured",
    "WeightsEvaluated",
    "WeightsRefused",
]

TrainerEvent = (
    RunStarted
    | RunResumed
    | RunPaused
    | TravelProgressed
    | Travelled
    | TravelFailed
    | RunBranched
    | RecordingEnded
    | DivergenceStopped
    | StoppedEarly
    | LossSpikeNoticed
    | GraphGivenUp
    | CheckpointCaptured
    | RecordCaptured
    | EpochStarted
    | LossReported
    | EpochTested
    | ValueChanged
    | ChangeRefused
    | EntryAnnotated
    | WeightsCaptured
    | WeightsEvaluated
    | WeightsRefused
    | Inspected
    | RequestFailed
    | RunEnded
)
"""What training a run reports."""

RecorderEvent = RecordFailed | RecordRecovered | StoreNoticed
"""What the keeping of runs reports."""

Event = (
    TrainerEvent
    | RecorderEvent
    | TorchLoaded
    | Announced
    | NetworkDescribed
    | InitialWeightsChecked
    | DataProgressed
    | DataLoaded
    | DataFailed
    | ExperimentProgressed
    | ExperimentEnded
    | RunDiscarded
    | RunVerified
    | OpenFailed
)
"""What a session reports."""
