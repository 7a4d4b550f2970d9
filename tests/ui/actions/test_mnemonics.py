import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QToolButton

from workbench.ui.actions.action_rows import ACTIONS
from workbench.ui.actions.menu_lists import MENUS, SUBMENUS
from workbench.ui.actions.mnemonics import LETTERS, assign, keep_mnemonics, letter_of, with_mnemonics, without_mnemonic
from workbench.ui.actions.qactions import create_actions, show_pause_or_resume


def test_that_first_letters_come_before_others_and_no_two_are_the_same():
    assert with_mnemonics(["Save weights", "Stop", "Step"]) == ["&Save weights", "S&top", "St&ep"]
    assert with_mnemonics(["Open data", "Data"]) == ["&Open data", "&Data"]


def test_that_a_text_in_korean_gets_a_letter_in_brackets():
    assert with_mnemonics(["학습", "중지…"]) == ["학습(&A)", "중지(&B)…"]
    assert with_mnemonics(["CPU 학습", "학습(&A)"]) == ["&CPU 학습", "학습(&A)"]


def test_that_an_ampersand_stays_one():
    assert with_mnemonics(["a && b"]) == ["&a && b"]
    assert without_mnemonic("&a && b") == "a & b"


@pytest.mark.parametrize("keys", [keys for _, keys in MENUS] + [keys for _, keys in SUBMENUS.values()])
def test_that_every_entry_of_every_menu_has_a_letter_of_its_own(keys):
    texts = with_mnemonics([ACTIONS[key].text for key in keys if key in ACTIONS])
    letters = [letter_of(text) for text in texts]
    assert all(letters)
    assert len(set(letters)) == len(letters)


def test_that_the_titles_of_the_menus_have_letters_of_their_own():
    letters = [letter_of(title) for title, _ in MENUS]
    assert all(letters)
    assert len(set(letters)) == len(letters)


@given(st.lists(st.text("abcdeXYZ 019é한국/-", min_size=1).map(str.strip).filter(bool), max_size=50))
def test_that_whatever_the_texts_are_no_letter_is_taken_twice_and_the_texts_stay(texts):
    marked = with_mnemonics(texts)
    assert [without_mnemonic(each) for each in marked] == texts
    letters = [letter for letter in map(letter_of, marked) if letter]
    assert len(set(letters)) == len(letters) == min(len(texts), len(LETTERS))
    assert with_mnemonics(marked) == marked


def test_that_a_text_that_changes_gets_its_letter_when_the_menu_opens_again(qtbot):
    menu = QMenu()
    qtbot.addWidget(menu)
    keep_mnemonics(menu)
    pause, step = QAction("Pause", menu), QAction("Step", menu)
    menu.addActions([pause, step])
    menu.aboutToShow.emit()
    assert [pause.text(), step.text()] == ["&Pause", "&Step"]
    pause.setText("Save & resume")
    menu.aboutToShow.emit()
    assert [letter_of(pause.text()), letter_of(step.text())] == ["s", "t"]


def test_that_separators_and_empty_entries_are_passed_over(qtbot):
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addSeparator()
    menu.addAction("")
    menu.addAction("Go")
    assign(menu)
    assert [action.text() for action in menu.actions()] == ["", "", "&Go"]


def test_that_an_entry_moves_on_where_another_has_no_letter_left():
    texts = with_mnemonics(["Train", "Pause", "Step", "Open", "Stop"])
    assert not any("(&" in text for text in texts)


def test_that_no_english_entry_needs_brackets():
    for _, keys in [*MENUS, *SUBMENUS.values()]:
        texts = with_mnemonics([ACTIONS[key].text for key in keys if key in ACTIONS and key != "language_ko"])
        assert not any("(&" in text for text in texts), texts


def test_that_a_button_never_shows_the_letter_of_the_menu(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    actions = create_actions(window)
    menu = QMenu(window)
    menu.addActions([actions["train"], actions["pause"]])
    button = QToolButton(window)
    button.setDefaultAction(actions["pause"])
    show_pause_or_resume(actions["pause"], resume=True)
    assign(menu)
    assert actions["pause"].text() == "&Resume"
    assert button.text() == "Resume"
    actions["pause"].setText("학습(&A)")
    assert button.text() == "Resume"
