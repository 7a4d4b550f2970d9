"""What a file of a network says about itself: where its weights come from, and what it takes and gives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from workbench.engine.config.tasks import Task
from workbench.engine.errors import UserError

if TYPE_CHECKING:
    from workbench.engine.data.dataset import Standardisation
    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.run_record import RunRecord

PREFIX = "workbench."
"""Of the keys: files of other programs have keys of their own."""


def metadata_of(record: RunRecord, context: ExportContext) -> dict[str, str]:
    """The texts by their keys: recipe, step, last evaluation, classes, and how the inputs were prepared.

    Raises:
        CancelledError: the user cancelled.
    """
    recipe, spec = record.recipe, record.recipe.spec
    entries = {
        "recipe": recipe.to_json(),
        "run": record.run.id,
        "step": str(record.steps),
        "task": spec.task.value,
        "input_shape": json.dumps(list(spec.sample_shape)),
        "normalisation": normalisation_of(record),
    }
    if spec.task is Task.CLASSIFICATION:
        entries["class_names"] = json.dumps(list(spec.class_names), ensure_ascii=False)
    else:
        entries["target_names"] = json.dumps(list(spec.target_names), ensure_ascii=False)
    if spec.feature_names:
        entries["feature_names"] = json.dumps(list(spec.feature_names), ensure_ascii=False)
    tests = record.history.evaluations
    if tests and tests[-1].step == record.steps:
        entries["test_loss"] = repr(tests[-1].average_loss)
        entries[f"test_{spec.task.metric.name}"] = repr(tests[-1].metric)
    if (standardisation := _standardisation_of(record, context)) is not None:
        entries["feature_means"] = json.dumps(standardisation.mean)
        entries["feature_deviations"] = json.dumps(standardisation.deviation)
    if recipe.initial_weights is not None:
        entries["initial_weights"] = recipe.initial_weights.file_name
        entries["initial_weights_sha256"] = recipe.initial_weights.sha256 or ""
    if record.weights_sha256 is not None:
        entries["weights_sha256"] = record.weights_sha256
    return {f"{PREFIX}{key}": text for key, text in entries.items()}


def normalisation_of(record: RunRecord) -> str:
    """How a sample becomes an input of the network, in English."""
    recipe = record.recipe
    if recipe.spec.is_image:
        return "pixels from 0 to 255 are divided by 255"
    if recipe.source is not None and recipe.source.standardise:
        return "each feature has mean 0 and standard deviation 1, as measured on the training samples"
    return "none"


def _standardisation_of(record: RunRecord, context: ExportContext) -> Standardisation | None:
    """What was done to each feature; None where nothing was, or where the data are not at hand."""
    if record.recipe.source is None or not record.recipe.source.standardise:
        return None
    try:
        return context.data().standardisation
    except UserError:
        return None
