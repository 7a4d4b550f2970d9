"""Weights in several files, as Hugging Face writes large ones: `model-00001-of-00003.safetensors`, and an index.

The index, `model.safetensors.index.json`, says which key is in which file. Any of these files stands for all of them.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from workbench.engine.errors import UserError
from workbench.engine.files.safe_files import opened, read_whole
from workbench.engine.models.weights_content import content_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor

SHARD: Final = re.compile(r"(?P<name>.*)-(?P<number>\d{5})-of-(?P<count>\d{5})(?P<suffix>\.[A-Za-z0-9]+)", re.DOTALL)
INDEX: Final = ".json"
MOST_INDEX: Final = 4 << 20
MOST_SHARDS: Final = 1000


def shards_of(path: Path, most: int) -> tuple[list[Path], Mapping[str, str] | None]:
    """The files that hold the weights together with the one at `path`, and the index where that one is it.

    Args:
        path: an index, one of several files, or any other file, which stands for itself.
        most: bytes that all of them may have.

    Returns:
        The paths, at least one; and for an index, the name of the file for each key.

    Raises:
        UserError: it is no index, its names leave its folder, or files are missing or too big.
    """
    if path.suffix.lower() == INDEX:
        index = _index(path)
        paths = [path.with_name(name) for name in dict.fromkeys(index.values())]
        _check_present(path, paths, most)
        return paths, index
    found = SHARD.fullmatch(path.name)
    if found is None or not 1 <= int(found["number"]) <= int(found["count"]) <= MOST_SHARDS:
        return [path], None
    name, count, suffix = found["name"], int(found["count"]), found["suffix"]
    paths = [path.with_name(f"{name}-{number:05}-of-{count:05}{suffix}") for number in range(1, count + 1)]
    with opened(path, most):  # the sentence about the file itself comes first
        _check_present(path, paths, most)
    return paths, None


def merged(paths: list[Path], index: Mapping[str, str] | None, expected: Mapping[str, Tensor], most: int) -> object:
    """The content of the file at `paths`, or the entries of all of them in one dict.

    Args:
        paths: of the files.
        index: the name of the file for each key, where there is an index.
        expected: the weights of the network.
        most: bytes that each may have.

    Raises:
        UserError: one cannot be read, holds no dict, or lacks a key that the index says it has; or a key is in two.
    """
    if len(paths) == 1 and index is None:
        return _content(paths[0], expected, most)
    listed: dict[str, list[str]] = {}
    for key, name in (index or {}).items():
        listed.setdefault(name, []).append(key)
    entries: dict[str, Any] = {}
    for path in paths:
        part = _content(path, expected, most)
        if not isinstance(part, dict):
            raise UserError("{path} holds no weights: choose weights that are whole, or save them again.", path=path)
        for key in part if index is None else listed[path.name]:
            if key in entries or key not in part:
                raise UserError(
                    "{path} does not belong to the other parts ({key} is in two of them, or not where the index says): "
                    "put all parts of the same weights into one folder.",
                    path=path,
                    key=str(key)[:40],
                )
            entries[key] = part[key]
    return entries


def _content(path: Path, expected: Mapping[str, Tensor], most: int) -> object:
    with opened(path, most) as file:
        return content_of(file, path, expected)


def _index(path: Path) -> dict[str, str]:
    """The file's name for each key, as the index at `path` says it."""
    try:
        index = json.loads(read_whole(path, MOST_INDEX))["weight_map"]
        is_index = bool(index) and all(isinstance(name, str) for name in index.values())
    except UserError:
        raise
    except Exception as error:  # a stranger's file: no JSON, nested too deep, or without the names
        raise _no_index(path) from error
    if not is_index:
        raise _no_index(path)
    names = dict.fromkeys(index.values())
    if len(names) > MOST_SHARDS:
        raise UserError("{path} names too many files ({count:,}): choose another file.", path=path, count=len(names))
    for name in names:
        # Only a file beside the index: a stranger's index may name any file of the machine.
        if not name.isprintable() or name in ("", ".", "..") or re.search(r'[/\\:*?"<>|]', name) or len(name) > 255:
            raise UserError(
                "{path} names a file that is not beside it ({name}) and was not followed: choose an index whose parts "
                "lie in its own folder.",
                path=path,
                name=name[:60],
            )
    return dict(index)


def _no_index(path: Path) -> UserError:
    return UserError(
        '{path} is a JSON file but no index of weights (it has no "weight_map" of keys to files): choose the file that '
        "holds the weights.",
        path=path,
    )


def _check_present(path: Path, paths: list[Path], most: int) -> None:
    missing = [each.name for each in paths if not each.exists()]
    if missing:
        raise UserError(
            "{path} is a part of the weights, and others are missing ({names}): put all of them into its folder.",
            path=path,
            names=", ".join([*(name[-40:] for name in missing[:2]), *["…"] * (len(missing) > 2)]),
        )
    size = sum(each.stat().st_size for each in paths)
    if size > most:
        raise UserError(
            "{path} and its other parts are too big ({found:,} bytes; such weights have at most {most:,}): choose "
            "another file.",
            path=path,
            found=size,
            most=most,
        )
