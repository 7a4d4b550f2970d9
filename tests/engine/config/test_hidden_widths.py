import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.config.hidden_widths import MOST_LAYERS, WIDEST, canonical_widths, widths_of


@pytest.mark.parametrize(
    ("text", "kept"), [("512,512", "512,512"), (" 64, 032 16 ", "64,32,16"), ("", ""), (" , ", ""), ("8192", "8192")]
)
def test_that_widths_are_kept_in_one_form(text, kept):
    assert canonical_widths(text) == kept


@pytest.mark.parametrize("text", ["0", "8193", "-3", "1.5", "²", "a", "1e3", "9" * 5000, ",".join(["3"] * 13)])
def test_that_other_texts_are_refused_with_what_to_give(text):
    with pytest.raises(ValueError, match=r"^give "):
        canonical_widths(text)


@given(st.lists(st.integers(1, WIDEST), max_size=MOST_LAYERS))
def test_that_any_widths_come_back(widths):
    text = canonical_widths(" ".join(map(str, widths)))
    assert widths_of(text) == tuple(widths)
    assert canonical_widths(text) == text
