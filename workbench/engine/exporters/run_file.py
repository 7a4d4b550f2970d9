"""Run files (`.run`): a run to pass on: what was trained, what was changed when, and what came of it, to be proved.

JSON that a person can read. It holds no weights: training it again gives them, bit for bit, and the file says which
they must be. The last field is the SHA-256 of the rest, so that a changed file is noticed.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
import zlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from workbench.engine.errors import UsageError, UserError, localized
from workbench.engine.exporters.run_record import RunRecord
from workbench.engine.files.safe_files import opened, read_whole, write_whole
from workbench.engine.history.history import History
from workbench.engine.history.journal_entries import ASKED, entry_from, row_of
from workbench.engine.history.records import Change, EpochStart, Evaluation, Incident, Refusal, RunIdentity
from workbench.engine.history.validation import check_history, reader, structure
from workbench.engine.recipe import Recipe

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.history.series import Series

FORMAT: Final = "workbench run"
VERSION: Final = 2
"""Since 2, the entries of the journal say who asked for them, when, with which note, and refused changes are there."""
MOST_BYTES: Final = 256 << 20
MOST_STEPS: Final = 1 << 26
MOST_VALUES: Final = 1 << 20
"""About as many records and fields: JSON is read in one go, and while it is, nothing else in the process runs."""
_START: Final = b'{\n "format": "workbench run"'
_NOT_FINITE: Final = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
"""JSON has no such numbers: they are written as these texts."""


def is_run_file(path: Path) -> bool:
    """Whether the file begins as a run file does.

    Raises:
        UserError: it cannot be read.
    """
    with opened(path, MOST_BYTES) as file:
        return file.read(len(_START)) == _START


def save_run_file(record: RunRecord, path: Path) -> None:
    """Write the run to `path`, whole or not at all.

    Raises:
        UserError: the file cannot be written.
    """
    write_whole(run_file_content(record), path)


def write_run(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    """Write the run to `path` and read it again; returns what was checked.

    Raises:
        UserError: the file cannot be written, or does not hold the run.
    """
    del context
    save_run_file(record, path)
    again = load_run_file(path)
    if run_file_content(again) != run_file_content(record):
        raise UserError("{path} does not hold what was written: try another disk.", path=path)
    return UserError("{steps:,} steps, weights sha256 {sha256}", steps=record.steps, sha256=record.weights_sha256)


def run_file_content(record: RunRecord) -> bytes:
    """The content of the run file of a run."""
    history = record.history
    content = {
        "format": FORMAT,
        "version": VERSION,
        "run": asdict(record.run),
        "name": record.name,
        "steps": record.steps,
        "weights_sha256": record.weights_sha256,
        "recipe": json.loads(record.recipe.to_json()),
        "journal": [row_of(change) for change in history.changes],
        "refused": [row_of(refusal) for refusal in history.refusals],
        "evaluations": [asdict(each) for each in history.evaluations],
        "epoch_starts": [asdict(each) for each in history.epoch_starts],
        "incidents": [row_of(each) for each in history.incidents],
        "environment": dict(record.environment),
        "losses": _packed(history.loss, record.steps),
        "metrics": _packed(history.metric, record.steps),
    }
    content = _without_special_numbers(content)
    content["sha256"] = _digest(content)
    return (json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def load_run_file(path: Path) -> RunRecord:
    """The run in a run file, checked to be complete and consistent. Nothing in it is run.

    Raises:
        UserError: the file is missing, damaged, no run file, of a newer version, or holds a run that this program
            does not know.
    """
    content = read_whole(path, MOST_BYTES)
    try:
        return _record(_unsealed(content))
    except _NewerError as error:
        raise UserError(
            "{path} was written by a newer version of this program (format {found}, known here: {known}): open it with "
            "that version.",
            path=path,
            found=error.args[0],
            known=VERSION,
        ) from None
    except UsageError as problem:
        raise UserError(
            "{path} holds a run that this program cannot train ({reason}): open it with the version that wrote it.",
            path=path,
            reason=localized(problem).rstrip("."),
        ) from problem
    except Exception as error:  # a stranger's file makes readers raise nearly any exception
        raise UserError(
            "{path} is not a run file, or is damaged: choose a file that was saved as a run.", path=path
        ) from error


class _NewerError(ValueError):
    """Written by a newer version of this program."""


def _unsealed(content: bytes) -> dict[str, Any]:
    if not content.startswith(_START):
        raise ValueError("it does not begin as a run file does")
    if content.count(b",") > MOST_VALUES:
        raise ValueError("it has more values than a run file has")
    fields: dict[str, Any] = json.loads(content.decode())
    if fields.pop("format") != FORMAT:
        raise ValueError("it is in another format")
    version = reader(int)(fields.pop("version"))
    if version > VERSION:
        raise _NewerError(version)
    sealed = fields.pop("sha256")
    if sealed != _digest({"format": FORMAT, "version": version, **fields}):
        raise ValueError("it was changed after it was written")
    return fields


def _record(fields: dict[str, Any]) -> RunRecord:
    fields = _with_special_numbers(fields)
    steps = reader(int)(fields["steps"])
    if not 0 <= steps <= MOST_STEPS:
        raise ValueError(steps)
    recipe = Recipe.from_json(json.dumps(fields["recipe"]))
    history = History()
    history.loss.extend(_unpacked(fields["losses"], steps))
    history.metric.extend(_unpacked(fields["metrics"], steps))
    history.evaluations += [structure(Evaluation, row) for row in fields["evaluations"]]
    history.epoch_starts += [structure(EpochStart, row) for row in fields["epoch_starts"]]
    history.changes += [entry_from(Change, row) for row in fields["journal"]]
    history.incidents += [entry_from(Incident, row) for row in fields["incidents"]]
    history.refusals += [entry_from(Refusal, row) for row in fields.get("refused", ())]
    check_history(history, most=recipe.task.metric.maximum)
    run = structure(RunIdentity, fields["run"])
    sha256 = fields["weights_sha256"]
    hexadecimal = [run.id, run.parent or run.id]
    if not all(re.fullmatch("[0-9a-f]{16}", name) for name in hexadecimal):
        raise ValueError(run)
    if sha256 is not None and not re.fullmatch("[0-9a-f]{64}", sha256):
        raise ValueError(sha256)
    environment = {reader(str)(key): reader(str)(value) for key, value in fields["environment"].items()}
    return RunRecord(recipe, run, history, environment, None, sha256, reader(str)(fields["name"]))


def _digest(content: dict[str, Any]) -> str:
    """The SHA-256 of the content, independent of spaces and of the order of its fields."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _packed(series: Series, steps: int) -> str:
    """The float32 numbers of a series, little-endian, deflated, in Base64."""
    return base64.b64encode(zlib.compress(series.values(0, steps).astype("<f4").tobytes(), 9)).decode()


def _unpacked(text: Any, steps: int) -> np.ndarray:
    # A few bytes can stand for gigabytes: no more is inflated than the steps need.
    inflating = zlib.decompressobj()
    content = inflating.decompress(base64.b64decode(reader(str)(text), validate=True), 4 * steps + 1)
    if len(content) != 4 * steps or not inflating.eof:
        raise ValueError(f"it does not hold {steps} numbers")
    return np.frombuffer(content, "<f4").astype(np.float32)


def _without_special_numbers(value: Any) -> Any:
    match value:
        case dict():
            return {key: _without_special_numbers(each) for key, each in value.items()}
        case list() | tuple():
            return [_without_special_numbers(each) for each in value]
        case float() if not math.isfinite(value):
            return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def _with_special_numbers(fields: dict[str, Any]) -> dict[str, Any]:
    """The records with their numbers; other fields have texts."""
    for name in ("evaluations", "incidents"):
        fields[name] = [
            {key: each if key in ASKED else _number(each) for key, each in row.items()} for row in fields[name]
        ]
    return fields


def _number(value: Any) -> Any:
    return _NOT_FINITE.get(value, value) if isinstance(value, str) else value
