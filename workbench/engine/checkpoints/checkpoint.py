"""Checkpoint: the full state of a run in a file, from which training continues bit for bit as if never interrupted.

A checkpoint may be a stranger's: no code in it is run, and every value is checked before it is used.
"""

from __future__ import annotations

import pickle
import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import torch

from workbench.engine.checkpoints.snapshot import Position, Snapshot
from workbench.engine.config.hyperparameters import hyperparameter
from workbench.engine.errors import UsageError, UserError
from workbench.engine.files.safe_files import code_asked_for, read_whole, write_whole
from workbench.engine.files.sealed_archive import NotSealedError, pack, unpack
from workbench.engine.history.history import History
from workbench.engine.history.records import Change, EpochStart, Evaluation, Incident, RunIdentity, ScheduledChange
from workbench.engine.history.validation import check_history, reader, structure
from workbench.engine.models.registry import MODELS
from workbench.engine.optim.optimizers import OPTIMIZERS
from workbench.engine.recipe import Recipe

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    from torch import Tensor

SUFFIX: Final = ".ckpt"
"""The suggested suffix; any other works, too."""
FORMAT: Final = "workbench checkpoint"
SNAPSHOT_FORMAT: Final = "workbench snapshot"
VERSION: Final = 1
"""Of both formats."""
MOST_BYTES: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Everything that a run needs to continue, with its history.

    Attributes:
        recipe: the settings of the run, with the data set that was really used.
        run: which run it is.
        history: its series and records, up to the step of the snapshot.
        snapshot: the state reached.
        pending: scheduled changes that are not applied yet.
        environment: versions and device with which it was trained, as `environment` returns them.
    """

    recipe: Recipe
    run: RunIdentity
    history: History
    snapshot: Snapshot
    pending: tuple[ScheduledChange, ...]
    environment: Mapping[str, str]


def save_checkpoint(checkpoint: Checkpoint, path: Path) -> None:
    """Write `checkpoint` to `path`, whole or not at all.

    Raises:
        UserError: the file cannot be written; an older one there is untouched.
    """
    content = {
        "format": FORMAT,
        "version": VERSION,
        "recipe": checkpoint.recipe.to_json(),
        "run": asdict(checkpoint.run),
        "history": _history_content(checkpoint.history),
        "snapshot": _snapshot_content(checkpoint.snapshot),
        "pending": [asdict(change) for change in checkpoint.pending],
        "environment": dict(checkpoint.environment),
    }
    write_whole(pack(content), path)


def load_checkpoint(path: Path) -> Checkpoint:
    """The checkpoint in a file, checked to be complete and consistent.

    Raises:
        UserError: the file is missing, unreadable, too big, damaged, not a checkpoint, or of a newer version; it asks
            to run code, or holds a run that this program does not know.
    """
    content = read_whole(path, MOST_BYTES)
    try:
        return _checkpoint(_opened(unpack(content), FORMAT))
    except NotSealedError:
        raise UserError(
            "{path} is not a checkpoint, or is damaged: choose a file that was saved as a checkpoint.", path=path
        ) from None
    except _NewerError as error:
        raise UserError(
            "{path} was written by a newer version of this program (format {found}, known here: {known}): open it with "
            "that version.",
            path=path,
            found=error.version,
            known=VERSION,
        ) from None
    except pickle.UnpicklingError as error:
        code = code_asked_for(error)
        if code is None:
            raise _damaged(path) from error
        raise UserError(
            "{path} asks to run code ({code}) and was not opened: choose a checkpoint that this program wrote.",
            path=path,
            code=code,
        ) from error
    except UsageError as problem:
        raise UserError(
            "{path} holds a run that this program cannot train ({reason}): open it with the version that wrote it.",
            path=path,
            reason=str(problem).rstrip("."),
        ) from problem
    except _MisfitError as error:
        raise UserError(
            "{path} holds a state that does not fit its own network ({what}): choose another checkpoint.",
            path=path,
            what=str(error),
        ) from None
    except Exception as error:  # damage and strangers' files make parsers raise nearly any exception
        raise _damaged(path) from error


def snapshot_to_bytes(snapshot: Snapshot) -> bytes:
    """`snapshot` as a sealed archive."""
    return pack({"format": SNAPSHOT_FORMAT, "version": VERSION, "snapshot": _snapshot_content(snapshot)})


def snapshot_from_bytes(content: bytes) -> Snapshot:
    """The snapshot in a sealed archive that `snapshot_to_bytes` made.

    Raises:
        UserError: the archive is damaged, or not of a snapshot.
    """
    try:
        return _snapshot(_opened(unpack(content), SNAPSHOT_FORMAT)["snapshot"])
    except Exception as error:
        raise UserError("A snapshot of this run is damaged: go to another step, or train the run again.") from error


def fitted(snapshot: Snapshot, recipe: Recipe) -> Snapshot:
    """`snapshot`, checked against `recipe`; hyperparameters that it lacks, since it is older, get the recipe's values.

    Raises:
        UserError: its values, weights or optimizer state do not fit the network and the optimizer of `recipe`.
    """
    try:
        return _fitted(snapshot, recipe)
    except _MisfitError as error:
        raise UserError(
            "A snapshot of this run does not fit its network ({what}): go to another step, or train the run again.",
            what=str(error),
        ) from None


class _NewerError(ValueError):
    """Written by a newer version of this program."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


