"""Arrays of NumPy: `.npz` as Keras keeps data sets (`x_train y_train x_test y_test`), and `.npy` files in a folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.large_arrays import allocated
from workbench.engine.data.own_files.array_files import array_in_file, arrays_in_archive
from workbench.engine.data.own_files.array_values import inputs_of
from workbench.engine.data.own_files.samples import OwnSamples, Part
from workbench.engine.data.own_files.split import held_out
from workbench.engine.data.own_files.targets import classes_of, task_of
from workbench.engine.errors import UsageError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbench.engine.data.dataset import Progress
    from workbench.engine.data.own_files.array_files import Arrays
    from workbench.engine.data.own_files.description import Findings

WITH_TEST: Final = (
    ("x_train", "y_train", "x_test", "y_test"),
    ("train_x", "train_y", "test_x", "test_y"),
    ("train_images", "train_labels", "test_images", "test_labels"),
    ("train_data", "train_labels", "test_data", "test_labels"),
    ("x_train", "y_train", "x_val", "y_val"),
    ("x_train", "y_train", "x_valid", "y_valid"),
    ("train_images", "train_labels", "val_images", "val_labels"),
)
"""Names of inputs and targets, in lower case: of the training samples, of the test samples."""
VALIDATION: Final = (
    ("x_val", "y_val"),
    ("x_valid", "y_valid"),
    ("val_x", "val_y"),
    ("val_images", "val_labels"),
    ("val_data", "val_labels"),
)
"""Names of inputs and targets for validation, in lower case, beside a test set of other names."""
WITHOUT_TEST: Final = (
    ("x_train", "y_train"),
    ("train_images", "train_labels"),
    ("x", "y"),
    ("images", "labels"),
    ("data", "labels"),
    ("data", "target"),
    ("features", "targets"),
    ("inputs", "targets"),
    ("arr_0", "arr_1"),
)
CLASS_NAMES: Final = ("class_names", "classes", "label_names", "target_names")


def group_of(names: Iterable[str]) -> tuple[str, ...] | None:
    """The names of the arrays of a data set among `names`; None where there are none.

    Inputs and targets for training, those of the test where there are any, and then those for validation.
    """
    found = {name.lower(): name for name in names}
    for group in (*WITH_TEST, *WITHOUT_TEST):
        if not all(name in found for name in group):
            continue
        if group in WITH_TEST:
            for pair in VALIDATION:
                if pair[0] not in group and all(name in found for name in pair):
                    return tuple(found[name] for name in (*group, *pair))
        return tuple(found[name] for name in group)
    return None


def read_archive(findings: Findings, progress: Progress) -> OwnSamples:
    """The data set in an `.npz` file.

    Raises:
        UserError: it is damaged, or its arrays are no data set.
    """
    path = Path(findings.source.path)
    with arrays_in_archive(path, progress) as arrays:
        if (group := group_of(arrays)) is None:
            raise UserError(
                "{path} holds the arrays {names}: call them x_train, y_train, x_test and y_test, or x and y.",
                path=path,
                names=", ".join(list(arrays)[:8]),
            )
        return _samples(arrays, group, findings)


def read_array_folder(findings: Findings, progress: Progress) -> OwnSamples:
    """The data set in the `.npy` files of a folder, or beside a file.

    Raises:
        UserError: one is damaged, or they are no data set.
    """
    path = Path(findings.source.path)
    folder = path if path.is_dir() else path.parent
    files = {file.stem: file for file in sorted(folder.glob("*.npy"))}
    arrays: Arrays = {
        name: lambda file=file: array_in_file(file, progress)  # type: ignore[misc]
        for name, file in files.items()
    }
    group = group_of(files)
    assert group is not None, "the form was found by these names"
    return _samples(arrays, group, findings)


def read_array(findings: Findings, progress: Progress) -> OwnSamples:
    """The data set in one `.npy` file: a table of numbers whose label is the last column, or the one chosen.

    Raises:
        UserError: it is damaged, or no table.
    """
    source = findings.source
    table = array_in_file(Path(source.path), progress)
    if table.ndim != 2 or table.shape[1] < 2 or table.dtype.kind not in "biuf":
        raise UserError(
            "{path} has the shape {shape} and no labels beside it: put them into a file y.npy beside x.npy, or give a "
            "table of numbers whose last column is the label.",
            path=source.path,
            shape=str(table.shape)[:40],
        )
    width = table.shape[1]
    label = width if source.label is None else _number(source.label, width)
    findings.source = replace(source, label=str(label))
    findings.has_label_column = True
    columns = [place for place in range(width) if place != label - 1]
    return _split(table[:, columns], table[:, label - 1], (f"columns beside {label}", f"column {label}"), findings)


def _number(label: str, width: int) -> int:
    if label.isdecimal() and len(label) < 10 and 1 <= int(label) <= width:
        return int(label)
    raise UsageError("There is no column {label!r}: give its number, from 1 to {width:,}.", label=label, width=width)


def _samples(arrays: Arrays, group: tuple[str, ...], findings: Findings) -> OwnSamples:
    loaded = [arrays[name]() for name in group]
    for one, other in ((0, 1), (2, 3), (4, 5))[: len(group) // 2]:
        if loaded[one].ndim == 0 or loaded[other].ndim == 0 or len(loaded[one]) != len(loaded[other]):
            raise UserError(
                "{one} in {path} has the shape {shape} and {other} {length}: give a label for each sample.",
                one=group[one],
                path=findings.source.path,
                shape=str(loaded[one].shape)[:40],
                other=group[other],
                length=str(loaded[other].shape)[:40],
            )
    lower = {name.lower(): name for name in arrays}
    names = next((arrays[lower[name]]() for name in CLASS_NAMES if name in lower), None)
    class_names = [str(name) for name in names.tolist()] if names is not None and names.ndim == 1 else []
    if len(group) == 2:
        return _split(loaded[0], loaded[1], group, findings, class_names)
    if len(group) == 6 and len(loaded[4]) == 0:
        group, loaded = group[:4], loaded[:4]
    inputs_list = inputs_of(loaded[::2], list(group[::2]), findings)
    findings.rows = sum(len(inputs) for inputs in loaded[::2])
    task, names_of, targets = _targets(loaded[1::2], group[1], findings, class_names)
    spec = _spec(task, inputs_list[0], names_of)
    train, test, *others = (Part(x, y) for x, y in zip(inputs_list, targets, strict=True))
    if task is Task.CLASSIFICATION:
        for part, name in zip((test, *others), group[3::2], strict=True):
            _check_classes(train.targets, part.targets, names_of, name, findings.source.path)
    return OwnSamples(spec, train, test, has_own_test=True, validation=others[0] if others else None)


def _split(
    inputs: np.ndarray,
    targets: np.ndarray,
    names: tuple[str, ...],
    findings: Findings,
    class_names: list[str] | None = None,
) -> OwnSamples:
    """The data set of samples of which a share is held out for the test."""
    (ready,) = inputs_of([inputs], names[:1], findings)
    task, names_of, (numbers,) = _targets([targets], names[1], findings, class_names or [])
    findings.rows = len(ready)
    if len(ready) < 2:
        raise UserError("{path} has fewer than two samples: add some.", path=findings.source.path)
    labels = numbers if task is Task.CLASSIFICATION else None
    source = findings.source
    parts = []
    for places in held_out(len(ready), source.test_share, source.split_seed, labels):
        chosen = allocated((len(places), *ready.shape[1:]), ready.dtype, held=ready.nbytes)
        np.take(ready, places, axis=0, out=chosen, mode="clip")
        parts.append(Part(chosen, numbers[places]))
    return OwnSamples(_spec(task, ready, names_of), parts[0], parts[1], has_own_test=False)


def _spec(task: Task, inputs: np.ndarray, names: tuple[str, ...]) -> DataSpec:
    if task is Task.CLASSIFICATION:
        return DataSpec(task, inputs.shape[1:], names)
    return DataSpec(task, inputs.shape[1:], (), names)


def _targets(
    arrays: list[np.ndarray], name: str, findings: Findings, class_names: list[str]
) -> tuple[Task, tuple[str, ...], list[np.ndarray]]:
    """The task, the names of the classes or numbers, and the targets of each array, as `Part` has them."""
    source = findings.source
    together = np.concatenate([array[:, 0] if array.ndim == 2 and array.shape[1] == 1 else array for array in arrays])
    stops = np.cumsum([len(array) for array in arrays])[:-1]
    if together.ndim == 2 and together.dtype.kind in "biuf" and _is_one_hot(together) and source.task != "regression":
        together = together.argmax(axis=1)
    if together.ndim == 1 and together.dtype.kind in "US":
        decoded = (
            together.astype(np.str_) if together.dtype.kind == "U" else np.char.decode(together, "utf-8", "replace")
        )
        values: np.ndarray | list[str] = decoded.tolist()
    elif together.ndim in (1, 2) and together.dtype.kind in "biuf" and together.size:
        values = together.astype(np.float64)
        if not np.isfinite(values).all() or np.abs(values).max() > 3e38:
            raise UserError(
                "{name} in {path} holds a NaN, an infinite number or one that is too large: correct it, or leave the "
                "sample out.",
                name=name,
                path=source.path,
            )
    else:
        raise UserError(
            "{name} in {path} has the shape {shape} and the type {dtype}: give a class or a number for each sample.",
            name=name,
            path=source.path,
            shape=str(together.shape)[:40],
            dtype=str(together.dtype)[:20],
        )
    task = Task.REGRESSION if together.ndim == 2 else task_of(values, source, name)
    if task is Task.CLASSIFICATION:
        names, labels = classes_of(values, source, name, class_names)
        return task, names, np.split(labels, stops)
    numbers = np.asarray(values, np.float32).reshape(len(together), -1)
    count = numbers.shape[1]
    names = (name,) if count == 1 else tuple(f"{name} {place + 1}" for place in range(count))
    return task, names, np.split(numbers, stops)


def _is_one_hot(array: np.ndarray) -> bool:
    if array.shape[1] < 2:
        return False
    return bool(((array == 0) | (array == 1)).all()) and bool((array.sum(axis=1) == 1).all())


def _check_classes(train: np.ndarray, test: np.ndarray, names: tuple[str, ...], name: str, path: str) -> None:
    """Raise where a class of the test or of the validation has no training samples."""
    unknown = np.setdiff1d(test, train)
    if unknown.size:
        raise UserError(
            "{name} in {path} has the class {label}, which no training sample has: add some, or leave it out.",
            name=name,
            path=path,
            label=names[unknown[0]],
        )
