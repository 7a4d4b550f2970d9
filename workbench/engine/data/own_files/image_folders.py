"""Folders of pictures: one folder for each class, in `train` and `test` where these exist (as torchvision has it)."""

from __future__ import annotations

import os
import stat
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.dataset import READING
from workbench.engine.data.large_arrays import allocated
from workbench.engine.data.own_files.pictures import NoPictureError, pixels, size_and_colour
from workbench.engine.data.own_files.samples import OwnSamples, Part
from workbench.engine.data.own_files.split import held_out, mixed
from workbench.engine.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbench.engine.data.dataset import Progress
    from workbench.engine.data.own_files.description import Findings

TRAIN: Final = ("train", "training")
TEST: Final = ("test", "testing")
VALIDATION: Final = ("val", "valid", "validation")
"""In the order in which they are preferred. Where there is no other test set, these pictures are the test."""
MOST_ENTRIES: Final = 2_000_000
"""Files and folders that are examined; the whole disk is not the data."""
MIXED_SIDE: Final = 64
"""Pixels of the largest height and width of images that come in several sizes."""
LARGEST_SIDE: Final = 256
"""Larger images are made smaller, unless the user gives their size."""
OF_THE_SYSTEM: Final = frozenset(("thumbs.db", "desktop.ini"))


Refused = Callable[[Path, str], None]
"""Gets an entry of a folder that cannot be examined, and why."""


def _ignore(_path: Path, _reason: str) -> None:
    """Leaves such an entry out without a word."""


@dataclass(slots=True)
class _Pictures:
    """The pictures of one part: their paths and labels, sizes and whether all are grey."""

    paths: list[Path] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    sizes: Counter[tuple[int, int]] = field(default_factory=Counter)
    are_grey: bool = True


def class_folders(folder: Path, on_refused: Refused = _ignore) -> list[str]:
    """The names of the folders in `folder` that are not hidden, sorted; an entry that cannot be examined is none.

    Raises:
        OSError: `folder` cannot be read.
    """
    return [path.name for path in _folders_and_files(folder, on_refused)[0]]


