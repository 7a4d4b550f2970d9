"""`train`: a run without the window; its standard output is the tutorial's, character for character."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cli.console import Status, TrainingOutput, progress_line, signals_stop
from workbench.cli.data_options import moved_request, own_test
from workbench.cli.model_options import allow_code
from workbench.cli.options import (
    add_recipe_options,
    completed,
    file_or_run,
    path,
    positive,
    recipe_from,
    scheduled_change,
)
from workbench.cli.weights_options import starting_weights
from workbench.engine.config.hyperparameters import TABLE, Section
from workbench.engine.data.datasets import is_users_own
from workbench.engine.errors import DatasetUnavailableError, UsageError, UserError, say
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.events import (
    ChangeRefused,
    EpochTested,
    GraphGivenUp,
    LossSpikeNoticed,
    Outcome,
    RunEnded,
    RunStarted,
    StoppedEarly,
)
from workbench.engine.protocol.tutorial_text import tutorial_text
from workbench.engine.recipe import only_for_images
from workbench.engine.runtime.standard_streams import output_kept_apart

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from workbench.engine.data.data_source import DataSource
    from workbench.engine.data.dataset import Dataset
    from workbench.engine.history.records import Evaluation
    from workbench.engine.protocol.events import TrainerEvent
    from workbench.engine.recipe import Recipe
    from workbench.engine.training.trainer import Trainer


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `train` and its options to the command line."""
    train = commands.add_parser(
        "train",
        help="train, and print what PyTorch's tutorial prints",
        description="Train, and print what PyTorch's tutorial prints; everything else goes to standard error.",
    )
    add_recipe_options(train)
    add_origin_options(train)
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
        "--save-weights",
        type=path,
        metavar="FILE",
        help="write the weights at the end: .pt or .safetensors; another name gets .pt added",
    )
    train.add_argument(
        "--checkpoint", type=path, metavar="FILE", help="write the state at the end, from which --resume continues"
    )
    train.add_argument(
        "--record",
        type=path,
        metavar="FILE",
        help="write the run to a run file at the end, from which `replay` trains it again and compares every bit",
    )


