"""The weights of a run alone: a plain state dict, or safetensors with what is known of the run."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Final

import safetensors.torch
import torch

from workbench.engine.errors import UserError
from workbench.engine.exporters.metadata import metadata_of
from workbench.engine.exporters.run_record import no_weights
from workbench.engine.files.safe_files import read_whole
from workbench.engine.models.weights import KEYS_ENTRY, SAFETENSORS, save_weights, weights_sha256

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.run_record import RunRecord
    from workbench.engine.models.weights import StateDict

MOST_BYTES: Final = 1 << 40


def write_weights(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    """Write the weights to `path` in the form that its ending says, read them again and compare every bit.

    Raises:
        UserError: the weights are not kept, or the file cannot be written, or does not hold them.
        CancelledError: the user cancelled.
    """
    weights = record.weights
    if weights is None:
        raise no_weights(record)
    context.progress("Writing the weights", 0, 1)
    save_weights(weights, path, metadata_of(record, context))
    again = _read(path)
    if weights_sha256(again) != weights_sha256(weights):
        raise UserError("{path} does not hold what was written: try another disk.", path=path)
    context.progress("Writing the weights", 1, 1)
    return UserError(
        "{tensors} tensors with {numbers:,} numbers, weights sha256 {sha256}",
        tensors=len(again),
        numbers=sum(tensor.numel() for tensor in again.values()),
        sha256=weights_sha256(again),
    )


def _read(path: Path) -> StateDict:
    """The weights in the file, in their order, also where some are not finite: those of a run that diverged."""
    content = read_whole(path, MOST_BYTES)
    if path.suffix.lower() != SAFETENSORS:
        weights: StateDict = torch.load(io.BytesIO(content), weights_only=True)
        return weights
    found = safetensors.torch.load(content)
    header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
    return {key: found[key] for key in json.loads(header["__metadata__"][KEYS_ENTRY])}
