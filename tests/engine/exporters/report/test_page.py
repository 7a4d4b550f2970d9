"""Reports: one page with everything that is known of a run, in which no text of a stranger becomes markup."""

import base64
import dataclasses
import io
import re
from html.parser import HTMLParser

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.engine.exporters.exported_runs import (
    HOSTILE,
    context_of,
    own_data,
    own_network,
    record_of,
    record_with_weights,
)
from tests.engine.exporters.test_script import OWN_SOURCE
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_source import DataSource
from workbench.engine.errors import CancelledError
from workbench.engine.exporters.context import ExportContext
from workbench.engine.exporters.registry import EXPORTS, export
from workbench.engine.exporters.report.markup import element, escaped, table
from workbench.engine.exporters.report.page import check_page, report_text
from workbench.engine.history.records import Change, Incident, Origin, Refusal, ScheduledChange


class Page(HTMLParser):
    """The texts, the elements and the addresses of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.words = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join(self.words)


def page_of(record, data):
    text = report_text(record, context_of(data))
    check_page(text)
    return Page(text)


def test_that_a_report_holds_what_is_known_of_the_run(tiny_data, tmp_path):
    record = record_with_weights(tiny_data, [ScheduledChange(13, "learning_rate", 0.05)])
    record.history.add_incident(Incident(5, float("nan"), 3))
    path = tmp_path / "a.html"
    checked = export(EXPORTS["report"], record, path, context_of(tiny_data))
    assert re.fullmatch(r"a page of [\d,]+ bytes about 20 steps and 2 evaluations", str(checked))
    page = Page(path.read_text(encoding="utf-8"))
    for words in (
        "a run",
        "Multilayer perceptron on Fashion-MNIST, seed 0",
        "Learning rate: 0.001 → 0.05",
        "Loss NaN: the run went back to step 3",
        record.weights_sha256,
        record.recipe.data.sha256,
        record.environment["torch"],
        "CPU capability",
        "Ankle boot",
        "Worst mistakes",
        f"{record.history.evaluations[-1].average_loss:#.6g}",
    ):
        assert words in page.text, words
    assert page.tags.count("svg") == 1
    images = [value for name, value in page.attributes if name == "src"]
    assert len(images) == 12
    for each in images:
        with Image.open(io.BytesIO(base64.b64decode(each.removeprefix("data:image/png;base64,")))) as image:
            assert image.size == (28, 28)


def test_that_a_report_of_own_files_and_an_own_network_is_called_by_their_names(tiny_data):
    record = record_of(tiny_data, **own_network(OWN_SOURCE, "Noisy"))
    source = DataSource("/home/someone/flowers & co.csv")
    record = dataclasses.replace(record, recipe=dataclasses.replace(record.recipe, source=source))
    page = Page(report_text(record, context_of(tiny_data)))
    assert "Noisy on flowers & co.csv, seed 0" in page.text
    assert "someone" not in page.text


def test_that_the_counts_of_the_matrix_are_those_of_the_test_set(tiny_data):
    from workbench.engine.exporters.networks import network_of

    record = record_with_weights(tiny_data)
    text = report_text(record, context_of(tiny_data))
    matrix = re.search(r'<table class="matrix">.*?</table>', text, re.DOTALL)[0]
    rows = [re.findall(r"<td style[^>]*>([\d,]*)</td>", row) for row in re.findall(r"<tr>.*?</tr>", matrix)[1:]]
    predicted = network_of(record)(tiny_data.test_inputs.float() / 255).argmax(1)
    for true, row in enumerate(rows):
        wanted = torch.bincount(predicted[tiny_data.test_targets == true], minlength=10).tolist()
        assert [int(cell or 0) for cell in row] == wanted


@pytest.mark.parametrize("task", Task)
def test_that_hostile_names_stay_text(tmp_path, task):
    data = own_data(task)
    loss = "mse" if task is Task.REGRESSION else "cross-entropy"
    record = record_with_weights(data, model="mlp-custom", loss=loss)
    evil = "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\x1b[31m"
    record.environment.update(dict.fromkeys(record.environment, evil))
    record = dataclasses.replace(record, name=evil)
    export(EXPORTS["report"], record, tmp_path / "a.html", context_of(data))
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    page = Page(text)
    assert "script" not in page.tags
    assert not any(name.startswith("on") for name, _ in page.attributes)
    assert all(value.startswith("data:image/png") for name, value in page.attributes if name in ("src", "href"))
    assert "\x1b" not in text
    assert "\u202e" not in text
    shown = HOSTILE[0][:23]
    assert shown in page.text


@pytest.mark.parametrize("count", [2, 20, 21, 150])
def test_that_many_classes_are_shown_in_another_way(count):
    data = own_data(names=tuple(f"class {number}" for number in range(count)), features=count)
    record = record_with_weights(data, model="mlp-custom")
    page = page_of(record, data)
    assert ("Rows are the true classes" in page.text) == (count <= 20)
    assert (f"Hardest of {count} classes" in page.text) == (count > 20)


def test_that_without_weights_and_data_the_report_says_why(tiny_data):
    page = page_of(record_of(tiny_data), tiny_data)
    assert "are not kept" in page.text
    text = report_text(record_with_weights(tiny_data), ExportContext())
    check_page(text)
    assert "needs the data of the run" in Page(text).text


def test_that_a_diverged_network_is_reported(tiny_data):
    record = record_with_weights(tiny_data)
    for tensor in record.weights.values():
        tensor.fill_(float("nan"))
    assert "not finite" in page_of(record, tiny_data).text


def test_that_a_run_without_steps_and_one_with_thousands_of_entries_are_reported(tiny_data):
    record = record_of(tiny_data)
    last = record.history.evaluations[-1]
    record.history.evaluations = [dataclasses.replace(last, epoch=epoch, step=epoch) for epoch in range(1, 1001)]
    record.history.changes = [Change(step, "learning_rate", 0.1, 0.2) for step in range(1000)]
    page = page_of(record, tiny_data)
    assert "of 1,000 tests" in page.text
    assert "The first 60 of 1,000 entries." in page.text
    record.history.evaluations, record.history.changes = [], []
    record.history.truncate(0)
    assert "before its first test" in page_of(record, tiny_data).text


def test_that_the_journal_says_who_asked_when_and_why_and_what_was_refused(tiny_data):
    record = record_of(tiny_data)
    history = record.history
    history.changes = [Change(3, "learning_rate", 0.001, 0.01, Origin.HINT, 1_700_000_000, "<i>as it said</i>")]
    history.refusals = [Refusal(4, "batch_size", "1", "Batches of <one> are too small.", Origin.WINDOW, 1_700_000_001)]
    history.incidents = [Incident(18, 2.5, 10, Origin.EARLY_STOPPING, 1_700_000_002), Incident(9, 7.25, 5)]
    rows = re.findall(r"<tr>(.*?)</tr>", report_text(record, context_of(tiny_data)).split("<h2>Journal")[1])[:5]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]
    assert cells == [
        ["Step", "What happened", "Who asked", "When (UTC)", "Note"],
        ["3", "Learning rate: 0.001 → 0.01", "hint", "2023-11-14 22:13:20", "&lt;i&gt;as it said&lt;/i&gt;"],
        ["4", "Batch size: 1 was refused. Batches of &lt;one&gt; are too small.", "window", "2023-11-14 22:13:21", ""],
        ["9", "Loss 7.25: the run went back to step 5", "guard", "–", ""],
        ["18", "Loss 2.5: the run stopped early and went back to step 10", "early stopping", "2023-11-14 22:13:22", ""],
    ]
    check_page(report_text(record, context_of(tiny_data)))


def test_that_the_users_own_network_is_named_without_its_folder(tiny_data):
    source = "from torch import nn\n\n\ndef net(input_count, output_count):\n    return nn.Sequential("
    source += "nn.Flatten(), nn.Linear(input_count, output_count))\n"
    record = record_with_weights(tiny_data, **own_network(source, "net"))
    assert "net of net.py" in page_of(record, tiny_data).text


def test_that_cancelling_leaves_no_file(tiny_data, tmp_path):
    def cancel(*_):
        raise CancelledError

    with pytest.raises(CancelledError):
        export(EXPORTS["report"], record_with_weights(tiny_data), tmp_path / "a.html", context_of(tiny_data, cancel))
    assert not (tmp_path / "a.html").exists()


@given(st.text(max_size=400))
def test_that_any_text_comes_back_as_text(text):
    page = Page(table((text,), [(element("b", text, title=text), text)]))
    assert set(page.tags) == {"table", "thead", "tbody", "tr", "th", "td", "b"}
    assert len(page.tags) == 9
    assert Page(escaped(text)).tags == []


@pytest.mark.parametrize(
    "page",
    [
        "<p><script>x</script></p>",
        "<p><img src='http://example.org/x.png'></p>",
        "<p><img src=x onerror=x></p>",
        "<p><b></p></b>",
        "<p>",
        "<svg><rect href='x'/></svg>",
        "<iframe></iframe>",
    ],
)
def test_that_a_page_that_refers_to_something_or_runs_something_is_noticed(page):
    with pytest.raises(ValueError, match=r"no place|another place|not closed"):
        check_page(page)