def read_image_folders(findings: Findings, progress: Progress) -> OwnSamples:
    """The data set in a folder of class folders.

    Raises:
        UserError: there are no pictures, or a class of the test or of the validation has none to train on.
    """
    root = Path(findings.source.path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's about damaged files, which are skipped and counted
        try:
            return _read(root, findings, progress)
        except OSError as error:
            raise UserError(
                "{path} cannot be read ({reason}): give yourself the right to read it, or choose another one.",
                path=error.filename or root,
                reason=error.strerror or error,
            ) from error


def _read(root: Path, findings: Findings, progress: Progress) -> OwnSamples:
    train_folder, test_folder, validation_folder = _parts(root, findings)
    names = class_folders(train_folder, lambda path, reason: findings.skip(str(path.relative_to(root)), reason))
    train = _found(train_folder, names, findings, progress, root)
    kept = sorted(set(train.labels))
    if not kept:
        raise UserError(
            "{path} has no pictures in folders: make a folder for each class, and put its pictures there (PNG, JPEG, "
            "BMP, GIF, WEBP, PPM or TIFF).",
            path=root,
        )
    if len(kept) == 1 and len(class_folders(inner := train_folder / names[kept[0]])) > 1:
        raise UserError(
            "{path} holds the pictures of one folder alone, which has folders in it: choose {inner}.",
            path=root,
            inner=inner,
        )
    if empty := [name for label, name in enumerate(names) if label not in set(kept)]:
        findings.notes.append(
            UserError("Folders without a picture are no classes: {names}.", names=", ".join(empty[:8]))
        )
    names = [names[label] for label in kept]
    train.labels = [kept.index(label) for label in train.labels] if len(kept) <= kept[-1] else train.labels
    test, validation = (
        _of_classes(folder, names, train_folder, findings, progress, root)
        for folder in (test_folder, validation_folder)
    )
    if validation_folder is not None and not validation.paths:
        findings.notes.append(UserError("The folder {name} is not used.", name=validation_folder.name))
    findings.rows = len(train.paths) + len(test.paths) + len(validation.paths)
    size, colour = _size_and_colour((train, test, validation), findings)
    labels = np.array(train.labels, np.int64)
    seed = findings.source.split_seed
    if test_folder is None and len(labels) > 1:
        places, held = held_out(len(labels), findings.source.test_share, seed, labels)
        test = _Pictures([train.paths[place] for place in held.tolist()], labels[held].tolist())
    else:
        # The folders are read class by class; in that order each batch would hold one class.
        places = mixed(len(labels), seed)
    train = _Pictures([train.paths[place] for place in places.tolist()], labels[places].tolist())
    done, total = 0, sum(len(pictures.paths) for pictures in (train, test, validation))

    def on_picture() -> None:
        nonlocal done
        progress(READING, done, total)
        done += 1

    parts: list[Part] = []
    for pictures in (train, test, validation):
        parts.append(_decoded(pictures, size, colour, findings, root, on_picture, parts))
    spec = DataSpec(Task.CLASSIFICATION, parts[0].inputs.shape[1:], tuple(name[:100] for name in names))
    validated = parts[2] if len(parts[2].inputs) else None
    return OwnSamples(spec, parts[0], parts[1], has_own_test=test_folder is not None, validation=validated)


def _parts(root: Path, findings: Findings) -> tuple[Path, Path | None, Path | None]:
    """The folders of the pictures for training, for the test and for validation.

    That of the test is None where a share is held out, that of the validation where there is none.
    """
    by_name = {name.lower(): root / name for name in class_folders(root)}
    train, test, validation = (
        [by_name[name] for name in names if name in by_name] for names in (TRAIN, TEST, VALIDATION)
    )
    if not train:
        return root, None, None
    if not test and validation:
        findings.notes.append(
            UserError("The folder {name} is the test, as there is no other.", name=validation[0].name)
        )
        test, validation = validation, []
    findings.notes += [
        UserError("The folder {name} is not used.", name=each.name) for each in (*train[1:], *test[1:], *validation[1:])
    ]
    return train[0], test[0] if test else None, validation[0] if validation else None


def _of_classes(
    folder: Path | None, names: Sequence[str], train: Path, findings: Findings, progress: Progress, root: Path
) -> _Pictures:
    """The pictures for the test or for validation in `folder`, none where it is None.

    Raises:
        UserError: there is a class without a folder in `train`.
    """
    if folder is None:
        return _Pictures()
    for name in class_folders(folder):
        if name not in names:
            raise UserError(
                "{folder} has no folder of its name for training: put one into {train}, or remove it.",
                folder=folder / name,
                train=train,
            )
    return _found(folder, names, findings, progress, root)


def _found(folder: Path, names: Sequence[str], findings: Findings, progress: Progress, root: Path) -> _Pictures:
    """The pictures in the class folders `names` of `folder`; what is none is skipped."""

    def skip(path: Path, reason: str) -> None:
        findings.skip(str(path.relative_to(root)), reason)

    found = _Pictures()
    examined = 0
    # A class may have no folder for the test.
    present = [(label, name) for label, name in enumerate(names) if (folder / name).is_dir()]
    for label, name in present:
        for path in _files_in(folder / name, skip):
            examined += 1
            if examined % 64 == 1:
                progress(READING, 0, 0)
            if examined > MOST_ENTRIES:
                raise UserError(
                    "{path} holds more than {most:,} files and folders: choose the folder that holds only a folder of "
                    "pictures for each class.",
                    path=root,
                    most=MOST_ENTRIES,
                )
            try:
                status = path.stat()
                if stat.S_ISDIR(status.st_mode):
                    continue
                if status.st_size == 0:  # files of the system such as /proc/kmsg would never end
                    skip(path, "it is empty")
                    continue
                size, is_grey = size_and_colour(path)
            except OSError as error:
                skip(path, error.strerror or str(error))
                continue
            except NoPictureError as reason:
                skip(path, str(reason))
                continue
            found.paths.append(path)
            found.labels.append(label)
            found.sizes[size] += 1
            found.are_grey &= is_grey
    return found


def _files_in(folder: Path, on_refused: Refused) -> Iterator[Path]:
    """The files in `folder` and in the folders in it, and these folders, sorted, without hidden ones.

    Links to folders are not followed: they may lead in a circle.
    """
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        try:
            folders, files = _folders_and_files(place, on_refused)
        except OSError as error:
            on_refused(place, error.strerror or str(error))
            continue
        yield from files
        yield from folders
        waiting += reversed([path for path in folders if not path.is_symlink()])


def _folders_and_files(place: Path, on_refused: Refused) -> tuple[list[Path], list[Path]]:
    """The folders and the files in `place`, sorted, without hidden ones and those that the system makes."""
    folders: list[Path] = []
    files: list[Path] = []
    with os.scandir(place) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name.lower() in OF_THE_SYSTEM:
                continue
            path = place / entry.name
            try:
                if entry.is_dir():
                    folders.append(path)
                elif entry.is_file():
                    files.append(path)
                elif entry.is_symlink() and not path.exists():
                    on_refused(path, "the link leads nowhere")
            except OSError as error:
                on_refused(path, error.strerror or str(error))
    return sorted(folders, key=_name), sorted(files, key=_name)


def _name(path: Path) -> str:
    return path.name


def _size_and_colour(parts: Sequence[_Pictures], findings: Findings) -> tuple[tuple[int, int], str]:
    source = findings.source
    sizes = sum((pictures.sizes for pictures in parts), Counter[tuple[int, int]]())
    colour = source.colour or ("grey" if all(pictures.are_grey for pictures in parts) else "rgb")
    if source.image_size is not None:
        size = source.image_size, source.image_size
    elif len(sizes) == 1 and max(next(iter(sizes))) <= LARGEST_SIDE:
        (size,) = sizes
    else:
        side = max(1, min(MIXED_SIDE, int(median(min(each) for each in sizes.elements()))))
        size = side, side
        findings.notes.append(
            UserError(
                "The pictures have {count:,} sizes; all are brought to {side} × {side}.", count=len(sizes), side=side
            )
        )
    findings.source = replace(source, colour=colour, image_size=size[0] if size[0] == size[1] else None)
    return size, colour


def _decoded(
    pictures: _Pictures,
    size: tuple[int, int],
    colour: str,
    findings: Findings,
    root: Path,
    on_picture: Callable[[], None],
    others: Sequence[Part],
) -> Part:
    """The pictures that can be read, in their order; `others` are held in memory beside them."""
    held = sum(other.inputs.nbytes for other in others)
    images = allocated((len(pictures.paths), 1 if colour == "grey" else 3, *size), np.uint8, held=held)
    labels: list[int] = []
    for path, label in zip(pictures.paths, pictures.labels, strict=True):
        on_picture()
        try:
            images[len(labels)] = pixels(path, size, colour)
        except NoPictureError as reason:
            findings.skip(str(path.relative_to(root)), str(reason))
            continue
        labels.append(label)
    return Part(images[: len(labels)], np.array(labels, np.int64))
