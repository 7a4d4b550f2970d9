import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QScreen

from workbench.app import create_window


@pytest.mark.parametrize(
    ("screen", "height"),
    [((1024, 768), 720), ((1280, 720), 672), ((1280, 800), 752), ((1366, 768), 720), ((1920, 1080), 800)],
)
def test_that_the_first_window_fits_the_free_area_of_the_screen(qtbot, monkeypatch, screen, height):
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(*screen))
    window = create_window([])
    assert window.height() == height
    assert window.width() <= screen[0]
    window.leave()
    window.deleteLater()
