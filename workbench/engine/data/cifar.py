"""CIFAR-10 and CIFAR-100, from torchvision's folder; fetched where they are missing.

Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009. The files are pickles of Python 2. A pickle
can run code, so each file is compared with the MD5 that torchvision knows before it is read, and then read by an
Unpickler that makes nothing but arrays of NumPy.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import tarfile
import zlib
from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING, Any, Final

from workbench.engine.data.cifar_classes import CIFAR10_CLASSES, CIFAR100_CLASSES
from workbench.engine.data.dataset import READING, UNPACKING
from workbench.engine.data.download import NotArrivedError, fetch
from workbench.engine.data.idx_files import RawTensors, file_exists
from workbench.engine.data.published_idx import another_set, not_written, torchvision_class
from workbench.engine.errors import DatasetUnavailableError, UserError
from workbench.engine.files.atomic_write import remove_left_behind, write_atomically
from workbench.engine.files.safe_files import opened

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

    from workbench.engine.data.dataset import Progress

DOWNLOADING: Final = "Downloading the images"
MOST_ARCHIVE: Final = 1 << 28
MOST_FILE: Final = 1 << 28
CHUNK: Final = 1 << 20
SHAPE: Final = (3, 32, 32)


@dataclass(frozen=True, slots=True)
class CifarSet:
    """One of the two.

    Attributes:
        label: its name in sentences.
        published: its class in torchvision, which knows address, names and checksums.
        folder: the folder below a data root.
        files: the names of its files, training first.
        labels: the key of the labels in a file.
        class_names: by label.
    """

    label: str
    published: str
    folder: str
    files: tuple[str, ...]
    labels: str
    class_names: tuple[str, ...]

    def is_in(self, root: Path) -> bool:
        """Whether its files are below `root`; they may be damaged."""
        return all((root / self.folder / name).is_file() for name in self.files)


CIFAR10: Final = CifarSet(
    "CIFAR-10",
    "CIFAR10",
    "cifar-10-batches-py",
    (*(f"data_batch_{number}" for number in range(1, 6)), "test_batch"),
    "labels",
    CIFAR10_CLASSES,
)
CIFAR100: Final = CifarSet(
    "CIFAR-100", "CIFAR100", "cifar-100-python", ("train", "test"), "fine_labels", CIFAR100_CLASSES
)


def load_cifar(wanted: CifarSet, root: Path, progress: Progress) -> RawTensors:
    """Read `wanted` from below `root`: images (N, 3, 32, 32) uint8 and labels (N,) int64; it is fetched if missing.

    `progress` is called at least every 10 ms while waiting; what it raises ends the loading.

    Raises:
        DatasetUnavailableError: a file is missing and cannot be fetched or written.
        UserError: a file is there, but not the published one.
    """
    import torch

    published = torchvision_class(wanted.published, partial(progress, READING, 0, 0))
    checksums = dict([*published.train_list, *published.test_list])
    folder = root / wanted.folder
    remove_left_behind(folder)
    if not all(file_exists(folder / name) for name in wanted.files):
        _fetch(wanted, root, published, progress)
    parts = []
    for names in (wanted.files[:-1], wanted.files[-1:]):
        pieces = [_read(folder / name, checksums[name], wanted, progress) for name in names]
        parts += [torch.cat([images for images, _ in pieces]), torch.cat([labels for _, labels in pieces])]
    return RawTensors(*parts)


def _fetch(wanted: CifarSet, root: Path, published: Any, progress: Progress) -> None:
    """Download the archive and unpack its files; the archive stays, as with torchvision."""
    folder, archive = root / wanted.folder, root / published.filename
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if file_exists(archive):
            _check_archive(archive, wanted, published, progress)
        else:
            try:
                fetch(published.url, archive, published.tgz_md5, MOST_ARCHIVE, partial(progress, DOWNLOADING))
            except NotArrivedError as reason:
                raise DatasetUnavailableError(
                    "{label} is not in {folder} and could not be downloaded ({reason}): connect to the network and try "
                    "again, put {name} beside that folder, or {instead}.",
                    label=wanted.label,
                    folder=folder,
                    reason=reason,
                    name=published.filename,
                    instead=another_set(),
                ) from None
        _unpack(archive, wanted, root, progress)
    except OSError as error:
        raise not_written(wanted.label, another_set(), folder, error) from error


def _check_archive(archive: Path, wanted: CifarSet, published: Any, progress: Progress) -> None:
    digest = hashlib.md5(usedforsecurity=False)
    with opened(archive, MOST_ARCHIVE) as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
            progress(READING, 0, 0)
    if digest.hexdigest() != published.tgz_md5:
        raise UserError(
            "{path} is not the published archive of {label}: delete it, so that it is downloaded again.",
            path=archive,
            label=wanted.label,
        )


def _unpack(archive: Path, wanted: CifarSet, root: Path, progress: Progress) -> None:
    """Unpack the files that are missing; no other name in the archive is looked at."""
    missing = {f"{wanted.folder}/{name}" for name in wanted.files if not file_exists(root / wanted.folder / name)}
    try:
        with tarfile.open(archive, "r:gz") as packed:
            for member in packed:
                if member.name not in missing or not member.isreg():
                    continue
                content = packed.extractfile(member)
                assert content is not None, "it is a file"
                write_atomically(root / member.name, partial(_copy, content, member.size, progress))
                missing.discard(member.name)
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise UserError(
            "{path} is damaged ({reason}): delete it, so that it is downloaded again.", path=archive, reason=error
        ) from error
    if missing:
        raise UserError(
            "{path} does not hold {name}: delete it, so that it is downloaded again.",
            path=archive,
            name=min(missing),
        )


def _copy(content: IO[bytes], total: int, progress: Progress, target: IO[bytes]) -> None:
    done = 0
    while piece := content.read(CHUNK):
        target.write(piece)
        done += len(piece)
        progress(UNPACKING, done, total)


def _read(path: Path, md5: str, wanted: CifarSet, progress: Progress) -> tuple[Tensor, Tensor]:
    """The images and labels of one file."""
    import numpy as np
    import torch

    content = bytearray()
    with opened(path, MOST_FILE) as file:
        while piece := file.read(CHUNK):
            content += piece
            progress(READING, 0, 0)
    problem = UserError(
        "{path} is not the published file of {label}: delete it, so that it is fetched again, or choose another data "
        "root (--data-root).",
        path=path,
        label=wanted.label,
    )
    if hashlib.md5(content, usedforsecurity=False).hexdigest() != md5:
        raise problem
    try:
        batch = _ArrayUnpickler(io.BytesIO(content), encoding="latin1").load()
        images = np.array(batch["data"], np.uint8).reshape(-1, *SHAPE)
        labels = np.array(batch[wanted.labels], np.int64)
    except (pickle.UnpicklingError, KeyError, TypeError, ValueError) as error:
        raise problem from error
    if len(images) != len(labels) or labels.min() < 0 or labels.max() >= len(wanted.class_names):
        raise problem
    return torch.from_numpy(images), torch.from_numpy(labels)


class _ArrayUnpickler(pickle.Unpickler):
    """Makes plain values and arrays of NumPy, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """The three names that a pickled array needs.

        Raises:
            pickle.UnpicklingError: it asks for another one.
        """
        import numpy as np

        match module, name:
            case "numpy", "ndarray":
                return np.ndarray
            case "numpy", "dtype":
                return np.dtype
            case (("numpy.core.multiarray" | "numpy._core.multiarray"), "_reconstruct"):
                from numpy._core import multiarray

                return multiarray._reconstruct  # noqa: SLF001
        raise pickle.UnpicklingError(f"{module}.{name} is no part of an array")