def add_origin_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that name a run to go on from."""
    parser.add_argument(
        "--resume",
        type=file_or_run,
        metavar="FILE_OR_RUN",
        help="continue the run in a checkpoint file, or a run of the store: its number, id or first digits of the id "
        "(12 is always run 12, ./12 the file)",
    )
    parser.add_argument(
        "--store",
        type=path,
        metavar="FOLDER",
        help="the folder of the runs (default: $WORKBENCH_STORE, or in the user's data folder)",
    )


def run(options: argparse.Namespace) -> int:
    """Train as the options say and return the exit status."""
    commands = CommandQueue()
    output = TrainingOutput(commands)
    with signals_stop(commands) as interrupted, ExitStack() as until_end:
        try:
            trainer = make_trainer(options, commands, until_end)
        except DatasetUnavailableError:
            raise
        except UserError as problem:
            # A damaged file or a missing folder is bad input, like a bad option.
            raise UsageError(problem.template, **problem.fields) from problem
        ended, is_kept = _train(trainer, output, options.store)
        are_written = _write_files(trainer, options)
        from workbench.engine.models.weights import weights_sha256

        say(f"weights sha256 {weights_sha256(trainer.weights)}")
    if ended.outcome is Outcome.DIVERGED or not are_written or not is_kept:
        return Status.FAILED
    if interrupted:
        return Status.INTERRUPTED
    return Status.FAILED if output.has_failed else Status.DONE


def make_trainer(options: argparse.Namespace, commands: CommandQueue, until_end: ExitStack) -> Trainer:
    """Make the Trainer of the run; before that, check everything that could make the command fail at its end.

    `until_end` gets what lasts as long as the command.
    """
    _check_targets(options)
    if options.resume is None:
        recipe = recipe_from(options)
        _check_sources(options, recipe, recipe.source)
        _allow_code(recipe, options, until_end)
        data = _data(options, recipe, commands)
        from workbench.engine.training.trainer import Trainer

        _say_without_effect(options, recipe, data)
        recipe = completed(recipe, data, options)
        _check_augmentation(recipe)
        finder = starting_weights(options)
        recipe, initial = finder.of_new_run(recipe, data.spec)
        if recipe.initial_weights is not None:
            say("starts from the weights of {weights}", weights=str(recipe.initial_weights))
        if (conversion := finder.conversion) is not None:
            say("their numbers are converted from {found} to {made}", found=conversion.found, made=conversion.made)
        return Trainer(recipe, data, commands, initial=initial, scheduled=options.change, stop_after=options.stop_after)
    from workbench.cli.resume import find_origin, planned_changes, resumed_trainer
    from workbench.engine.data.datasets import load_dataset
    from workbench.engine.paths import data_root

    origin = find_origin(options.resume, options.store)
    _allow_code(origin.recipe, options, until_end)
    scheduled = planned_changes(origin, options)
    request = moved_request(origin.recipe, options)
    _check_sources(options, origin.recipe, request.source)
    data = load_dataset(request, data_root(options.data_root), progress_line(commands))
    place = None if request.source is None else request.source.path
    trainer = resumed_trainer(
        origin,
        data,
        commands,
        starting_weights(options),
        scheduled=scheduled,
        stop_after=options.stop_after,
        path=place,
    )
    say("run {run} goes on at step {step}", run=origin.run.id, step=origin.step)
    return trainer


def _allow_code(recipe: Recipe, options: argparse.Namespace, until_end: ExitStack) -> None:
    allow_code(recipe.network, options)
    if recipe.network is not None:
        until_end.enter_context(output_kept_apart())


def _check_augmentation(recipe: Recipe) -> None:
    for row in TABLE.values():
        if row.section is Section.AUGMENTATION and recipe[row.name] != row.default and not recipe.spec.is_image:
            raise only_for_images(row.name)


def _say_without_effect(options: argparse.Namespace, recipe: Recipe, data: Dataset) -> None:
    if recipe.source is not None and options.test_share is not None and data.has_own_test:
        say(own_test(recipe.source.path))
    if data.validation_inputs is not None and recipe["validation_share"]:
        say("--validation-share has no effect: the data bring samples for validation of their own.")


def _check_targets(options: argparse.Namespace) -> None:
    from workbench.engine.files.safe_files import check_writable
    from workbench.engine.models.weights import check_target

    if options.save_weights is not None:
        options.save_weights = _named_weights(options.save_weights)
        check_target(options.save_weights)
    if options.record is not None:
        check_writable(options.record)
    if options.checkpoint is not None:
        check_writable(options.checkpoint)
        if options.save_weights is not None and _is_one_file(options.checkpoint, options.save_weights):
            raise UsageError("{path} cannot be weights and checkpoint in one: give two names.", path=options.checkpoint)


def _check_sources(options: argparse.Namespace, recipe: Recipe, data: DataSource | None) -> None:
    from workbench.engine.files.source_files import check_is_no_source

    for target in (options.save_weights, options.checkpoint, options.record):
        if target is not None:
            network = None if recipe.network is None else recipe.network.path
            weights = None if recipe.initial_weights is None else recipe.initial_weights.path
            check_is_no_source(target, None if data is None else data.path, network, weights)


def _named_weights(file: Path) -> Path:
    """The name that is written, as in the window: `x.txt` becomes `x.txt.pt`, which must not be there already."""
    from workbench.engine.files.safe_files import with_suffix
    from workbench.engine.models.weights import PICKLE, SAFETENSORS

    if os.path.isdir(file):  # noqa: PTH112  # `Path.is_dir` raises for a path that is too long
        return file
    named = with_suffix(file, PICKLE, (PICKLE, SAFETENSORS))
    if named != file and os.path.lexists(named):
        raise UsageError("{path} is there already: to replace it, write its whole name.", path=named)
    return named


def _is_one_file(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)  # `resolve` raises for a link to itself


def _write_files(trainer: Trainer, options: argparse.Namespace) -> bool:
    """Write the files that the options ask for, and say which were written; False if one of them was not.

    One that fails does not keep the other from being written: it may be on another disk.
    """
    writings: list[Callable[[], None]] = []
    if options.save_weights is not None:
        writings.append(lambda: _write_weights(trainer, options.save_weights))
    if options.checkpoint is not None:
        writings.append(lambda: _write_checkpoint(trainer, options.checkpoint))
    if options.record is not None:
        writings.append(lambda: _write_record(trainer, options.record))
    are_written = True
    for write in writings:
        try:
            write()
        except UserError as problem:
            say(problem)
            are_written = False
    return are_written


def _write_weights(trainer: Trainer, file: Path) -> None:
    from workbench.engine.models.weights import save_weights

    save_weights(trainer.weights, file)
    say("weights saved to {path}", path=file)


def _write_checkpoint(trainer: Trainer, file: Path) -> None:
    from workbench.engine.checkpoints.checkpoint import save_checkpoint

    save_checkpoint(trainer.checkpoint(), file)
    say("checkpoint saved to {path}", path=file)


def _write_record(trainer: Trainer, file: Path) -> None:
    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.run_file import write_run
    from workbench.engine.exporters.run_record import RunRecord
    from workbench.engine.models.weights import weights_sha256

    sha256 = weights_sha256(trainer.weights)
    record = RunRecord(trainer.recipe, trainer.identity, trainer.history, trainer.environment, None, sha256, file.stem)
    write_run(record, file, ExportContext())
    say("run saved to {path}", path=file)


def _data(options: argparse.Namespace, recipe: Recipe, commands: CommandQueue) -> Dataset:
    from workbench.engine.data.datasets import DATASETS, load_dataset, load_default
    from workbench.engine.paths import data_root

    root = data_root(options.data_root)
    progress = progress_line(commands)
    row = DATASETS[recipe.dataset]
    if row.download and not row.is_here(root):
        say(
            "{label} is downloaded: {size} MB, licence: {licence}",
            label=row.label,
            size=row.download // 1_000_000,
            licence=row.licence,
        )
    if options.dataset is not None:
        return load_dataset(recipe.data_request, root, progress)
    data, instead_of = load_default(root, progress)
    if instead_of is not None:
        say(instead_of)
    return data


def _train(trainer: Trainer, output: TrainingOutput, store: Path | None) -> tuple[RunEnded, bool]:
    """Train to the end; print and record each event. Returns how it ended, and whether all of it is kept."""
    from workbench.cli.resume import recorded
    from workbench.engine.paths import store_folder

    has_slept = False
    with recorded(trainer, store_folder(store)) as (logger, on_event):
        for event in trainer.run():
            on_event(event)
            if trainer.progress.sleeping and not has_slept:
                has_slept = True
                say("another program keeps the processor busy: threads sleep while they wait, which is faster now")
            if text := tutorial_text(event):
                output.print(text)
            _say(event)
    assert isinstance(event, RunEnded), "a run ends with RunEnded"
    if (reason := logger.unkept) is not None:
        say(UserError("Not all of this run is in the list of runs. {reason}", reason=reason))
    return event, logger.unkept is None


def _say(event: TrainerEvent) -> None:
    """Write to standard error what the tutorial's output does not contain."""
    match event:
        case RunStarted(approximate=approximate):
            _say_started(event)
            if approximate is not None:
                say(approximate)
        case EpochTested(evaluation=evaluation) if evaluation.validation_loss is not None:
            say("epoch {epoch}: {result}", epoch=evaluation.epoch, result=_validation(evaluation))
        case StoppedEarly(notice=notice):
            say(notice)
        case LossSpikeNoticed(step=step, loss=loss):
            say("the loss leapt to {loss} at step {step}", loss=f"{loss:.4g}", step=step)
        case ChangeRefused(problem=problem) | GraphGivenUp(problem=problem):
            say(problem)
        case RunEnded(problem=problem) if problem is not None:
            say(problem)


