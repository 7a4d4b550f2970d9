import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableView, QWidget

from workbench.engine.teaching.glossary import glossary
from workbench.ui.panels.glossary import PAD, GlossaryPanel
from workbench.ui.style.palette import load_palette


@pytest.fixture
def panel(qtbot):
    panel = GlossaryPanel()
    qtbot.addWidget(panel)
    panel.set_palette(load_palette("light"))
    panel.set_names(lambda target: f"<{target[1]}>")
    panel.resize(340, 500)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def table(panel):
    return panel.findChild(QTableView, "glossary_table")


def rows(panel):
    model = table(panel).model()
    return [model.index(row, 0).data().partition(":")[0] for row in range(model.rowCount())]


def test_that_all_terms_are_listed_in_both_languages(panel):
    assert rows(panel) == [term.name.en for term in glossary()]
    model = table(panel).model()
    assert [model.headerData(column, Qt.Orientation.Horizontal, 0) for column in (0, 1)] == ["English", "한국어"]
    assert model.index(rows(panel).index("epoch"), 1).data().startswith("에폭: ")


@pytest.mark.parametrize("typed", ["learning rate", "LEARNING RATE", "학습률", "  학습률 "])
def test_that_a_term_is_found_in_either_language(panel, typed):
    panel.findChild(QLineEdit, "glossary_search").setText(typed)
    assert "learning rate" in rows(panel)
    assert len(rows(panel)) < len(glossary())


def test_that_it_says_where_no_term_is_found(panel):
    panel.search("no such term")
    assert rows(panel) == []
    assert panel.findChild(QWidget, "glossary_nothing").isVisible()
    panel.search("")
    assert not panel.findChild(QWidget, "glossary_nothing").isVisible()


def test_that_a_click_on_a_term_shows_what_it_belongs_to(qtbot, panel):
    panel.search("one pass over all training samples")
    qtbot.wait(20)
    index = table(panel).model().index(0, 1)
    with qtbot.waitSignal(panel.target_requested) as asked:
        place = table(panel).visualRect(index).center()
        qtbot.mouseClick(table(panel).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [("control", "epochs")]


def test_that_the_keyboard_alone_is_enough(qtbot, panel):
    field = panel.keyboard_start()
    field.setFocus()
    qtbot.keyClicks(field, "weight decay")
    with qtbot.waitSignal(panel.target_requested) as asked:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert asked.args == [("control", "weight_decay")]
    assert table(panel).hasFocus()
    panel.search("rate")
    table(panel).setCurrentIndex(table(panel).model().index(0, 0))
    qtbot.keyClick(table(panel), Qt.Key.Key_Down)
    assert table(panel).currentIndex().row() == 1


@pytest.mark.parametrize("width", [240, 340, 700])
def test_that_no_definition_is_cut(qtbot, panel, width):
    panel.resize(width, 500)
    qtbot.wait(40)
    view = table(panel)
    for row in range(view.model().rowCount()):
        for column in (0, 1):
            index = view.model().index(row, column)
            wanted = view.itemDelegate().sizeHint(view_option(view), index).height()
            assert view.rowHeight(row) >= wanted - 2 * PAD


def view_option(view):
    from PySide6.QtWidgets import QStyleOptionViewItem

    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    return option