class _MisfitError(ValueError):
    """The state does not fit this network and optimizer; the text names the part."""


def _damaged(path: Path) -> UserError:
    return UserError("{path} is damaged: choose another checkpoint, or save it again.", path=path)


# Conversion between objects and the content of the file


def _history_content(history: History) -> dict[str, Any]:
    length = len(history)
    return {
        "loss": _as_tensor(history.loss.values(0, length)),
        "accuracy": _as_tensor(history.accuracy.values(0, length)),
        "evaluations": [asdict(evaluation) for evaluation in history.evaluations],
        "epoch_starts": [asdict(start) for start in history.epoch_starts],
        "changes": [asdict(change) for change in history.changes],
        "incidents": [asdict(incident) for incident in history.incidents],
    }


def _snapshot_content(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "position": asdict(snapshot.position),
        "values": dict(snapshot.values),
        "weights": dict(snapshot.weights),
        "optimizer": dict(snapshot.optimizer),
        "random_state": snapshot.random_state,
        "device_random_state": snapshot.device_random_state,
    }


def _as_tensor(values: np.ndarray) -> Tensor:
    return torch.from_numpy(values.copy())


def _opened(content: Any, name: str) -> dict[str, Any]:
    """The content of an archive, checked to have this format and a known version."""
    if not isinstance(content, dict) or content.get("format") != name:
        raise NotSealedError
    version = reader(int)(content["version"])
    if version > VERSION:
        raise _NewerError(version)
    return content


def _checkpoint(content: dict[str, Any]) -> Checkpoint:
    recipe = Recipe.from_json(reader(str)(content["recipe"]))
    snapshot = _fitted(_snapshot(content["snapshot"]), recipe)
    history = _history(content["history"])
    run = structure(RunIdentity, content["run"])
    # The id becomes part of file names.
    if not all(re.fullmatch("[0-9a-f]{16}", name) for name in (run.id, run.parent or run.id)):
        raise ValueError(run)
    if len(history) != snapshot.step:
        raise ValueError(len(history))
    return Checkpoint(
        recipe,
        run,
        history,
        snapshot,
        tuple(_pending(row, recipe) for row in content["pending"]),
        {reader(str)(key): reader(str)(value) for key, value in content["environment"].items()},
    )


