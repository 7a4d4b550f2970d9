"""The headless face: the same table, the same Trainer; prints what the tutorial prints.

Standard output is the tutorial's; everything else goes to standard error. Exit status: 0 done, 1 failed, 2 bad usage or
input, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import __version__
from workbench.engine.commands import Stop
from workbench.engine.events import ChangeRefused, Outcome, RunEnded, RunStarted
from workbench.engine.hyperparameters import TABLE, Hyperparameter, hyperparameter
from workbench.engine.inbox import Inbox
from workbench.engine.optimizers import OPTIMIZERS
from workbench.engine.problems import BadUsage, DataUnavailable, Interrupted, Problem
from workbench.engine.recipe import REGISTRIES, Recipe
from workbench.engine.transcript import tutorial_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType

    from workbench.engine.datasets import ImageData, Progress
    from workbench.engine.hyperparameters import Value
    from workbench.engine.registry import Registry
    from workbench.engine.trainer import Trainer

COMMANDS = ("train",)
"""The first words that ask for this face and not for the window."""


class Status(IntEnum):
    """Exit statuses."""

    DONE = 0
    FAILED = 1
    BAD_USAGE = 2
    INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Run one headless command and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        return _train(options)
    except BrokenPipeError:
        # The reader (`| head`) has gone. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Status.FAILED
    except Interrupted:
        _say("interrupted before training began")
        return Status.INTERRUPTED
    except BadUsage as problem:
        _say(problem)
        return Status.BAD_USAGE
    except Problem as problem:
        _say(problem)
        return Status.FAILED


def add_recipe_options(parser: argparse.ArgumentParser) -> None:
    """One option for each registry and each row of the table; what is not given is None."""
    choices = parser.add_argument_group("what is trained")
    for name, registry in REGISTRIES.items():
        choices.add_argument(f"--{name}", choices=registry.names, help=_choice_help(registry))
    choices.add_argument("--device", default="cpu", help="cpu, cuda, cuda:1, mps (default: cpu)")
    choices.add_argument(
        "--data-root",
        type=Path,
        metavar="FOLDER",
        help="the folder of the data sets (default: $WORKBENCH_DATA, ./data, or the user's data folder)",
    )
    values = parser.add_argument_group("hyperparameters")
    for row in TABLE.values():
        values.add_argument(
            f"--{row.name.replace('_', '-')}",
            type=_reader(row),
            metavar=row.kind.__name__.upper(),
            help=_row_help(row),
        )


def recipe_from(options: argparse.Namespace) -> Recipe:
    """The recipe that the options of `add_recipe_options` describe.

    Raises:
        BadUsage: a value is given that the optimizer does not accept.
    """
    given = {name: getattr(options, name) for name in TABLE if getattr(options, name) is not None}
    chosen = {name: getattr(options, name) or registry.default for name, registry in REGISTRIES.items()}
    return Recipe(**chosen, values=given, device=options.device)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="workbench", allow_abbrev=False, description="The training workbench without its window."
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="command")
    train = commands.add_parser(
        "train",
        allow_abbrev=False,
        help="train and print what the tutorial prints",
        description="Train and print what PyTorch's tutorial prints; all else goes to standard error.",
    )
    add_recipe_options(train)
    train.add_argument(
        "--change",
        type=_scheduled_change,
        action="append",
        default=[],
        metavar="STEP:NAME=VALUE",
        help="change a hyperparameter before the update of that step (counted from 0), as a slider would; repeatable",
    )
    train.add_argument("--stop-after", type=_positive, metavar="STEPS", help="press Stop after so many steps in total")
    train.add_argument(
        "--save-weights", type=Path, metavar="FILE", help="write the weights reached: .pt or .safetensors"
    )
    return parser


def _choice_help(registry: Registry[Any]) -> str:
    return f"{', '.join(registry.names)} (default: {registry.default})"


def _row_help(row: Hyperparameter) -> str:
    first_sentence = row.help.split(". ")[0].rstrip(".").replace("%", "%%")
    own = [
        f"{optimizer.defaults[row.name]} for {optimizer.name}"
        for optimizer in OPTIMIZERS
        if row.name in optimizer.defaults
    ]
    return f"{first_sentence} (default: {', '.join([str(row.default).lower(), *own])})"


def _reader(row: Hyperparameter) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        try:
            return row.parse(text)
        except BadUsage as problem:
            raise argparse.ArgumentTypeError(str(problem)) from None

    return read


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def _scheduled_change(text: str) -> tuple[int, str, Value]:
    step, colon, assignment = text.partition(":")
    name, equals, value = assignment.partition("=")
    if not (colon and equals and step.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not STEP:NAME=VALUE, as in 300:learning_rate=0.01")
    try:
        row = hyperparameter(name.replace("-", "_"))
        return int(step), row.name, row.parse(value)
    except BadUsage as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def _train(options: argparse.Namespace) -> int:
    recipe = recipe_from(options)
    inbox = Inbox()
    with _signals_stop(inbox) as interrupted:
        from workbench.engine.weights import check_target

        try:
            if options.save_weights is not None:
                check_target(options.save_weights)
            data = _data(options, recipe, inbox)
        except DataUnavailable:
            raise
        except Problem as problem:
            # Files that are there but damaged, a folder that is not: bad input, like a bad option.
            raise BadUsage(problem.template, **problem.fields) from problem
        from workbench.engine.records import ScheduledChange
        from workbench.engine.trainer import Trainer

        trainer = Trainer(
            recipe.with_dataset(data.name),
            data,
            inbox,
            scheduled=[ScheduledChange(*change) for change in options.change],
            stop_after=options.stop_after,
        )
        ended = _follow(trainer)
        if options.save_weights is not None:
            from workbench.engine.weights import save_weights

            save_weights(trainer.weights, options.save_weights)
            _say(f"weights saved to {options.save_weights}")
        from workbench.engine.weights import weights_sha256

        _say(f"weights sha256 {weights_sha256(trainer.weights)}")
    if ended.outcome is Outcome.DIVERGED:
        return Status.FAILED
    return Status.INTERRUPTED if interrupted else Status.DONE


def _data(options: argparse.Namespace, recipe: Recipe, inbox: Inbox) -> ImageData:
    from workbench.engine.datasets import data_root, load_dataset, load_default

    root = data_root(options.data_root)
    progress = _progress_line(inbox)
    if options.dataset is not None:
        return load_dataset(recipe.dataset, root, progress)
    data, instead_of = load_default(root, progress)
    if instead_of is not None:
        _say(instead_of)
        _say(f"Training on the built-in set {data.name} instead.")
    return data


def _follow(trainer: Trainer) -> RunEnded:
    for event in trainer.run():
        text = tutorial_text(event)
        if text:
            sys.stdout.write(text)
            sys.stdout.flush()
        match event:
            case RunStarted(recipe=recipe, train_count=count, threads=threads):
                _say(f"{recipe.model} on {recipe.dataset} ({count:,} images), {recipe.device}, threads: {threads}")
            case ChangeRefused(problem=problem):
                _say(problem)
            case RunEnded(problem=problem):
                if problem is not None:
                    _say(problem)
                return event
    raise AssertionError("a run ends with RunEnded")


def _progress_line(inbox: Inbox) -> Progress:
    """Progress on one line of a terminal; elsewhere nothing, so that a log file stays readable."""
    last = -1

    def progress(what: str, done: int, total: int) -> None:
        nonlocal last
        if inbox.stop_asked:
            raise Interrupted
        percent = 100 * done // total if total else 0
        if sys.stderr.isatty() and percent != last:
            last = percent
            end = "\n" if total and done >= total else ""
            sys.stderr.write(f"\r{what}: {percent} %{end}")
            sys.stderr.flush()

    return progress


@contextmanager
def _signals_stop(inbox: Inbox) -> Iterator[list[int]]:
    """The first Ctrl+C or SIGTERM is a Stop and is noted in the list given; a second one ends the process."""
    noted: list[int] = []
    previous = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, _frame: FrameType | None) -> None:
        noted.append(number)
        inbox.put(Stop())
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    for number in previous:
        signal.signal(number, stop)
    try:
        yield noted
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _say(what: object) -> None:
    sys.stderr.write(f"{what}\n")
    sys.stderr.flush()
