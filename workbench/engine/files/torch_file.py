"""The one way in for files of `torch.save`: its zip archive, and the older file of pickles.

A file may be a stranger's. Its directory, its pickle and the sizes of its tensors are checked; then an archive is
written in memory that holds only what passed, and `torch.load(weights_only=True)` reads that one. So torch meets
neither another pickle nor another directory than those that were checked.
"""

from __future__ import annotations

import io
import zipfile
from typing import IO, TYPE_CHECKING, Any, Final

import torch

from workbench.engine.files.pickle_check import CheckedPickle, checked_pickle
from workbench.engine.files.pickle_program import NOT_READ
from workbench.engine.files.pickle_values import RefusedError
from workbench.engine.files.zip_directory import ZipDirectory

if TYPE_CHECKING:
    from collections.abc import Callable

ZIP: Final = b"PK\x03\x04"
MOST_PICKLED: Final = 16 << 20
"""Bytes of a pickle."""
DOS_FOLDER: Final = 0x10
LOCAL_HEADER: Final = 30
"""Bytes in front of the content of an entry, without its name."""
LONGEST_SHOWN: Final = 44
TAR_MARK: Final = b"ustar"
TAR_MARK_AT: Final = 257
MAGIC: Final = 0x1950A86A20F9469CFC6C
OLDER_PROTOCOL: Final = 1001
OTHERS: Final = {
    b"\x89HDF": "it is an HDF5 file, as Keras writes it",
    b"\x93NUM": "it is an array of NumPy",
    b"GGUF": "it is a GGUF file",
    b"\x1f\x8b\x08": "it is a gzip file, which must be unpacked first",
    b"<!DOCTYPE": "it is a web page, not the file that was to be downloaded",
    b"<html": "it is a web page, not the file that was to be downloaded",
    b"version https://git-lfs": "it is only a pointer of Git LFS: git lfs pull gets the file itself",
}
"""Beginnings of files that people keep weights in or have in their place: for translation in the context `Problems`."""
LONGEST_BEGINNING: Final = max(map(len, OTHERS))


def load_torch_file(file: IO[bytes], *, leave_out_objects: bool = False) -> Any:
    """What torch.save wrote to `file`: dicts, lists, tuples, plain values, and tensors on the CPU.

    A value of another kind becomes a text, which `kind_of` knows; attributes of values are dropped.

    Args:
        file: open for reading and seekable.
        leave_out_objects: whether objects of classes that are not known become such texts, too, as `checked_pickle`
            says; else they are a request to run code.

    Raises:
        CodeError: it asks to run code; none was run.
        RefusedError: it is beyond a bound, or of a kind that is not read here.
        Exception: any type, for damage.
    """
    file.seek(0)
    start = file.read(LONGEST_BEGINNING)
    if start.startswith(ZIP):
        return _from_archive(file, leave_out_objects=leave_out_objects)
    for beginning, reason in OTHERS.items():
        if start.startswith(beginning):
            raise RefusedError(reason)
    file.seek(TAR_MARK_AT)
    if file.read(len(TAR_MARK)) == TAR_MARK and not start.startswith(b"\x80"):
        raise RefusedError("it is a tar archive, as torch wrote it before version 0.2")
    return _from_pickles(file, leave_out_objects=leave_out_objects)


def kind_of(value: object) -> str:
    """What a value of a loaded file is, in words for the user."""
    if isinstance(value, str) and value.startswith(NOT_READ):
        return end_of_name(value.removeprefix(NOT_READ))
    if isinstance(value, torch.Tensor):
        return str(value.dtype).removeprefix("torch.")
    return type(value).__name__


def end_of_name(name: str) -> str:
    """The name of a class or function, cut so that a sentence has room for it: its end tells most."""
    return name if len(name) <= LONGEST_SHOWN else "…" + name[1 - LONGEST_SHOWN :]


def _loaded(checked: CheckedPickle, storage: Callable[[str], bytes], byteorder: bytes = b"little") -> Any:
    rewritten = io.BytesIO()
    with zipfile.ZipFile(rewritten, "w") as archive:
        archive.writestr("archive/data.pkl", checked.program)
        archive.writestr("archive/byteorder", byteorder)
        archive.writestr("archive/version", b"3\n")
        for key, nbytes in checked.storages.items():
            content = storage(key)
            if len(content) != nbytes:
                raise ValueError(f"the storage {key} has another size")
            archive.writestr(f"archive/data/{key}", content)
    rewritten.seek(0)
    return torch.load(rewritten, map_location="cpu", weights_only=True)