def _snapshot(content: dict[str, Any]) -> Snapshot:
    position = structure(Position, content["position"])
    if not 0 <= position.tested <= position.epoch or not 0 <= position.correct <= position.sample:
        raise ValueError(position)
    random_state = reader(torch.Tensor)(content["random_state"])
    torch.Generator().set_state(random_state)
    device_random_state = content["device_random_state"]
    if device_random_state is not None and reader(torch.Tensor)(device_random_state).dtype is not torch.uint8:
        raise ValueError(device_random_state)
    return Snapshot(
        position,
        dict(content["values"]),
        {reader(str)(key): reader(torch.Tensor)(tensor) for key, tensor in content["weights"].items()},
        dict(content["optimizer"]),
        random_state,
        device_random_state,
    )


def _history(content: dict[str, Any]) -> History:
    history = History()
    for series, name in ((history.loss, "loss"), (history.accuracy, "accuracy")):
        tensor = reader(torch.Tensor)(content[name])
        if tensor.dtype is not torch.float32 or tensor.ndim != 1:
            raise ValueError(tensor)
        series.extend(tensor.numpy())
    history.evaluations += [structure(Evaluation, row) for row in content["evaluations"]]
    history.epoch_starts += [structure(EpochStart, row) for row in content["epoch_starts"]]
    history.changes += [structure(Change, row) for row in content["changes"]]
    history.incidents += [structure(Incident, row) for row in content["incidents"]]
    check_history(history)
    return history


def _pending(row: Any, recipe: Recipe) -> ScheduledChange:
    change = structure(ScheduledChange, row)
    if change.name not in recipe.values:
        raise ValueError(change)
    return replace(change, value=hyperparameter(change.name).checked(change.value))


# Whether a snapshot fits its recipe


def _fitted(snapshot: Snapshot, recipe: Recipe) -> Snapshot:
    unknown = snapshot.values.keys() - recipe.values.keys()
    if unknown:
        raise _MisfitError(", ".join(sorted(unknown)[:3]))
    # The recipe's constructor raises where a value is out of range.
    values = dict(replace(recipe, values={**recipe.values, **snapshot.values}).values)
    # On the meta device nothing is allocated and, above all, nothing is drawn from the caller's random state.
    with torch.device("meta"):
        model = MODELS[recipe.model].build()
    expected = model.state_dict()
    if snapshot.weights.keys() != expected.keys():
        raise _MisfitError(", ".join(sorted(snapshot.weights.keys() ^ expected.keys())[:3]))
    for key, tensor in expected.items():
        _check_like(key, snapshot.weights[key], tensor)
    parameters = list(model.named_parameters())
    optimizer = OPTIMIZERS[recipe.optimizer].create((parameter for _, parameter in parameters), values)
    _check_groups(snapshot.optimizer["param_groups"], optimizer.state_dict()["param_groups"])
    for index, entries in snapshot.optimizer["state"].items():
        name, parameter = parameters[index]
        for key, entry in entries.items():
            # The count of steps is a number; some torch versions keep None where there is no momentum.
            if entry is not None and not (isinstance(entry, torch.Tensor) and entry.ndim == 0):
                _check_like(f"{key} of {name}", entry, parameter)
    return replace(snapshot, values=values)


def _check_like(name: str, found: Any, expected: Tensor) -> None:
    if not isinstance(found, torch.Tensor) or found.layout is not torch.strided:
        raise _MisfitError(name)
    if found.shape != expected.shape:
        raise _MisfitError(f"{name} has the shape {tuple(found.shape)}, here it is {tuple(expected.shape)}")
    if found.dtype != expected.dtype:
        raise _MisfitError(f"{name} is {found.dtype}, here it is {expected.dtype}")


def _check_groups(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    """Raise unless an optimizer with the groups `expected` can continue with `found`."""
    if [group["params"] for group in found] != [group["params"] for group in expected]:
        raise _MisfitError("the optimizer's parameters")
    for mine, theirs in zip(expected, found, strict=True):
        for name, value in mine.items():
            found_value = theirs.get(name, value)  # torch itself fills in entries that a newer version has added
            if name == "lr":  # a schedule multiplies it
                found_value = value if isinstance(found_value, int | float) else None
            if found_value != value:
                raise _MisfitError(f"the optimizer's {name}")
