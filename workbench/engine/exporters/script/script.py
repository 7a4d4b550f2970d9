"""Writes a run as a plain PyTorch script, which needs torch and torchvision alone, and repeats the run bit for bit."""

from __future__ import annotations

import textwrap
from pathlib import PurePath
from typing import TYPE_CHECKING

from workbench.engine.config.tasks import Task
from workbench.engine.data.own_files.split import held_out
from workbench.engine.errors import UserError, without_control
from workbench.engine.exporters.script.arrays import arrays_path, write_arrays
from workbench.engine.exporters.script.data import data_part, needs_arrays
from workbench.engine.exporters.script.facts import ScriptFacts
from workbench.engine.exporters.script.helpers import helper_parts
from workbench.engine.exporters.script.loops import test_part, train_part
from workbench.engine.exporters.script.main import main_part
from workbench.engine.exporters.script.network import network_part
from workbench.engine.exporters.script.optimizer import change_part, loss_part, schedule_part
from workbench.engine.exporters.script.parts import Part, import_lines, joined
from workbench.engine.exporters.script.settings import settings_part
from workbench.engine.exporters.script.weights import initial_weights_part, weights_path, write_initial_weights
from workbench.engine.files.safe_files import read_whole, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.data.dataset import Dataset
    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.run_record import RunRecord

MOST_BYTES = 1 << 30
WIDTH = 110
_LONGEST_FACT = 100


def write_script(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    """Write the script, with the arrays of the user's own data and weights beside it, read it again and compile it.

    Raises:
        UserError: the run has no step, its data or its first weights are needed and are not there, or a file cannot be
            written.
    """
    arrays = arrays_path(path)
    data = data_for(record, context)
    text = script_text(record, data, arrays.name, weights_path(path).name)
    write_initial_weights(record, path, context)
    if needs_arrays(record.recipe):
        assert data is not None
        write_arrays(data, arrays, may_replace=context.may_replace)
    write_whole(text.encode(), path)
    again = read_whole(path, MOST_BYTES).decode()
    compile(again, str(path), "exec")
    if record.recipe.initial_weights is not None:
        return UserError(
            "a script of {lines} lines for {steps:,} steps; it reads {names} beside it",
            lines=again.count("\n"),
            steps=record.steps,
            names=names_beside(record, path),
        )
    if needs_arrays(record.recipe):
        return UserError(
            "a script of {lines} lines for {steps:,} steps; its data are in {name}",
            lines=again.count("\n"),
            steps=record.steps,
            name=arrays.name,
        )
    return UserError("a script of {lines} lines for {steps:,} steps", lines=again.count("\n"), steps=record.steps)


def names_beside(record: RunRecord, path: Path) -> str:
    """The names of the files beside the code at `path` that it reads."""
    arrays = [arrays_path(path).name] if needs_arrays(record.recipe) else []
    return ", ".join([*arrays, weights_path(path).name])


def data_for(record: RunRecord, context: ExportContext) -> Dataset | None:
    """The data of a run, where its code cannot be written without them.

    Raises:
        UserError: the run has no step, or its data are needed and are not there.
    """
    if not record.steps:
        raise UserError("{name} has no step yet: train it first.", name=record.name or record.run.id)
    needs_data = needs_arrays(record.recipe) or bool(record.recipe["validation_share"])
    return context.data() if needs_data else None


def script_text(
    record: RunRecord, data: Dataset | None = None, arrays: str = "data.npz", weights: str = "weights.pt"
) -> str:
    """The text of the script.

    Args:
        record: of the run.
        data: of the run; needed where samples are held out for validation.
        arrays: the name of the file beside the script that holds data of the user's own.
        weights: that of the file that holds the weights which the run started from.
    """
    facts = facts_of(record, data)
    parts, expression = parts_of(facts, arrays, weights)
    pieces = [each for part in parts.values() for each in part] + [main_part(facts, expression)]
    pieces.insert(0, settings_part(facts, joined(pieces)))
    code = joined(pieces)
    return f"{_docstring(record)}\n\nfrom __future__ import annotations\n\n{import_lines(pieces, code)}\n\n{code}\n"


def facts_of(record: RunRecord, data: Dataset | None, *, is_notebook: bool = False) -> ScriptFacts:
    """The facts of a run; `data` are needed where samples are held out for validation."""
    return ScriptFacts.of(record, _train_count(record, data), is_notebook=is_notebook)


def parts_of(facts: ScriptFacts, arrays: str, weights: str) -> tuple[dict[str, list[Part]], str]:
    """The parts of the code between its constants and `main`, by what they are; and the expression of the network.

    Args:
        facts: of the run.
        arrays: the name of the file beside the code that holds data of the user's own.
        weights: that of the file that holds the weights which the run started from.
    """
    parts: dict[str, list[Part]] = {
        "network": [initial_weights_part(facts.record.recipe.initial_weights, weights, is_notebook=facts.is_notebook)],
        "data": [data_part(facts.record.recipe, arrays, is_notebook=facts.is_notebook)],
        "helpers": [*helper_parts(facts), loss_part(facts), schedule_part(facts)],
        "changes": [change_part(facts)],
        "loops": [train_part(facts), test_part(facts)],
    }
    pieces = [*(each for part in parts.values() for each in part), main_part(facts, "own_network()")]
    around = joined(pieces)
    network, expression = network_part(facts.record, f"{import_lines(pieces, around)}\n{around}")
    parts["network"].insert(0, network)
    return parts, expression


def title_of(record: RunRecord) -> str:
    """What is trained on what: the network and the data, by their names."""
    recipe = record.recipe
    model = recipe.model if recipe.network is None else recipe.network.name
    data = recipe.dataset if recipe.source is None else PurePath(recipe.source.path).name
    return without_control(f"{model} on {data}")[:_LONGEST_FACT]


def summary_of(record: RunRecord) -> str:
    """What the code does, and on what its last bits depend, in two sentences."""
    environment = {key: without_control(text)[:_LONGEST_FACT] for key, text in record.environment.items()}
    threads = environment.get("threads", "?")
    threads += " thread" if threads == "1" else " threads"
    return (
        f"It repeats {record.steps:,} steps, with every change at its step, and ends by comparing the SHA-256 of its "
        f"weights with that of the run. The run was trained with torch {environment.get('torch', '?')} and "
        f"{threads} on {environment.get('device_name', '?')}; another torch, "
        "processor or number of threads may give other last bits."
    )


def _docstring(record: RunRecord) -> str:
    first = f"Trains a network as it was trained in the training workbench: {title_of(record)}."
    made = summary_of(record)
    # The text comes from a file: it must not end the docstring.
    clean = "\n".join([first, "", *textwrap.wrap(made, WIDTH)]).replace("\\", "/").replace('"""', "'''")
    return f'"""{clean}\n"""'


def _train_count(record: RunRecord, data: Dataset | None) -> int:
    """The samples that are trained on."""
    recipe, share = record.recipe, float(record.recipe["validation_share"])
    if data is None:
        return recipe.data.train_count if recipe.data is not None else 1
    if share <= 0 or data.validation_inputs is not None:
        return len(data.train_inputs)
    labels = data.train_targets.numpy() if recipe.task is Task.CLASSIFICATION else None
    return len(held_out(len(data.train_inputs), share, int(recipe["seed"]), labels)[0])
