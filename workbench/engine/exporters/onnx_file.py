"""ONNX: the network of a run for other programs, in one file, compared with the network before the file is kept."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch

from workbench.engine.config.tasks import Task
from workbench.engine.errors import CancelledError, UserError
from workbench.engine.exporters.metadata import metadata_of
from workbench.engine.exporters.networks import (
    batches,
    cause_of,
    example_input,
    network_of,
    outputs_of,
    samples_for,
    tracing,
)
from workbench.engine.files.safe_files import check_writable, read_whole, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor, nn

    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.networks import Samples
    from workbench.engine.exporters.run_record import RunRecord

MOST_BYTES: Final = (1 << 31) - 1
"""Of a file without external data: a protobuf message cannot be larger."""
TOLERANCE: Final = 1e-3
"""How far the outputs may differ, as a share of the largest output. onnxruntime adds in another order than torch: in
trained networks the difference was 1e-7 to 1e-5."""
TRANSLATING: Final = "Translating the network"
_REFUSAL: Final = (
    "The network cannot be translated to ONNX ({reason}): let its forward take any number of samples, without an if on "
    "the values of a tensor."
)
"""For translation in the context `Problems`."""


def write_onnx(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    """Translate the network, compare it with the original, write it to `path` and read it again.

    Raises:
        UserError: the weights are not kept, the network cannot be translated or comes out another one, or the file
            cannot be written.
        CancelledError: the user cancelled.
    """
    import onnx

    check_writable(path)
    model = network_of(record)
    context.progress(TRANSLATING, 0, 1)
    proto = _translated(model, record)
    context.progress(TRANSLATING, 1, 1)
    _strip(proto)
    for key, text in metadata_of(record, context).items():
        entry = proto.metadata_props.add()
        entry.key, entry.value = key, text
    proto.producer_name = "training-workbench"
    if proto.ByteSize() > MOST_BYTES:
        raise UserError("The network is larger than 2 GB, which one ONNX file cannot hold: save it as safetensors.")
    content = proto.SerializeToString(deterministic=True)
    try:
        onnx.checker.check_model(proto)
        checked = _compared(content, model, record, context)
    except (UserError, CancelledError, MemoryError):
        raise
    except Exception as error:  # the checker and onnxruntime raise types of their own
        raise UserError(
            "ONNX cannot hold this network ({reason}), so no file was written: save it as safetensors or .pt2.",
            reason=cause_of(error),
        ) from error
    write_whole(content, path)
    again = read_whole(path, MOST_BYTES)
    if again != content:
        raise UserError("{path} does not hold what was written: try another disk.", path=path)
    return checked


def input_name(record: RunRecord) -> str:
    """The name of the network's input in the file."""
    return "image" if record.recipe.spec.is_image else "input"


def output_name(record: RunRecord) -> str:
    """The name of the network's output in the file."""
    return "logits" if record.recipe.task is Task.CLASSIFICATION else "output"


def _translated(model: nn.Module, record: RunRecord) -> Any:
    """The network as an ONNX model, with any number of samples."""
    with tracing(record, _REFUSAL):
        program = torch.onnx.export(
            model,
            (example_input(record.recipe.spec),),
            dynamo=True,
            verbose=False,
            external_data=False,
            input_names=[input_name(record)],
            output_names=[output_name(record)],
            dynamic_shapes=({0: "batch"},),
        )
    assert program is not None
    return program.model_proto


def _strip(message: Any) -> None:
    """Remove notes of the translation everywhere in a message: they hold paths and lines of source files."""
    for field, value in list(message.ListFields()):
        if field.name in ("metadata_props", "doc_string"):
            message.ClearField(field.name)
        elif field.message_type is not None:
            for each in value if hasattr(value, "__len__") else (value,):
                _strip(each)


def _compared(content: bytes, model: nn.Module, record: RunRecord, context: ExportContext) -> UserError:
    """Compare the outputs of onnxruntime with those of torch; returns what was found.

    Raises:
        UserError: they differ by more than rounding.
    """
    if importlib.util.find_spec("onnxruntime") is None:
        return UserError(
            "{size:,} bytes; the outputs were not compared, as onnxruntime is not installed (pip install onnxruntime)",
            size=len(content),
        )
    samples = samples_for(record, context)
    expected = outputs_of(model, record, samples.inputs, context)
    found = _outputs_of_onnx(content, record, samples.inputs, context)
    largest = float((found - expected).abs().max())
    if not largest <= TOLERANCE * max(1.0, float(expected.abs().max())):
        raise UserError(
            "The translated network gives other outputs (by up to {largest:.2g}), so no file was written: a network "
            "that draws random numbers while it is tested cannot be translated.",
            largest=largest,
        )
    return _finding(samples, expected, found, record)


def _finding(samples: Samples, expected: Tensor, found: Tensor, record: RunRecord) -> UserError:
    largest = float((found - expected).abs().max())
    if record.recipe.task is Task.REGRESSION:
        return UserError(
            "compared on {samples}: largest difference {largest:.2g}", samples=samples.words, largest=largest
        )
    other = int((found.argmax(1) != expected.argmax(1)).sum())
    if other:
        # Only where two outputs are equal but for rounding.
        return UserError(
            "compared on {samples}: {other} between two equal classes come out as the other one, largest difference "
            "{largest:.2g}",
            samples=samples.words,
            other=other,
            largest=largest,
        )
    return UserError(
        "compared on {samples}: the same class for each, largest difference {largest:.2g}",
        samples=samples.words,
        largest=largest,
    )


def _outputs_of_onnx(content: bytes, record: RunRecord, samples: Tensor, context: ExportContext) -> Tensor:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = torch.get_num_threads()
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    parts = [
        session.run(None, {input_name(record): batch.numpy()})[0]
        for batch in batches(samples, context, "Comparing the outputs")
    ]
    return torch.from_numpy(np.concatenate(parts))
