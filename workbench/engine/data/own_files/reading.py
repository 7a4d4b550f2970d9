"""The user's own files: `describe` says what is understood of them, `load_own` makes a data set of them."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_digest import digest_of
from workbench.engine.data.dataset import Dataset, Standardisation
from workbench.engine.data.own_files.choices import check_choices, check_meaning
from workbench.engine.data.own_files.description import MOST_EXAMPLES, ClassCount, DataDescription, Findings
from workbench.engine.data.own_files.forms import reader_of
from workbench.engine.errors import UsageError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbench.engine.data.data_source import DataRequest, DataSource
    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.data.dataset import Progress
    from workbench.engine.data.own_files.samples import OwnSamples, Part

PIECE: Final = 1 << 20
"""Numbers that are standardised at a time."""


def silent(_phase: str, _done: int, _total: int) -> None:
    """A `Progress` that shows nothing."""


def describe(source: DataSource, progress: Progress = silent) -> DataDescription:
    """What is understood of the user's own files. It reads all of them, and runs nothing that they contain.

    Raises:
        CancelledError: `progress` raised it.
    """
    findings = Findings(source)
    samples, problem = None, None
    try:
        samples = _read(findings, progress)
    except UserError as reason:
        problem = reason
    train = samples.train if samples is not None else None
    counts = [len(part.inputs) for part in samples.parts] if samples is not None else []
    spec = samples.spec if samples is not None else None
    shown = slice(0, MOST_EXAMPLES)
    return DataDescription(
        source=findings.source,
        form=findings.form,
        is_text=findings.is_text,
        spec=spec,
        train_count=counts[0] if counts else 0,
        test_count=counts[1] if counts else 0,
        validation_count=counts[2] if counts[2:] else 0,
        has_own_test=samples is not None and samples.has_own_test,
        classes=_class_counts(samples) if samples is not None else (),
        columns=tuple(findings.columns),
        rows=findings.rows,
        left_out=findings.left_out,
        skipped=tuple(findings.skipped),
        skipped_count=findings.skipped_count,
        notes=tuple(findings.notes),
        example_images=_example_images(train, shown) if spec is not None and spec.is_image else _no_images(),
        example_rows=tuple(findings.example_rows),
        example_labels=_example_labels(spec, train.targets[shown]) if spec is not None and train is not None else (),
        problem=problem,
    )


def load_own(request: DataRequest, _root: Path, progress: Progress) -> Dataset:
    """The data set in the user's own files.

    Raises:
        UserError: it cannot be read, or trained on.
        CancelledError: `progress` raised it.
    """
    import torch

    if request.source is None:
        raise UsageError("Your own files are chosen by their path: give the path of a file or folder.")
    findings = Findings(request.source)
    samples = _read(findings, progress)
    tensors = [torch.from_numpy(array) for part in samples.parts for array in (part.inputs, part.targets)]
    spec = samples.spec
    names = (spec.task.value, *spec.class_names, "", *spec.target_names, "", *spec.feature_names)
    digest = digest_of(names, tensors, progress)
    train, train_targets, test, test_targets, *validation = tensors
    data = Dataset(request.dataset, spec, train, train_targets, test, test_targets, digest=digest)
    data = replace(data, has_own_test=samples.has_own_test, standardisation=findings.standardisation)
    if validation:
        data = replace(data, validation_inputs=validation[0], validation_targets=validation[1])
    return data


def _read(findings: Findings, progress: Progress) -> OwnSamples:
    source = findings.source
    check_choices(source)
    samples = reader_of(Path(source.path), findings)(findings, progress)
    _check_trainable(samples, Path(source.path))
    check_meaning(source, samples.spec, findings)
    if source.standardise:
        findings.standardisation = _standardise(samples)
    findings.source = replace(findings.source, task=samples.spec.task.value)
    return samples


def _check_trainable(samples: OwnSamples, path: Path) -> None:
    for part, what in ((samples.train, "training"), (samples.test, "test")):
        if len(part.inputs) == 0:
            raise UserError("{path} has no {what} samples: add some.", path=path, what=what)
    if samples.spec.task is Task.CLASSIFICATION and len(samples.spec.class_names) < 2:
        raise UserError(
            "All samples in {path} are of one class ({name}): add samples of another one, or choose another label.",
            path=path,
            name=samples.spec.class_names[0],
        )


def _standardise(samples: OwnSamples) -> Standardisation:
    """Give each feature mean 0 and standard deviation 1, as measured on the training samples, in place."""
    train = samples.train.inputs
    mean = sum(rows.sum(axis=0, dtype=np.float64) for rows in _pieces(train)) / len(train)
    squares = sum(np.square(rows - mean).sum(axis=0) for rows in _pieces(train))
    deviation = np.sqrt(squares / len(train))
    deviation[deviation == 0] = 1.0  # a feature with one value becomes 0
    for part in samples.parts:
        for rows in _pieces(part.inputs):
            rows[...] = (rows - mean) / deviation
    return Standardisation(tuple(np.asarray(mean).tolist()), tuple(deviation.tolist()))


def _pieces(rows: np.ndarray) -> Iterator[np.ndarray]:
    """The rows, some at a time: as float64 all of them would take twice the memory."""
    step = max(1, PIECE // rows.shape[1])
    return (rows[start : start + step] for start in range(0, len(rows), step))


def _class_counts(samples: OwnSamples) -> tuple[ClassCount, ...]:
    names = samples.spec.class_names
    if not names:
        return ()
    counts = [np.bincount(part.targets, minlength=len(names)).tolist() for part in samples.parts]
    return tuple(ClassCount(name, *(count[label] for count in counts)) for label, name in enumerate(names))


def _example_images(train: Part | None, shown: slice) -> np.ndarray:
    if train is None:
        return _no_images()
    images = np.array(train.inputs[shown])
    return images if images.dtype == np.uint8 else np.round(images * 255).astype(np.uint8)


def _no_images() -> np.ndarray:
    return np.zeros((0, 1, 1, 1), np.uint8)


def _example_labels(spec: DataSpec, targets: np.ndarray) -> tuple[str, ...]:
    if spec.task is Task.CLASSIFICATION:
        return tuple(spec.class_names[label] for label in targets.tolist())
    return tuple(", ".join(f"{number:g}" for number in row if math.isfinite(number)) for row in targets.tolist())
