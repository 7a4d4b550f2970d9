"""The catalogs hold every text of the program, translated, and nothing that it does not say any more."""

import re

import pytest

from tests.translations.__main__ import ROOT
from tests.translations.catalog_file import Entry, entries_of, updated, write_entries
from tests.translations.extraction import texts_of_program
from workbench.engine.translation import ENGLISH, LANGUAGES, fits, placeholders

FOREIGN = [code for code in LANGUAGES if code != ENGLISH]
PARTICLE = re.compile(r"\}[”\"’')]*(은|는|이|가|을|를|과|와|으로|로|이나|나|이며|며|이고|고)(?![가-힣])")
"""A particle whose form depends on the word before it: after a placeholder it would be wrong half the time."""


@pytest.fixture(scope="module")
def texts():
    return texts_of_program(ROOT / "workbench")


def entries(language):
    return entries_of(ROOT / "resources" / "translations" / f"workbench_{language}.ts")


def test_texts_of_every_kind_are_found(texts):
    assert "Train" in texts["Actions"]
    assert "&File" in texts["Actions"]
    assert "Learning rate" in texts["Hyperparameters"]
    assert "Fashion-MNIST" in texts["Registries"]
    assert "Journal" in texts["Panels"]
    assert sum("First" in text for text in texts["FirstBad"]) == 12
    assert "run saved to {path}" in texts["CommandLine"]
    assert any("learning rate" in text for text in texts["Hints"])
    assert any("{path}" in text for text in texts["Problems"])
    assert "free some space on its disk" in texts["Problems"]
    assert "Columns of texts are left out: {name}." in texts["Problems"]


@pytest.mark.parametrize("language", FOREIGN)
def test_the_catalog_holds_what_the_program_says_and_no_more(texts, language):
    said = {(context, text) for context, group in texts.items() for text in group}
    known = set(entries(language))
    assert said - known == set(), "new texts: python -m tests.translations"
    assert known - said == set(), "stale texts: python -m tests.translations"


@pytest.mark.parametrize("language", FOREIGN)
def test_every_text_is_translated(language):
    assert [key for key, entry in entries(language).items() if not (entry.is_finished and entry.text)] == []


@pytest.mark.parametrize("language", FOREIGN)
def test_a_translation_takes_what_the_english_text_takes(language):
    wrong = [
        (source, entry.text)
        for (_, source), entry in entries(language).items()
        if placeholders(source) is not None and not fits(source, entry.text)
    ]
    assert wrong == []


def test_no_particle_depends_on_what_fills_a_placeholder():
    assert [entry.text for entry in entries("ko").values() if PARTICLE.search(entry.text)] == []


@pytest.mark.parametrize("language", FOREIGN)
def test_ends_of_texts_are_those_of_the_english_ones(language):
    ends = [
        (source, entry.text)
        for (_, source), entry in entries(language).items()
        for end in (".", "…", "\n", " ")
        if source.endswith(end) != entry.text.endswith(end)
    ]
    assert ends == []


def test_an_update_keeps_what_is_translated_and_drops_what_is_not_said(tmp_path):
    known = {
        ("A", "Train"): Entry("학습", is_finished=True),
        ("A", "Gone"): Entry("없음", is_finished=True),
    }
    entries_now = updated(known, {"A": {"Train", "New & <old>"}, "B": {"Train"}})
    file = tmp_path / "workbench_ko.ts"
    write_entries(file, "ko", entries_now)
    assert entries_of(file) == {
        ("A", "New & <old>"): Entry("", is_finished=False),
        ("A", "Train"): Entry("학습", is_finished=True),
        ("B", "Train"): Entry("학습", is_finished=True),
    }
