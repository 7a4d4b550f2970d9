from pathlib import Path

import platformdirs
import pytest
from PySide6.QtWidgets import QMainWindow

from workbench.engine.paths import PROGRAM, user_folder
from workbench.ui.system.preferences import LAYOUT_VERSION, Settings


@pytest.fixture
def file():
    path = user_folder("config") / "window.ini"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def test_that_a_dictionary_that_was_written_is_read_again():
    Settings().write("controls", {"learning_rate": 0.01})
    assert Settings().read("controls") == {"learning_rate": 0.01}


def test_that_a_missing_key_reads_as_an_empty_dictionary():
    assert Settings().read("controls") == {}


@pytest.mark.parametrize("junk", [b"", b"\x00\xff garbage", b"[General]\ncontrols=not json\ngeometry=5\nlayout=x\n"])
def test_that_a_damaged_file_counts_as_missing(qtbot, file, junk):
    file.write_bytes(junk)
    window = QMainWindow()
    qtbot.addWidget(window)
    size = window.size()
    settings = Settings()
    assert settings.read("controls") == {}
    settings.restore_geometry(window)
    assert window.size() == size
    assert settings.layout("") is None


def test_that_a_stored_layout_is_restored(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(777, 555)
    Settings().save_layouts(window, {"": window.saveState(LAYOUT_VERSION), "compare": window.saveState(7)})
    other = QMainWindow()
    qtbot.addWidget(other)
    Settings().restore_geometry(other)
    assert other.restoreState(Settings().layout(""), LAYOUT_VERSION)
    assert not other.restoreState(Settings().layout("compare"), LAYOUT_VERSION)
    assert Settings().layout("understand") is None
    assert (other.width(), other.height()) == (777, 555)


@pytest.mark.parametrize("is_new_there", [False, True])
def test_that_settings_of_an_older_version_are_found_on_windows(monkeypatch, tmp_path, is_new_there):
    def as_on_windows(name: str, appauthor: str | bool | None = None) -> Path:
        return tmp_path / name if appauthor is False else tmp_path / name / name

    monkeypatch.setattr(platformdirs, "user_config_path", as_on_windows)
    older = tmp_path / PROGRAM / PROGRAM / "window.ini"
    older.parent.mkdir(parents=True)
    older.write_text('[General]\ntheme="{\\"mode\\": \\"dark\\"}"\n')
    if is_new_there:
        (tmp_path / PROGRAM / "window.ini").write_text('[General]\ntheme="{\\"mode\\": \\"light\\"}"\n')
    assert Settings().read("theme") == {"mode": "light" if is_new_there else "dark"}
