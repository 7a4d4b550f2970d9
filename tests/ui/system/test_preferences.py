import platformdirs
import pytest
from PySide6.QtWidgets import QMainWindow

from workbench.ui.system.preferences import Settings


@pytest.fixture
def file():
    path = platformdirs.user_config_path("training-workbench") / "window.ini"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def test_that_what_is_written_is_read_again():
    Settings().write("controls", {"learning_rate": 0.01})
    assert Settings().read("controls") == {"learning_rate": 0.01}


def test_that_nothing_stored_reads_as_nothing():
    assert Settings().read("controls") == {}


@pytest.mark.parametrize("junk", [b"", b"\x00\xff garbage", b"[General]\ncontrols=not json\ngeometry=5\nlayout=x\n"])
def test_that_a_damaged_file_counts_as_not_there(qtbot, file, junk):
    file.write_bytes(junk)
    window = QMainWindow()
    qtbot.addWidget(window)
    settings = Settings()
    assert settings.read("controls") == {}
    assert not settings.restore_layout(window)


def test_that_a_layout_comes_back(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(777, 555)
    Settings().save_layout(window)
    other = QMainWindow()
    qtbot.addWidget(other)
    assert Settings().restore_layout(other)
    assert (other.width(), other.height()) == (777, 555)
