"""`workbench replay`: trains a recorded run again, and says whether it comes out the same, bit for bit."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.cli.console import Status, progress_line, signals_stop
from workbench.cli.data_options import add_moved_data, moved_request
from workbench.cli.model_options import allow_code
from workbench.cli.options import file_or_run, path, positive
from workbench.cli.weights_options import starting_weights
from workbench.engine.errors import UsageError, UserError, say
from workbench.engine.paths import data_root, store_folder
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.events import RunBranched
from workbench.engine.runtime.standard_streams import output_kept_apart, print_text

if TYPE_CHECKING:
    import argparse

    from workbench.engine.data.dataset import Dataset
    from workbench.engine.exporters.run_record import RunRecord
    from workbench.engine.exporters.verification import Verified
    from workbench.engine.models.weights import StateDict


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `replay` and its options to the command line."""
    replay = commands.add_parser(
        "replay",
        help="train a recorded run again, and compare every bit",
        description="Train a run again from its first step, with every change at its step, and compare all losses, "
        "evaluations and the last weights with the recorded ones.",
    )
    add_run(replay)
    replay.add_argument(
        "--threads",
        type=positive,
        metavar="COUNT",
        help="train with this number of threads, such as that of the recording (default: the run's own choice)",
    )


def add_run(parser: argparse.ArgumentParser) -> None:
    """Add the argument that names a run, and the options to find its data."""
    parser.add_argument(
        "source",
        type=file_or_run,
        metavar="FILE_OR_RUN",
        help="a run file or a checkpoint; or a run of the store: its number, id or first digits of the id",
    )
    add_moved_data(parser)
    parser.add_argument(
        "--data-root",
        type=path,
        metavar="FOLDER",
        help="the folder of the data sets (default: $WORKBENCH_DATA, ./data, or the user's data folder)",
    )
    parser.add_argument(
        "--store",
        type=path,
        metavar="FOLDER",
        help="the folder of the runs (default: $WORKBENCH_STORE, or in the user's data folder)",
    )
    parser.add_argument(
        "--initial-weights",
        type=path,
        metavar="FILE",
        help="where the weights are from which the run started, if their file is not where it was",
    )
    parser.add_argument(
        "--trust-code",
        action="store_true",
        help="allow the code of the run's own network to run; needed once for each content of a file",
    )


def run(options: argparse.Namespace) -> int:
    """Train the run again and return the exit status: 0 verified, 1 it differs."""
    from workbench.engine.exporters.verification import with_threads

    commands = CommandQueue()
    with signals_stop(commands) as interrupted, ExitStack() as until_end:
        try:
            record = found_record(options)
            if options.threads is not None:
                record = replace(record, recipe=with_threads(record.recipe, options.threads))
            allow_code(record.recipe.network, options)
            data = data_of(record, options, commands)
            initial = starting_weights(options).of_run(record.recipe, data.spec)
        except UserError as problem:
            raise UsageError(problem.template, **problem.fields) from problem
        if record.recipe.network is not None:
            until_end.enter_context(output_kept_apart())
        result = _verified(record, data, commands, initial)
    if result.is_cancelled:
        say("interrupted after {steps} steps, all as recorded so far", steps=result.steps)
        return Status.INTERRUPTED if interrupted else Status.FAILED
    print_text(f"{_verdict(result)}\n")
    return Status.DONE if result.is_the_same else Status.FAILED


def found_record(options: argparse.Namespace) -> RunRecord:
    """The run that the options name."""
    from workbench.engine.exporters.run_record import find_record

    return find_record(options.source, store_folder(options.store))


def data_of(record: RunRecord, options: argparse.Namespace, commands: CommandQueue) -> Dataset:
    """The data that a run was trained on.

    Raises:
        UserError: they are not there, or are other data.
    """
    from workbench.engine.data.datasets import load_dataset
    from workbench.engine.session.own_data import own_data

    request = moved_request(record.recipe, options)
    data = load_dataset(request, data_root(options.data_root), progress_line(commands))
    place = None if request.source is None else request.source.path
    data = own_data(record.recipe, record.history, data, path=place)
    data.check_present()
    return data


def _verified(record: RunRecord, data: Dataset, commands: CommandQueue, initial: StateDict | None) -> Verified:
    import torch

    from workbench.engine.exporters.verification import Verification, differences, recorded_threads
    from workbench.engine.session.own_data import known_data

    verification = Verification(record, known_data(record.recipe, data), data, commands, initial)
    reasons = differences(record.environment, verification.trainer.environment)
    if reasons:
        say("Here the result may differ from the recorded one:")
    for reason in reasons:
        say(reason)
    if (threads := recorded_threads(record, torch.get_num_threads())) is not None:
        say("--threads {threads} trains with as many threads as it was recorded with.", threads=threads)
    progress = progress_line(CommandQueue())  # a Stop in `commands` ends the training, not the line
    for event in verification.events():
        if not isinstance(event, RunBranched):
            progress("training the run again", verification.trainer.position.step, record.steps)
    result = verification.result
    assert result is not None
    if not reasons and not result.is_the_same and not result.is_cancelled:
        say(
            "Everything that is known to matter is the same here: another part of the run was trained elsewhere, or "
            "the recording itself is wrong."
        )
    return result


def _verdict(result: Verified) -> str:
    """The line on standard output."""
    if result.difference is not None:
        return f"differs at step {result.differs_at}: {result.difference}"
    if result.other_weights:
        return f"differs at step {result.steps}: all losses are as recorded, but the last weights are not"
    return f"verified: {result.steps} steps, weights sha256 {result.weights_sha256}"
