"""Checkpoint: the full state of a run in a file, from which training continues bit for bit as if never interrupted.

A checkpoint may be a stranger's: no code in it is run, and every value is checked before it is used.
"""

from __future__ import annotations

import io
import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from workbench.engine.checkpoints.earlier_versions import HABIT_VERSION, present_snapshot
from workbench.engine.checkpoints.history_content import history_content, is_too_long, read_history, recorded_bytes
from workbench.engine.checkpoints.snapshot_content import read_snapshot, snapshot_content
from workbench.engine.checkpoints.snapshot_fit import fitted_snapshot
from workbench.engine.config.hyperparameters import hyperparameter
from workbench.engine.errors import UsageError, UserError, localized
from workbench.engine.files.machine_memory import most_in_state_file
from workbench.engine.files.pickle_values import CodeError, RefusedError
from workbench.engine.files.safe_files import opened, write_whole
from workbench.engine.files.sealed_archive import NotSealedError, pack, unpack
from workbench.engine.history.records import (
    Change,
    RunIdentity,
    ScheduledChange,
)
from workbench.engine.history.validation import reader, structure
from workbench.engine.optim.optimizer_state import MisfitError, check_finite
from workbench.engine.recipe import Recipe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from workbench.engine.checkpoints.snapshot import Snapshot
    from workbench.engine.history.history import History

SUFFIX: Final = ".ckpt"
"""The suggested suffix; any other works, too."""
FORMAT: Final = "workbench checkpoint"
SNAPSHOT_FORMAT: Final = "workbench snapshot"
VERSION: Final = 6
"""Of checkpoints. Since 2, the records of a history are columns of numbers, of which torch reads millions at once.
Since 3, accuracy is one of several metrics. Since 4, evaluations may have a validation.
Since 5, weights and optimizer state are at the top, with epoch and loss, under the names of PyTorch's documentation.
Since 6, changes and incidents say who asked for them, when, with which note, and refused changes are there."""
SNAPSHOT_VERSION: Final = 2
"""Of snapshots: since 2, the number of correct predictions is one of several sums."""
MOST_CHANGES: Final = 15_000
"""Of a history, in a file, with those that were refused: each takes 13 of the instructions that `pickle_check` counts,
and 2 for a note."""


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
        UserError: the file cannot be written, or could not be read again; an older one there is untouched.
    """
    history = history_content(checkpoint.history)
    changes = len(checkpoint.history.changes) + len(checkpoint.history.refusals) + len(checkpoint.pending)
    if is_too_long(history) or changes > MOST_CHANGES:
        raise UserError(
            "The run is too long for a checkpoint ({steps:,} steps, {changes:,} changes), so {path} was not written: "
            "save its weights instead; the run itself stays among the kept runs.",
            steps=checkpoint.snapshot.step,
            changes=len(checkpoint.history.changes),
            path=path,
        )
    if (size := recorded_bytes(history) + checkpoint.snapshot.nbytes) > (most := most_in_state_file()):
        raise UserError(
            "The state of this run takes {size:,} MiB, and a checkpoint has at most {most:,} MiB on this machine, so "
            "{path} was not written: save its weights instead; the run itself stays among the kept runs.",
            size=size >> 20,
            most=most >> 20,
            path=path,
        )
    snapshot = snapshot_content(checkpoint.snapshot)
    content = {
        "format": FORMAT,
        "version": VERSION,
        # What a plain script reads that goes on from here, as in PyTorch's documentation.
        "epoch": checkpoint.snapshot.position.epoch,
        "loss": _last_loss(checkpoint.history),
        "model_state_dict": snapshot.pop("weights"),
        "optimizer_state_dict": snapshot.pop("optimizer"),
        "recipe": checkpoint.recipe.to_json(),
        "run": asdict(checkpoint.run),
        "history": history,
        "snapshot": snapshot,
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
    try:
        with opened(path, most_in_state_file()) as file:
            return _checkpoint(_unsealed(unpack(file), FORMAT, VERSION))
    except NotSealedError:
        raise UserError(
            "{path} is not a checkpoint of this program, or is damaged: choose another one, or open weights of another "
            "program with Test weights.",
            path=path,
        ) from None
    except _NewerError as error:
        raise UserError(
            "{path} was written by a newer version of this program (format {found}, known here: {known}): open it with "
            "that version.",
            path=path,
            found=error.version,
            known=VERSION,
        ) from None
    except CodeError as error:
        raise UserError(
            "{path} asks to run code ({code}) and was not opened: choose a checkpoint that this program wrote.",
            path=path,
            code=error.code,
        ) from error
    except RefusedError as error:
        raise UserError(
            "{path} was not opened ({reason}): choose a checkpoint that this program wrote.",
            path=path,
            reason=error,
        ) from error
    except UsageError as problem:
        raise UserError(
            "{path} holds a run that this program cannot train ({reason}): open it with the version that wrote it.",
            path=path,
            reason=localized(problem).rstrip("."),
        ) from problem
    except MisfitError as error:
        raise UserError(
            "{path} holds a state that does not fit its own network ({what}): choose another checkpoint.",
            path=path,
            what=str(error),
        ) from None
    except UserError:
        raise
    except Exception as error:  # damage and strangers' files make parsers raise nearly any exception
        raise _damaged(path) from error


def snapshot_to_bytes(snapshot: Snapshot) -> bytes:
    """`snapshot` as a sealed archive."""
    return pack({"format": SNAPSHOT_FORMAT, "version": SNAPSHOT_VERSION, "snapshot": snapshot_content(snapshot)})


def snapshot_from_bytes(content: bytes) -> Snapshot:
    """The snapshot in a sealed archive that `snapshot_to_bytes` made.

    Raises:
        UserError: the archive is damaged, or not of a snapshot.
    """
    try:
        return read_snapshot(_unsealed(unpack(io.BytesIO(content)), SNAPSHOT_FORMAT, SNAPSHOT_VERSION)["snapshot"])
    except Exception as error:
        raise UserError("A snapshot of this run is damaged: go to another step, or train the run again.") from error


def fitted(snapshot: Snapshot, recipe: Recipe, changes: Iterable[Change] = ()) -> Snapshot:
    """`snapshot`, checked against `recipe`; hyperparameters that it lacks, since it is older, get the recipe's values.

    Args:
        snapshot: the state of a run.
        recipe: what the run trains.
        changes: those of the run, which say whether momentum was on.

    Raises:
        UserError: its values, weights or optimizer state do not fit the network and the optimizer of `recipe`.
    """
    try:
        return fitted_snapshot(snapshot, recipe, changes)
    except MisfitError as error:
        raise UserError(
            "A snapshot of this run does not fit its network ({what}): go to another step, or train the run again.",
            what=str(error),
        ) from None


class _NewerError(ValueError):
    """Written by a newer version of this program."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


