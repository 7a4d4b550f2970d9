"""Data sets in four IDX files, as MNIST has them: read from a folder, and fetched where they are missing.

Addresses, checksums and the layout of the folder are torchvision's. The download is our own, since torchvision's offers
neither progress nor Cancel and unpacks in place.
"""

from __future__ import annotations

import contextlib
import errno
import gzip
import hashlib
import threading
from dataclasses import dataclass, field
from functools import partial
from typing import IO, TYPE_CHECKING, Any, Final

from workbench.engine.data.dataset import (
    READING,
    TEST_IMAGES,
    TEST_LABELS,
    TRAINING_IMAGES,
    TRAINING_LABELS,
    UNPACKING,
)
from workbench.engine.data.download import CHUNK, POLL, NotArrivedError, fetch
from workbench.engine.data.idx_files import MOST_BYTES, Part, RawTensors, check_file, find_file, read_file
from workbench.engine.errors import DatasetUnavailableError, UserError
from workbench.engine.files.atomic_write import remove_left_behind, write_atomically
from workbench.engine.files.safe_files import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from workbench.engine.data.dataset import Progress

PARTS: Final = (
    Part("train-images-idx3-ubyte", TRAINING_IMAGES, holds_images=True),
    Part("train-labels-idx1-ubyte", TRAINING_LABELS, holds_images=False),
    Part("t10k-images-idx3-ubyte", TEST_IMAGES, holds_images=True),
    Part("t10k-labels-idx1-ubyte", TEST_LABELS, holds_images=False),
)

MOST_DOWNLOADED: Final = 1 << 26
"""Bytes of a file whose size is not known."""


def another_set() -> UserError:
    """What to do where a data set cannot be had, as the end of a sentence."""
    return UserError("choose another data set")


