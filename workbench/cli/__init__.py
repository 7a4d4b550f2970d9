"""The command line: trains without the window, from the same table and with the same Trainer.

A command is a module with `add_parser(commands)`, which adds its options, and `run(options)`, which carries it out and
returns the exit status. Standard output carries the result; everything else goes to standard error. Exit status:
0 done, 1 failed, 2 bad usage or input, 130 interrupted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from workbench import __version__
from workbench.cli import data, export, find_lr, models, replay, runs, train
from workbench.cli.console import Status
from workbench.cli.parser import Parser, choose_language
from workbench.engine.errors import CancelledError, UsageError, UserError, say
from workbench.engine.runtime.address_space import HEADLESS_RESERVE, check_address_space

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


class _Command(Protocol):
    """The functions of a command's module."""

    def add_parser(self, commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None: ...

    def run(self, options: argparse.Namespace) -> int: ...


_MODULES: dict[str, _Command] = {
    "train": train,
    "find-lr": find_lr,
    "replay": replay,
    "export": export,
    "runs": runs,
    "data": data,
    "models": models,
}

_WITH_TORCH = ("train", "find-lr", "replay", "export")
"""The commands that load torch in any case."""
COMMANDS = tuple(_MODULES)
"""The first words that select the command line; without one of them the window opens."""


def main(arguments: Sequence[str]) -> int:
    """Run one headless command and return its exit status."""
    choose_language(arguments)
    options = _parser().parse_args(arguments)
    try:
        if options.command in _WITH_TORCH:
            check_address_space(HEADLESS_RESERVE)
        return _MODULES[options.command].run(options)
    except BrokenPipeError:
        return Status.FAILED  # the program that reads the output (`| head`) has ended
    except CancelledError:
        say("interrupted before training began" if options.command == "train" else "interrupted")
        return Status.INTERRUPTED
    except UsageError as problem:
        say(problem)
        return Status.BAD_USAGE
    except UserError as problem:
        say(problem)
        return Status.FAILED


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = Parser(prog="workbench", description="The training workbench without its window.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, dest="command", metavar="command")
    for module in _MODULES.values():
        module.add_parser(commands)
    return parser
