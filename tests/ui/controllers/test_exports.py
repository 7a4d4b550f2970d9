"""The names of exported files, and what is remembered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.exporters.registry import EXPORTS
from workbench.ui.controllers.exports import distinct, file_of
from workbench.ui.text.saved_names import LONGEST_NAME, file_name


@given(st.text())
def test_that_every_title_gives_a_name_that_any_system_takes(title):
    name = file_name(title)
    assert 0 < len(name) <= LONGEST_NAME
    assert not set(name) & set('/\\:*?"<>|\x00\n')
    assert name == name.strip(" .")


@given(st.lists(st.sampled_from(["a", "A", "b", "a-2", "run", ""])))
def test_that_no_two_runs_have_one_name(titles):
    names = [name.casefold() for name in distinct(titles)]
    assert len(set(names)) == len(titles)


@pytest.mark.parametrize("row", EXPORTS.names)
def test_that_each_form_has_a_file_of_its_own(row):
    others = {file_of("a", name) for name in EXPORTS.names if name != row}
    assert file_of("a", row) not in others
    assert file_of("a", row).endswith(EXPORTS[row].suffix)


def test_that_a_suffix_that_was_typed_is_not_added_again():
    assert (file_of("a.RUN", "run"), file_of("a.b", "run")) == ("a.RUN", "a.b.run")
