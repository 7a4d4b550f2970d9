import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton

from workbench.engine.teaching.tutorial import ORIGINALS, tutorial
from workbench.ui.panels.tutorial import TutorialPanel


@pytest.fixture
def panel(qtbot):
    panel = TutorialPanel()
    qtbot.addWidget(panel)
    panel.set_names(lambda target: target[1].capitalize())
    panel.resize(340, 500)
    panel.show()
    return panel


def press(qtbot, panel, name):
    qtbot.mouseClick(panel.findChild(QPushButton, f"tutorial_{name}"), Qt.MouseButton.LeftButton)


def test_that_what_a_section_describes_lights_up_when_it_is_read(qtbot, panel):
    asked = []
    panel.target_requested.connect(asked.append)
    for section in tutorial()[1:]:
        press(qtbot, panel, "next")
        assert panel.findChild(QLabel, "tutorial_heading").text() == section.title.en
        assert asked.pop() == section.targets[0]
    assert not panel.findChild(QPushButton, "tutorial_next").isEnabled()
    press(qtbot, panel, "back")
    assert panel.section == len(tutorial()) - 2


def test_that_each_thing_a_section_describes_can_be_shown(qtbot, panel):
    panel.go_to(1)
    with qtbot.waitSignal(panel.target_requested) as asked:
        press(qtbot, panel, "target_1")
    assert asked.args == [tutorial()[1].targets[1]]
    qtbot.wait(20)
    shown = [each for each in panel.findChildren(QPushButton) if each.isVisible() and "target" in each.objectName()]
    assert [each.text() for each in shown] == ["Show me: Dataset", "Show me: Data"]


def test_that_the_original_is_opened_or_its_address_can_be_read(qtbot, panel, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or len(opened) == 1)
    press(qtbot, panel, "original")
    assert opened == [ORIGINALS["en"]]
    press(qtbot, panel, "original")
    assert "No browser" in panel.findChild(QPushButton, "tutorial_original").text()
    address = panel.findChild(QLabel, "tutorial_address")
    assert all(each in address.text() for each in ORIGINALS.values())
    assert address.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_that_the_reader_finds_the_place_again(panel):
    panel.go_to(4)
    again = TutorialPanel()
    again.restore(panel.state())
    assert again.section == 4
    again.ensure_built()
    assert again.section == 4
    for wrong in ({}, {"section": 99}, {"section": True}, {"section": "4"}, {"section": -1}):
        again.restore(wrong)
        assert again.section == 4
    again.deleteLater()
    far = TutorialPanel()
    far.restore({"section": 99})
    far.ensure_built()
    assert far.section == 0
    far.deleteLater()
