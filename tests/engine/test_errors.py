from pathlib import Path

import pytest

from workbench.engine.errors import UserError


@pytest.mark.parametrize(
    "name", ["\x1b[2Jred.pt", "a\u202egnp.exe", "new\nline.pt", "half\udc80.pt", "x" * 5000, "\x00" * 400]
)
def test_that_a_sentence_is_short_and_controls_no_terminal_whatever_a_path_holds(name):
    problem = str(UserError("{path} is damaged: choose another file.", path=Path(name)))
    assert len(problem) <= 300
    assert problem.isprintable()
    assert problem.endswith(" is damaged: choose another file.")


def test_that_a_long_path_keeps_its_beginning_and_its_name():
    problem = str(UserError("{path} is damaged.", path=Path("/home") / ("x" * 1000) / "model.pt"))
    assert problem.startswith("/home/")
    assert "model.pt is damaged." in problem


def test_that_a_number_of_thousands_of_digits_does_not_fill_the_sentence():
    assert len(str(UserError("{value} is too large: give another number.", value=10**5000))) <= 300


def test_that_a_sentence_within_a_sentence_stays_whole():
    reason = UserError("Fashion-MNIST is not in {folder}: choose another folder.", folder="/data/" + "x" * 100)
    problem = UserError("{reason} The built-in part is used instead, " + "which is smaller, " * 10, reason=reason)
    assert str(reason) in str(problem)