# The zip archive


def _from_archive(file: IO[bytes], *, leave_out_objects: bool) -> Any:
    directory = ZipDirectory(file)
    with zipfile.ZipFile(directory) as archive:
        directory.most = None
        entries = _checked_entries(archive, file.seek(0, io.SEEK_END))
        pickles = [name for name in entries if name.count("/") == 1 and name.endswith("/data.pkl")]
        if len(pickles) != 1:
            raise RefusedError("it is a zip archive, but not one of torch.save")
        folder = pickles[0].removesuffix("data.pkl")
        if entries[pickles[0]].file_size > MOST_PICKLED:
            raise RefusedError("its list of contents is too long")
        checked = checked_pickle(archive.read(pickles[0]), leave_out_objects=leave_out_objects)
        byteorder = entries.get(folder + "byteorder")
        if byteorder is not None and byteorder.file_size > len("little"):
            raise ValueError("there is no such order of bytes")
        for key, nbytes in checked.storages.items():
            if entries[f"{folder}data/{key}"].file_size != nbytes:
                raise ValueError(f"the storage {key} has another size")
        return _loaded(
            checked,
            lambda key: archive.read(f"{folder}data/{key}"),
            b"little" if byteorder is None else archive.read(byteorder),
        )


def _checked_entries(archive: zipfile.ZipFile, size: int) -> dict[str, zipfile.ZipInfo]:
    """The entries of an archive of `size` bytes, by name.

    Raises:
        RefusedError: the entries are compressed, so that they may unpack to any size; or it is of TorchScript.
        zipfile.BadZipFile: they overlap, or are folders: one flipped bit turns an entry into one, and torch would then
            return a tensor of uninitialised memory.
    """
    entries = archive.infolist()
    if any(entry.filename.endswith("/constants.pkl") for entry in entries):
        raise RefusedError("it is a program of TorchScript")
    if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
        raise RefusedError("its entries are compressed, which torch.save does not do")
    if any(entry.is_dir() or entry.external_attr & DOS_FOLDER for entry in entries):
        raise zipfile.BadZipFile("it contains a folder")
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end or entry.compress_size != entry.file_size:
            raise zipfile.BadZipFile("entries overlap")
        end = entry.header_offset + LOCAL_HEADER + entry.file_size
    if end > size:
        raise zipfile.BadZipFile("an entry is larger than the archive")
    names = {entry.filename: entry for entry in entries}
    if len(names) < len(entries):
        raise zipfile.BadZipFile("two entries have one name")
    return names


# The older file: three pickles about the file, one of the object, one of the keys of the storages, then the storages


def _from_pickles(file: IO[bytes], *, leave_out_objects: bool) -> Any:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    content = file.read(MOST_PICKLED)
    magic = checked_pickle(content)
    if _plain(magic) != MAGIC:
        raise RefusedError("it is a pickle, but torch.save did not write it")
    version = checked_pickle(content, magic.end)
    system = checked_pickle(content, version.end)
    if _plain(version) != OLDER_PROTOCOL or _plain(system)["little_endian"] is not True:
        raise RefusedError("its numbers are in the byte order of another machine")
    checked = checked_pickle(content, system.end, leave_out_objects=leave_out_objects)
    keys = checked_pickle(content, checked.end)
    place, places = keys.end, {}
    for key in _plain(keys):
        places[key] = place + 8  # behind the count of its numbers
        place += 8 + checked.storages[key]
    if place != size or places.keys() != checked.storages.keys():
        raise EOFError

    def storage(key: str) -> bytes:
        file.seek(places[key])
        return file.read(checked.storages[key])

    return _loaded(checked, storage)


def _plain(checked: CheckedPickle) -> Any:
    """The value of a pickle without tensors."""
    if checked.storages:
        raise ValueError("there is a tensor where none belongs")
    return _loaded(checked, lambda key: key.encode())
