"""The constants at the top of a script: what was chosen before the run, and what was changed during it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.exporters.script.parts import Part

if TYPE_CHECKING:
    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.exporters.run_record import RunRecord
    from workbench.engine.exporters.script.facts import ScriptFacts

_FIRST: Final = ("seed", "epochs", "batch_size", "learning_rate")
_OWN_LINES: Final = ("threads",)
"""Values whose constant says something else than the recipe."""


def settings_part(facts: ScriptFacts, code: str) -> Part:
    """The constants that `code` uses."""
    record, recipe = facts.record, facts.record.recipe
    values = dict(recipe.values)
    if facts.is_whole:
        values["epochs"] = len(record.history.evaluations)
    names = [*_FIRST, *(name for name in values if name not in (*_FIRST, *_OWN_LINES))]
    lines = [f"{name.upper()} = {values[name]!r}" for name in names if _is_in(name.upper(), code)]
    if not facts.is_whole:
        lines.append(f"STEPS = {record.steps}  # the steps of the run")
        lines.append(f"TESTED_EPOCHS = {len(record.history.evaluations)}  # the epochs after which the run was tested")
    if recipe.device != "cpu":
        lines.append(f"DEVICE = {json.dumps(recipe.device)}")
    lines.append(f"THREADS = {_threads(record)}  # another number of threads may give other last bits")
    if record.weights_sha256 is not None:
        lines.append(f'WEIGHTS_SHA256 = "{record.weights_sha256}"')
        lines.append('"""Of the weights of the run after its last step."""')
    if facts.changes:
        lines.append(_changes(facts))
    return Part("\n".join(lines), ("from typing import Any",))


def _is_in(name: str, code: str) -> bool:
    return re.search(rf"\b{name}\b", code) is not None


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


def _threads(record: RunRecord) -> int:
    """The threads of the run; the text comes from a file, and must not become code."""
    text = record.environment.get("threads", "1")
    return int(text) if re.fullmatch("[0-9]{1,4}", text) and int(text) else 1
