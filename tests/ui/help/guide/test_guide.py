import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QTextBrowser, QTreeWidget, QWidget

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.recipe import REGISTRIES
from workbench.engine.teaching.glossary import glossary
from workbench.engine.teaching.lessons import lessons
from workbench.ui.actions.action_rows import ACTIONS
from workbench.ui.help.explaining.panel_texts import panel_help
from workbench.ui.help.guide.entries import GuideEntry, Paragraph, guide_groups, topics_of
from workbench.ui.help.guide.guide import Guide, page_of

PANELS = [("log", "Log", "Alt+Shift+L"), ("runs", "Runs", "")]


@pytest.fixture(scope="module")
def topics():
    return topics_of(guide_groups(PANELS))


@pytest.mark.parametrize("row", TABLE.values(), ids=lambda row: row.name)
def test_that_every_hyperparameter_appears_with_its_own_help(topics, row):
    entry = topics[row.name]
    assert entry.title == row.label
    assert row.help in entry.text
    assert entry.target == ("control", row.name)


@pytest.mark.parametrize("name", REGISTRIES)
def test_that_every_row_of_every_registry_appears_with_its_own_help(topics, name):
    for row in REGISTRIES[name]:
        assert f"{row.label} {row.help}" in topics[name].text


@pytest.mark.parametrize("row", ACTIONS.values(), ids=lambda row: row.key)
def test_that_every_action_appears_with_its_own_tip(row):
    actions = {entry.topic: entry for entry in guide_groups(PANELS)[2].entries}
    assert row.text.rstrip("…") == actions[row.key].title
    assert row.tip in actions[row.key].text


def test_that_panels_appear_with_what_explains_them_and_their_keys():
    panels = {entry.topic: entry for entry in guide_groups(PANELS)[3].entries}
    assert panel_help("log") in panels["log"].text
    assert "Alt+Shift+L" in panels["log"].text
    assert set(panels) == {"log", "runs"}


def test_that_lessons_and_terms_appear(topics):
    assert all(f"lesson:{lesson.key}" in topics for lesson in lessons())
    assert all(f"term:{term.name.en}" in topics for term in glossary())


@pytest.fixture
def guide(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    guide = Guide(guide_groups(PANELS), window)
    guide.show()
    yield guide
    guide.close()
    window.close()


def shown(guide):
    tree = guide.findChild(QTreeWidget, "guide_list")
    items = []
    for index in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(index)
        if not group.isHidden():
            children = (group.child(place) for place in range(group.childCount()))
            items += [child.text(0) for child in children if not child.isHidden()]
    return items


def page(guide):
    return guide.findChild(QTextBrowser, "guide_page").toPlainText()


def test_that_the_search_finds_every_word_anywhere_in_an_entry(qtbot, guide):
    everything = shown(guide)
    qtbot.keyClicks(guide.findChild(QLineEdit, "guide_search"), "weights gradient rate")
    found = shown(guide)
    assert "Learning rate" in found
    assert 0 < len(found) < len(everything)
    assert guide.entry.title in found
    guide.search("no such word anywhere")
    assert shown(guide) == []
    assert guide.entry is None
    assert guide.findChild(QWidget, "guide_nothing").isVisible()
    guide.search("")
    assert shown(guide) == everything


def test_that_an_entry_named_by_what_is_typed_comes_before_one_that_only_mentions_it(guide):
    guide.search("momentum")
    assert guide.entry.topic == "momentum"
    guide.search("confusion matrix")
    assert guide.entry.topic == "term:confusion matrix"
    guide.search("")
    assert guide.entry.topic == "term:confusion matrix"


def test_that_the_keyboard_leads_from_the_search_to_the_page_and_into_the_window(qtbot, guide):
    field = guide.findChild(QLineEdit, "guide_search")
    field.setFocus()
    qtbot.keyClicks(field, "divergence guard")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    tree = guide.findChild(QTreeWidget, "guide_list")
    assert guide.entry.topic == "guard"
    with qtbot.waitSignal(guide.target_requested) as asked:
        qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert asked.args == [("control", "guard")]


def test_that_a_topic_opens_at_its_entry(guide):
    guide.search("nothing of this")
    guide.open_topic("momentum")
    assert guide.entry.topic == "momentum"
    assert TABLE["momentum"].help in page(guide)
    assert guide.findChild(QPushButton, "guide_show").isEnabled()
    guide.open_topic("lesson:dropout")
    assert not guide.findChild(QPushButton, "guide_show").isEnabled()


def test_that_texts_are_shown_as_they_are():
    entry = GuideEntry("x", "<b>Title</b>", (Paragraph("a < b & c", "<i>"),))
    assert "<b>Title" not in page_of(entry).replace("<b>&lt;i&gt;</b>", "")
    assert "a &lt; b &amp; c" in page_of(entry)
