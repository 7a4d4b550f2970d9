"""The panels that are read beside the curves, and what they light up in the real window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QTableView, QWidget

from workbench.engine.teaching.glossary import glossary
from workbench.engine.teaching.tutorial import tutorial
from workbench.ui.window.docks import RIGHT
from workbench.ui.window.teaching import Teaching

TARGETS = sorted({term.target for term in glossary()} | {t for section in tutorial() for t in section.targets})


def glows(person):
    return [each for each in person.window.findChildren(QWidget, "glow") if each.isVisible()]


def test_every_target_of_glossary_and_tutorial_is_in_the_window_and_has_a_name(person):
    teaching = person.window.findChild(Teaching)
    for target in TARGETS:
        widget = teaching.find(target)
        person.qtbot.wait(1)
        assert widget is not None, target
        assert widget.isVisible(), target
        assert teaching.name_of(target) not in {"", target[1]}


def test_a_term_of_the_glossary_lights_up_its_control_also_where_that_was_out_of_sight(person):
    person.press("glossary")
    assert person.window.dockWidgetArea(person.find("glossary_dock", QDockWidget)) == RIGHT
    person.find("glossary").search("early stopping")
    person.qtbot.keyClick(person.find("glossary_search"), Qt.Key.Key_Return)
    control = person.find("early_stopping")
    person.wait_for(lambda: bool(glows(person)))
    assert not control.visibleRegion().isEmpty()
    assert person.find("glossary_table", QTableView).hasFocus() or person.window.focusWidget() is not None


def test_a_term_whose_panel_is_elsewhere_leads_there_and_stays_readable(person):
    person.press("glossary")
    person.find("glossary").search("confusion matrix")
    person.qtbot.keyClick(person.find("glossary_search"), Qt.Key.Key_Return)
    person.wait_for(lambda: person.find("confusion_matrix").isVisible() and bool(glows(person)))
    assert person.find("glossary").isVisible()
    person.wait_for(lambda: person.find("glossary").isAncestorOf(person.window.focusWidget()))


def test_the_learning_rate_glows_where_its_section_is_read(person):
    person.press("tutorial")
    panel = person.find("tutorial")
    numbers = [number for number, section in enumerate(tutorial()) if ("control", "learning_rate") in section.targets]
    panel.go_to(numbers[0])
    person.wait_for(lambda: bool(glows(person)))
    control = person.find("learning_rate")
    place = control.rect().translated(control.mapTo(person.window, control.rect().topLeft()))
    assert glows(person)[0].geometry().contains(place.center())


def test_panels_that_are_read_stand_behind_one_another_at_the_right_and_can_be_closed(person):
    for key in ("lessons", "tutorial", "glossary"):
        person.press(key)
        person.wait_for(lambda key=key: not person.find(f"{key}_dock", QDockWidget).visibleRegion().isEmpty())
    docks = [person.find(f"{key}_dock", QDockWidget) for key in ("lessons", "tutorial", "glossary")]
    assert set(person.window.tabifiedDockWidgets(docks[0])) == set(docks[1:])
    person.click("glossary_close")
    assert docks[2].isHidden()
    for workspace in ("understand", "compare", "train"):
        person.press(f"workspace_{workspace}")
    person.wait_for(lambda: not docks[0].isHidden())
    assert docks[2].isHidden()


def test_the_guide_names_every_panel_and_shows_things_in_the_window(person):
    person.press("guide")
    guide = person.find("guide")
    assert guide.entry.topic == "learning_rate"
    rows = person.window._parts.panels.rows
    panels = {entry.topic: entry for entry in person.window.findChild(Teaching)._guide_groups()[3].entries}
    assert set(panels) == {row.key for row in rows}
    for row in rows:
        assert panels[row.key].title not in {"", row.key}
        assert panels[row.key].paragraphs[0].text.endswith(".")
    guide.open_topic("learning_rate")
    person.click("guide_show")
    person.wait_for(lambda: bool(glows(person)))
    guide.close()
    person.press("guide")
    assert person.find("guide").isVisible()


def test_what_is_explained_can_be_read_on_in_the_guide(person):
    person.window._parts.explain_mode.read_on_requested.emit("batch_size")
    assert person.find("guide").entry.topic == "batch_size"


def test_the_files_of_texts_are_not_read_before_they_are_needed(person):
    panels = person.window._parts.panels
    assert not any(panel.is_built for panel in (panels.lessons, panels.tutorial, panels.glossary))
    person.press("glossary")
    assert panels.glossary.is_built
