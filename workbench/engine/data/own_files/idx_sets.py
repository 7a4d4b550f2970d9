"""IDX files under the names that other tools give them: `train-images.idx3-ubyte`, packed or not, in any folder."""

from __future__ import annotations

import math
import os
import re
import struct
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

import numpy as np

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.dataset import READING
from workbench.engine.data.gzip_content import GzipContent
from workbench.engine.data.large_arrays import allocated, mapped, most_in_memory
from workbench.engine.data.own_files.array_values import inputs_of
from workbench.engine.data.own_files.samples import OwnSamples, Part
from workbench.engine.data.own_files.split import held_out
from workbench.engine.data.own_files.targets import classes_of
from workbench.engine.errors import UserError
from workbench.engine.files.safe_files import opened

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from workbench.engine.data.dataset import Progress
    from workbench.engine.data.own_files.description import Findings

NAME: Final = re.compile(
    r"(?P<set>.*?)(?P<part>train|t10k|test)[-_. ]?(?P<kind>images?|labels?)(?P<rest>.*)", re.IGNORECASE
)
MOST_BYTES: Final = 1 << 44
MOST_RATIO: Final = 1100
GZIP_MAGIC: Final = b"\x1f\x8b"
PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class IdxSet:
    """The files of a data set; those of the test are None where there are none."""

    train_images: Path
    train_labels: Path
    test_images: Path | None = None
    test_labels: Path | None = None


def idx_sets_in(folder: Path) -> dict[str, IdxSet]:
    """The data sets whose IDX files lie in `folder` (or `raw` in it), by what their names begin with."""
    for place in (folder, folder / "raw"):
        found = _sets(sorted(place.iterdir()) if place.is_dir() else [])
        if found:
            return found
    return {}


def idx_set_of(file: Path) -> IdxSet | None:
    """The data set that the IDX file `file` is a part of; None where its other files are missing."""
    match = NAME.fullmatch(file.name)
    return None if match is None else _sets(sorted(file.parent.iterdir())).get(match["set"].lower())


def read_idx(files: IdxSet, findings: Findings, progress: Progress) -> OwnSamples:
    """The data set in `files`.

    Raises:
        UserError: one is damaged, or they do not belong together.
    """
    train = _pair(files.train_images, files.train_labels, progress)
    test = None
    if files.test_images is not None and files.test_labels is not None:
        test = _pair(files.test_images, files.test_labels, progress)
    pairs = [train] if test is None else [train, test]
    findings.rows = sum(len(images) for images, _ in pairs)
    inputs = inputs_of([images for images, _ in pairs], ["the images", "the test images"][: len(pairs)], findings)
    values = np.concatenate([labels for _, labels in pairs]).astype(np.float64)
    names, labels = classes_of(values, findings.source, "label")
    one, *others = np.split(labels, [len(train[0])])
    if test is None:
        parts = []
        for places in held_out(len(labels), findings.source.test_share, findings.source.split_seed, labels):
            chosen = allocated((len(places), *inputs[0].shape[1:]), inputs[0].dtype, held=inputs[0].nbytes)
            np.take(inputs[0], places, axis=0, out=chosen, mode="clip")
            parts.append(Part(chosen, labels[places]))
    else:
        parts = [Part(inputs[0], one), Part(inputs[1], others[0])]
    spec = DataSpec(Task.CLASSIFICATION, inputs[0].shape[1:], names)
    return OwnSamples(spec, parts[0], parts[1], has_own_test=test is not None)


def _sets(paths: Iterable[Path]) -> dict[str, IdxSet]:
    groups: dict[str, dict[tuple[bool, bool], Path]] = {}
    for path in paths:
        match = NAME.fullmatch(path.name)
        if match is None or ("idx" not in match["rest"].lower() and "ubyte" not in match["rest"].lower()):
            continue
        key = match["part"].lower() == "train", match["kind"].lower().startswith("image")
        # Of a file and its packed copy the first by name is the unpacked one.
        groups.setdefault(match["set"].lower(), {}).setdefault(key, path)
    return {
        name: IdxSet(files[True, True], files[True, False], files.get((False, True)), files.get((False, False)))
        for name, files in groups.items()
        if (True, True) in files and (True, False) in files
    }


def _pair(images: Path, labels: Path, progress: Progress) -> tuple[np.ndarray, np.ndarray]:
    one, other = _array(images, (3, 4), progress), _array(labels, (1,), progress)
    if len(one) != len(other):
        raise UserError(
            "{images} holds {count:,} images but {labels} {other:,} labels: replace them by ones that belong together.",
            images=images,
            count=len(one),
            labels=labels,
            other=len(other),
        )
    return one, other


def _array(path: Path, dimensions: tuple[int, ...], progress: Progress) -> np.ndarray:
    """The content of an IDX file of bytes."""
    with opened(path, MOST_BYTES) as file:
        size = os.fstat(file.fileno()).st_size
        is_packed = file.read(2) == GZIP_MAGIC
        file.seek(0)
        stream: IO[bytes] | GzipContent = GzipContent(file, progress) if is_packed else file
        try:
            magic = _exactly(stream, 4)
            if magic[:3] != b"\0\0\x08" or magic[3] not in dimensions:
                raise UserError(
                    "{path} begins with {found}, but such a file with {expected}: choose IDX files of bytes.",
                    path=path,
                    found=magic.hex(" "),
                    expected=" or ".join(f"00 00 08 {count:02x}" for count in dimensions),
                )
            shape = struct.unpack(f">{magic[3]}I", _exactly(stream, 4 * magic[3]))
            nbytes, start = math.prod(shape), 4 + 4 * magic[3]
            if (size * MOST_RATIO < nbytes) if is_packed else (size != start + nbytes):
                raise EOFError(f"it holds {size:,} bytes where {start + nbytes:,} belong")
            if nbytes == 0:
                raise UserError("{path} is an empty set: replace it by a whole one.", path=path)
            if not is_packed and nbytes > most_in_memory():
                return mapped(path, np.uint8, start, shape)
            content = allocated(shape, np.uint8)
            _fill(content, stream, progress)
        except (EOFError, zlib.error) as error:
            raise UserError(
                "{path} is damaged ({reason}): replace it by a whole one.", path=path, reason=error
            ) from error
    return content


def _exactly(stream: IO[bytes] | GzipContent, count: int) -> bytes:
    content = b""
    while len(content) < count:
        piece = stream.read(count - len(content))
        if not piece:
            raise EOFError("it ends too early")
        content += piece
    return content


def _fill(content: np.ndarray, stream: IO[bytes] | GzipContent, progress: Progress) -> None:
    view, done = content.data.cast("B"), 0
    while done < len(view):
        progress(READING, done, len(view))
        piece = stream.read(min(PIECE, len(view) - done))
        if not piece:
            raise EOFError("it ends too early")
        view[done : done + len(piece)] = piece
        done += len(piece)
    if stream.read(1):
        raise EOFError("it is longer than it says")
