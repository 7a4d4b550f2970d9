from workbench.ui.window.panel_keys import LETTERS, panel_keys


def test_that_each_panel_has_a_key_of_its_own():
    keys = panel_keys([*LETTERS, "glossary", "lessons"])
    assert len(set(keys.values())) == len(LETTERS) + 2
    assert keys["log"] == "Alt+Shift+L"


def test_that_a_panel_without_a_letter_takes_a_free_one_of_its_name_if_there_is_one():
    assert panel_keys(["quiz"])["quiz"] == "Alt+Shift+Q"
    assert panel_keys(["aaa"])["aaa"] not in {f"Alt+Shift+{letter}" for letter in LETTERS.values()}


def test_that_with_more_panels_than_letters_the_last_have_none():
    keys = panel_keys([f"panel_{number}" for number in range(40)])
    assert len(set(keys.values())) == len(keys) == 26 - len(set(LETTERS.values()))
