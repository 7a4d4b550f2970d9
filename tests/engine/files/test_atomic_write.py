from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time

import pytest

from workbench.engine.files import atomic_write
from workbench.engine.files.atomic_write import write_atomically


def put(content):
    return lambda file: file.write(content)


def names_in(folder):
    return sorted(entry.name for entry in folder.iterdir())


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "file.bin"
    path.write_bytes(b"old")
    return path


@pytest.fixture
def umask():
    before = os.umask(0o027)
    yield 0o027
    os.umask(before)


def test_that_a_new_file_holds_what_was_written(tmp_path):
    write_atomically(tmp_path / "file.bin", put(b"new"))
    assert (tmp_path / "file.bin").read_bytes() == b"new"
    assert names_in(tmp_path) == ["file.bin"]


def test_that_an_old_file_is_replaced(old):
    write_atomically(old, put(b"new"))
    assert old.read_bytes() == b"new"
    assert names_in(old.parent) == ["file.bin"]


def test_that_the_old_file_stands_until_the_new_one_is_whole(old):
    def write(file):
        file.write(b"half")
        file.flush()
        assert old.read_bytes() == b"old"

    write_atomically(old, write)
    assert old.read_bytes() == b"half"


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), ValueError("a defect"), KeyboardInterrupt()])
def test_that_an_error_while_writing_leaves_the_old_file_and_nothing_else(old, error):
    def write(file):
        file.write(b"half of it")
        raise error

    with pytest.raises(type(error)):
        write_atomically(old, write)
    assert old.read_bytes() == b"old"
    assert names_in(old.parent) == ["file.bin"]


def test_that_a_disk_found_full_on_flushing_leaves_the_old_file_and_nothing_else(old, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("workbench.engine.files.atomic_write.os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(old, put(b"new"))
    assert old.read_bytes() == b"old"
    assert names_in(old.parent) == ["file.bin"]


def test_that_a_process_killed_while_writing_leaves_the_old_file_whole(old):
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from workbench.engine.files.atomic_write import write_atomically\n"
        "def write(file): file.write(b'half'); file.flush(); os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_atomically(Path(sys.argv[1]), write)"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(old)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert old.read_bytes() == b"old"


def test_that_the_new_file_is_flushed_to_the_disk_before_it_replaces_the_old_one(old, monkeypatch):
    flushed = []
    fsync = os.fsync

    def note(descriptor):
        flushed.append((stat.S_ISREG(os.fstat(descriptor).st_mode), old.read_bytes()))
        fsync(descriptor)

    monkeypatch.setattr("workbench.engine.files.atomic_write.os.fsync", note)
    write_atomically(old, put(b"new"))
    assert flushed[0] == (True, b"old")


def test_that_a_symbolic_link_stays_a_link(old):
    link = old.with_name("link")
    link.symlink_to(old.name)
    write_atomically(link, put(b"new"))
    assert link.is_symlink()
    assert old.read_bytes() == b"new"


def test_that_a_link_to_nothing_yet_makes_the_file_it_names(tmp_path):
    link = tmp_path / "link"
    link.symlink_to("file.bin")
    write_atomically(link, put(b"new"))
    assert link.is_symlink()
    assert (tmp_path / "file.bin").read_bytes() == b"new"


def test_that_a_replaced_file_keeps_its_rights(old):
    old.chmod(0o640)
    write_atomically(old, put(b"new"))
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


def test_that_a_new_file_has_the_rights_of_any_other(tmp_path, umask):
    write_atomically(tmp_path / "file.bin", put(b"new"))
    assert stat.S_IMODE((tmp_path / "file.bin").stat().st_mode) == 0o666 & ~umask


def test_that_a_protected_file_is_not_replaced(old, monkeypatch):
    # Asked of a stand-in: to the superuser, as whom tests may run, nothing is protected.
    monkeypatch.setattr("workbench.engine.files.atomic_write.os.access", lambda *_: False)
    with pytest.raises(PermissionError):
        write_atomically(old, put(b"new"))
    assert old.read_bytes() == b"old"


def test_that_a_missing_folder_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "none" / "file.bin", put(b"new"))


def test_that_a_folder_is_not_replaced_nor_anything_written_for_it(tmp_path):
    with pytest.raises(IsADirectoryError):
        write_atomically(tmp_path, lambda _file: pytest.fail("written in vain"))


def test_that_the_longest_name_that_a_folder_allows_can_be_written(tmp_path):
    path = tmp_path / ("ü" * 126 + ".pt")
    write_atomically(path, put(b"new"))
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_that_what_is_not_a_file_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomically(pipe, put(b"new"))
        assert os.read(reader, 10) == b"new"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


# Files that killed processes have left behind.


def left_behind(folder, name, age=3600.0):
    path = folder / name
    path.write_bytes(b"half")
    os.utime(path, (time.time() - age,) * 2)
    return path


def test_that_what_a_killed_process_left_behind_is_removed_by_the_next_save_into_the_folder(tmp_path):
    left_behind(tmp_path, ".weights.pt.0123456789abcdef.part")
    write_atomically(tmp_path / "other.ckpt", put(b"new"))
    assert names_in(tmp_path) == ["other.ckpt"]


@pytest.mark.parametrize(
    "name", ["film.mkv.part", ".film.part", ".weights.pt.0123456789abcdef.old", ".weights.pt.0123456789ABCDEF.part"]
)
def test_that_a_file_that_is_not_our_temporary_one_is_left(tmp_path, name):
    left_behind(tmp_path, name, age=1e7)
    write_atomically(tmp_path / "other.ckpt", put(b"new"))
    assert names_in(tmp_path) == sorted([name, "other.ckpt"])


def test_that_a_young_temporary_file_is_left_since_its_process_may_not_have_locked_it_yet(tmp_path):
    path = left_behind(tmp_path, ".weights.pt.0123456789abcdef.part", age=5.0)
    write_atomically(tmp_path / "other.ckpt", put(b"new"))
    assert path.exists()


def test_that_the_temporary_file_of_a_write_that_goes_on_is_left(tmp_path):
    def write(file):
        (own,) = tmp_path.iterdir()
        os.utime(own, (0, 0))
        write_atomically(tmp_path / "other.ckpt", put(b"other"))
        assert own.exists()
        file.write(b"new")

    write_atomically(tmp_path / "file.bin", write)
    assert (tmp_path / "file.bin").read_bytes() == b"new"


# File systems that refuse something.


def refuse(monkeypatch, owner, name, number):
    def refused(*_values, **_options):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(owner, name, refused)


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP])
def test_that_a_file_is_written_where_the_file_system_knows_no_fsync(old, monkeypatch, number):
    refuse(monkeypatch, os, "fsync", number)
    write_atomically(old, put(b"new"))
    assert old.read_bytes() == b"new"
    assert names_in(old.parent) == ["file.bin"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EOPNOTSUPP])
