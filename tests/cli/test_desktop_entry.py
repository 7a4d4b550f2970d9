import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from workbench import app
from workbench.cli import desktop_entry
from workbench.cli.desktop_entry import CHECKPOINT_TYPE, RUN_TYPE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="is for desktops of Linux")


@pytest.fixture
def data_home(tmp_path, monkeypatch):
    folder = tmp_path / "share of a person"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    # The desktop's own lists are of no interest, and their programs may not be there.
    monkeypatch.setattr(desktop_entry, "UPDATERS", ())
    return folder


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def entry(folder):
    return (folder / "applications" / "training-workbench.desktop").read_text(encoding="utf-8")


def test_that_entry_icon_and_kinds_of_files_are_written_and_named(data_home, capsys):
    assert app.main(["--install-desktop"]) == 0
    assert set(files(data_home)) == {
        "applications/training-workbench.desktop",
        "icons/hicolor/scalable/apps/training-workbench.svg",
        "mime/packages/training-workbench.xml",
    }
    said = capsys.readouterr().err
    for name in files(data_home):
        assert str(data_home / name) in said
    assert f"MimeType={RUN_TYPE};{CHECKPOINT_TYPE};" in entry(data_home)
    assert b"<svg" in files(data_home)["icons/hicolor/scalable/apps/training-workbench.svg"]


def test_that_the_kinds_of_files_are_well_formed_and_have_the_endings(data_home):
    app.main(["--install-desktop"])
    root = ElementTree.parse(data_home / "mime" / "packages" / "training-workbench.xml").getroot()
    name = "{http://www.freedesktop.org/standards/shared-mime-info}"
    globs = {kind.get("type"): kind.find(f"{name}glob").get("pattern") for kind in root.iter(f"{name}mime-type")}
    assert globs == {RUN_TYPE: "*.run", CHECKPOINT_TYPE: "*.ckpt"}


def test_that_a_second_time_changes_nothing_and_uninstalling_leaves_nothing(data_home, capsys):
    app.main(["--install-desktop"])
    first = files(data_home)
    assert app.main(["--install-desktop"]) == 0
    assert files(data_home) == first
    capsys.readouterr()
    assert app.main(["--uninstall-desktop"]) == 0
    assert files(data_home) == {}
    assert capsys.readouterr().err.count("Removed: ") == 3
    assert app.main(["--uninstall-desktop"]) == 0
    assert "nothing to remove" in capsys.readouterr().err


@pytest.mark.parametrize("already", [True, False])
def test_that_where_one_file_cannot_be_written_none_is(data_home, monkeypatch, capsys, already):
    if already:
        app.main(["--install-desktop"])
        older = data_home / "mime" / "packages" / "training-workbench.xml"
        older.write_text("<older/>")
    before = files(data_home)
    write, left = desktop_entry._write, [2]

    def fill_the_disk(path, content):
        if path.suffix == ".desktop" and left[0]:
            left[0] = 0
            raise OSError(28, "No space left on device", str(path))
        write(path, content)

    monkeypatch.setattr(desktop_entry, "_write", fill_the_disk)
    assert app.main(["--install-desktop"]) == 1
    assert files(data_home) == before
    assert "Nothing was installed" in capsys.readouterr().err


def test_that_a_folder_that_may_not_be_written_is_said(data_home, capsys):
    data_home.write_text("a file in the place of the folder")
    assert app.main(["--install-desktop"]) == 1
    assert "Nothing was installed" in capsys.readouterr().err


def test_that_a_relative_data_folder_is_ignored_as_the_specification_says(monkeypatch, tmp_path, own_home):
    monkeypatch.setattr(desktop_entry, "UPDATERS", ())
    monkeypatch.setenv("XDG_DATA_HOME", "share")
    monkeypatch.chdir(tmp_path)
    assert app.main(["--install-desktop"]) == 0
    assert not (tmp_path / "share").exists()
    assert (own_home / ".local" / "share" / "applications" / "training-workbench.desktop").exists()


@pytest.mark.parametrize("name", ["workbench", "my workbench", "100%", 'a"b', "c$HOME", "back\\slash", "tick`s"])
def test_that_the_desktop_starts_the_command_that_was_used(data_home, monkeypatch, tmp_path, name):
    command = tmp_path / name
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(command), "--install-desktop"])
    app.main(["--install-desktop"])
    line = next(line for line in entry(data_home).splitlines() if line.startswith("Exec="))
    assert line.endswith(" %f")
    assert read_back(line.removeprefix("Exec=").removesuffix(" %f")) == [str(command)]


def read_back(value):
    """The words of an Exec value, read as the specification says: first the escapes of a value, then the quotes."""
    text = value.replace("\\\\", "\0").replace("%%", "%")
    words, word, is_quoted, place = [], "", False, 0
    while place < len(text):
        letter = text[place]
        if letter == '"':
            is_quoted = not is_quoted
        elif letter == "\0" and is_quoted:
            place += 1
            word += "\\" if text[place] == "\0" else text[place]
        elif letter == " " and not is_quoted:
            words.append(word)
            word = ""
        else:
            word += letter
        place += 1
    return [*words, word]


def test_that_without_a_command_the_interpreter_starts_the_copy_of_the_repository(data_home, monkeypatch):
    monkeypatch.setattr(sys, "argv", [str(Path("main.py").absolute()), "--install-desktop"])
    app.main(["--install-desktop"])
    main = Path(app.__file__).parents[1] / "main.py"
    assert f'Exec="{sys.executable}" "{main}" %f' in entry(data_home)


def test_that_without_a_command_or_a_repository_the_interpreter_starts_the_module(data_home, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "argv", ["workbench/__main__.py", "--install-desktop"])
    monkeypatch.setattr(desktop_entry, "resource_folder", lambda: tmp_path / "resources")
    app.main(["--install-desktop"])
    assert f'Exec="{sys.executable}" -m workbench %f' in entry(data_home)


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="the checker is not installed")
def test_that_the_checker_of_the_desktops_accepts_the_entry(data_home):
    app.main(["--install-desktop"])
    path = data_home / "applications" / "training-workbench.desktop"
    done = subprocess.run(["desktop-file-validate", str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("system", ["win32", "darwin"])
@pytest.mark.parametrize("option", ["--install-desktop", "--uninstall-desktop"])
def test_that_other_systems_get_one_sentence(data_home, monkeypatch, capsys, system, option):
    monkeypatch.setattr(desktop_entry.sys, "platform", system)
    assert app.main([option]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Linux" in said
    assert not data_home.exists()


def test_that_both_at_once_are_refused(data_home, capsys):
    with pytest.raises(SystemExit) as ended:
        app.main(["--install-desktop", "--uninstall-desktop"])
    assert ended.value.code == 2