@dataclass(frozen=True, slots=True)
class PublishedSet:
    """A data set of torchvision in four IDX files.

    Attributes:
        label: its name in sentences.
        folder: its class in torchvision, and the folder below a data root.
        mirrors: addresses that are tried before torchvision's.
        sizes: bytes of the published files, by the MD5 that torchvision knows.
        unpacked_sha256: of the published files, unpacked; empty where they are not known.
        instead: what to choose where it cannot be had, as the end of a sentence.
    """

    label: str
    folder: str
    mirrors: tuple[str, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    unpacked_sha256: Mapping[str, str] = field(default_factory=dict)
    instead: UserError = field(default_factory=another_set)

    def folder_in(self, root: Path) -> Path:
        """The folder below `root` in which torchvision looks for the four unpacked files."""
        return root / self.folder / "raw"

    def is_in(self, root: Path) -> bool:
        """Whether its four files are below `root`; they may be damaged."""
        folder = self.folder_in(root)
        return all((folder / part.name).is_file() or (folder / f"{part.name}.gz").is_file() for part in PARTS)


def load_published(wanted: PublishedSet, root: Path, progress: Progress) -> RawTensors:
    """Read `wanted`, or any set in its form, from below `root`; missing files are fetched first.

    `progress` is called at least every 10 ms while waiting; what it raises ends the loading.

    Raises:
        DatasetUnavailableError: a file is missing and cannot be fetched or written.
        UserError: a file is there but damaged or unreadable, or some files are a user's own and others missing.
    """
    folder = wanted.folder_in(root)
    remove_left_behind(folder)
    found = {part: find_file(folder, part) for part in PARTS}
    paths = {part: path for part, path in found.items() if path is not None}
    # The files that are there come first: a damaged one is reported also where no network could fetch the others.
    counts = {part: check_file(path, part, progress) for part, path in paths.items()}
    if missing := [part for part in PARTS if part not in paths]:
        published = torchvision_class(wanted.folder, partial(progress, missing[0].downloading, 0, 0))
        _refuse_mixture(wanted, paths, missing, published, progress)
        _fetch_missing(wanted, missing, folder, published, progress)
        paths |= {part: folder / part.name for part in missing}
        counts |= {part: check_file(paths[part], part, progress) for part in missing}
    for images, labels in (PARTS[:2], PARTS[2:]):
        if counts[images] != counts[labels]:
            raise UserError(
                "{images} holds {image_count:,} images but {labels} holds {label_count:,} labels: replace "
                "them by files that belong together, or delete both.",
                images=paths[images],
                image_count=counts[images],
                labels=paths[labels].name,  # in the same folder: two paths are too long for a sentence
                label_count=counts[labels],
            )
    return RawTensors(*(read_file(paths[part], part, counts[part], progress) for part in PARTS))


def _refuse_mixture(
    wanted: PublishedSet, paths: Mapping[Part, Path], missing: list[Part], published: Any, progress: Progress
) -> None:
    """Raise where some files are, or may be, a user's own: the published ones would be no set with them."""
    checksums = dict(published.resources)
    for part, path in paths.items():
        is_packed = path.suffix == ".gz"
        expected = checksums[path.name] if is_packed else wanted.unpacked_sha256.get(part.name)
        if expected is None:
            raise UserError(
                "{path} is there, but {missing} is missing beside it: put that there, too, or delete {name}, so that "
                "the four files of {label} are downloaded together.",
                path=path,
                missing=missing[0].name,
                name=path.name,
                label=wanted.label,
            )
        if _digest_of(path, "md5" if is_packed else "sha256", progress) != expected:
            raise UserError(
                "{path} is your own and not of {label}, but {missing} is missing beside it: put your own file "
                "there, too, or choose another data root (--data-root), where {label} can be downloaded.",
                path=path,
                label=wanted.label,
                missing=missing[0].name,
            )


def _fetch_missing(wanted: PublishedSet, missing: list[Part], folder: Path, published: Any, progress: Progress) -> None:
    """Download and unpack the missing files; the packed copies stay, as with torchvision."""
    checksums = dict(published.resources)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for part in missing:
            packed = folder / f"{part.name}.gz"
            _download(wanted, part, packed, published, checksums[packed.name], progress)
            _unpack(packed, folder / part.name, progress)
    except OSError as error:
        raise not_written(wanted.label, wanted.instead, folder, error) from error


def torchvision_class(name: str, poll: Callable[[], None]) -> Any:
    """The class that knows addresses and checksums. Its import takes 1.4 s; Cancel works meanwhile."""

    def import_torchvision() -> None:
        # If this import fails, the one below fails too, and raises.
        with contextlib.suppress(Exception):
            import torchvision.datasets  # noqa: F401

    thread = threading.Thread(target=import_torchvision, name="import", daemon=True)
    thread.start()
    while thread.is_alive():
        poll()
        thread.join(POLL)
    import torchvision.datasets

    return getattr(torchvision.datasets, name)


def _download(wanted: PublishedSet, part: Part, packed: Path, published: Any, md5: str, progress: Progress) -> None:
    reasons = []
    most = wanted.sizes.get(md5, MOST_DOWNLOADED)
    for mirror in (*wanted.mirrors, *published.mirrors):
        try:
            fetch(
                f"{mirror}{packed.name}",
                packed,
                md5,
                most,
                partial(progress, part.downloading),
            )
        except NotArrivedError as reason:
            reasons.append(str(reason))
        else:
            return
    raise DatasetUnavailableError(
        "{label} is not in {folder} and could not be downloaded ({reason}): connect to the network and "
        "try again, put its four files into that folder, or {instead}.",
        label=wanted.label,
        instead=wanted.instead,
        folder=packed.parent,
        reason="; ".join(dict.fromkeys(reasons)),
    )


def _unpack(packed: Path, target: Path, progress: Progress) -> None:
    def write(file: IO[bytes]) -> None:
        total = packed.stat().st_size
        with packed.open("rb") as raw, gzip.GzipFile(fileobj=raw) as unpacked:
            while chunk := unpacked.read(CHUNK):
                file.write(chunk)
                progress(UNPACKING, raw.tell(), total)

    write_atomically(target, write)


def _digest_of(path: Path, algorithm: str, progress: Progress) -> str:
    digest = hashlib.new(algorithm, usedforsecurity=False)
    with opened(path, MOST_BYTES) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            progress(READING, 0, 0)
    return digest.hexdigest()


def not_written(label: str, instead: UserError, folder: Path, error: OSError) -> DatasetUnavailableError:
    """The sentence for a data set that cannot be written to `folder`."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        template = (
            "{label} is not in {folder}, and the disk is too full to download it: free some space, "
            "choose another data root, or {instead}."
        )
    else:
        template = (
            "{label} is not in {folder}, and nothing can be written there ({reason}): choose a data "
            "root you can write to, or {instead}."
        )
    reason = error.strerror or str(error)
    return DatasetUnavailableError(template, label=label, instead=instead, folder=folder, reason=reason)
