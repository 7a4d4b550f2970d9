"""RunRecord: everything that is known of a run, wherever it was kept."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import UserError
from workbench.engine.paths import expanded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.engine.checkpoints.checkpoint import Checkpoint
    from workbench.engine.checkpoints.snapshot import Snapshot
    from workbench.engine.history.history import History
    from workbench.engine.history.records import RunIdentity
    from workbench.engine.models.weights import StateDict
    from workbench.engine.recipe import Recipe

RUN_SUFFIX: Final = ".run"
_FIRST_BYTES: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class RunRecord:
    """A run up to its last step.

    Attributes:
        recipe: what it trained.
        run: which run it is, and where it comes from.
        history: its losses, metrics, evaluations and changes, from step 0 on.
        environment: the versions and the hardware that trained it, as `environment` returns them.
        weights: after its last step, on the CPU; None where they are not kept.
        weights_sha256: of them; None where it is not known.
        name: for people: the name that the user gave it, or what it was read from.
    """

    recipe: Recipe
    run: RunIdentity
    history: History
    environment: Mapping[str, str]
    weights: StateDict | None = None
    weights_sha256: str | None = None
    name: str = ""

    @property
    def steps(self) -> int:
        """The updates that were made."""
        return len(self.history)


def find_record(text: str, store: Path) -> RunRecord:
    """The run that the user names.

    Args:
        text: the path of a run file or of a checkpoint; or a run of the store: its number, its id or the first digits
            of it. A number is always that of a run, even beside a file with this name: `./12` is the file.
        store: the folder of the store.

    Raises:
        UserError: there is no such run, or it cannot be read.
    """
    if not text.isdigit():
        path = expanded(Path(text))
        if "/" in text or path.suffix or path.exists():
            return record_of_file(path)
    return record_of_store(store, text)


def record_of_file(path: Path) -> RunRecord:
    """The run in a run file, or in a checkpoint.

    Raises:
        UserError: the file is neither, or cannot be read.
    """
    from workbench.engine.exporters.run_file import is_run_file, load_run_file

    if is_run_file(path) or path.suffix.lower() == RUN_SUFFIX:
        return load_run_file(path)
    from workbench.engine.checkpoints.checkpoint import load_checkpoint

    return record_of_checkpoint(load_checkpoint(path), path.stem)


def record_of_checkpoint(checkpoint: Checkpoint, name: str) -> RunRecord:
    """The run in a checkpoint, up to its step."""
    return _with_weights(
        checkpoint.recipe, checkpoint.run, checkpoint.history, checkpoint.environment, checkpoint.snapshot, name
    )


def record_of_store(folder: Path, text: str) -> RunRecord:
    """A run of the store in `folder`, by its number, its id or the first digits of it.

    Raises:
        UserError: there is none, or it cannot be read.
    """
    from workbench.engine.checkpoints.checkpoint import fitted, snapshot_from_bytes
    from workbench.engine.store.run_store import RunStore
    from workbench.engine.store.run_summary import cannot_be_read

    with closing(RunStore(folder)) as store:
        summary = store.find(text)
        if summary.problem is not None:
            raise cannot_be_read(summary.number, summary.problem)
        run = summary.identity.id
        history = store.history(run)
        kept = store.load_snapshot(run, len(history)) if len(history) in store.snapshot_steps(run) else None
    snapshot = None if kept is None else fitted(snapshot_from_bytes(kept), summary.recipe, history.changes)
    name = summary.name or f"run-{summary.number}"
    return _with_weights(summary.recipe, summary.identity, history, summary.environment, snapshot, name)


def _with_weights(
    recipe: Recipe,
    run: RunIdentity,
    history: History,
    environment: Mapping[str, str],
    snapshot: Snapshot | None,
    name: str,
) -> RunRecord:
    from workbench.engine.models.weights import weights_sha256

    if snapshot is None or snapshot.step != len(history):
        return RunRecord(recipe, run, history, environment, name=name)
    weights = {key: tensor.cpu() for key, tensor in snapshot.weights.items()}
    return RunRecord(recipe, run, history, environment, weights, weights_sha256(weights), name)


def no_weights(record: RunRecord) -> UserError:
    """The sentence for something that needs the weights of a run whose last ones are not kept."""
    return UserError(
        "The weights of {name} after its last step are not kept: open the run and train one step more, or export a "
        "checkpoint of it.",
        name=record.name or record.run.id,
    )
