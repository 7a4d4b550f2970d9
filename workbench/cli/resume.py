"""`train --resume` and recording: which run continues, from which step, with which changes, and how it is stored."""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cli.console import progress_line
from workbench.engine.config.hyperparameters import TABLE, hyperparameter
from workbench.engine.errors import UsageError, UserError, say
from workbench.engine.history.records import ScheduledChange
from workbench.engine.paths import expanded, store_folder
from workbench.engine.protocol.events import (
    Outcome,
    RecordFailed,
    RecordingEnded,
    RecordRecovered,
    RunBranched,
    RunEnded,
    RunStarted,
    StoreNoticed,
    Travelled,
    TravelProgressed,
)
from workbench.engine.recipe import REGISTRIES
from workbench.engine.session.open_run import StoredRun, open_stored_run
from workbench.engine.session.own_data import known_data, own_data
from workbench.engine.session.run_logger import RunLogger
from workbench.engine.training.replay import first_difference
from workbench.engine.training.trainer import Trainer

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Sequence

    from workbench.engine.checkpoints.checkpoint import Checkpoint
    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.dataset import Dataset
    from workbench.engine.history.history import History
    from workbench.engine.history.records import RunIdentity
    from workbench.engine.protocol.command_queue import CommandQueue
    from workbench.engine.protocol.events import RecorderEvent, TrainerEvent
    from workbench.engine.recipe import Recipe
    from workbench.engine.session.starting_weights import StartingWeights


@dataclass(frozen=True, slots=True)
class Origin:
    """A run that `--resume` continues, and the point it had reached.

    Attributes:
        recipe: what it trains.
        run: its identity.
        history: all its records up to the step where it continues.
        pending: scheduled changes that have not been made yet.
        source: the checkpoint or the stored run it was read from.
    """

    recipe: Recipe
    run: RunIdentity
    history: History
    pending: tuple[ScheduledChange, ...]
    source: Checkpoint | StoredRun

    @property
    def step(self) -> int:
        """Updates made."""
        return len(self.history)

    def value_at(self, step: int, name: str) -> Value:
        """The value of hyperparameter `name` that the update of `step` used; after the last step, the current one."""
        value = self.recipe[name]
        for change in self.history.changes:
            if change.step <= step and change.name == name:
                value = change.new
        return value


def find_origin(text: str, store: Path | None) -> Origin:
    """Find the run that the user names, in a checkpoint file or in the store.

    Args:
        text: the path of a file; or the number of a run, its id or the first digits of its id. A number is always that
            of a run, even beside a file with this name: `./12` is the file.
        store: the folder of the store; None for the usual one.

    Raises:
        UserError: neither exists, the file is not a checkpoint, or another process trains the run.
    """
    if _names_file(text):
        from workbench.engine.checkpoints.checkpoint import load_checkpoint
        from workbench.engine.exporters.run_file import is_run_file

        path = expanded(Path(text))
        if is_run_file(path):
            raise UsageError(
                "{path} is a run file, which holds no weights to go on from: train it again with replay, or open it in "
                "the window, and go on from there.",
                path=path,
            )
        checkpoint = load_checkpoint(path)
        return Origin(checkpoint.recipe, checkpoint.run, checkpoint.history, checkpoint.pending, checkpoint)
    try:
        stored = StoredRun.read(store_folder(store), text)
    except UsageError as problem:
        if not _is_file(text):
            raise
        raise UsageError(
            "{problem} To continue from the file of this name, write ./{name}.", problem=problem, name=text
        ) from problem
    summary = stored.summary
    if stored.is_elsewhere:
        raise UsageError("Run {number} is being trained elsewhere: stop it there first.", number=summary.number)
    return Origin(summary.recipe, summary.identity, stored.history, (), stored)


def _names_file(text: str) -> bool:
    if text.strip().isdecimal():
        return False
    path = Path(text)
    return bool(path.suffix) or len(path.parts) != 1 or _is_file(text)


def _is_file(text: str) -> bool:
    return os.path.isfile(text)  # noqa: PTH113  (`Path.is_file` raises for a name that is too long)


