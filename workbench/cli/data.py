"""`workbench data`: lists the data sets there are; with a path, says what is understood of files of the user's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from workbench.cli.console import Status, progress_line
from workbench.cli.data_options import add_file_options, file_source, own_test
from workbench.cli.options import path
from workbench.engine.config.tasks import Task
from workbench.engine.data.datasets import DATASETS
from workbench.engine.errors import UsageError, say, without_control
from workbench.engine.paths import data_root
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.runtime.standard_streams import print_text

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.data.datasets import DatasetRow
    from workbench.engine.data.own_files.description import ClassCount, DataDescription

MOST_LISTED: Final = 20
"""Classes, columns and skipped files that are named; the others are counted."""
HEADINGS: Final = ("name", "task", "one sample", "predicts", "download", "licence", "here")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `data`."""
    parser = commands.add_parser(
        "data",
        help="list the data sets there are, or say what is understood of your own files",
        description="The data sets that --dataset can name. With a path: what is understood of a table, a folder of "
        "class folders, arrays or IDX files of your own, before anything is trained on them.",
    )
    parser.add_argument("path", nargs="?", metavar="PATH", help="a file or folder of your own")
    add_file_options(parser)
    parser.add_argument(
        "--data-root",
        type=path,
        metavar="FOLDER",
        help="the folder of the data sets (default: $WORKBENCH_DATA, ./data, or the user's data folder)",
    )
    parser.add_argument("--json", action="store_true", help="for programs to read")


def run(options: argparse.Namespace) -> int:
    """Print the data sets, or what is understood of the files, and return the exit status."""
    source = file_source(options.path, options)
    if source is None:
        rows = [_row(row, data_root(options.data_root)) for row in DATASETS]
        print_text(_as_json(rows) if options.json else _table([list(HEADINGS), *map(_cells, rows)]))
        return Status.DONE
    from workbench.engine.data.own_files.reading import describe

    found = describe(source, progress_line(CommandQueue()))
    content = _description(found)
    if options.json:
        print_text(_as_json(content))
    else:
        lines = _lines(found) if found.form else []
        print_text("".join(f"{without_control(line)}\n" for line in lines))
    if found.has_own_test and options.test_share is not None:
        say(own_test(source.path))
    if found.problem is not None:
        raise UsageError(found.problem.template, **found.problem.fields)
    return Status.DONE


def _as_json(content: Any) -> str:
    return json.dumps(content, indent=2) + "\n"


# The data sets


def _row(row: DatasetRow, root: Path) -> dict[str, Any]:
    assert row.spec is not None, "the rows that are listed have one"
    return {
        "name": row.name,
        "label": row.label,
        "help": row.help,
        "task": row.spec.task.value,
        "shape": list(row.spec.sample_shape),
        "outputs": row.spec.output_count,
        "download": row.download,
        "licence": row.licence,
        "is_here": row.is_here(root),
        "options": list(row.accepts),
    }


def _cells(row: dict[str, Any]) -> list[str]:
    spec = DATASETS[row["name"]].spec
    assert spec is not None, "the rows that are listed have one"
    download = f"{row['download'] / 1e6:.0f} MB" if row["download"] else "-"
    here = "yes" if row["is_here"] else "no"
    return [row["name"], row["task"], _shape(spec), _outputs(spec), download, row["licence"] or "-", here]


def _shape(spec: DataSpec) -> str:
    if spec.is_image:
        channels, height, width = spec.sample_shape
        return f"{'grey' if channels == 1 else 'colour'} image, {height} × {width}"
    count = spec.input_count
    return f"{count:,} number" + ("s" if count > 1 else "")


def _outputs(spec: DataSpec) -> str:
    count = spec.output_count
    what = ("class", "classes") if spec.task is Task.CLASSIFICATION else ("number", "numbers")
    return f"{count:,} {what[count > 1]}"


def _table(rows: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "".join(f"{line}\n" for line in lines)


# Files of the user's own


def _description(found: DataDescription) -> dict[str, Any]:
    return {
        "path": found.source.path,
        "form": found.form,
        "spec": None if found.spec is None else found.spec.to_content(),
        "label": found.source.label,
        "train_count": found.train_count,
        "test_count": found.test_count,
        "validation_count": found.validation_count,
        "has_own_test": found.has_own_test,
        "rows": found.rows,
        "left_out": found.left_out,
        "classes": [
            {"name": each.name, "train": each.train, "test": each.test, "validation": each.validation}
            for each in found.classes
        ],
        "columns": [
            {"name": each.name, "role": each.role, "is_number": each.is_number, "missing": each.missing}
            for each in found.columns
        ],
        "skipped": [{"name": each.name, "reason": each.reason} for each in found.skipped],
        "skipped_count": found.skipped_count,
        "notes": [str(note) for note in found.notes],
        "problem": None if found.problem is None else str(found.problem),
    }


def _lines(found: DataDescription) -> list[str]:
    source, spec = found.source, found.spec
    lines = [f"{source.path}"]
    if spec is not None:
        share = "" if found.has_own_test else f" ({source.test_share:g} of each class held out)"
        if spec.task is Task.REGRESSION and not found.has_own_test:
            share = f" ({source.test_share:g} held out)"
        lines += [
            f"  form:      {found.form}, for {spec.task.value}",
            f"  sample:    {_shape(spec)}",
            f"  predicts:  {_outputs(spec)}" + (f" (label: {source.label})" if found.columns else ""),
            f"  training:  {found.train_count:,}",
            f"  test:      {found.test_count:,}{share}",
            *([f"  validation: {found.validation_count:,}"] if found.validation_count else []),
        ]
    if source.delimiter is not None:
        header = (
            "names the columns" if source.has_header else "is a row" if not found.notes else "does not name columns"
        )
        lines.append(f"  text:      delimiter {source.delimiter!r}, {source.encoding}; the first line {header}")
    lines += _listed("classes", [_class_text(each, found.validation_count > 0) for each in found.classes])
    lines += _listed("columns", [_column(each.name, each.role, each.missing) for each in found.columns])
    lines += _listed("skipped", [f"{each.name} ({each.reason})" for each in found.skipped], found.skipped_count)
    lines += [f"  note:      {note}" for note in found.notes]
    lines += [f"  row:       {', '.join(row[:MOST_LISTED])}" for row in found.example_rows[:3]]
    return lines


def _class_text(found: ClassCount, has_validation: bool) -> str:
    counts = [found.train, found.test, *([found.validation] if has_validation else [])]
    return f"{found.name} ({' + '.join(f'{count:,}' for count in counts)})"


def _column(name: str, role: str, missing: int) -> str:
    facts = [*([role] if role != "feature" else []), *([f"{missing:,} missing"] if missing else [])]
    return f"{name} ({', '.join(facts)})" if facts else name


def _listed(heading: str, names: list[str], count: int | None = None) -> list[str]:
    if not names:
        return []
    count = len(names) if count is None else count
    more = f" and {count - MOST_LISTED:,} more" if count > MOST_LISTED else ""
    return [f"  {heading + ':':<10} {', '.join(names[:MOST_LISTED])}{more}"]
