"""A path of any kind is used or refused with one sentence before the training, never a traceback."""

import errno
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench import cli
from workbench.engine.errors import UserError
from workbench.engine.files.atomic_write import write_atomically
from workbench.engine.files.safe_files import check_writable

OPTIONS = ["--save-weights", "--checkpoint", "--resume"]


@pytest.fixture
def places(tmp_path, monkeypatch):
    """The working folder, with some odd places in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop.pt").symlink_to("loop.pt")
    (tmp_path / "folder.pt").mkdir()
    (tmp_path / "file").touch()
    return tmp_path


@pytest.mark.skipif(os.name != "posix", reason="paths as POSIX knows them")
@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize(
    "path",
    [
        "n" * 253 + ".pt",
        "가" * 85 + ".pt",
        "x/" * 2500 + "a.pt",
        "loop.pt",
        "loop.pt/x.pt",
        "no/x.pt",
        "file/x.pt",
        "folder.pt",
        "/proc/x.pt",
        "~no-such-user/x.pt",
        "",
        "�/x.pt",
        "\x1b[31m/\u202ex.pt",
        "a\x00b.pt",
    ],
    ids=lambda path: ascii(path[:20]),
)
def test_that_a_path_that_cannot_be_is_refused_before_the_training(places, capsys, tiny_root, option, path):
    words = ["train", "--data-root", str(tiny_root), "--dataset", "fashion-mnist", "--epochs", "1", f"{option}={path}"]
    try:
        status = cli.main(words)
    except SystemExit as ended:
        status = ended.code
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert len(err) < 420
    assert not set(err) & {"\x1b", "\u202e", "\0"}


@pytest.mark.skipif(os.name != "posix", reason="paths as POSIX knows them")
@pytest.mark.parametrize("path", ["n" * 256, "x/" * 2500, "loop.pt", "file", "\udcff", "~no-such-user"])
def test_that_the_runs_of_a_folder_that_cannot_be_are_a_sentence(places, capsys, path):
    try:
        status = cli.main(["runs", "--store", path])
    except SystemExit as ended:
        status = ended.code
    assert status in {0, 2}
    assert capsys.readouterr().err.count("\n") == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=300) | st.text("/.~\0\n e\u202e\udc80가", min_size=1, max_size=20))
def test_that_checking_a_path_and_writing_to_it_agree(tmp_path, text):
    path = tmp_path / text.replace("/", "-") / ".." / text
    try:
        check_writable(path)
    except (UserError, ValueError):
        return
    if path.parent.resolve().is_relative_to(tmp_path):
        write_atomically(path, lambda file: file.write(b"x"))


def test_that_checking_leaves_nothing_behind(tmp_path):
    check_writable(tmp_path / "a.pt")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes as POSIX knows them")
def test_that_a_pipe_without_a_reader_is_an_error_and_not_a_wait(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="No such device") as refusal:
        write_atomically(tmp_path / "pipe", lambda file: file.write(b"x"))
    assert refusal.value.errno == errno.ENXIO


def test_that_a_checkpoint_is_written_when_the_weights_cannot_be(tiny_root, tmp_path, capsys, monkeypatch):
    from workbench.engine.models import weights

    def full(_weights, path):
        raise UserError("The disk is full, so {path} was not written.", path=path)

    monkeypatch.setattr(weights, "save_weights", full)
    words = ["train", "--data-root", str(tiny_root), "--dataset", "fashion-mnist", "--stop-after", "2"]
    state = tmp_path / "s.ckpt"
    status = cli.main([*words, "--save-weights", str(tmp_path / "w.pt"), "--checkpoint", str(state)])
    err = capsys.readouterr().err
    assert status == 1
    assert "The disk is full" in err
    assert f"checkpoint saved to {state}" in err
    assert cli.main([*words[:-1], "4", "--resume", str(state)]) == 0


@pytest.mark.parametrize("make", ["mkdir", "touch"])
def test_that_a_number_names_a_run_even_beside_a_file_of_this_name(tiny_root, tmp_path, capsys, monkeypatch, make):
    monkeypatch.chdir(tmp_path)
    words = ["train", "--data-root", str(tiny_root), "--dataset", "fashion-mnist", "--store", "s", "--stop-after"]
    assert cli.main([*words, "2"]) == 0
    for name in ("1", "7"):
        getattr(tmp_path / name, make)()
    assert cli.main([*words, "4", "--resume", "1"]) == 0
    capsys.readouterr()
    assert cli.main([*words, "4", "--resume", "7"]) == 2
    err = capsys.readouterr().err
    assert "no run 7" in err
    assert ("write ./7" in err) == (make == "touch")
