"""`.pt2`: the network of a run as torch.export saves it: it runs in torch without the code of its class."""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from typing import TYPE_CHECKING, Any, Final

import torch

from workbench.engine.errors import UserError
from workbench.engine.exporters.metadata import PREFIX, metadata_of
from workbench.engine.exporters.networks import (
    example_input,
    network_of,
    outputs_of,
    samples_for,
    tracing,
)
from workbench.engine.files.safe_files import check_writable, read_whole, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from torch import nn

    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.run_record import RunRecord

MOST_BYTES: Final = 1 << 36
ENTRY: Final = f"{PREFIX}json"
"""The name of the file inside that says where the weights come from."""
_REFUSAL: Final = (
    "The network cannot be traced ({reason}): let its forward take any number of samples, without an if on the values "
    "of a tensor."
)
"""For translation in the context `Problems`."""
_NOTES: Final = ("stack_trace", "nn_module_stack", "source_fn_stack", "torch_fn", "from_node")
"""What torch notes at each operation about the source it came from, with paths."""


def write_pt2(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    """Trace the network, write it to `path`, load it again and compare its outputs with those of the run's network.

    Raises:
        UserError: the weights are not kept, the network cannot be traced or comes out another one, or the file cannot
            be written.
        CancelledError: the user cancelled.
    """
    check_writable(path)
    model = network_of(record)
    samples = samples_for(record, context)
    expected = outputs_of(model, record, samples.inputs, context)
    content = _traced(model, record, context)
    found = outputs_of(_loaded(content), record, samples.inputs, context)
    if not torch.equal(found, expected):
        raise UserError(
            "The traced network gives other outputs (by up to {largest:.2g}), so no file was written: save it "
            "as safetensors instead.",
            largest=float((found - expected).abs().max()),
        )
    write_whole(content, path)
    if read_whole(path, MOST_BYTES) != content:
        raise UserError("{path} does not hold what was written: try another disk.", path=path)
    places = _names_sources(content)
    if places:
        return UserError(
            "compared on {samples}: every bit of the outputs is the same; {places} of its parts still name source "
            "files",
            samples=samples.words,
            places=places,
        )
    return UserError("compared on {samples}: every bit of the outputs is the same", samples=samples.words)


def _traced(model: nn.Module, record: RunRecord, context: ExportContext) -> bytes:
    """The content of the file, for any number of samples."""
    content = io.BytesIO()
    extra = {ENTRY: json.dumps(metadata_of(record, context), ensure_ascii=False)}
    with tracing(record, _REFUSAL):
        shapes = ({0: torch.export.Dim("batch")},)
        program = torch.export.export(model, (example_input(record.recipe.spec),), dynamic_shapes=shapes)
        _strip(program.graph_module)
        torch.export.save(program, content, extra_files=extra)
    return content.getvalue()


def _strip(module: Any) -> None:
    for part in module.modules():
        for node in getattr(getattr(part, "graph", None), "nodes", ()):
            for note in _NOTES:
                node.meta.pop(note, None)


def _loaded(content: bytes) -> nn.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module: nn.Module = torch.export.load(io.BytesIO(content)).module()
    return module


def _names_sources(content: bytes) -> int:
    """How many parts of the file, but for our own, name a Python source file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".json") and not name.endswith(ENTRY)]
        return sum(b'.py\\"' in archive.read(name) or b'.py"' in archive.read(name) for name in names)
