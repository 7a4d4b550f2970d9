"""DataDigest: which images and labels a run is trained on, since other data may have the same name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbench.engine.data.dataset import READING
from workbench.engine.history.records import Count  # noqa: TC001 (`validation` reads the annotations)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from torch import Tensor

    from workbench.engine.data.dataset import Progress

PIECE: Final = 1 << 20
"""Bytes digested between two calls of `Progress`: about 1 ms."""
FIRST_DIGITS: Final = 12
"""Digits of a SHA-256 that a sentence names."""


@dataclass(frozen=True, slots=True)
class DataDigest:
    """What distinguishes the data of one run from other data; `str` of it goes into a sentence.

    Attributes:
        sha256: of the names of the classes, the images and the labels, with their shapes and types; hexadecimal.
        train_count: training images.
        test_count: test images.
    """

    sha256: str
    train_count: Count
    test_count: Count

    def __str__(self) -> str:
        return f"{self.train_count:,} + {self.test_count:,} samples, SHA-256 {self.sha256[:FIRST_DIGITS]}…"


def digest_of(class_names: Sequence[str], tensors: Sequence[Tensor], progress: Progress) -> DataDigest:
    """The digest of a data set, from what was read and before it is converted for the training.

    Args:
        class_names: by label.
        tensors: training images, training labels, test images, test labels, and those for validation where the data
            bring any; contiguous, on the CPU.
        progress: called about every millisecond; what it raises ends the work.
    """
    digest = hashlib.sha256("\0".join(class_names).encode())
    total = sum(tensor.nbytes for tensor in tensors)
    done = 0
    for piece in _pieces(tensors):
        progress(READING, min(done, total), total)
        digest.update(piece)
        done += len(piece)
    progress(READING, total, total)
    return DataDigest(digest.hexdigest(), len(tensors[0]), len(tensors[2]))


def _pieces(tensors: Iterable[Tensor]) -> Iterable[bytes | memoryview]:
    """The bytes of each tensor, after its type and shape: without these, two data sets could have the same bytes."""
    for tensor in tensors:
        array = tensor.numpy()
        yield f"\0{array.dtype.name}{array.shape}".encode()
        content = array.data.cast("B")
        for start in range(0, len(content), PIECE):
            yield content[start : start + PIECE]
