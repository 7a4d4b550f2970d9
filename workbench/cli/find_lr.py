"""`find-lr`: the learning-rate range test, on a new network or on a run in the state it has reached."""

from __future__ import annotations

import sys
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from workbench.cli.console import Status, signals_stop
from workbench.cli.options import add_recipe_options, path
from workbench.cli.train import add_origin_options, make_trainer
from workbench.engine.errors import DatasetUnavailableError, UsageError, UserError, say
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.experiments.range_test import ORDERS, STEPS, RangeFound, RangeTest
from workbench.engine.runtime.standard_streams import print_text
from workbench.engine.translation import translated

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from workbench.engine.analysis.lr_finder import RateReading
    from workbench.engine.training.trainer import Trainer


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `find-lr` and its options to the command line."""
    parser = commands.add_parser(
        "find-lr",
        help="find a learning rate by a range test",
        description=translated(
            "Train copies for {steps} steps with a learning rate that grows at each step, on {orders} orders of the "
            "samples, and print `suggested RATE`, where the loss falls fastest, or `no suggestion: stay below RATE`; "
            "everything else goes to standard error. Source: Smith, arXiv:1506.01186, in fastai's variant."
        ).format(steps=STEPS, orders=ORDERS),
    )
    add_recipe_options(parser)
    add_origin_options(parser)
    parser.add_argument("--csv", type=path, metavar="FILE", help="write the raw points: order, learning rate, loss")
    parser.set_defaults(change=[], stop_after=None, save_weights=None, checkpoint=None, record=None)


def run(options: argparse.Namespace) -> int:
    """Make the test and return the exit status."""
    commands = CommandQueue()
    with signals_stop(commands), ExitStack() as until_end:
        try:
            if options.csv is not None:
                _check_target(options.csv)
            trainer = make_trainer(options, commands, until_end)
        except DatasetUnavailableError:
            raise
        except UserError as problem:
            # A damaged file or a missing folder is bad input, like a bad option.
            raise UsageError(problem.template, **problem.fields) from problem
        found = _found(trainer, commands)
    if commands.stop_asked or found is None:
        say("interrupted: there is no result")
        return Status.INTERRUPTED
    from workbench.engine.analysis.lr_finder import range_rows, read_range

    if options.csv is not None:
        from workbench.engine.files.csv_table import csv_text
        from workbench.engine.files.safe_files import write_whole

        write_whole(csv_text(range_rows(found)).encode(), options.csv)
        say("raw points saved to {path}", path=options.csv)
    reading = read_range(found)
    if reading is None:
        raise UserError("The loss is NaN or infinite at the lowest rates already: look at the data and the network.")
    _say_marks(reading)
    if reading.suggestion is not None:
        print_text(f"suggested {reading.suggestion:.2g}\n")
    else:
        print_text(f"no suggestion: stay below {reading.limit:.2g}\n")
    return Status.DONE


def _check_target(target: Path) -> None:
    from workbench.engine.files.safe_files import check_writable

    check_writable(target)


def _found(trainer: Trainer, commands: CommandQueue) -> RangeFound | None:
    """The points of the test; None if a signal came before the first."""
    from workbench.engine.analysis.range_test import found
    from workbench.engine.analysis.starting_point import StartingPoint
    from workbench.engine.models.own_failures import explaining

    for _ in trainer.journal.make_due():
        pass  # values given beside --resume are changes at this step
    where = "a new network" if trainer.position.step == 0 else f"step {trainer.position.step:,}"
    say("range test on {where} with {optimizer}", where=where, optimizer=trainer.recipe.optimizer)
    latest: RangeFound | None = None
    last = -1
    with explaining(), trainer.adapted_waits():
        for done, total, by_now in found(RangeTest(), StartingPoint.of(trainer)):
            latest = by_now
            if commands.stop_asked:
                return None
            percent = 100 * done // total
            if sys.stderr.isatty() and percent != last:
                last = percent
                with suppress(OSError):  # the terminal was closed
                    sys.stderr.write(f"\rTrying rates: {percent} %" + ("\n" if done >= total else ""))
                    sys.stderr.flush()
    return latest


def _say_marks(reading: RateReading) -> None:
    """Write all marks to standard error."""
    marks = {
        "steepest": reading.steepest,
        "minimum": reading.minimum,
        "break": reading.broken,
        "fastai's valley": reading.valley,
    }
    say(", ".join(f"{name} {rate:.2g}" for name, rate in marks.items() if rate is not None))