def _damaged(path: Path) -> UserError:
    return UserError("{path} is damaged: choose another checkpoint, or save it again.", path=path)


def _unsealed(content: Any, name: str, known: int) -> dict[str, Any]:
    """The content of an archive, checked to have this format and a known version."""
    if not isinstance(content, dict) or content.get("format") != name:
        raise NotSealedError
    version = reader(int)(content["version"])
    if version > known:
        raise _NewerError(version)
    return content


def _checkpoint(content: dict[str, Any]) -> Checkpoint:
    recipe = Recipe.from_json(reader(str)(content["recipe"]))
    history = read_history(content["history"], recipe.task.metric.maximum)
    snapshot = read_snapshot(present_snapshot(content))
    if len(history) != snapshot.step:
        raise ValueError(len(history))
    if content["version"] >= HABIT_VERSION:
        loss = reader(float | None)(content["loss"])
        # As texts: NaN is not equal to itself.
        if (reader(int)(content["epoch"]), str(loss)) != (snapshot.position.epoch, str(_last_loss(history))):
            raise ValueError("epoch or loss are not those of the history")
    snapshot = fitted_snapshot(snapshot, recipe, history.changes)
    if recipe.network is None:  # a network of the user's own may have a buffer that is infinite on purpose
        for key, tensor in snapshot.weights.items():
            check_finite(key, tensor)
    run = structure(RunIdentity, content["run"])
    # The id becomes part of file names.
    if not all(re.fullmatch("[0-9a-f]{16}", name) for name in (run.id, run.parent or run.id)):
        raise ValueError(run)
    return Checkpoint(
        recipe,
        run,
        history,
        snapshot,
        tuple(_pending(row, recipe) for row in content["pending"]),
        {reader(str)(key): reader(str)(value) for key, value in content["environment"].items()},
    )


def _pending(row: Any, recipe: Recipe) -> ScheduledChange:
    change = structure(ScheduledChange, row)
    if change.name not in recipe.values:
        raise ValueError(change)
    return replace(change, value=hyperparameter(change.name).checked(change.value))


def _last_loss(history: History) -> float | None:
    """The loss of the last batch; None before the first."""
    length = len(history)
    return float(history.loss.values(length - 1, length)[0]) if length else None
