"""`workbench runs`: lists the runs in the store, shows one, deletes some and brings them back."""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from workbench.cli.console import Status
from workbench.cli.options import path
from workbench.engine.errors import UsageError, say
from workbench.engine.history.durations import duration_text
from workbench.engine.history.journal_entries import ASKED, row_of
from workbench.engine.history.records import Origin
from workbench.engine.paths import store_folder
from workbench.engine.recipe import REGISTRIES, defaults_for
from workbench.engine.runtime.standard_streams import print_text
from workbench.engine.store.run_store import FILE_NAME, DamagedRunError, RunStatus, RunStore
from workbench.engine.translation import translated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.history.history import History
    from workbench.engine.history.records import Evaluation, JournalEntry
    from workbench.engine.recipe import Recipe
    from workbench.engine.store.run_store import RunSummary

PLAIN_FIELDS = [
    *("name", "note", "starred", "began", "status", "steps", "epochs"),
    *("loss", "seconds", "changes"),
]
"""Fields of a summary that `--json` shows under their names, in this order."""
UNKNOWN = "-"
"""Printed where there is no number yet."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command `runs` with its actions; without an action it lists the runs."""
    parser = commands.add_parser(
        "runs",
        help="list, show and delete the runs that are kept",
        description="The runs that are kept. RUN is a run's number, its id, or the first digits of one (at least 4).",
    )
    _add_common(parser, None, False)
    actions = parser.add_subparsers(dest="action", metavar="list | show | delete")
    parser.set_defaults(action="list", deleted=False)

    def action(name: str, words: str) -> argparse.ArgumentParser:
        added = actions.add_parser(name, help=words, description=words)
        # These options may stand before the action or after it; one left out after it must not reset one given before.
        _add_common(added, argparse.SUPPRESS, argparse.SUPPRESS)
        return added

    lists = action("list", translated("one line for each run, newest first"))
    lists.add_argument("--deleted", action="store_true", help="those that `delete --restore` can bring back")
    action("show", translated("everything about one run but its curves")).add_argument("run", metavar="RUN")
    deletes = action("delete", translated("delete runs; they can be brought back for thirty days"))
    deletes.add_argument("runs", metavar="RUN", nargs="+")
    deletes.add_argument("--restore", action="store_true", help="bring deleted runs back")


def run(options: argparse.Namespace) -> int:
    """List, show, delete or restore."""
    with _opened(store_folder(options.store)) as store:
        if store is not None and store.read_only is not None and options.action != "delete":  # which fails with it
            say(store.read_only)
        match options.action:
            case "list":
                _list(store, options)
            case "show":
                return _show(store, options)
            case "delete":
                _delete(store, options)
    return Status.DONE


def _add_common(parser: argparse.ArgumentParser, store: object, as_json: object) -> None:
    parser.add_argument(
        "--store",
        type=path,
        metavar="DIR",
        default=store,
        help="the folder of the runs (default: $WORKBENCH_STORE, or in the user's data folder)",
    )
    parser.add_argument("--json", action="store_true", default=as_json, help="for programs to read")


@contextmanager
def _opened(folder: Path) -> Iterator[RunStore | None]:
    """The store in `folder`; None where there is none, since a query must not make one."""
    if not _is_there(folder / FILE_NAME):
        say("No runs are kept in {folder} yet.", folder=folder)
        yield None
        return
    store = RunStore(folder)
    try:
        if store.set_aside is not None:
            say(store.set_aside)
        yield store
    finally:
        store.close()


def _is_there(file: Path) -> bool:
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise UsageError(
            "{file} cannot be read ({reason}): choose another folder with --store.",
            file=file,
            reason=error.strerror or str(error),
        ) from error
    return True


# The actions.


def _list(store: RunStore | None, options: argparse.Namespace) -> None:
    runs = [] if store is None else store.deleted() if options.deleted else store.summaries()
    if options.json:
        _print_json([_plain(summary) for summary in runs])
    elif runs:
        _print_table(runs)


