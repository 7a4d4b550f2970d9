"""Finds the weights of a network in what a file holds: by their keys, at any depth, under the prefixes of wrappers."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from workbench.engine.errors import UserError
from workbench.engine.files.torch_file import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from torch import Tensor

WRAPPERS: Final = frozenset(("module", "_orig_mod"))
"""What DataParallel, averaged models and torch.compile add to a key, in front of it or inside."""
AVERAGED: Final = "n_averaged"
"""The count that an averaged model (torch.optim.swa_utils.AveragedModel) keeps beside its weights."""
COUNTED: Final = "num_batches_tracked"
"""The count of batches of a BatchNorm, which torch before 0.4.1 did not keep; torch itself takes 0 for it."""
NESTED: Final = ("state_dict", "model_state_dict", "model", "net", "network", "module", "weights")
"""The names under which checkpoints commonly keep the weights, where several dicts in a file fit the network."""
MOST_NESTED: Final = 3
MOST_PREFIXES: Final = 16
"""Prefixes that are tried on a dict of several modules, so that a stranger's file does not take long."""


def weights_in(loaded: object, expected: Mapping[str, Tensor], path: Path) -> dict[str, Any]:
    """The dict in `loaded` whose keys fit, under the keys of `expected`; if none fits, the likeliest one.

    Where no dict fits as a whole, the part of one fits whose keys have one prefix, as in a checkpoint of Lightning
    whose loss has weights, too.

    Raises:
        UserError: there is no dict, or several fit.
    """
    dicts = _dicts_in(loaded)
    if not dicts:
        raise UserError(
            "{path} holds no weights but a {kind}: save model.state_dict(), and load that.",
            path=path,
            kind=kind_of(loaded),
        )
    renamed = [(name, _unwrapped(found, expected)) for name, found in dicts]
    fitting = [(name, found) for name, found in renamed if has_keys(found, expected)]
    if not fitting:
        fitting = [part for _, found in dicts for part in _parts_of(found, expected)]
    usual = [(name, found) for name, found in fitting or renamed if name in NESTED]
    if len(fitting) > 1 and len(usual) != 1:
        raise UserError(
            "{path} holds several sets of weights ({names}): save one of them alone, and load that.",
            path=path,
            names=first_of(name for name, _ in fitting),
        )
    if len(usual) == 1:
        return usual[0][1]
    return (fitting or renamed)[0][1]


def has_keys(found: Mapping[str, Any], expected: Mapping[str, Tensor]) -> bool:
    """Whether `found` has the keys of `expected`; counts of batches may be missing."""
    return found.keys() <= expected.keys() and all(
        key.rpartition(".")[2] == COUNTED for key in expected.keys() - found.keys()
    )


def first_of(keys: Iterator[str]) -> str:
    """Up to three of the keys, cut short: a file may hold many long ones."""
    first = [key[:30] for key in islice(keys, 4)]
    return ", ".join([*first[:3], *["…"] * (len(first) > 3)])


def _dicts_in(loaded: object) -> list[tuple[str, dict[str, Any]]]:
    """`loaded` and the dicts in it whose keys are texts, each once and with its name; outer ones first."""
    level, found, seen = [("", loaded)], [], set()
    for _ in range(MOST_NESTED):
        inner: list[tuple[str, object]] = []
        for name, each in level:
            if not isinstance(each, dict) or id(each) in seen or not all(isinstance(key, str) for key in each):
                continue
            seen.add(id(each))
            found.append((name, each))
            inner += each.items()
        level = inner
    return found


# The names of wrappers, and prefixes


def _unwrapped(found: dict[str, Any], expected: Mapping[str, Tensor]) -> dict[str, Any]:
    """`found` under the keys of `expected`, as far as they differ in the names of wrappers or in one prefix only."""
    if found.keys() == expected.keys():
        return found
    keys = {_without_wrappers(key): key for key in expected}
    kept = {key: value for key, value in found.items() if key != AVERAGED or key in expected}
    bare = {_without_wrappers(key): value for key, value in kept.items()}
    if len(keys) < len(expected) or len(bare) < len(kept):
        return found
    prefix = next(_prefixes(bare, keys), "")
    if not all(key.startswith(prefix) for key in bare):
        prefix = ""
    return {keys.get(key.removeprefix(prefix), key): value for key, value in bare.items()}


def _parts_of(found: dict[str, Any], expected: Mapping[str, Tensor]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The parts of a dict of several modules that fit: for each the last name of its prefix, and its entries."""
    keys = {_without_wrappers(key): key for key in expected}
    bare = {_without_wrappers(key): value for key, value in found.items() if not key.endswith(f".{AVERAGED}")}
    if len(keys) < len(expected):
        return
    for prefix in islice(_prefixes(bare, keys), MOST_PREFIXES):
        part = {key.removeprefix(prefix): value for key, value in bare.items() if key.startswith(prefix)}
        if part.keys() <= keys.keys() and has_keys(part := {keys[key]: part[key] for key in part}, expected):
            yield prefix.split(".")[-2], part


def _without_wrappers(key: str) -> str:
    return ".".join(part for part in key.split(".") if part not in WRAPPERS)


def _prefixes(keys: Iterable[str], expected: Iterable[str]) -> Iterator[str]:
    """What modules around the network add in front of its keys, such as `model.`."""
    first = next(iter(expected), "")
    return (key.removesuffix(first) for key in keys if key.endswith(f".{first}"))
