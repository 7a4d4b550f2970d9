"""`train`: a run without the window; its standard output is the tutorial's, character for character."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cli.console import Status, progress_line, signals_stop
from workbench.cli.options import add_recipe_options, positive, recipe_from, scheduled_change
from workbench.engine.errors import DatasetUnavailableError, UsageError, UserError, say
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.events import ChangeRefused, LossSpikeNoticed, Outcome, RunEnded, RunStarted
from workbench.engine.protocol.tutorial_text import tutorial_text

if TYPE_CHECKING:
    import argparse

    from workbench.engine.data.image_data import ImageData
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.recipe import Recipe
    from workbench.engine.training.trainer import Trainer


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `train` and its options to the command line."""
    train = commands.add_parser(
        "train",
        allow_abbrev=False,
        help="train, and print what PyTorch's tutorial prints",
        description="Train, and print what PyTorch's tutorial prints; everything else goes to standard error.",
    )
    add_recipe_options(train)
    train.add_argument(
        "--change",
        type=scheduled_change,
        action="append",
        default=[],
        metavar="STEP:NAME=VALUE",
        help="change a hyperparameter before the update of that step (counted from 0), as a slider does; repeatable",
    )
    train.add_argument("--stop-after", type=positive, metavar="STEPS", help="stop after this number of steps in total")
    train.add_argument(
        "--save-weights", type=Path, metavar="FILE", help="write the weights at the end: .pt or .safetensors"
    )
    train.add_argument(
        "--checkpoint", type=Path, metavar="FILE", help="write the state at the end, from which --resume continues"
    )
    train.add_argument(
        "--resume",
        metavar="FILE_OR_RUN",
        help="continue the run in a checkpoint file, or a run of the store: its number, id or first digits of the id",
    )
    train.add_argument(
        "--store",
        type=Path,
        metavar="FOLDER",
        help="the folder of the runs (default: $WORKBENCH_STORE, or in the user's data folder)",
    )


def run(options: argparse.Namespace) -> int:
    """Train as the options say and return the exit status."""
    commands = CommandQueue()
    with signals_stop(commands) as interrupted:
        try:
            trainer = _make_trainer(options, commands)
        except DatasetUnavailableError:
            raise
        except UserError as problem:
            # A damaged file or a missing folder is bad input, like a bad option.
            raise UsageError(problem.template, **problem.fields) from problem
        ended = _train(trainer, options.store)
        _write_files(trainer, options)
        from workbench.engine.models.weights import weights_sha256

        say(f"weights sha256 {weights_sha256(trainer.weights)}")
    if ended.outcome is Outcome.DIVERGED:
        return Status.FAILED
    return Status.INTERRUPTED if interrupted else Status.DONE


def _make_trainer(options: argparse.Namespace, commands: CommandQueue) -> Trainer:
    """Make the Trainer of the run; before that, check everything that could make the command fail at its end."""
    _check_targets(options)
    if options.resume is None:
        recipe = recipe_from(options)
        data = _data(options, recipe, commands)
        from workbench.engine.training.trainer import Trainer

        return Trainer(recipe.with_data(data), data, commands, scheduled=options.change, stop_after=options.stop_after)
    from workbench.cli.resume import find_origin, planned_changes, resumed_trainer
    from workbench.engine.data.datasets import load_dataset
    from workbench.engine.paths import data_root

    origin = find_origin(options.resume, options.store)
    scheduled = planned_changes(origin, options)
    data = load_dataset(origin.recipe.dataset, data_root(options.data_root), progress_line(commands))
    trainer = resumed_trainer(origin, data, commands, scheduled=scheduled, stop_after=options.stop_after)
    say(f"run {origin.run.id} goes on at step {origin.step}")
    return trainer


def _check_targets(options: argparse.Namespace) -> None:
    from workbench.engine.files.safe_files import check_writable
    from workbench.engine.models.weights import check_target

    if options.save_weights is not None:
        check_target(options.save_weights)
    if options.checkpoint is not None:
        check_writable(options.checkpoint)
        if options.save_weights is not None and options.checkpoint.resolve() == options.save_weights.resolve():
            raise UsageError("{path} cannot be weights and checkpoint in one: give two names.", path=options.checkpoint)


def _write_files(trainer: Trainer, options: argparse.Namespace) -> None:
    if options.save_weights is not None:
        from workbench.engine.models.weights import save_weights

        save_weights(trainer.weights, options.save_weights)
        say(f"weights saved to {options.save_weights}")
    if options.checkpoint is not None:
        from workbench.engine.checkpoints.checkpoint import save_checkpoint

        save_checkpoint(trainer.checkpoint(), options.checkpoint)
        say(f"checkpoint saved to {options.checkpoint}")


def _data(options: argparse.Namespace, recipe: Recipe, commands: CommandQueue) -> ImageData:
    from workbench.engine.data.datasets import load_dataset, load_default
    from workbench.engine.paths import data_root

    root = data_root(options.data_root)
    progress = progress_line(commands)
    if options.dataset is not None:
        return load_dataset(recipe.dataset, root, progress)
    data, instead_of = load_default(root, progress)
    if instead_of is not None:
        say(instead_of)
    return data


def _train(trainer: Trainer, store: Path | None) -> RunEnded:
    """Train to the end; print and record each event."""
    from workbench.cli.resume import recorded
    from workbench.engine.paths import store_folder

    has_slept = False
    with recorded(trainer, store_folder(store)) as on_event:
        for event in trainer.run():
            on_event(event)
            if trainer.progress.sleeping and not has_slept:
                has_slept = True
                say("another program keeps the processor busy: threads sleep while they wait, which is faster now")
            if text := tutorial_text(event):
                sys.stdout.write(text)
                sys.stdout.flush()
            _say(event)
            if isinstance(event, RunEnded):
                return event
    raise AssertionError("a run ends with RunEnded")


def _say(event: TrainerEvent) -> None:
    """Write to standard error what the tutorial's output does not contain."""
    match event:
        case RunStarted(recipe=recipe, train_count=count, threads=threads):
            say(f"{recipe.model} on {recipe.dataset} ({count:,} images), {recipe.device}, threads: {threads}")
        case LossSpikeNoticed(step=step, loss=loss):
            say(f"the loss leapt to {loss:.4g} at step {step}")
        case ChangeRefused(problem=problem):
            say(problem)
        case RunEnded(problem=problem) if problem is not None:
            say(problem)