def planned_changes(origin: Origin, options: argparse.Namespace) -> list[ScheduledChange]:
    """The changes still to make: those that were scheduled when the run stopped, and those that the options ask for.

    A live hyperparameter given as an option is a change at the present step, if its value differs from the current
    one. A change of an earlier step must be one that was made.

    Raises:
        UsageError: the options ask for another recipe, or for another past.
    """
    _refuse_other_choices(origin, options)
    if options.stop_after is not None and options.stop_after <= origin.step:
        raise UsageError(
            "Step {step} is reached already: --stop-after counts the steps in total, so give more than that.",
            step=origin.step,
        )
    changes = {(change.step, change.name): change for change in origin.pending}
    for name in TABLE:
        value = getattr(options, name)
        if value is not None and _is_change(origin, name, value):
            changes[origin.step, name] = ScheduledChange(origin.step, name, value)
    # Of several changes of one value at one step the last counts, as it does between two batches.
    for change in {(change.step, change.name): change for change in options.change}.values():
        if change.step >= origin.step:
            changes[change.step, change.name] = change
        else:
            _refuse_another_past(origin, change)
    return sorted(changes.values(), key=lambda change: change.step)


def resumed_trainer(
    origin: Origin,
    data: Dataset,
    commands: CommandQueue,
    weights: StartingWeights,
    *,
    scheduled: Sequence[ScheduledChange],
    stop_after: int | None,
    path: str | None = None,
) -> Trainer:
    """A Trainer that continues the run, in the state in which it stopped; `path` is that of its files now.

    Where `weights` does not find those that the run started from, the state that is kept suffices, if there is one.

    Raises:
        UserError: `data` is not what it was trained on, or its last step cannot be reached.
        CancelledError: the user interrupted the replay of its last steps.
    """
    sample = 0 if isinstance(origin.source, StoredRun) else origin.source.snapshot.position.sample
    data = own_data(origin.recipe, origin.history, data, sample=sample, path=path)
    data.check_present()
    initial = weights.if_there(origin.recipe, data.spec)
    if not isinstance(origin.source, StoredRun):
        recipe = known_data(origin.recipe, data)
        # `scheduled` holds the pending changes too, except those that the options replace.
        checkpoint = replace(origin.source, pending=())
        return Trainer(
            recipe,
            data,
            commands,
            initial=initial,
            scheduled=scheduled,
            stop_after=stop_after,
            checkpoint=checkpoint,
        )
    from workbench.engine.checkpoints.snapshot_cache import UNATTENDED_BUDGET, SnapshotCache

    progress = progress_line(commands)

    def on_event(event: TrainerEvent) -> None:
        match event:
            case TravelProgressed(done=done, total=total):
                progress("repeating the last steps of the run", done, total)
            case Travelled(differed_at=step):
                say("from step {step} on the losses differ from the recorded ones: the run becomes a branch", step=step)

    return open_stored_run(
        origin.source,
        origin.step,
        data,
        commands,
        SnapshotCache(UNATTENDED_BUDGET),
        on_event,
        initial=initial,
        scheduled=scheduled,
        stop_after=stop_after,
        is_attended=False,
    )


@contextmanager
def recorded(trainer: Trainer, folder: Path) -> Iterator[tuple[RunLogger, Callable[[TrainerEvent], None]]]:
    """Record the run of `trainer` in the store in `folder`; call the yielded function with each of its events.

    A run that is in the store already is continued there. While it repeats what the store holds, nothing is written;
    at the first step that differs it becomes a branch. Afterwards the yielded logger knows whether all of it is kept.
    """
    logger = RunLogger(folder, _say_recorded, snapshot_every_s=0)
    differs_at = _open_in_store(trainer, logger, folder)

    def on_event(event: TrainerEvent) -> None:
        is_reached = isinstance(event, RecordingEnded) or (isinstance(event, RunStarted) and event.recording is None)
        if is_reached and differs_at == trainer.position.step:
            event = trainer.branch()
        if isinstance(event, RunBranched):
            _say_branched(event)
        logger.on_event(event, trainer)

    try:
        yield logger, on_event
    except BaseException:
        logger.on_event(RunEnded(Outcome.FAILED, trainer.position.step), trainer)
        raise
    finally:
        logger.close()


