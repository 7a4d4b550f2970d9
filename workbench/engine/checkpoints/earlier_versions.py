"""What earlier versions of checkpoints and snapshots called otherwise, in the words of the present version."""

from __future__ import annotations

from typing import Any, Final

from workbench.engine.history.records import Count
from workbench.engine.history.validation import reader

HABIT_VERSION: Final = 5
"""The version of checkpoints since which weights and optimizer state are at the top."""


def present_evaluation(row: dict[str, Any]) -> dict[str, Any]:
    """A row of `Evaluation`; before version 3 its metric was called accuracy."""
    row = {"r2": None, "validation_loss": None, "validation_metric": None, **row}
    if "accuracy" in row:
        row["metric"] = row.pop("accuracy")
    return row


def present_snapshot(content: dict[str, Any]) -> dict[str, Any]:
    """The snapshot in a checkpoint, with weights and optimizer state, which it held itself before version 5."""
    snapshot: dict[str, Any] = content["snapshot"]
    if content["version"] < HABIT_VERSION:
        return snapshot
    return {**snapshot, "weights": content["model_state_dict"], "optimizer": content["optimizer_state_dict"]}


def present_position(row: Any) -> Any:
    """The fields of `Position`; before version 2 of snapshots the sum of its metric was called correct."""
    if not isinstance(row, dict) or "correct" not in row:
        return row
    position = dict(row)
    position["metric_sum"] = float(reader(Count)(position.pop("correct")))
    return position