def _show(store: RunStore | None, options: argparse.Namespace) -> Status:
    summary = _found(store, options.run)
    assert store is not None
    if summary.problem is not None:
        _print_json(_plain(summary)) if options.json else _print_lines(_facts(summary, ()))
        return Status.DONE
    damage = None
    try:
        history = store.history(summary.identity.id)
    except DamagedRunError as error:
        history, damage = error.history, error
    snapshots = store.snapshot_steps(summary.identity.id)
    if options.json:
        records = ("epoch_starts", "evaluations")
        history_content = {name: [asdict(record) for record in getattr(history, name)] for name in records}
        for name in ("changes", "incidents", "refusals"):
            history_content[name] = [_recorded(row_of(entry)) for entry in getattr(history, name)]
        for evaluation in history_content["evaluations"]:
            evaluation[summary.recipe.task.metric.name] = evaluation.pop("metric")
            evaluation[f"validation_{summary.recipe.task.metric.name}"] = evaluation.pop("validation_metric")
            for name in [name for name, value in evaluation.items() if value is None]:
                del evaluation[name]
        damaged = {} if damage is None else {"problem": str(damage), "damaged_from": damage.step}
        _print_json({**_plain(summary), **damaged, "history": history_content, "snapshots": snapshots})
    else:
        _print_lines(_facts(summary, snapshots) + _story(history))
    if damage is None:
        return Status.DONE
    say(damage)
    return Status.FAILED


def _delete(store: RunStore | None, options: argparse.Namespace) -> None:
    # All runs are found first: a typing error in the last one then deletes none.
    found = [_found(store, text, deleted=options.restore) for text in options.runs]
    for summary in found:
        if summary.status is RunStatus.RUNNING and not options.restore:
            raise UsageError("Run {number} is being trained: stop it first.", number=summary.number)
    assert store is not None
    runs = [summary.identity.id for summary in found]
    numbers = " ".join(str(summary.number) for summary in found)
    if options.restore:
        store.restore(runs)
        say("restored: {runs}", runs=numbers)
    else:
        store.delete(runs)
        say("deleted: {runs} (to bring back: workbench runs delete --restore {runs})", runs=numbers)


def _found(store: RunStore | None, text: str, deleted: bool = False) -> RunSummary:
    if store is None:
        raise UsageError("There is no run {run}: none are kept here yet.", run=text)
    return store.find(text, deleted)


# Output for the user.


def _print_table(runs: Sequence[RunSummary]) -> None:
    named = any(summary.name or summary.starred for summary in runs)
    heads = ["Run", "Began", "State", "Steps", "Accuracy", "Best", "Loss", "Time", *(["Name"] if named else [])]
    rows = [
        [
            str(summary.number),
            _moment(summary.began),
            summary.status.value,
            f"{summary.steps:,}",
            _metric(summary, summary.metric),
            _metric(summary, summary.best_metric),
            _number(summary.loss),
            duration_text(summary.seconds),
            *(["* " * summary.starred + summary.name] if named else []),
            str(summary.problem)
            if summary.problem is not None
            else " ".join(_settings(summary.recipe)) or "as in the tutorial",
        ]
        for summary in runs
    ]
    heads.append("Settings")
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    to_the_right = {"Run", "Steps", "Accuracy", "Best", "Loss", "Time"}
    _print_lines(
        "  ".join(
            cell.rjust(width) if head in to_the_right else cell.ljust(width)
            for head, cell, width in zip(heads, cells, widths, strict=True)
        )
        for cells in (heads, *rows)
    )


def _facts(summary: RunSummary, snapshots: Sequence[int]) -> list[str]:
    identity, recipe = summary.identity, summary.recipe
    parent = f"{identity.parent} at step {identity.parent_step}" if identity.parent else None
    facts = {
        "run": f"{summary.number}{' *' * summary.starred}",
        "name": summary.name,
        "note": summary.note,
        "id": identity.id,
        "branched off": parent,
        "began": _moment(summary.began),
        "state": summary.status.value,
        "reason": str(summary.problem or ""),
        "trained": f"{_count(summary.steps, 'step')}, {_count(summary.epochs, 'epoch')} tested, "
        + duration_text(summary.seconds),
        summary.recipe.task.metric.label.lower(): f"{_metric(summary, summary.metric)} (best "
        f"{_metric(summary, summary.best_metric)})",
        "loss": _number(summary.loss),
        "settings": ""
        if summary.problem is not None
        else " ".join(f"{name}={_typed(value)}" for name, value in {**_choices(recipe), **recipe.values}.items()),
        "starts from": str(recipe.initial_weights or ""),
        "data": str(recipe.data or ""),
        "snapshots": " ".join(map(str, snapshots)),
        "environment": ", ".join(f"{name} {value}" for name, value in summary.environment.items()),
    }
    return [f"{name + ':':<14}{value}" for name, value in facts.items() if value]


