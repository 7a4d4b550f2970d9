"""Reading weights from a file, which may come from an untrusted source.

No code in it is run, it is checked for damage before its contents are used, and only tensors that fit the model are
returned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from workbench.engine.errors import UserError
from workbench.engine.files.torch_file import kind_of
from workbench.engine.models.weight_shards import merged, shards_of
from workbench.engine.models.weights_content import WIDTHS
from workbench.engine.models.weights_search import first_of, has_keys, weights_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from torch import nn

    from workbench.engine.models.weights import StateDict


@dataclass(frozen=True, slots=True)
class Conversion:
    """How the floating-point numbers of a file were converted.

    Attributes:
        found: the kinds of number in the file, such as `float16`.
        made: the kinds of the model.
    """

    found: str
    made: str


def load_weights(path: Path, model: nn.Module) -> StateDict:
    """The weights in a file, in the form of `model`: the same keys in the same order, its shapes and types, on the CPU.

    The contents decide the format: torch's zip archive, its older pickle, or safetensors. Weights in several files are
    read from all of them. The dict whose keys fit the model is taken, also from inside a checkpoint; names that
    wrappers add to its keys are removed; floating-point numbers of another width are converted.

    Raises:
        UserError: the file is missing, unreadable, damaged, holds code, or holds no finite weights of this model.
    """
    return load_and_convert(path, model)[0]


def load_and_convert(path: Path, model: nn.Module) -> tuple[StateDict, Conversion | None]:
    """As `load_weights`; also returns how the numbers were converted, None where they are as in the file."""
    expected = model.state_dict()
    usual = sum(tensor.nbytes for tensor in expected.values())
    most = 16 * usual + (64 << 20)  # the state of an optimizer may lie beside the weights
    try:
        paths, index = shards_of(path, most)
        loaded = merged(paths, index, expected, most)
    except OSError as error:
        raise UserError(
            "{path} cannot be read ({reason}): give yourself the right to read it, or choose another file.",
            path=path,
            reason=error.strerror or str(error),
        ) from error
    found = weights_in(loaded, expected, path)
    weights = _fitting(found, expected, path)
    return weights, _conversion([(tensor.dtype, weights[key].dtype) for key, tensor in found.items()])


def _conversion(kinds: Iterable[tuple[torch.dtype, torch.dtype]]) -> Conversion | None:
    """The conversion of numbers of these pairs of kinds, the one in the file and the one of the model."""
    converted = [pair for pair in kinds if pair[0] != pair[1]]
    if not converted:
        return None
    found, made = (
        ", ".join(sorted({str(kind).removeprefix("torch.") for kind in side})) for side in zip(*converted, strict=True)
    )
    return Conversion(found, made)


# Whether it fits


def _fitting(found: dict[str, Any], expected: Mapping[str, Tensor], path: Path) -> StateDict:
    """The tensors of `found` in the order and with the types of `expected`.

    Raises:
        UserError: other values than tensors, other keys, other shapes, other kinds of numbers, or numbers that are not
            finite.
    """
    for key, value in found.items():
        # Exactly torch's own classes: the methods of others can do anything.
        if type(value) not in (Tensor, torch.nn.Parameter):
            raise UserError(
                "{path} holds more than weights ({key}, of type {kind}): save model.state_dict() alone, and load that.",
                path=path,
                key=key[:50],
                kind=kind_of(value),
            )
    if not has_keys(found, expected):
        raise _other_keys(path, found, expected)
    return {
        key: _converted(key, found[key], tensor, path) if key in found else torch.zeros_like(tensor, device="cpu")
        for key, tensor in expected.items()
    }


def _converted(key: str, found: Tensor, expected: Tensor, path: Path) -> Tensor:
    if found.dtype != expected.dtype and not {found.dtype, expected.dtype} <= WIDTHS:
        raise UserError(
            "{path} holds numbers of another kind ({key} is {found}, here it is {expected}): choose weights of this "
            "network.",
            path=path,
            key=key,
            found=kind_of(found),
            expected=kind_of(expected),
        )
    if found.shape != expected.shape:
        raise UserError(
            "{path} belongs to another network ({key} has the shape {found}, here it is {expected}): choose weights "
            "of this one.",
            path=path,
            key=key,
            found=str(tuple(found.shape)),  # a text, which is cut where it is long
            expected=str(tuple(expected.shape)),
        )
    tensor = found.detach().to(expected.dtype, copy=True, memory_format=torch.contiguous_format)
    # After the conversion: a finite number in float64 can be infinite in float32.
    if not bool(torch.isfinite(tensor).all()):
        raise UserError(
            "{path} holds numbers that are not finite (NaN or infinity, in {key}): choose weights saved before "
            "training diverged.",
            path=path,
            key=key,
        )
    return tensor


def _other_keys(path: Path, found: Mapping[str, Any], expected: Mapping[str, Tensor]) -> UserError:
    missing = first_of(key for key in expected if key not in found)
    unexpected = first_of(key for key in found if key not in expected)
    if not unexpected:
        template = "{path} belongs to another network (it lacks {missing}): choose weights of this one."
    elif not missing:
        template = "{path} belongs to another network (it has {unexpected} besides): choose weights of this one."
    else:
        template = (
            "{path} belongs to another network (it has {unexpected} in place of {missing}): choose weights of this one."
        )
    return UserError(template, path=path, missing=missing, unexpected=unexpected)
