"""Reports in Korean: no text stays English but names, and what a reader with another language needs is there."""

import dataclasses
import re

import pytest

from tests.engine.exporters.exported_runs import context_of, own_data, record_of, record_with_weights
from tests.engine.exporters.report.test_page import Page
from workbench.engine.config.tasks import Task
from workbench.engine.exporters.context import ExportContext
from workbench.engine.exporters.report.page import check_page, report_text
from workbench.engine.history.records import Change, Incident, Origin, Refusal

NAMES = {"PyTorch", "Python", "SGD", "Nesterov", "relu", "cpu"}
"""What a Korean text has in these letters, too; names of things."""
ABBREVIATIONS = {"CPU", "CUDA", "bfloat16", "SHA-256", "RMSE", "UTC", "NaN", "training-workbench", "run"}
"""What stands within Korean texts; the last one is of the name of the run."""
OWN_WORDS = {"a run", "shirt", "boot", "bag"}
"""Of the runs in these tests: they are the user's own, in any language."""


def journal_run(data):
    """A run whose journal has an entry of each kind and of each origin."""
    record = record_with_weights(data, model="mlp-custom")
    record.history.changes = [Change(step, "shuffle", True, False, each) for step, each in enumerate(Origin)]
    record.history.refusals = [Refusal(4, "batch_size", "1", "", Origin.WINDOW, 1_700_000_001)]
    record.history.incidents = [Incident(5, float("inf"), 3), Incident(6, 2.5, 3, Origin.EARLY_STOPPING)]
    return record


def branch(data):
    """A branch that predicts numbers."""
    record = record_with_weights(data, model="mlp-custom", loss="mse", values={"validation_share": 0.2})
    return dataclasses.replace(record, run=dataclasses.replace(record.run, parent="0" * 16, parent_step=2))


def long_run(data):
    """A run with more tests and more entries than a report shows, and without weights."""
    record = record_of(data, model="mlp-custom")
    last = record.history.evaluations[-1]
    record.history.evaluations = [dataclasses.replace(last, epoch=epoch, step=epoch) for epoch in range(1, 101)]
    record.history.changes = [Change(step, "learning_rate", 0.1, 0.2) for step in range(100)]
    return dataclasses.replace(record, weights_sha256=None)


def empty_run(data):
    """A run without a test."""
    record = record_of(data, model="mlp-custom")
    record.history.evaluations = []
    record.history.truncate(0)
    return record


CLASSES = own_data(names=("shirt", "boot", "bag"))
MANY = own_data(names=tuple(f"k{number}" for number in range(21)), features=21)
NUMBERS = own_data(Task.REGRESSION, names=("shirt", "boot"))
RUNS = {
    "journal": (journal_run, CLASSES),
    "branch": (branch, NUMBERS),
    "long": (long_run, CLASSES),
    "empty": (empty_run, CLASSES),
    "many classes": (lambda data: record_with_weights(data, model="mlp-custom"), MANY),
}


def texts_of(record, context):
    """The texts that a reader sees or hears."""
    text = report_text(record, context)
    check_page(text)
    page = Page(re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL))
    spoken = [value for name, value in page.attributes if name in ("alt", "aria-label")]
    return {each.strip() for each in (*page.words, *spoken) if re.search("[A-Za-z]{2}", each)}


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("has_data", [True, False])
def test_that_no_text_of_a_korean_report_is_english_but_names(run, has_data, korean):
    make, data = RUNS[run]
    record = make(data)
    context = context_of(data) if has_data else ExportContext()
    found = texts_of(record, context)
    names = NAMES | OWN_WORDS | set(record.environment.values()) | {f"k{number}" for number in range(21)}
    names |= {record.run.id, record.weights_sha256, record.recipe.data.sha256}
    text = "\n".join(found - names)
    assert set(re.findall("[A-Za-z][A-Za-z0-9-]+", text)) - names - ABBREVIATIONS == set()


@pytest.mark.parametrize("run", RUNS)
def test_that_an_english_report_holds_no_korean_text(run):
    make, data = RUNS[run]
    assert not re.search("[가-힣]", report_text(make(data), context_of(data)))


def test_that_a_korean_page_says_its_language_and_names_fonts_that_have_its_letters(korean):
    make, data = RUNS["empty"]
    page = report_text(make(data), context_of(data))
    assert '<html lang="ko">' in page
    assert "Malgun Gothic" in page