def _open_in_store(trainer: Trainer, logger: RunLogger, folder: Path) -> int | None:
    """Have `trainer` repeat what the store holds of its run, if it knows the run.

    Returns:
        The later step at which other values make the run a branch; None if there is none.
    """
    if len(trainer.history) == 0:
        return None
    try:
        stored = StoredRun.read(folder, trainer.identity.id)
    except UserError:
        return None  # the store does not know the run, or cannot be read: the Recorder reports the latter
    differs = first_difference(trainer.history, 0, stored.history)
    if differs is not None:
        _say_branched(trainer.branch(differs))
        return None
    logger.open(stored.summary)
    # What stays when a run goes back is not repeated, and the store adds to it.
    trainer.history.incidents[:] = stored.history.incidents
    trainer.history.refusals[:] = stored.history.refusals
    differs_at = _first_other_value(trainer, stored.history)
    recording = stored.history
    recording.truncate(len(recording) if differs_at is None else differs_at)
    if len(recording) > trainer.position.step:
        trainer.journal.set_recording(recording)
    return differs_at


def _say_recorded(event: RecorderEvent) -> None:
    match event:
        case RecordRecovered():
            say("The run is kept again, with everything that was trained meanwhile.")
        case RecordFailed(problem=problem, details=details):
            for line in (problem, *details.splitlines()):
                say(line)
        case StoreNoticed(problem=problem):
            say(problem)


def _say_branched(event: RunBranched) -> None:
    run = event.run
    say("run {run} branches off run {parent} at step {step}", run=run.id, parent=run.parent, step=run.parent_step)


def _first_other_value(trainer: Trainer, stored: History) -> int | None:
    """The first step whose update will use another value than the stored one; None if there is none."""
    now = trainer.position.step
    theirs, mine = dict(trainer.recipe.values), dict(trainer.values)
    changes: defaultdict[int, list[tuple[dict[str, Value], str, Value]]] = defaultdict(list)
    changes[now] = []
    for made in stored.changes:
        changes[max(made.step, now)].append((theirs, made.name, made.new))
    for planned in trainer.journal.scheduled:
        changes[max(planned.step, now)].append((mine, planned.name, planned.value))
    for step in sorted(step for step in changes if step < len(stored)):
        for values, name, value in changes[step]:
            values[name] = value
        if mine != theirs:
            return step
    return None


def _refuse_other_choices(origin: Origin, options: argparse.Namespace) -> None:
    if options.initial_weights is not None and origin.recipe.initial_weights is None:
        raise UsageError(
            "The run started from the weights of its seed, which cannot change in it: leave --initial-weights out, or "
            "train a new run."
        )
    for name in (*REGISTRIES, "device"):
        if name == "dataset":
            continue  # `moved_request` compares the data
        given, own = getattr(options, name), getattr(origin.recipe, name)
        if given not in (None, own):
            raise UsageError(
                "The run has the {name} {own}, which cannot change in it: leave --{name} {given} out, or train a new "
                "run.",
                name=name,
                own=own,
                given=given,
            )


def _is_change(origin: Origin, name: str, value: Value) -> bool:
    """Whether `value`, given as an option, differs from the current value of `name`.

    Raises:
        UsageError: it differs, and cannot change in this run.
    """
    if name in origin.recipe.values and origin.value_at(origin.step, name) == value:
        # Another value may be scheduled for this very step.
        return any((change.step, change.name) == (origin.step, name) for change in origin.pending)
    if name in origin.recipe.values and hyperparameter(name).is_live:
        return True
    option = name.replace("_", "-")
    if name not in origin.recipe.values:
        raise UsageError("The run has no {name}: leave --{option} out.", name=name, option=option)
    raise UsageError(
        "The run has {name} {own}, which cannot change in it: leave --{option} out, or train a new run.",
        name=name,
        own=origin.recipe[name],
        option=option,
    )


def _refuse_another_past(origin: Origin, change: ScheduledChange) -> None:
    if change.name in origin.recipe.values and origin.value_at(change.step, change.name) == change.value:
        return
    raise UsageError(
        "Step {step} is over, since the run goes on at step {now}, and {name} was not {value} there: leave --change "
        "{step}:{name}={value} out.",
        step=change.step,
        now=origin.step,
        name=change.name,
        value=change.value,
    )