def _story(history: History) -> list[str]:
    """Tests and the entries of the journal in the order of their steps."""
    lines = [
        (test.step, f"epoch {test.epoch} tested: {_result(test)}, loss {_number(test.average_loss)}{_validation(test)}")
        for test in history.evaluations
    ]
    lines += [
        (change.step, f"{change.name} {_typed(change.old)} -> {_typed(change.new)}{_asked(change)}")
        for change in history.changes
    ]
    lines += [
        (refusal.step, f"{refusal.name} {refusal.value} refused{_asked(refusal)}: {refusal.reason}")
        for refusal in history.refusals
    ]
    lines += [
        (each.step, f"loss {_number(each.loss)}: went back to step {each.returned_to:,}{_asked(each)}")
        for each in history.incidents
    ]
    lines.sort(key=lambda pair: pair[0])
    return ["", *(f"{step:>9,}  {words}" for step, words in lines)] if lines else []


def _recorded(row: dict[str, Any]) -> dict[str, Any]:
    """The row of an entry without what is not recorded of it, and without an empty note."""
    return {name: value for name, value in row.items() if name not in ASKED or value != ASKED[name]}


def _asked(entry: JournalEntry) -> str:
    """Who asked for an entry, when, and the note on it, as far as they are recorded."""
    if entry.time is None and not entry.note:
        return ""
    words = [entry.origin.value] if entry.origin is not Origin.NOT_RECORDED else []
    words += [] if entry.time is None else [_moment(entry.time)]
    words += [f"note: {entry.note}"] if entry.note else []
    return f"  ({', '.join(words)})"


def _metric(summary: RunSummary, value: float | None) -> str:
    if summary.recipe.task.metric.is_share:
        return _percent(value)
    return UNKNOWN if value is None else f"MAE {_number(value)}"


def _result(test: Evaluation) -> str:
    if test.r2 is None:
        return f"accuracy {_percent(test.metric)}"
    return f"mean absolute error {_number(test.metric)}, R² {test.r2:.3f}"


def _validation(test: Evaluation) -> str:
    if test.validation_loss is None:
        return ""
    result = _percent(test.validation_metric) if test.r2 is None else _number(test.validation_metric)
    return f"; validation: {result}, loss {_number(test.validation_loss)}"


def _choices(recipe: Recipe) -> dict[str, Value | str]:
    return {**recipe.choices(), "device": recipe.device}


def _settings(recipe: Recipe) -> list[str]:
    """The settings that differ from the tutorial's, written as for `--change`."""
    usual: dict[str, Value | str] = {name: registry.default for name, registry in REGISTRIES.items()}
    usual |= {"device": "cpu", **defaults_for(recipe.choices())}
    chosen = {**_choices(recipe), **recipe.values}
    settings = [f"{name}={_typed(value)}" for name, value in chosen.items() if value != usual[name]]
    weights = recipe.initial_weights
    return settings if weights is None else [*settings, f"initial_weights={weights.file_name}"]


def _typed(value: Value | str) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds).astimezone():%Y-%m-%d %H:%M}"


def _percent(share: float | None) -> str:
    return UNKNOWN if share is None else f"{share:.1%}"


def _number(loss: float | None) -> str:
    return UNKNOWN if loss is None else f"{loss:.6g}"


def _print_lines(lines: Sequence[str] | Iterator[str]) -> None:
    """Print lines: on a terminal cut to its width, so that a table stays readable; to a file or a pipe in full.

    Names, notes and environments come from the store and may hold anything: a character that is not printable, such as
    one that moves a terminal's cursor, becomes a space.
    """
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in lines:
        text = "".join(character if character.isprintable() else " " for character in line).rstrip()
        if width is not None and len(text) > width:
            text = f"{text[: width - 1]}…"
        print_text(text + "\n")


# Output for programs.


def _plain(summary: RunSummary) -> dict[str, Any]:
    metric = summary.recipe.task.metric.name
    return {
        "number": summary.number,
        **asdict(summary.identity),
        **{name: getattr(summary, name) for name in PLAIN_FIELDS},
        metric: summary.metric,
        f"best_{metric}": summary.best_metric,
        "began": datetime.fromtimestamp(summary.began).astimezone().isoformat(),
        "status": summary.status.value,
        "recipe": json.loads(summary.recipe.to_json()) if summary.problem is None else None,
        "environment": dict(summary.environment),
        **({} if summary.problem is None else {"problem": str(summary.problem)}),
    }


def _print_json(content: Any) -> None:
    print_text(json.dumps(_finite(content), indent=2, allow_nan=False) + "\n")


def _finite(content: Any) -> Any:
    """JSON has no NaN and no infinity: they become the texts that most languages read as such."""
    match content:
        case float() if not math.isfinite(content):
            return str(content)
        case dict():
            return {key: _finite(value) for key, value in content.items()}
        case list():
            return [_finite(value) for value in content]
    return content
