"""The file of data beside a script or a notebook: one that holds something else is not overwritten unasked."""

import pytest

from tests.engine.exporters.exported_runs import context_of, own_data, record_with_weights
from workbench.engine.errors import UserError
from workbench.engine.exporters.context import ExportContext
from workbench.engine.exporters.registry import EXPORTS, export


@pytest.fixture
def data():
    return own_data()


@pytest.fixture
def record(data):
    return record_with_weights(data, model="mlp-custom")


FORMS = pytest.mark.parametrize(("form", "name"), [("script", "a.py"), ("notebook", "a.ipynb")])


@FORMS
def test_that_a_file_with_something_else_stays_and_the_sentence_says_so(record, data, tmp_path, form, name):
    (tmp_path / "a_data.npz").write_bytes(b"a year of work")
    with pytest.raises(UserError, match="is there already and holds something else") as caught:
        export(EXPORTS[form], record, tmp_path / name, context_of(data))
    assert str(tmp_path / "a_data.npz") in str(caught.value)
    assert (tmp_path / "a_data.npz").read_bytes() == b"a year of work"
    assert not (tmp_path / name).exists()


@FORMS
def test_that_it_is_replaced_where_the_user_was_asked(record, data, tmp_path, form, name):
    (tmp_path / "a_data.npz").write_bytes(b"old")
    context = ExportContext(lambda: data, may_replace=True)
    export(EXPORTS[form], record, tmp_path / name, context)
    assert (tmp_path / "a_data.npz").stat().st_size > 1000


def test_that_the_same_data_are_shared_by_script_and_notebook_and_written_once(record, data, tmp_path):
    export(EXPORTS["script"], record, tmp_path / "a.py", context_of(data))
    before = (tmp_path / "a_data.npz").stat()
    export(EXPORTS["script"], record, tmp_path / "a.py", context_of(data))
    export(EXPORTS["notebook"], record, tmp_path / "a.ipynb", context_of(data))
    assert (tmp_path / "a_data.npz").stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("form", EXPORTS.names)
def test_that_only_code_for_data_of_the_users_own_has_a_file_beside_it(record, tiny_data, tmp_path, form):
    beside = EXPORTS[form].beside(record.recipe, tmp_path / "a.x")
    assert beside == ((tmp_path / "a_data.npz",) if form in ("script", "notebook") else ())
    assert EXPORTS[form].beside(record_with_weights(tiny_data).recipe, tmp_path / "a.x") == ()
