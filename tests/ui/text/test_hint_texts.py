"""Every hint can be said, in one short sentence, with the numbers it rests on."""

import pytest

from tests.engine.analysis import test_curve_hints as kinds_of_curves
from workbench.engine.analysis import curve_hints
from workbench.engine.analysis.hint import (
    AddMoreEpochs,
    CheckTheNetwork,
    FindTheRate,
    GoBack,
    HintKind,
    SaveTheWeights,
    ShowClass,
    TryValue,
)
from workbench.ui.text import hint_texts
from workbench.ui.text.hint_texts import hint_basis, hint_sentence, source_text, suggestion_text

NAMES = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")


def test_that_every_hint_that_the_tests_of_the_curves_find_can_be_said(monkeypatch):
    said = {}

    def saying(history, facts):
        for hint in (found := curve_hints.hints_of(history, facts)):
            said[hint.kind] = f"{hint_sentence(hint, NAMES)} {hint_basis(hint, NAMES)}"
            assert hint.suggestion is None or 0 < len(suggestion_text(hint.suggestion)) <= 40
            assert source_text(hint.kind)
        return found

    monkeypatch.setattr(kinds_of_curves, "hints_of", saying)
    for name in dir(kinds_of_curves):
        test = getattr(kinds_of_curves, name)
        if name.startswith("test_") and not test.__code__.co_argcount and not hasattr(test, "hypothesis"):
            test()
    for loss in (float("nan"), float("inf")):
        kinds_of_curves.test_that_the_guards_stop_is_said_until_the_run_has_gone_on(loss)
    assert set(said) == set(HintKind)
    for text in said.values():
        assert len(text) <= 170, text
        assert "{" not in text


def test_that_each_way_to_say_a_hint_is_a_hint_that_there_is():
    assert {kind for kind, _ in hint_texts._WORDS} == set(HintKind)
    assert set(hint_texts._SOURCES) < set(HintKind)


@pytest.mark.parametrize(
    ("suggestion", "text"),
    [
        (AddMoreEpochs(1), "Add an epoch"),
        (AddMoreEpochs(3), "Add 3 epochs"),
        (TryValue("learning_rate", 1e-6), "Try a rate of 1e-6"),
        (TryValue("dropout", 0.0), "Set Dropout to 0"),
        (GoBack(4000, 4), "Go back to epoch 4"),
        (GoBack(0, 0), "Go back to the start"),
        (GoBack(0, 0, 0.01), "Start again at a rate of 0.01"),
        (ShowClass(1, 2), "Show them"),
        (SaveTheWeights(), "Save weights…"),
        (FindTheRate(), "Find learning rate…"),
        (CheckTheNetwork(), "Check the network…"),
    ],
)
def test_that_the_button_says_what_it_does(suggestion, text):
    assert suggestion_text(suggestion) == text