def _say_started(event: RunStarted) -> None:
    """Write what is trained, on what."""
    recipe, count, threads = event.recipe, event.train_count, event.threads
    name = recipe.dataset if recipe.source is None else Path(recipe.source.path).name
    network = recipe.network
    model = recipe.model if network is None else f"{network.name} ({network.file_name})"
    if recipe.spec.is_image and is_users_own(recipe.dataset, recipe.data):
        template = "{model} on {data} ({count} images of your own), {device}, threads: {threads}"
    elif recipe.spec.is_image:
        template = "{model} on {data} ({count} images), {device}, threads: {threads}"
    elif is_users_own(recipe.dataset, recipe.data):
        template = "{model} on {data} ({count} samples of your own), {device}, threads: {threads}"
    else:
        template = "{model} on {data} ({count} samples), {device}, threads: {threads}"
    say(template, model=model, data=name, count=f"{count:,}", device=recipe.device, threads=threads)


def _validation(evaluation: Evaluation) -> str:
    """The result on the samples that are held out, in the form of the tutorial's on the test set."""
    result = f"average loss {evaluation.validation_loss:f}"
    metric = evaluation.validation_metric
    if evaluation.r2 is not None:
        return f"validation: mean absolute error {metric:f}, {result}"
    return f"validation: accuracy {100 * (metric or 0.0):.1f} %, {result}"
