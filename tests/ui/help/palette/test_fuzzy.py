import pytest

from workbench.ui.help.palette.fuzzy import Name, is_in_order, is_one_typo, plain, score, words_of


def fit(typed, *names):
    return score(words_of(typed), [Name.of(name) for name in names])


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("step", "Step", "Step one epoch"),
        ("step", "Step one epoch", "Go to step"),
        ("ep", "Epochs", "Step one epoch"),
        ("sw", "Save weights", "Password"),
        ("save", "Save weights", "Autosave"),
        ("rate", "Rate", "Learning rate"),
        ("train", "Train", "Constrained"),
        ("wieghts", "Test weights", "Save run"),
    ],
)
def test_that_a_whole_word_comes_before_a_beginning_and_a_beginning_before_the_rest(typed, better, worse):
    best, second = fit(typed, better), fit(typed, worse)
    assert best is not None
    assert second is None or best > second


def test_that_an_alias_counts_a_little_less_than_the_name():
    assert fit("rate", "Rate") > fit("rate", "Speed", "rate") > fit("rat", "Rate")


def test_that_each_word_must_fit():
    assert fit("save weights", "Save weights") is not None
    assert fit("save quickly", "Save weights") is None
    assert fit("weights save", "Save weights") is not None


@pytest.mark.parametrize("typed", ["larning", "leraning", "learnimg", "learnning"])
def test_that_one_wrong_letter_is_forgiven(typed):
    assert fit(typed, "Learning rate") is not None


def test_that_two_wrong_letters_or_a_wrong_first_one_are_not():
    assert not is_one_typo("laerming", "learning")
    assert not is_one_typo("yearning", "learning")


def test_that_accents_case_and_half_a_syllable_of_hangul_do_not_matter():
    assert plain("Überprüfen") == "uberprufen"
    assert fit("학", "학습률") is not None
    assert fit("하", "학습률") is not None
    assert fit("습학", "학습률") is None


def test_that_letters_in_order_fit_a_name():
    assert is_in_order("lrnrt", "learningrate")
    assert not is_in_order("trl", "learningrate")
    assert fit("lrnrate", "Learning rate") is not None


def test_that_nothing_typed_fits_everything_and_a_name_of_signs_alone_fits_nothing():
    assert fit("", "Train") == 0.0
    assert fit("x", "…") is None
