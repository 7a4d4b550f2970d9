"""`workbench export`: writes a run in the forms that other programs and other people can use."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from workbench.cli.console import Status, progress_line, signals_stop
from workbench.cli.model_options import allow_code
from workbench.cli.options import path
from workbench.cli.parser import refused
from workbench.cli.replay import add_run, data_of, found_record
from workbench.cli.weights_options import starting_weights
from workbench.engine.errors import CancelledError, UsageError, UserError, say
from workbench.engine.exporters.plots.options import COLOURS, LARGEST, SMALLEST, PlotOptions
from workbench.engine.exporters.registry import EXPORTS
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.translation import translated

if TYPE_CHECKING:
    import argparse

_PLOT = PlotOptions()


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `export`, with one option for each row of the registry."""
    parser = commands.add_parser(
        "export",
        help="write a run as a script, a table, a run file …",
        description="Write a run in one or more forms. Each file is opened again and checked before it is said to be "
        "there.",
    )
    add_run(parser)
    for name in EXPORTS.names:
        row = EXPORTS[name]
        metavar = f"OUT{row.suffix}" if row.suffix else "FOLDER"
        parser.add_argument(
            f"--{name}", type=path, metavar=metavar, help=translated(row.help, "Registries").replace("%", "%%")
        )
    parser.add_argument(
        "--plot-size",
        type=_plot_size,
        default=(_PLOT.width, _PLOT.height),
        metavar="WIDTHxHEIGHT",
        help=translated("the size of curves, from {smallest} to {largest} each (default: 800x600)").format(
            smallest=SMALLEST, largest=LARGEST
        ),
    )
    parser.add_argument(
        "--plot-colours",
        choices=tuple(COLOURS),
        default="light",
        help="the colours of curves: those of a theme, or black on white for print (default: light)",
    )


def run(options: argparse.Namespace) -> int:
    """Write what the options ask for; what fails does not keep the others from being written."""
    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.registry import export
    from workbench.engine.files.safe_files import with_suffix

    wanted = {name: target for name in EXPORTS.names if (target := getattr(options, name)) is not None}
    if not wanted:
        names = ", ".join(f"--{name}" for name in EXPORTS.names)
        raise UsageError("Nothing is to be written: give one or more of {names}.", names=names)
    commands = CommandQueue()
    has_failed = False
    with signals_stop(commands):
        try:
            record = found_record(options)
            allow_code(record.recipe.network, options)
        except UserError as problem:
            raise UsageError(problem.template, **problem.fields) from problem
        width, height = options.plot_size
        plot = PlotOptions(width, height, COLOURS[options.plot_colours])
        # Several forms need the data, which are read once.
        data = cache(lambda: data_of(record, options, commands))
        finder = starting_weights(options)
        context = ExportContext(
            data,
            progress_line(commands),
            plot,
            initial_weights=lambda run: finder.of_run(run.recipe, run.recipe.spec),
        )
        for name, target in wanted.items():
            row = EXPORTS[name]
            file = with_suffix(target, row.suffix, (row.suffix,)) if row.suffix else target
            try:
                checked = export(row, record, file, context)
            except UserError as problem:
                say(problem)
                has_failed = True
            except CancelledError:
                say("interrupted: nothing more was written")
                return Status.INTERRUPTED
            else:
                say("{path}: {checked}", path=file, checked=checked)
    return Status.FAILED if has_failed else Status.DONE


def _plot_size(text: str) -> tuple[int, int]:
    """The width and the height in a text such as 800x600."""
    found = re.fullmatch(r"(\d{1,5})[x×](\d{1,5})", text.strip().lower())
    if found is None or not all(SMALLEST <= int(each) <= LARGEST for each in found.groups()):
        raise refused(
            "give a width and a height from {smallest} to {largest}, such as 800x600",
            smallest=SMALLEST,
            largest=LARGEST,
        )
    return int(found[1]), int(found[2])
