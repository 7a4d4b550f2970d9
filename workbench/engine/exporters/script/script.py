"""Writes a run as a plain PyTorch script, which needs torch and torchvision alone, and repeats the run bit for bit."""

from __future__ import annotations

import io
import textwrap
from typing import TYPE_CHECKING

import numpy as np

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.config.tasks import Task
from workbench.engine.data.own_files.split import held_out
from workbench.engine.errors import UserError
from workbench.engine.exporters.script.data import data_part, needs_arrays
from workbench.engine.exporters.script.facts import ScriptFacts
from workbench.engine.exporters.script.loops import helper_parts, main_part, test_part, train_part
from workbench.engine.exporters.script.network import network_part
from workbench.engine.exporters.script.optimizer import change_part, loss_part, schedule_part
from workbench.engine.exporters.script.parts import Part, import_lines, joined
from workbench.engine.files.safe_files import read_whole, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.dataset import Dataset
    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.run_record import RunRecord

MOST_BYTES = 1 << 30
WIDTH = 110


def write_script(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    """Write the script, with the arrays of the user's own data beside it, read it again and compile it.

    Raises:
        UserError: the run has no step, its data are needed and are not there, or a file cannot be written.
    """
    if not record.steps:
        raise UserError("{name} has no step yet: train it first.", name=record.name or record.run.id)
    arrays = path.with_name(f"{path.stem}_data.npz")
    needs_data = needs_arrays(record.recipe) or bool(record.recipe["validation_share"])
    data = context.data() if needs_data else None
    text = script_text(record, data, arrays.name)
    if needs_arrays(record.recipe):
        assert data is not None
        write_whole(_arrays(data), arrays)
    write_whole(text.encode(), path)
    again = read_whole(path, MOST_BYTES).decode()
    compile(again, str(path), "exec")
    if needs_arrays(record.recipe):
        return UserError(
            "a script of {lines} lines for {steps:,} steps; its data are in {name}",
            lines=again.count("\n"),
            steps=record.steps,
            name=arrays.name,
        )
    return UserError("a script of {lines} lines for {steps:,} steps", lines=again.count("\n"), steps=record.steps)


def script_text(record: RunRecord, data: Dataset | None = None, arrays: str = "data.npz") -> str:
    """The text of the script.

    Args:
        record: of the run.
        data: of the run; needed where samples are held out for validation.
        arrays: the name of the file beside the script that holds data of the user's own.
    """
    facts = ScriptFacts.of(record, _train_count(record, data))
    network, expression = network_part(record)
    parts = [
        _constants(facts),
        network,
        data_part(record.recipe, arrays),
        *helper_parts(facts),
        loss_part(facts),
        schedule_part(facts),
        change_part(facts),
        train_part(facts),
        test_part(facts),
        main_part(facts, expression),
    ]
    code = joined(parts)
    return f"{_docstring(record)}\n\nfrom __future__ import annotations\n\n{import_lines(parts, code)}\n\n{code}\n"


def _docstring(record: RunRecord) -> str:
    recipe, environment = record.recipe, record.environment
    first = f"Trains a network as it was trained in the training workbench: {recipe.model} on {recipe.dataset}."
    made = (
        f"It repeats {record.steps:,} steps, with every change at its step, and ends by comparing the SHA-256 of its "
        f"weights with that of the run. The run was trained with torch {environment.get('torch', '?')} and "
        f"{environment.get('threads', '?')} threads on {environment.get('device_name', '?')}; another torch, processor "
        "or number of threads may give other last bits."
    )
    # The text comes from a file: it must not end the docstring.
    clean = "\n".join([first, "", *textwrap.wrap(made, WIDTH)]).replace("\\", "/").replace('"""', "'''")
    return f'"""{clean}\n"""'


def _constants(facts: ScriptFacts) -> Part:
    record, recipe = facts.record, facts.record.recipe
    lines = [f"SEED = {recipe['seed']}"]
    if facts.schedule != "constant" and not facts.varies("epochs"):
        lines.append(f"EPOCHS = {recipe['epochs']}")
    if not facts.varies("batch_size"):
        lines.append(f"BATCH_SIZE = {recipe['batch_size']}")
    lines.append(f"LEARNING_RATE = {recipe['learning_rate']!r}")
    lines.append(f"STEPS = {record.steps}")
    lines.append(f"TESTED_EPOCHS = {len(record.history.evaluations)}")
    lines.append(f"THREADS = {record.environment.get('threads', '1')}")
    if recipe.device != "cpu":
        lines.append(f'DEVICE = "{recipe.device}"')
    if record.weights_sha256 is not None:
        lines.append(f'WEIGHTS_SHA256 = "{record.weights_sha256}"')
    if facts.changes:
        lines.append(_changes(facts))
    return Part("\n".join(lines), ("from typing import Any",))


def _changes(facts: ScriptFacts) -> str:
    """The changes by step, with what each of them is, in words."""
    now: dict[str, Value] = dict(facts.record.recipe.values)
    lines = ["CHANGES: dict[int, dict[str, Any]] = {"]
    for step, values in facts.changes.items():
        for name, value in values.items():
            lines.append(f"    # {TABLE[name].label}: {now[name]} until here, then {value}.")
            now[name] = value
        listed = ", ".join(f'"{name}": {value!r}' for name, value in values.items())
        lines.append(f"    {step}: {{{listed}}},")
    return "\n".join(
        [*lines, "}", '"""What was changed during the run, by the step before whose update it was changed."""']
    )


def _train_count(record: RunRecord, data: Dataset | None) -> int:
    """The samples that are trained on."""
    recipe, share = record.recipe, float(record.recipe["validation_share"])
    if data is None:
        return recipe.data.train_count if recipe.data is not None else 1
    if share <= 0 or data.validation_inputs is not None:
        return len(data.train_inputs)
    labels = data.train_targets.numpy() if recipe.task is Task.CLASSIFICATION else None
    return len(held_out(len(data.train_inputs), share, int(recipe["seed"]), labels)[0])


def _arrays(data: Dataset) -> bytes:
    """The samples as an .npz file."""
    names = ("train_inputs", "train_targets", "test_inputs", "test_targets")
    content = io.BytesIO()
    np.savez_compressed(content, **{name: getattr(data, name).numpy() for name in names})
    return content.getvalue()
