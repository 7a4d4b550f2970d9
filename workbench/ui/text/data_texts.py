"""What was understood of files of the user's own, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from workbench.engine.config.tasks import Task
from workbench.ui.text.engine_texts import sentence_of

if TYPE_CHECKING:
    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.data.own_files.description import DataDescription

translate = QCoreApplication.translate

MOST_CLASSES: Final = 30
MOST_COLUMNS: Final = 12
"""With missing values, that are named."""


def shape_text(spec: DataSpec) -> str:
    """What one sample is."""
    if not spec.is_image:
        if spec.input_count == 1:
            return translate("Data", "1 number each")
        return translate("Data", "{count} numbers each").format(count=f"{spec.input_count:,}")
    channels, height, width = spec.sample_shape
    if channels == 1:
        return translate("Data", "grey images of {width} × {height}").format(width=width, height=height)
    return translate("Data", "colour images of {width} × {height}").format(width=width, height=height)


def task_text(spec: DataSpec) -> str:
    """What is predicted."""
    if spec.task is Task.CLASSIFICATION:
        return translate("Data", "one of {count} classes is predicted").format(count=f"{spec.output_count:,}")
    names = ", ".join(spec.target_names[:4]) + (" …" if len(spec.target_names) > 4 else "")
    return translate("Data", "{names} is predicted").format(names=names)


def summary_text(found: DataDescription) -> str:
    """Rows, shape, task and split, in one line."""
    if found.spec is None:
        return translate("Data", "{count} rows").format(count=f"{found.rows:,}") if found.rows else ""
    split = translate("Data", "{train} for training, {test} for the test")
    if found.validation_count:
        split = translate("Data", "{train} for training, {validation} for validation, {test} for the test")
    counts = found.train_count, found.validation_count, found.test_count
    train, validation, test = (f"{count:,}" for count in counts)
    parts = (
        translate("Data", "{count} samples").format(count=f"{sum(counts):,}"),
        shape_text(found.spec),
        task_text(found.spec),
        split.format(train=train, validation=validation, test=test),
    )
    return " · ".join(parts)


def detail_lines(found: DataDescription) -> list[str]:
    """Classes with their samples, missing values, skipped files, and what else was understood."""
    lines = [sentence_of(note) for note in found.notes]
    if found.has_own_test:
        lines.append(translate("Data", "The files say themselves which samples are for the test."))
    if found.classes:
        named = [
            translate("Data", "{name}: {count}").format(name=each.name, count=f"{each.total:,}")
            for each in found.classes[:MOST_CLASSES]
        ]
        more = len(found.classes) - len(named)
        text = ", ".join(named) + (translate("Data", " and {count} more").format(count=f"{more:,}") if more else "")
        lines.append(translate("Data", "Classes: {names}.").format(names=text))
    if missing := [each for each in found.columns if each.missing]:
        named = [
            translate("Data", "{name}: {count}").format(name=each.name, count=f"{each.missing:,}")
            for each in missing[:MOST_COLUMNS]
        ]
        lines.append(translate("Data", "Missing values: {names}.").format(names=", ".join(named)))
    if found.skipped_count:
        named = [
            translate("Data", "{name} ({reason})").format(name=each.name, reason=each.reason) for each in found.skipped
        ]
        text = translate("Data", "Skipped files: {count}. {names}")
        lines.append(text.format(count=f"{found.skipped_count:,}", names=", ".join(named)))
    return lines
