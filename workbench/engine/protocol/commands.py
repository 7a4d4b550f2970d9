"""Commands to the training thread; they are handled between two batches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.engine.history.records import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.data_source import DataRequest
    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.history.history import History
    from workbench.engine.history.records import JournalEntry, RunIdentity
    from workbench.engine.models.initial_weights import InitialWeights
    from workbench.engine.models.network_source import NetworkSource
    from workbench.engine.protocol.experiments import Experiment
    from workbench.engine.protocol.queries import Query
    from workbench.engine.recipe import Recipe


@dataclass(frozen=True, slots=True)
class SetValue:
    """Use `value` for the hyperparameter `name` from the next batch (or epoch) on.

    Attributes:
        name: of the hyperparameter.
        value: the new one.
        origin: who asks, for the journal.
    """

    name: str
    value: Value
    origin: Origin = Origin.WINDOW


@dataclass(frozen=True, slots=True)
class Annotate:
    """Put a note on an entry of the journal of the current run; an empty one takes it away. `EntryAnnotated` answers.

    Attributes:
        entry: the entry, whatever its note.
        note: of at most 200 characters; what is no part of a note is left out.
    """

    entry: JournalEntry
    note: str


@dataclass(frozen=True, slots=True)
class Stop:
    """End the run after the current batch; its state is kept, and it stays the current run."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Pause after the current batch.

    Attributes:
        goes_on: whether the run goes on after the command that it is paused for, as far as it would have gone.
    """

    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Resume:
    """Train on to the last planned epoch.

    Attributes:
        allow_spike: do not stop again at the loss that the guard went back from last.
    """

    allow_spike: bool = False


@dataclass(frozen=True, slots=True)
class RunSteps:
    """Train `count` more steps, at least 1, then pause. An epoch that is completed on the way is tested.

    Where no epoch is planned for them, one is added; `origin` says in the journal who asks.
    """

    count: int
    origin: Origin = Origin.WINDOW


@dataclass(frozen=True, slots=True)
class RunEpoch:
    """Train to the end of the current epoch, test it, then pause; `origin` as in `RunSteps`."""

    origin: Origin = Origin.WINDOW


@dataclass(frozen=True, slots=True)
class AddEpochs:
    """Plan `count` more epochs, at least 1, and train on; also after a run has ended. `origin` as in `RunSteps`."""

    count: int
    origin: Origin = Origin.WINDOW


@dataclass(frozen=True, slots=True)
class Travel:
    """Go to the state when `step` updates were done, back or forward along the recording, and pause there.

    Attributes:
        step: from 0 to the last recorded step.
        leave_recording: training on from there becomes a branch, without the recorded changes.
    """

    step: int
    leave_recording: bool = False


@dataclass(frozen=True, slots=True)
class OpenRun:
    """Open a run of the store, at its last step or at `step`."""

    run: str
    step: int | None = None


@dataclass(frozen=True, slots=True)
class DiscardRun:
    """Close the current run and delete it from the store."""


@dataclass(frozen=True, slots=True)
class CaptureCheckpoint:
    """Copy the whole state between two steps; the `CheckpointCaptured` that answers carries the same `target`."""

    target: Path


@dataclass(frozen=True, slots=True)
class OpenCheckpoint:
    """Open the run in a checkpoint file, at the step of the file."""

    path: Path


@dataclass(frozen=True, slots=True)
class CaptureRecord:
    """Copy the whole state between two steps, for exports; the `RecordCaptured` that answers has the same `request`."""

    request: int


@dataclass(frozen=True, slots=True)
class VerifyRun:
    """Train a recorded run again from its first step, and compare every bit; `RunVerified` says what came of it.

    The run becomes the current one. It is kept, as a branch of the recorded run, where it differs or is trained beyond.

    Attributes:
        name: of what is compared, for people.
        recipe: that was trained.
        run: which run it was.
        recorded: what it recorded.
        weights_sha256: of its last weights; None where it is not known.
        environment: that trained it.
    """

    name: str
    recipe: Recipe
    run: RunIdentity
    recorded: History
    weights_sha256: str | None
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Announce:
    """Say again what there is, for a window that has just come; a run that trained goes on, and nothing changes.

    The events are those of an opened run: `TorchLoaded`, `DataLoaded` for each data set in memory, `RunStarted`,
    `RunPaused`, then `RunResumed` or `RunEnded`. `Announced` ends them.
    """


@dataclass(frozen=True, slots=True)
class SetSnapshotBudget:
    """Set how many bytes the snapshots in memory may take."""

    nbytes: int


@dataclass(frozen=True, slots=True)
class CaptureWeights:
    """Copy the weights between two steps; the `WeightsCaptured` that answers carries the same `target`."""

    target: Path


@dataclass(frozen=True, slots=True)
class EvaluateWeights:
    """Run `test_loop` with the weights in the file `path`.

    During a run its own weights stay as they are; otherwise the session keeps these weights, to be saved.

    Attributes:
        path: the file.
        recipe: which model, loss, batch size and data set.
    """

    path: Path
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class Inspect:
    """Compute something from the current run without a trace in it; an `Inspected` with the same query answers.

    Attributes:
        query: what to compute.
        step: of the kept state to look at, or of the first one before it; None for the current state.
    """

    query: Query
    step: int | None = None


@dataclass(frozen=True, slots=True)
class RunExperiment:
    """Try something on a copy of the current run, which stands still meanwhile and goes on afterwards if it trained.

    `ExperimentProgressed` and `ExperimentEnded` answer; a Stop cancels it.

    Attributes:
        experiment: what to try.
        recipe: of the new network to try it on; None for the current run in its present state.
        dataset_chosen: as in `StartRun`.
    """

    experiment: Experiment
    recipe: Recipe | None = None
    dataset_chosen: bool = True


@dataclass(frozen=True, slots=True)
class ChooseFuture:
    """Let the run be the future with this index of the last `WhatIf`, already trained that far, and pause there.

    `Travelled` answers, or `TravelFailed`. Where steps are recorded beyond the start of the future, the run becomes a
    branch.
    """

    index: int


@dataclass(frozen=True, slots=True)
class LoadData:
    """Load the data wanted. None means the default set, or the built-in one if that is not available."""

    wanted: DataRequest | None


@dataclass(frozen=True, slots=True)
class DescribeNetwork:
    """Say which layers a network has, and how many numbers training adjusts; `NetworkDescribed` answers.

    Attributes:
        model: the name of its row.
        values: its own hyperparameters.
        spec: of the data that it is for.
        network: one of the user's own, in place of a row.
    """

    model: str
    values: Mapping[str, Value]
    spec: DataSpec
    network: NetworkSource | None = None


@dataclass(frozen=True, slots=True)
class CheckInitialWeights:
    """Say whether a network can start from the weights of a file; `InitialWeightsChecked` answers.

    Attributes:
        weights: the file, and the digest of the weights where it is known: then these very weights are looked for.
        network: the network that they must fit.
    """

    weights: InitialWeights
    network: DescribeNetwork


@dataclass(frozen=True, slots=True)
class StartRun:
    """Train `recipe`.

    Attributes:
        recipe: what to train.
        dataset_chosen: whether the user chose the data set; if not, the built-in one may be loaded instead.
    """

    recipe: Recipe
    dataset_chosen: bool


@dataclass(frozen=True, slots=True)
class Close:
    """End the session."""


TrainerCommand = (
    SetValue
    | Annotate
    | CaptureWeights
    | EvaluateWeights
    | CaptureCheckpoint
    | CaptureRecord
    | SetSnapshotBudget
    | Inspect
)
"""Carried out between two batches; the run goes on."""

ContinueCommand = Resume | RunSteps | RunEpoch | AddEpochs
"""Says how far to train."""

RunCommand = TrainerCommand | ContinueCommand | Pause | Stop
"""All commands that the training loop handles."""

PausingCommand = Travel | OpenRun | OpenCheckpoint | VerifyRun | DiscardRun | RunExperiment | ChooseFuture | Announce
"""Carried out by the session; a run that trains is paused first."""

SessionCommand = RunCommand | PausingCommand | LoadData | DescribeNetwork | CheckInitialWeights | StartRun | Close
"""All commands."""