def test_that_a_file_is_replaced_where_the_file_system_knows_no_rights(old, monkeypatch, number):
    refuse(monkeypatch, type(old), "chmod", number)
    write_atomically(old, put(b"new"))
    write_atomically(old, put(b"newer"))
    assert old.read_bytes() == b"newer"


def test_that_a_file_is_written_where_the_file_system_knows_no_locks(tmp_path, monkeypatch):
    fcntl = pytest.importorskip("fcntl")
    refuse(monkeypatch, fcntl, "flock", errno.ENOLCK)
    recent = left_behind(tmp_path, ".weights.pt.0123456789abcdef.part")
    left_behind(tmp_path, ".weights.pt.fedcba9876543210.part", age=1e6)
    write_atomically(tmp_path / "file.bin", put(b"new"))
    assert names_in(tmp_path) == sorted([recent.name, "file.bin"])


@pytest.mark.parametrize("content", [b"longer than before", b"new"])
def test_that_a_file_that_is_mounted_there_is_written_in_place(old, monkeypatch, content):
    old.write_bytes(b"old content")
    refuse(monkeypatch, type(old), "replace", errno.EBUSY)
    write_atomically(old, put(content))
    assert old.read_bytes() == content
    assert names_in(old.parent) == ["file.bin"]


def test_that_a_mounted_file_is_as_before_where_writing_it_in_place_fails(old, monkeypatch):
    refuse(monkeypatch, type(old), "replace", errno.EBUSY)
    copies = []
    copy = atomic_write._copy_into

    def fails_at_first(source, target):
        copies.append(source.read_bytes())
        if len(copies) == 1:
            target.write_bytes(b"ne")
            raise OSError(errno.ENOSPC, "full")
        copy(source, target)

    monkeypatch.setattr(atomic_write, "_copy_into", fails_at_first)
    with pytest.raises(OSError, match="full"):
        write_atomically(old, put(b"new"))
    assert copies == [b"new", b"old"]
    assert old.read_bytes() == b"old"
    assert names_in(old.parent) == ["file.bin"]
