"""Session: what the training side does over the life of one window, one request at a time, in one thread.

It holds the data sets in memory and one run in hand: a Trainer that trains, rests, travels, and gives way to the next.
All torch work of the window happens here, in the thread that calls `run`: parallel operations from a second thread
would leave a second OpenMP pool, and training would take about twice as long.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from workbench.engine.checkpoints.snapshot_cache import SnapshotCache
from workbench.engine.errors import CancelledError, UserError, details_of, problem_of
from workbench.engine.protocol.commands import (
    AddEpochs,
    CaptureCheckpoint,
    CaptureWeights,
    Close,
    DiscardRun,
    EvaluateWeights,
    LoadData,
    OpenCheckpoint,
    OpenRun,
    Resume,
    RunEpoch,
    RunSteps,
    SetSnapshotBudget,
    SetValue,
    StartRun,
    Stop,
    Travel,
)
from workbench.engine.protocol.events import (
    OpenFailed,
    Outcome,
    RecordFailed,
    RunDiscarded,
    RunEnded,
    RunPaused,
    TorchLoaded,
    TravelFailed,
    Travelled,
    WeightsCaptured,
    WeightsEvaluated,
    WeightsRefused,
)
from workbench.engine.session.dataset_cache import DatasetCache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from workbench.engine.data.datasets import ImageData
    from workbench.engine.models.weights import StateDict
    from workbench.engine.protocol.command_queue import CommandQueue
    from workbench.engine.protocol.commands import SessionCommand
    from workbench.engine.protocol.events import Event, TrainerEvent
    from workbench.engine.recipe import Recipe
    from workbench.engine.session.run_logger import RunLogger
    from workbench.engine.training.trainer import Trainer


class Session:
    """Serves the commands of `inbox` until a `Close`.

    Args:
        inbox: where commands come from.
        root: the folder of the data sets.
        tell: called with each event, in this thread.
        store: the folder of the store of runs; None keeps none.
    """

    def __init__(
        self, inbox: CommandQueue, root: Path, tell: Callable[[Event], None], store: Path | None = None
    ) -> None:
        self._inbox = inbox
        self._tell = tell
        self._store = store
        self._logbook: RunLogger | None = None
        self._data = DatasetCache(inbox, root, tell)
        self._memory = SnapshotCache()
        self._trainer: Trainer | None = None
        # Paused, not ended: what is set and captured then is the run's.
        self._is_paused = False
        # Set while the run in hand had ended, for when it goes on.
        self._wishes: dict[str, SetValue] = {}
        self._weights: StateDict | None = None
        self._step = 0

    def run(self) -> None:
        """Load torch, then serve; returns after a `Close`."""
        self._load_torch()
        self._open_logbook()
        try:
            while not isinstance(command := self._inbox.wait(), Close):
                self._serve(command)
        finally:
            if self._logbook is not None:
                self._logbook.close()

    def _serve(self, command: SessionCommand) -> None:
        trainer = self._trainer
        match command:
            case LoadData(dataset):
                self._data.load(dataset)
            case StartRun():
                self._train(command)
            case OpenRun(run, step) if trainer is not None and trainer.identity.id == run:
                self._travel(trainer, trainer.last_recorded if step is None else step, leave_future=False)
            case OpenRun(run, step):
                self._open(lambda later: self._from_store(run, step, later))
            case OpenCheckpoint(path):
                self._open(lambda _: self._from_file(path))
            case SetSnapshotBudget(nbytes):
                self._memory.budget = nbytes
            case EvaluateWeights(path, recipe) if not self._is_paused:
                self._evaluate(path, recipe)
            case CaptureWeights(target) if self._weights is not None and not self._is_paused:
                self._tell(WeightsCaptured(target, self._weights, self._step))
            case _ if trainer is not None:
                self._serve_run(command, trainer)
            case _:
                pass  # for a run that is over

    def _serve_run(self, command: SessionCommand, trainer: Trainer) -> None:
        """Do what is asked of the run in hand, which rests."""
        match command:
            case Resume() | RunSteps() | RunEpoch() | AddEpochs():
                wishes, self._wishes = self._wishes, {}
                self._follow(chain(*(trainer.serve(wish) for wish in wishes.values()), trainer.fly(command)))
            case Travel(step, leave_future):
                self._travel(trainer, step, leave_future=leave_future)
            case Stop() if self._is_paused:
                self._follow(trainer.stop())
            case CaptureCheckpoint() | CaptureWeights() | EvaluateWeights():
                self._follow(trainer.serve(command))
            case SetValue() if self._is_paused:
                self._follow(trainer.serve(command))
            case SetValue(name):
                self._wishes[name] = command
            case DiscardRun():
                self._discard(trainer)
            case _:
                pass  # a second Pause

    def _load_torch(self) -> None:
        import torch

        from workbench.engine.models.registry import MODELS
        from workbench.engine.runtime.acceleration import set_threads

        # Also where nothing is to be changed: it fixes the size of this thread's pool before the first operation.
        set_threads(0)
        counts = {row.name: row.parameter_count() for row in MODELS}
        self._tell(TorchLoaded(torch.__version__, torch.get_num_threads(), counts))

    def _open_logbook(self) -> None:
        if self._store is not None:
            from workbench.engine.session.run_logger import RunLogger

            self._logbook = RunLogger(self._store, lambda problem: self._tell(RecordFailed(problem)))

    # The run in hand

    def _train(self, command: StartRun) -> None:
        recipe = command.recipe
        # A Stop that waits has come after the Train: while something else was under way, such as the data.
        data = None
        if not self._inbox.stop_asked:
            data = self._data.of(recipe, is_chosen=command.dataset_chosen)
        if data is None:
            self._inbox.discard_run_commands()
            self._tell(RunEnded(Outcome.STOPPED, self._step, has_weights=self._weights is not None))
            return
        from workbench.engine.session.open_run import restored_on_error
        from workbench.engine.training.trainer import Trainer

        try:
            with restored_on_error(self._trainer):
                trainer = Trainer(
                    recipe.with_dataset(data.name), data, self._inbox, memory=self._memory, is_attended=True
                )
        except Exception as error:  # noqa: BLE001  # a defect must not end the thread that everything runs in
            self._inbox.discard_run_commands()
            has_weights = self._weights is not None
            self._tell(RunEnded(Outcome.FAILED, self._step, problem_of(error), details_of(error), has_weights))
            return
        self._trainer = trainer
        self._wishes.clear()
        self._follow(self._trainer.run())

    def _follow(self, events: Iterable[TrainerEvent]) -> None:
        """Tell of `events`, which the run in hand yields until it rests."""
        trainer = self._trainer
        assert trainer is not None
        try:
            for event in events:
                self._note(event, trainer)
                self._tell(self._ended(event, trainer) if isinstance(event, RunEnded) else event)
        except Exception as error:  # noqa: BLE001  # see above
            self._fail(error)

    def _note(self, event: TrainerEvent, trainer: Trainer) -> None:
        if isinstance(event, RunPaused | Travelled | TravelFailed):
            self._is_paused = True
            self._wishes.clear()
        elif isinstance(event, RunEnded):
            self._is_paused = False
        if self._logbook is not None:
            self._logbook.on_event(event, trainer)

    def _ended(self, event: RunEnded, trainer: Trainer) -> RunEnded:
        # First the weights, then the news: whoever hears that the run has ended may save at once.
        if trainer.position.step > 0:
            self._weights, self._step = trainer.weights, trainer.position.step
        self._inbox.discard_run_commands()
        return RunEnded(event.outcome, event.step, event.problem, event.details, self._weights is not None)

    def _fail(self, error: Exception) -> None:
        """End the run in hand after a defect; what it has reached can be saved, but it cannot go on."""
        trainer, self._trainer = self._trainer, None
        assert trainer is not None
        event = RunEnded(Outcome.FAILED, trainer.position.step, problem_of(error), details_of(error))
        self._note(event, trainer)
        self._tell(self._ended(event, trainer))

    def _travel(self, trainer: Trainer, step: int, *, leave_future: bool) -> None:
        if self._logbook is not None:
            self._logbook.flush()
        failed = False

        def watched() -> Iterable[TrainerEvent]:
            nonlocal failed
            for event in trainer.travel(step, leave_future=leave_future):
                failed = failed or isinstance(event, TravelFailed)
                yield event

        self._follow(watched())
        if failed:
            # A Stop during the way has ended the way, and is not to end the run as well.
            self._inbox.discard_run_commands()

    def _discard(self, trainer: Trainer) -> None:
        if self._logbook is not None:
            self._logbook.delete_run()
        self._memory.forget(trainer.identity.id)
        self._trainer, self._weights, self._step, self._is_paused = None, None, 0, False
        self._tell(RunDiscarded(trainer.identity))

    def _open(self, opened: Callable[[list[TrainerEvent]], Trainer]) -> None:
        """Take another run in hand; where that fails, the one in hand is as it was.

        Args:
            opened: makes its Trainer; puts into the list what is to be told once the run is in hand.
        """
        from workbench.engine.session.open_run import restored_on_error

        if self._logbook is not None:
            self._logbook.flush()
        later: list[TrainerEvent] = []
        try:
            with restored_on_error(self._trainer):
                trainer = opened(later)
        except Exception as error:  # noqa: BLE001  # see above
            self._inbox.discard_run_commands()
            self._tell(OpenFailed(_why_not_opened(error)))
            return
        self._trainer, self._is_paused = trainer, True
        self._wishes.clear()
        self._tell(trainer.started())
        self._tell(RunPaused(trainer.position.step))
        for event in later:
            self._tell(event)

    def _from_store(self, run: str, step: int | None, later: list[TrainerEvent]) -> Trainer:
        from workbench.engine.session.open_run import StoredRun, open_stored_run

        if self._store is None:
            raise UserError("No runs are kept here: start the program with a store to open runs.")
        stored = StoredRun.read(self._store, run)
        data = self._data_for(stored.summary.recipe)

        def tell(event: TrainerEvent) -> None:
            (later.append if isinstance(event, Travelled) else self._tell)(event)

        trainer = open_stored_run(stored, step, data, self._inbox, self._memory, tell)
        if self._logbook is not None:
            self._logbook.open(stored.summary)
        return trainer

    def _from_file(self, path: Path) -> Trainer:
        from workbench.engine.session.open_run import open_checkpoint

        trainer = open_checkpoint(path, self._data_for, self._inbox, self._memory)
        if self._logbook is not None:
            self._logbook.release()
        return trainer

    def _data_for(self, recipe: Recipe) -> ImageData:
        data = self._data.of(recipe)
        if data is None:
            raise UserError("The data set {name} of this run is not there: load it first.", name=recipe.dataset)
        return data

    # Weights of files

    def _evaluate(self, path: Path, recipe: Recipe) -> None:
        data = self._data.of(recipe)
        if data is None:
            self._tell(
                WeightsRefused(path, UserError("There is no data to test {path} on: load a data set first.", path=path))
            )
            return
        import torch

        from workbench.engine.models.registry import MODELS
        from workbench.engine.models.weights import load_weights
        from workbench.engine.optim.losses import LOSSES
        from workbench.engine.training.evaluation import evaluate_file

        # A new model draws from the random state, which the run in hand may go on from.
        with torch.random.fork_rng():
            model = MODELS[recipe.model].build()
        event = evaluate_file(
            path,
            model,
            data,
            LOSSES[recipe.loss].build(),
            batch_size=int(recipe["batch_size"]),
            kept=True,
        )
        if isinstance(event, WeightsEvaluated):
            self._weights, self._step = load_weights(path, model), 0
        self._tell(event)


def _why_not_opened(error: Exception) -> UserError:
    if isinstance(error, CancelledError):
        return UserError("Opening was given up: the run in hand is as it was.")
    return problem_of(error)
