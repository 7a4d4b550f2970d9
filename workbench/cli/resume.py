"""`train --resume`: which run goes on and from where, and what of the command line is still to be done in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cli.console import progress_line, say
from workbench.engine.config.hyperparameters import TABLE, hyperparameter
from workbench.engine.errors import UsageError
from workbench.engine.history.records import ScheduledChange
from workbench.engine.protocol.events import Travelled, TravelProgressed
from workbench.engine.recipe import REGISTRIES
from workbench.engine.store.run_store import RunStatus, RunStore, store_folder

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from workbench.engine.checkpoints.checkpoint import Checkpoint
    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.datasets import ImageData
    from workbench.engine.history.history import History
    from workbench.engine.history.records import RunIdentity
    from workbench.engine.protocol.command_queue import CommandQueue
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.recipe import Recipe
    from workbench.engine.training.trainer import Trainer


@dataclass(frozen=True, slots=True)
class Origin:
    """A run that is to go on, and where it had come to.

    Attributes:
        recipe: what it trains.
        run: which run it is.
        history: all of it, up to where it goes on.
        checkpoint: where it goes on; None for a run of the store, which is found the way to its last step.
        pending: changes planned beforehand that are still to come.
    """

    recipe: Recipe
    run: RunIdentity
    history: History
    checkpoint: Checkpoint | None = None
    pending: tuple[ScheduledChange, ...] = ()

    @property
    def step(self) -> int:
        """Updates made."""
        return len(self.history)

    def value_at(self, step: int, name: str) -> Value:
        """The hyperparameter `name` as the update of `step` used it; beyond the last step, as it is in force."""
        value = self.recipe[name]
        for change in self.history.changes:
            if change.step <= step and change.name == name:
                value = change.new
        return value


def origin_of(text: str, store: Path | None) -> Origin:
    """The run that a person names, by the checkpoint file it is in or as a run of the store.

    Args:
        text: a file's path, or the id, its first digits, or the number of a run.
        store: the store's folder, where another than the usual one was chosen.

    Raises:
        UserError: there is neither, the file is no checkpoint, or the run is in training elsewhere.
    """
    path = Path(text)
    if path.exists() or path.suffix or len(path.parts) != 1:
        from workbench.engine.checkpoints.checkpoint import load_checkpoint

        checkpoint = load_checkpoint(path)
        return Origin(checkpoint.recipe, checkpoint.run, checkpoint.history, checkpoint, checkpoint.pending)
    runs = RunStore(store_folder(store))
    try:
        summary = runs.find(text)
        if summary.status is RunStatus.RUNNING:
            raise UsageError("Run {number} is being trained elsewhere: stop it there first.", number=summary.number)
        return Origin(summary.recipe, summary.identity, runs.history(summary.identity.id))
    finally:
        runs.close()


def planned(origin: Origin, options: argparse.Namespace) -> list[ScheduledChange]:
    """The changes to come: those that were planned when the run was left, and those that the options ask for.

    A value given for a live hyperparameter is a change here and now, if it differs from the one in force; a change of a
    step that is over must have been made.

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
    # Of several wishes for one step the last counts, as it does between two batches.
    for change in {(change.step, change.name): change for change in options.change}.values():
        if change.step >= origin.step:
            changes[change.step, change.name] = change
        else:
            _refuse_another_past(origin, change)
    return sorted(changes.values(), key=lambda change: change.step)


def continued(
    origin: Origin,
    data: ImageData,
    inbox: CommandQueue,
    *,
    scheduled: Sequence[ScheduledChange],
    stop_after: int | None,
    store: Path | None,
) -> Trainer:
    """The Trainer of a run that goes on, with everything as it was left.

    Raises:
        UserError: its last step cannot be reached.
        CancelledError: somebody pressed Stop on the way.
    """
    from workbench.engine.training.trainer import Trainer

    if origin.checkpoint is not None:
        # What was pending is among what is scheduled, unless something else was asked for.
        checkpoint = replace(origin.checkpoint, pending=())
        return Trainer(origin.recipe, data, inbox, scheduled=scheduled, stop_after=stop_after, checkpoint=checkpoint)
    from workbench.engine.checkpoints.snapshot_cache import UNATTENDED_BUDGET, SnapshotCache
    from workbench.engine.session.open_run import StoredRun, open_stored_run

    progress = progress_line(inbox)

    def tell(event: TrainerEvent) -> None:
        match event:
            case TravelProgressed(done=done, total=total):
                progress("on the way to where the run was left", done, total)
            case Travelled(differed_at=step):
                say(f"the losses come out other than recorded, from step {step} on: the run becomes a branch")

    stored = StoredRun.read(store_folder(store), origin.run.id)
    return open_stored_run(
        stored,
        origin.step,
        data,
        inbox,
        SnapshotCache(UNATTENDED_BUDGET),
        tell,
        scheduled=scheduled,
        stop_after=stop_after,
        is_attended=False,
    )


def _refuse_other_choices(origin: Origin, options: argparse.Namespace) -> None:
    for name in (*REGISTRIES, "device"):
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
    """Whether the option `name` asks for something else than what is in force.

    Raises:
        UsageError: it does, and that cannot change in this run.
    """
    if name in origin.recipe.values and origin.value_at(origin.step, name) == value:
        # Something else may be planned for this very step.
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
