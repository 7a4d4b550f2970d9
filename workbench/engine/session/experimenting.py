"""Experimenting: carries out the experiments of a session, on copies of its run or on new networks."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import CancelledError, UserError, details_of, problem_of
from workbench.engine.protocol.events import ExperimentEnded, ExperimentProgressed, TravelFailed
from workbench.engine.protocol.experiments.checks import CheckFirstLoss, CheckOverfitting
from workbench.engine.protocol.experiments.range_test import RangeTest
from workbench.engine.protocol.experiments.what_if import WhatIf

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from workbench.engine.analysis.futures import Futures
    from workbench.engine.analysis.starting_point import StartingPoint
    from workbench.engine.data.dataset import Dataset
    from workbench.engine.protocol.command_queue import CommandQueue
    from workbench.engine.protocol.commands import ChooseFuture, RunExperiment
    from workbench.engine.protocol.events import Event, TrainerEvent
    from workbench.engine.protocol.experiments import Finding
    from workbench.engine.recipe import Recipe
    from workbench.engine.session.starting_weights import StartingWeights
    from workbench.engine.training.trainer import Trainer

    Findings = Generator[tuple[int, int, Finding]]

PROGRESS_EVERY_S: Final = 0.05


class Experimenting:
    """Carries out experiments, each while the run stands still.

    Args:
        commands: a Stop or Close in it cancels an experiment.
        emit: called with the events.
        data_of: the data of a recipe, loaded where they are not in memory; None where that failed.
        weights: finds those that a new network starts from.
    """

    def __init__(
        self,
        commands: CommandQueue,
        emit: Callable[[Event], None],
        data_of: Callable[[Recipe, bool], Dataset | None],
        weights: StartingWeights,
    ) -> None:
        self._commands = commands
        self._emit = emit
        self._data_of = data_of
        self._weights = weights
        self._futures: Futures | None = None

    def carry_out(self, command: RunExperiment, trainer: Trainer | None) -> None:
        """Carry out an experiment, and emit what it finds; whatever goes wrong becomes its problem."""
        experiment, finding = command.experiment, None
        run = "" if trainer is None or command.recipe is not None else trainer.identity.id
        step = trainer.position.step if run and trainer is not None else 0
        problem, details, was_cancelled, reported = None, "", False, 0.0
        try:
            # Closed at once where it is cancelled: the random states are put back then.
            with closing(self._findings(command, trainer)) as findings:
                for done, total, finding in findings:
                    if self._commands.stop_asked:
                        raise CancelledError
                    if (now := time.monotonic()) - reported > PROGRESS_EVERY_S:
                        reported = now
                        self._emit(ExperimentProgressed(experiment, done, total, finding))
        except CancelledError:
            was_cancelled = True
        except Exception as error:  # noqa: BLE001  # also an own network can raise anything here
            from workbench.engine.models.own_failures import explained

            problem, details = problem_of(explained(error)), details_of(error)
        self._commands.discard_stops()
        self._emit(ExperimentEnded(experiment, run, step, finding, was_cancelled, problem, details))

    def choose(self, command: ChooseFuture, trainer: Trainer) -> Iterator[TrainerEvent]:
        """Let the run be one of the futures that were made last."""
        from workbench.engine.analysis.futures import become

        futures = self._futures
        if futures is None or futures.run != trainer.identity.id:
            yield TravelFailed(
                UserError("These futures are not those of the current run any more: make them anew, then choose one.")
            )
            return
        try:
            future = futures.find(command.index)
        except UserError as problem:
            yield TravelFailed(problem)
            return
        yield from become(trainer, future)

    def forget(self) -> None:
        """Give up the memory of the futures: there is another run."""
        self._futures = None

    def _findings(self, command: RunExperiment, trainer: Trainer | None) -> Findings:
        import torch

        from workbench.engine.analysis.starting_point import StartingPoint, untouched
        from workbench.engine.runtime.devices import CPU
        from workbench.engine.runtime.thread_waits import adapted_waits

        if command.recipe is not None:
            data = self._data_of(command.recipe, command.dataset_chosen)
            if data is None:
                raise CancelledError  # an event has said why
            recipe, initial = self._weights.of_new_run(command.recipe.with_data(data), data.spec)
            start = StartingPoint(recipe, data, initial=initial)
        elif trainer is not None:
            trainer.stepper.data.check_present()
            start = StartingPoint.of(trainer)
        else:
            raise UserError("There is no run to try this on: press Train first.")
        # What is shared with the run is on its device, also where the experiment is on another.
        device = start.recipe.device if trainer is None else trainer.recipe.device
        with untouched(torch.device(device)):
            threads = torch.get_num_threads() if start.recipe.device == CPU else 1
            with adapted_waits(threads, lambda _: None):
                yield from self._of(command, start, trainer)

    def _of(
        self, command: RunExperiment, start: StartingPoint, trainer: Trainer | None
    ) -> Iterator[tuple[int, int, Finding]]:
        from workbench.engine.analysis import checks, futures, range_test

        match command.experiment:
            case RangeTest() as experiment:
                return range_test.found(experiment, start)
            case CheckFirstLoss() as experiment:
                return checks.first_loss(experiment, start)
            case CheckOverfitting() as experiment:
                return checks.overfitting(experiment, start)
            case WhatIf() as experiment if trainer is not None and command.recipe is None:
                self._futures = futures.Futures(trainer, experiment)
                return self._futures.found()
        raise UserError("There is no run to try this on: press Train first.")
