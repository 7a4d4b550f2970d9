"""Writes a run as a Jupyter notebook: the code of the script in cells, with headings and plots.

Source of the format: nbformat 4.5, https://nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

import ast
import json
from typing import TYPE_CHECKING, Any, Final

from workbench.engine.config.tasks import Task
from workbench.engine.errors import UserError
from workbench.engine.exporters.plots.curves import curve_drawing
from workbench.engine.exporters.plots.svg import svg_text
from workbench.engine.exporters.script.arrays import arrays_path, write_arrays
from workbench.engine.exporters.script.data import needs_arrays
from workbench.engine.exporters.script.main import MAIN_IMPORTS, training_lines
from workbench.engine.exporters.script.parts import Part, import_lines, indented, joined
from workbench.engine.exporters.script.script import (
    data_for,
    facts_of,
    names_beside,
    parts_of,
    summary_of,
    title_of,
)
from workbench.engine.exporters.script.settings import settings_part
from workbench.engine.exporters.script.weights import weights_path, write_initial_weights
from workbench.engine.files.safe_files import read_whole, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.data.dataset import Dataset
    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.plots.options import PlotOptions
    from workbench.engine.exporters.run_record import RunRecord
    from workbench.engine.exporters.script.facts import ScriptFacts

MOST_BYTES: Final = 1 << 30
_TITLES: Final = {
    "settings": ("Settings", "What was chosen before the run began, and what was changed during it."),
    "network": ("The network", ""),
    "data": ("The data", ""),
    "helpers": ("What the loops call", ""),
    "changes": ("Changes", "Each change is made before the update of its step."),
    "loops": ("The loops", "As in PyTorch's tutorial *Optimizing Model Parameters*."),
}
_MORE_SETTINGS: Final = '''\
DATA_ROOT = Path("data")
"""The folder of the data set."""
LOSSES: list[float] = []
"""The training loss of each step, for the plots."""
TESTS: list[tuple[float, ...]] = []
"""The step, the loss and, for classes, the accuracy of each test."""'''


def write_notebook(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    """Write the notebook, with the arrays of the user's own data and weights beside it; read and compile it again.

    Raises:
        UserError: the run has no step, its data or its first weights are needed and are not there, or a file cannot be
            written.
    """
    arrays = arrays_path(path)
    data = data_for(record, context)
    content = notebook_content(record, data, arrays.name, context.plot, weights_path(path).name)
    write_initial_weights(record, path, context)
    if needs_arrays(record.recipe):
        assert data is not None
        write_arrays(data, arrays, may_replace=context.may_replace)
    write_whole(f"{json.dumps(content, indent=1)}\n".encode(), path)
    again = json.loads(read_whole(path, MOST_BYTES))
    if again != content:
        raise UserError("{path} does not hold what was written: try another disk.", path=path)
    code = ["".join(cell["source"]) for cell in again["cells"] if cell["cell_type"] == "code"]
    for cell in code:
        ast.parse(cell)
    if record.recipe.initial_weights is not None:
        return UserError(
            "a notebook with {cells} cells of code for {steps:,} steps; it reads {names} beside it",
            cells=len(code),
            steps=record.steps,
            names=names_beside(record, path),
        )
    if needs_arrays(record.recipe):
        return UserError(
            "a notebook with {cells} cells of code for {steps:,} steps; its data are in {name}",
            cells=len(code),
            steps=record.steps,
            name=arrays.name,
        )
    return UserError("a notebook with {cells} cells of code for {steps:,} steps", cells=len(code), steps=record.steps)


def notebook_content(
    record: RunRecord, data: Dataset | None, arrays: str, plot: PlotOptions, weights_file: str = "weights.pt"
) -> dict[str, Any]:
    """The notebook as JSON has it.

    Args:
        record: of the run.
        data: of the run; needed where samples are held out for validation.
        arrays: the name of the file beside the notebook that holds data of the user's own.
        plot: the size and the colours of the recorded curves, which are shown until the cell is run.
        weights_file: the name of the file that holds the weights which the run started from.
    """
    facts = facts_of(record, data, is_notebook=True)
    parts, expression = parts_of(facts, arrays, weights_file)
    training = Part("\n".join(_training_lines(facts, expression)), MAIN_IMPORTS)
    curves, weights = Part(_curve_code(facts)), Part(_weights_code(facts))
    pieces = [*(each for part in parts.values() for each in part), training, curves, weights]
    settings = settings_part(facts, joined(pieces))
    parts["settings"] = [Part(f"{settings.code}\n{_MORE_SETTINGS}", (*settings.imports, "from pathlib import Path"))]
    pieces += parts["settings"]
    imports = import_lines(pieces, joined(pieces))
    title = f"# {_plain(title_of(record))}\n\n{_plain(summary_of(record))}"
    cells = [_text(title), _code(f"from __future__ import annotations\n\n{imports}")]
    for name, (heading, words) in _TITLES.items():
        code = joined(parts[name])
        if code:
            cells += [_text(f"## {heading}\n\n{words}".strip()), _code(code)]
    cells += [_text("## Training"), _code(training.code)]
    shown = "Until this cell is run, these are the curves that were recorded; then they are those of this notebook."
    picture = {"image/svg+xml": svg_text(curve_drawing(record, plot)), "text/plain": ["The recorded curves"]}
    output = {"output_type": "display_data", "metadata": {}, "data": picture}
    cells += [_text(f"## The curves\n\n{shown}"), _code(curves.code, [output])]
    cells += [_text("## The weights"), _code(weights.code)]
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"cell-{number:02}"
    language = {"name": "python", "version": record.environment.get("python", "3")[:20]}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel, "language_info": language},
        "cells": cells,
    }


def _training_lines(facts: ScriptFacts, expression: str) -> list[str]:
    # The cell may be run again.
    return ["LOSSES.clear()", "TESTS.clear()", *training_lines(facts, expression, "DATA_ROOT")]


def _curve_code(facts: ScriptFacts) -> str:
    has_accuracy = facts.record.recipe.task is Task.CLASSIFICATION
    lines = [f"figure, axes = plt.subplots({2 if has_accuracy else 1}, 1, sharex=True, squeeze=False, figsize=(9, 6))"]
    lines += [
        'axes[0, 0].plot(LOSSES, linewidth=0.5, label="Training")',
        'axes[0, 0].plot([test[0] for test in TESTS], [test[1] for test in TESTS], "o-", label="Test")',
        'axes[0, 0].set_ylabel("Loss")',
        "axes[0, 0].legend()",
    ]
    if has_accuracy:
        lines += [
            'axes[1, 0].plot([test[0] for test in TESTS], [test[2] for test in TESTS], "o-", color="C1")',
            'axes[1, 0].set_ylabel("Test accuracy (%)")',
        ]
    if facts.changes:
        lines += [
            "for step in CHANGES:",
            "    for axis in axes[:, 0]:",
            '        axis.axvline(step, linestyle="--", color="grey")',
        ]
    lines += ['axes[-1, 0].set_xlabel("Step")', "plt.show()"]
    return (
        "try:\n    import matplotlib.pyplot as plt\nexcept ImportError:\n"
        '    print("matplotlib draws the curves (pip install matplotlib). The tests: step, loss and the like:")\n'
        "    for test in TESTS:\n        print(*test)\nelse:\n" + indented("\n".join(lines))
    )


def _weights_code(facts: ScriptFacts) -> str:
    lines = ["sha256 = weights_sha256(model)", 'print(f"weights sha256 {sha256}")']
    if facts.record.weights_sha256 is not None:
        lines += [
            "if sha256 == WEIGHTS_SHA256:",
            '    print("These are the weights of the run, bit for bit.")',
            "else:",
            "    print(",
            '        "These are not the weights of the run: another torch, processor or number of threads may give '
            'other last bits."',
            "    )",
        ]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """A text whose characters mean nothing in Markdown and HTML: a part of it comes from a file."""
    return "".join(f"&#{ord(each)};" if each in "\\`*_{}[]<>#|&" else each for each in text)


def _text(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(text: str, outputs: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "metadata": {},
        "execution_count": None,
        "source": text.splitlines(keepends=True),
        "outputs": outputs or [],
    }
