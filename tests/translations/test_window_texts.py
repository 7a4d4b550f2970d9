"""What the window looks up while it is used is in the catalog: no text reaches Qt's translation by another way."""

import pytest

from tests.end_to_end.conftest import open_window, person  # noqa: F401
from tests.translations.__main__ import ROOT
from tests.translations.catalog_file import entries_of
from workbench.engine.translation import Catalog


@pytest.fixture
def looked_up(monkeypatch):
    """The texts that are looked up in the Korean catalog, with their contexts."""
    asked = set()
    find = Catalog.find

    def recording_find(self, context, source):
        asked.add((context, source))
        return find(self, context, source)

    monkeypatch.setattr(Catalog, "find", recording_find)
    return asked


def test_every_text_of_a_window_that_trains_is_in_the_catalog(looked_up, open_window, tiny_root):  # noqa: F811
    person = open_window("--data-root", tiny_root, "--dataset", "fashion-mnist", "--lang", "ko")  # noqa: F811
    person.wait_until_ready()
    person.train(epochs=2)
    for workspace in ("understand", "compare", "train"):
        person.press(f"workspace_{workspace}")
        person.qtbot.wait(300)
    person.press("step")
    person.wait_until_paused()
    known = {source for _, source in entries_of(ROOT / "resources" / "translations" / "workbench_ko.ts")}
    not_ours = ("Q", "Form", "GraphicsScene", "ViewBox", "PlotItem")  # of Qt and pyqtgraph
    missing = {(context, text) for context, text in looked_up if text not in known and not context.startswith(not_ours)}
    assert {(context, text) for context, text in missing if any(letter.isalpha() for letter in text)} == set()
