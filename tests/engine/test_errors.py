import re
from pathlib import Path

import pytest

from workbench.engine.errors import UserError, sentence_in


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


def upper(template):
    """A translation into capitals, placeholders aside."""
    return re.sub(r"[^{}]+(?![^{]*})", lambda found: found[0].upper(), template)


def test_that_a_sentence_within_a_sentence_stays_whole():
    reason = UserError("Fashion-MNIST is not in {folder}: choose another folder.", folder="/DATA/" + "X" * 100)
    problem = UserError("{reason} The built-in part is used instead, " + "which is smaller, " * 10, reason=reason)
    assert str(reason) in str(problem)
    assert str(reason).upper() in sentence_in(upper, problem)


@pytest.mark.parametrize("length", [20, 60, 90, 119])
def test_that_other_fields_are_cut_before_a_path_of_usual_length(length):
    path = Path("/") / ("x" * (length - 4)) / "a"
    problem = UserError(
        "{path}: it has {found} in place of {expected}, so {advice}.",
        path=path,
        found="f" * 100,
        expected="e" * 100,
        advice="a" * 60,
    )
    assert str(path) in str(problem)
    assert len(str(problem)) <= 300
    assert str(problem).endswith("a.")
