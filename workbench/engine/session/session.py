"""Session: serves the commands of one window over its life, one at a time, in one thread.

It holds the data sets in memory and the current run: a Trainer that trains, pauses and travels until another run takes
its place. All torch work of the window happens in the thread that calls `run`: parallel operations in a second thread
would create a second OpenMP pool, and training would take about twice as long.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from workbench.engine.checkpoints.snapshot_cache import SnapshotCache
from workbench.engine.errors import CancelledError, UserError, details_of, problem_of
from workbench.engine.protocol import commands, events
from workbench.engine.session.dataset_cache import DatasetCache
from workbench.engine.session.experimenting import Experimenting
from workbench.engine.session.run_opener import RunOpener
from workbench.engine.session.starting_weights import StartingWeights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from workbench.engine.analysis.inspector import Inspector
    from workbench.engine.models.weights import StateDict
    from workbench.engine.protocol.command_queue import CommandQueue
    from workbench.engine.recipe import Recipe
    from workbench.engine.session.run_logger import RunLogger
    from workbench.engine.session.verifying import Verifying
    from workbench.engine.training.trainer import Trainer


class Session:
    """Serves commands until a `Close`.

    Args:
        command_queue: where the commands come from.
        root: the folder of the data sets.
        emit: called with each event, in this thread.
        store: the folder of the store of runs; None keeps no runs.
    """

    def __init__(
        self, command_queue: CommandQueue, root: Path, emit: Callable[[events.Event], None], store: Path | None = None
    ) -> None:
        self._commands = command_queue
        self._emit = emit
        self._store = store
        self._run_logger: RunLogger | None = None
        self._datasets = DatasetCache(command_queue, root, emit)
        self._starting_weights = StartingWeights(store)
        self._experimenting = Experimenting(
            command_queue,
            emit,
            lambda recipe, is_chosen: self._datasets.of(recipe, is_chosen=is_chosen),
            self._starting_weights,
        )
        self._snapshot_cache = SnapshotCache()
        self._opener = RunOpener(
            store, command_queue, self._snapshot_cache, self._datasets, emit, self._starting_weights
        )
        self._inspector: Inspector | None = None
        self._trainer: Trainer | None = None
        # Paused, not ended: values are then set in the run, and weights are captured from it.
        self._is_paused = False
        # Values set after the run has ended; they are used when it trains on.
        self._pending_values: dict[str, commands.SetValue] = {}
        self._verifying: Verifying | None = None
        self._torch: events.TorchLoaded | None = None
        # How the current run ended; None where it is paused.
        self._ended: events.RunEnded | None = None
        self._weights: StateDict | None = None
        self._step = 0

    def run(self) -> None:
        """Load torch, then serve; returns after a `Close`."""
        self._load_torch()
        self._open_run_logger()
        try:
            while not isinstance(command := self._commands.wait(), commands.Close):
                try:
                    self._serve(command)
                except Exception as error:  # noqa: BLE001  # no request may end the thread that everything runs in
                    self._emit(events.RequestFailed(problem_of(error), details_of(error)))
        finally:
            if self._run_logger is not None:
                self._run_logger.close()

    def _serve(self, command: commands.SessionCommand) -> None:
        trainer = self._trainer
        match command:
            case (
                commands.LoadData() | commands.DescribeNetwork() | commands.CheckInitialWeights() | commands.Announce()
            ):
                self._prepare(command)
            case commands.StartRun():
                self._start(command)
            case commands.OpenRun(run, step) if trainer is not None and _is_whole(trainer, run):
                self._travel(trainer, trainer.last_recorded if step is None else step, leave_recording=False)
            case commands.OpenRun(run, step):
                self._open(lambda: self._opener.stored_run(run, step))
            case commands.OpenCheckpoint() | commands.VerifyRun():
                self._open_file(command)
            case commands.SetSnapshotBudget(nbytes):
                self._snapshot_cache.budget = nbytes
            case commands.EvaluateWeights(path, recipe) if not self._is_paused:
                self._evaluate(path, recipe)
            case commands.CaptureWeights(target) if self._weights is not None and not self._is_paused:
                self._emit(events.WeightsCaptured(target, self._weights, self._step))
            case _ if trainer is not None:
                self._serve_run(command, trainer)
            case _:
                self._serve_without_run(command)

    def _serve_without_run(self, command: commands.SessionCommand) -> None:
        """Answer a query, or try a new network; other commands are for a run that is no longer open."""
        if isinstance(command, commands.RunExperiment):
            self._experimenting.carry_out(command, None)
        elif isinstance(command, commands.Inspect):
            problem = UserError("There is no run to look at: press Train first.")
            self._emit(events.Inspected(command.query, command.step, "", 0, None, problem=problem))
        elif isinstance(command, commands.CaptureRecord):
            self._emit(events.RequestFailed(UserError("There is no run to export: press Train first."), ""))

    def _serve_run(self, command: commands.SessionCommand, trainer: Trainer) -> None:
        """Carry out a command for the current run, which is paused or has ended."""
        match command:
            case commands.Resume() | commands.RunSteps() | commands.RunEpoch() | commands.AddEpochs():
                pending, self._pending_values = self._pending_values, {}
                self._follow(chain(*(trainer.serve(each) for each in pending.values()), trainer.resume(command)))
            case commands.Travel(step, leave_recording):
                self._travel(trainer, step, leave_recording=leave_recording)
            case commands.RunExperiment():
                self._try(command, trainer)
            case commands.ChooseFuture():
                self._follow_travel(self._experimenting.choose(command, trainer))
            case commands.Stop() if self._is_paused:
                self._follow(trainer.stop())
            case (
                commands.Annotate()
                | commands.CaptureCheckpoint()
                | commands.CaptureRecord()
                | commands.CaptureWeights()
                | commands.EvaluateWeights()
                | commands.Inspect()
            ):
                with trainer.sleeping_waits():
                    self._follow(trainer.serve(command))
            case commands.SetValue() if self._is_paused:
                self._follow(trainer.serve(command))
            case commands.SetValue(name):
                self._pending_values[name] = command
            case commands.DiscardRun():
                self._discard(trainer)
            case _:
                pass  # a second Pause

    def _load_torch(self) -> None:
        import torch

        from workbench.engine.runtime.acceleration import set_threads
        from workbench.engine.runtime.devices import described_devices

        # Also if nothing changes: it fixes the size of this thread's pool before the first operation.
        set_threads(0)
        self._torch = events.TorchLoaded(torch.__version__, torch.get_num_threads(), described_devices())
        self._emit(self._torch)

    def _announce(self) -> None:
        """Say again what there is; a run that trained goes on afterwards."""
        from workbench.engine.runtime.garbage import look_at_all_objects

        assert self._torch is not None
        look_at_all_objects()  # the window that is left is among those passed over
        self._emit(self._torch)
        self._datasets.announce()
        goes_on = None
        if (trainer := self._trainer) is not None:
            goes_on, trainer.goes_on = trainer.goes_on, None
            self._emit(trainer.started())
            self._emit(events.RunPaused(trainer.position.step))
            if self._ended is not None:
                self._emit(self._ended)
        self._emit(events.Announced())
        if trainer is not None and goes_on is not None:
            self._follow(trainer.resume(goes_on))

    def _prepare(
        self,
        wanted: commands.LoadData | commands.DescribeNetwork | commands.CheckInitialWeights | commands.Announce,
    ) -> None:
        if isinstance(wanted, commands.Announce):
            self._announce()
            return
        if isinstance(wanted, commands.LoadData):
            self._datasets.load(wanted.wanted)
            return
        if isinstance(wanted, commands.CheckInitialWeights):
            self._emit(self._starting_weights.checked(wanted))
            return
        from workbench.engine.session.network_description import description_of

        self._emit(description_of(wanted))

    def _open_run_logger(self) -> None:
        if self._store is not None:
            from workbench.engine.session.run_logger import RunLogger

            self._run_logger = self._opener.run_logger = RunLogger(self._store, self._emit)

    # The current run

    def _start(self, command: commands.StartRun) -> None:
        recipe = command.recipe
        # A waiting Stop has come after this StartRun, while other work such as loading data was going on.
        data = None
        if not self._commands.stop_asked:
            data = self._datasets.of(recipe, is_chosen=command.dataset_chosen)
        if data is None:
            self._commands.discard_run_commands()
            self._emit(events.RunEnded(events.Outcome.STOPPED, self._step, has_weights=self._weights is not None))
            return
        from workbench.engine.runtime.garbage import pass_over_present_objects
        from workbench.engine.session.open_run import restored_on_error
        from workbench.engine.training.trainer import Trainer

        pass_over_present_objects()
        try:
            with restored_on_error(self._trainer):
                recipe, initial = self._starting_weights.of_new_run(recipe.with_data(data), data.spec)
                trainer = Trainer(
                    recipe,
                    data,
                    self._commands,
                    initial=initial,
                    snapshot_cache=self._snapshot_cache,
                    is_attended=True,
                )
        except Exception as error:  # noqa: BLE001  # the window waits for this answer
            self._commands.discard_run_commands()
            has_weights = self._weights is not None
            self._emit(
                events.RunEnded(events.Outcome.FAILED, self._step, problem_of(error), details_of(error), has_weights)
            )
            return
        self._use(trainer)
        self._follow(trainer.run())

    def _use(self, trainer: Trainer) -> None:
        """Make `trainer` the current run."""
        from workbench.engine.analysis.inspector import Inspector

        self._inspector = self._inspector or Inspector()
        trainer.inspector = self._inspector
        self._trainer = trainer
        self._verifying = None
        self._ended = None
        self._experimenting.forget()
        self._pending_values.clear()

    def _follow(self, yielded: Iterable[events.TrainerEvent]) -> bool:
        """Emit the events that the current run yields until it pauses or ends; returns whether a travel failed."""
        trainer = self._trainer
        assert trainer is not None
        has_failed = False
        try:
            for event in yielded:
                has_failed = has_failed or isinstance(event, events.TravelFailed)
                self._on_trainer_event(event, trainer)
        except Exception as error:  # noqa: BLE001  # a defect ends this run, but not the thread
            # What the run has reached can be saved, but it cannot train on.
            self._trainer = None
            failed = events.RunEnded(events.Outcome.FAILED, trainer.position.step, problem_of(error), details_of(error))
            self._on_trainer_event(failed, trainer)
        return has_failed

    def _on_trainer_event(self, event: events.TrainerEvent, trainer: Trainer) -> None:
        if isinstance(event, events.RunPaused | events.Travelled | events.TravelFailed):
            self._is_paused = True
            self._ended = None
            self._pending_values.clear()
        elif isinstance(event, events.RunEnded):
            self._is_paused = False
            event = self._ended = self._with_weights(event, trainer)
        verifying = self._verifying
        # What repeats a record is not written again; a note on it is.
        is_new = verifying is None or isinstance(event, events.RunBranched | events.EntryAnnotated)
        if self._run_logger is not None and is_new:
            self._run_logger.on_event(event, trainer)
        self._emit(event)
        if verifying is not None and (verified := verifying.take(event)) is not None:
            self._verifying = None
            self._emit(verified)

    def _with_weights(self, event: events.RunEnded, trainer: Trainer) -> events.RunEnded:
        # The weights are kept before the event is emitted: a listener may save them at once.
        if trainer.position.step > 0:
            self._weights, self._step = trainer.weights, trainer.position.step
        self._commands.discard_run_commands()
        return replace(event, has_weights=self._weights is not None)

    def _try(self, command: commands.RunExperiment, trainer: Trainer) -> None:
        """Carry out an experiment; a run that trained goes on afterwards."""
        goes_on, trainer.goes_on = trainer.goes_on, None
        self._experimenting.carry_out(command, trainer)
        if goes_on is not None:
            self._follow(trainer.resume(goes_on))

    def _travel(self, trainer: Trainer, step: int, *, leave_recording: bool) -> None:
        self._follow_travel(trainer.travel(step, leave_recording=leave_recording))

    def _follow_travel(self, travel: Iterable[events.TrainerEvent]) -> None:
        if self._run_logger is not None:
            self._run_logger.flush()
        if self._follow(travel):
            # A Stop during the travel has ended the travel, and must not end the run as well.
            self._commands.discard_run_commands()

    def _discard(self, trainer: Trainer) -> None:
        if self._run_logger is not None:
            self._run_logger.delete_run()
        self._snapshot_cache.drop_run(trainer.identity.id)
        self._trainer, self._verifying, self._weights, self._step, self._is_paused = None, None, None, 0, False
        self._experimenting.forget()
        self._emit(events.RunDiscarded(trainer.identity))

    def _open(self, open_run: Callable[[], tuple[Trainer, events.Travelled | None]]) -> Trainer | None:
        """Make another run the current one, and return it; if that fails, the current run stays as it is.

        Args:
            open_run: creates its Trainer, and the event to emit if its replay differed from the recording.
        """
        from workbench.engine.runtime.garbage import pass_over_present_objects
        from workbench.engine.session.open_run import restored_on_error

        if self._run_logger is not None:
            self._run_logger.flush()
        pass_over_present_objects()
        try:
            with restored_on_error(self._trainer):
                trainer, differed = open_run()
        except Exception as error:  # noqa: BLE001  # the window waits for this answer
            self._commands.discard_run_commands()
            self._emit(events.OpenFailed(_why_not_opened(error)))
            return None
        self._use(trainer)
        self._is_paused = True
        self._emit(trainer.started())
        self._emit(events.RunPaused(trainer.position.step))
        if differed is not None:
            self._emit(differed)
        if not trainer.has_more_epochs:  # as when it came to its end by training
            self._follow([events.RunEnded(events.Outcome.FINISHED, trainer.position.step)])
        return trainer

    def _open_file(self, command: commands.OpenCheckpoint | commands.VerifyRun) -> None:
        """Make the run of a file the current one."""
        if isinstance(command, commands.VerifyRun):
            self._verify(command)
        else:
            self._open(lambda: self._opener.checkpoint(command.path))

    def _verify(self, command: commands.VerifyRun) -> None:
        """Make a recorded run the current one, train it again, and compare."""
        from workbench.engine.session.verifying import Verifying

        trainer = self._open(lambda: self._opener.recording(command))
        if trainer is None:
            return
        verifying = Verifying(command, trainer, self._commands)
        if verifying.has_steps:
            self._verifying = verifying
            self._follow(trainer.resume(commands.Resume()))
        else:
            self._emit(verifying.found())

    # Weights files

    def _evaluate(self, path: Path, recipe: Recipe) -> None:
        data = self._datasets.of(recipe)
        if data is None:
            problem = UserError("There is no data to test {path} on: load a data set first.", path=path)
            self._emit(events.WeightsRefused(path, problem))
            return
        from workbench.engine.session.weights_file import evaluated

        event, weights = evaluated(path, recipe, data)
        if weights is not None:
            self._weights, self._step = weights, 0
        self._emit(event)


def _is_whole(trainer: Trainer, run: str) -> bool:
    """Whether `trainer` has the run with its start: a network that was not allowed to run may be so by now.

    And a file of weights that was not there may be there.
    """
    return trainer.identity.id == run and trainer.stepper.knows_start


def _why_not_opened(error: Exception) -> UserError:
    if isinstance(error, CancelledError):
        return UserError("Opening was cancelled: the current run is as it was.")
    return problem_of(error)
