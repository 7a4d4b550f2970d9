"""`workbench models`: lists the networks there are, with their sizes for a data set."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

from workbench.cli.console import Status
from workbench.engine.config.hyperparameters import TABLE, defaults
from workbench.engine.data.datasets import DATASETS
from workbench.engine.errors import UsageError
from workbench.engine.models.registry import MODELS
from workbench.engine.runtime.standard_streams import print_text
from workbench.engine.translation import translated

if TYPE_CHECKING:
    import argparse

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.models.registry import ModelRow

WIDTH = 100
"""Letters in a line."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `models`."""
    parser = commands.add_parser(
        "models",
        help="list the networks there are",
        description="The networks that --model can name, with the number of their parameters for a data set.",
    )
    parser.add_argument(
        "--dataset",
        choices=DATASETS.names,
        default=DATASETS.default,
        help=translated("for which data (default: {default})").format(default=DATASETS.default),
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """Print the networks and return the exit status."""
    spec = DATASETS[options.dataset].spec
    if spec is None:
        raise UsageError("The shapes of {dataset} are known only once it is loaded.", dataset=options.dataset)
    rows = [_described(row, spec) for row in MODELS]
    print_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n" if options.json else _as_text(rows))
    return Status.DONE


def _described(row: ModelRow, spec: DataSpec) -> dict[str, Any]:
    values = defaults(row.accepts, row.defaults)
    problem = row.refusal(spec)
    return {
        "name": row.name,
        "label": row.label,
        "help": row.help,
        "layers": None if problem else row.layers(spec, values),
        "parameters": None if problem else row.parameter_count(spec, values),
        "options": {name: _option(name, value) for name, value in values.items()},
        "problem": None if problem is None else str(problem),
    }


def _option(name: str, value: Value) -> dict[str, Any]:
    return {"default": value, "choices": list(TABLE[name].choices) or None}


def _as_text(rows: list[dict[str, Any]]) -> str:
    lines: list[str] = []
    for row in rows:
        facts = row["problem"] or f"{row['layers']}, {row['parameters']:,} parameters"
        lines += [f"{row['name']}: {row['label']}", *_indented(facts), *_indented(row["help"])]
        for name, option in row["options"].items():
            choices = f", one of {', '.join(option['choices'])}" if option["choices"] else ""
            default = json.dumps(option["default"])
            lines += _indented(f"--{name.replace('_', '-')} (default: {default}{choices})")
        lines.append("")
    return "\n".join(lines)


def _indented(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="    ")
