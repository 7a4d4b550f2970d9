"""The parts of a report that need neither weights nor data."""

from __future__ import annotations

import math
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.exporters.plots.curves import curve_drawing
from workbench.engine.exporters.plots.options import COLOURS, PlotOptions
from workbench.engine.exporters.plots.svg import svg_text
from workbench.engine.exporters.report.markup import Html, element, number, section, table
from workbench.engine.history.journal_entries import utc_text
from workbench.engine.history.records import Change, Incident, Refusal
from workbench.engine.recipe import REGISTRIES, defaults_for

if TYPE_CHECKING:
    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.errors import UserError
    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.run_record import RunRecord
    from workbench.engine.history.records import Evaluation, JournalEntry

MOST_TESTS: Final = 30
"""Rows of the table of tests; of more, some at equal distances, the best and the last are shown."""
MOST_CHANGES: Final = 60
CURVES: Final = (720, 470)
_ENVIRONMENT: Final = {"torch": "PyTorch", "cpu_capability": "CPU capability"}
"""What the keys of the environment are called, where a capital letter is not enough."""


def heading(record: RunRecord) -> Html:
    """The name of the run, and its most important numbers."""
    recipe, tests = record.recipe, record.history.evaluations
    metric = recipe.task.metric
    facts: list[tuple[str, object]] = [("Steps", number(record.steps)), ("Tests", number(len(tests)))]
    if tests:
        last, best = tests[-1], best_test(record)
        facts.append(("Test loss", number(last.average_loss)))
        facts.append((f"Test {metric.label.lower()}", metric_text(record, last.metric)))
        facts.append(("Best", f"{metric_text(record, best.metric)} in epoch {best.epoch:,}"))
    boxes = [element("div", element("dt", name), element("dd", value)) for name, value in facts]
    # Not the whole path: the page is passed on.
    data = _label("dataset", recipe.dataset) if recipe.source is None else PurePath(recipe.source.path).name
    model = _label("model", recipe.model) if recipe.network is None else recipe.network.name
    words = f"{model} on {data}, seed {recipe['seed']}"
    if record.run.parent is not None:
        words += f"; a branch of run {record.run.parent} from step {record.run.parent_step or 0:,}"
    return element(
        "header",
        element("h1", record.name or record.run.id),
        element("p", words),
        element("dl", *boxes, class_="facts"),
    )


def curves(record: RunRecord, context: ExportContext) -> Html:
    """Loss and metric, with the marks of epochs and changes."""
    colours = context.plot.colours
    if colours == COLOURS["dark"]:
        colours = COLOURS["light"]  # the page is white
    drawing = curve_drawing(record, PlotOptions(*CURVES, colours))
    return section("Curves", Html(svg_text(drawing)), kind="curves")


def tests(record: RunRecord) -> Html:
    """The table of the evaluations."""
    rows = record.history.evaluations
    if not rows:
        return section("Tests", element("p", "The run ended before its first test."))
    metric = record.recipe.task.metric.label
    has_r2 = any(each.r2 is not None for each in rows)
    has_validation = any(each.validation_loss is not None for each in rows)
    head = ["Epoch", "Step", "Test loss", f"Test {metric.lower()}"]
    head += ["R²"] if has_r2 else []
    head += ["Validation loss", f"Validation {metric.lower()}"] if has_validation else []
    shown, best = _some(rows, best_test(record)), best_test(record)

    def cells(each: Evaluation) -> list[object]:
        found: list[object] = [each.epoch, each.step, _digits(each.average_loss), metric_text(record, each.metric)]
        found += [_digits(each.r2)] if has_r2 else []
        found += [_digits(each.validation_loss), metric_text(record, each.validation_metric)] if has_validation else []
        texts = [number(cell) if isinstance(cell, int | float) else cell for cell in found]
        return [element("td", element("b", cell) if each is best else cell, class_="number") for cell in texts]

    note = "The best is in bold."
    if len(shown) < len(rows):
        note = f"{len(shown):,} of {len(rows):,} tests; the best is in bold."
    return section("Tests", table(head, map(cells, shown)), element("p", note, class_="note"))


def recipe(record: RunRecord) -> Html:
    """The choices and values with which the run began."""
    made = record.recipe
    rows: list[tuple[object, object]] = [
        (registry.label, _label(choice, getattr(made, choice))) for choice, registry in REGISTRIES.items()
    ]
    if made.source is not None:
        # Not the whole path: the page is passed on.
        rows.append(("Files", PurePath(made.source.path).name))
    if made.network is not None:
        rows.append(("Own network", f"{made.network.name} of {made.network.file_name}"))
    if made.initial_weights is not None:
        rows.append(("Starts from the weights of", made.initial_weights.file_name))
        rows.append(("SHA-256 of these weights", element("code", made.initial_weights.sha256 or "not known")))
    if made.data is not None:
        rows.append(("Training samples", number(made.data.train_count)))
        rows.append(("Test samples", number(made.data.test_count)))
        rows.append(("SHA-256 of the data", element("code", made.data.sha256)))
    rows.append(("Device", made.device))
    usual = defaults_for(made.choices())
    values: list[tuple[object, object]] = []
    for name, value in made.values.items():
        text = _value(value)
        if TABLE[name].zero_is_automatic and value == 0 and name in record.environment:
            text = f"automatic ({record.environment[name]})"
        values.append((TABLE[name].label, element("b", text) if value != usual[name] else text))
    note = element("p", "Values in bold are other than the default.", class_="note")
    return section("Recipe", element("div", table((), rows), table((), values), class_="columns"), note)


def journal(record: RunRecord) -> Html:
    """What was changed during the run, what was refused, and where it went back by itself; who asked, when and why."""
    history = record.history
    entries: list[JournalEntry] = sorted(
        [*history.changes, *history.refusals, *history.incidents], key=lambda each: each.step
    )
    if not entries:
        return section("Journal", element("p", "Nothing was changed during the run."))
    note = ""
    if len(entries) > MOST_CHANGES:
        note = element("p", f"The first {MOST_CHANGES} of {len(entries):,} entries.", class_="note")
    shown = entries[:MOST_CHANGES]
    has_notes = any(each.note for each in shown)
    head = ["Step", "What happened", "Who asked", "When (UTC)", *(["Note"] if has_notes else [])]
    rows = [
        [each.step, _what_happened(each), each.origin.value, utc_text(each.time), *([each.note] if has_notes else [])]
        for each in shown
    ]
    return section("Journal", table(head, rows, "journal"), note)


def _what_happened(entry: JournalEntry) -> str:
    match entry:
        case Change(name=name, old=old, new=new):
            return f"{TABLE[name].label}: {_value(old)} → {_value(new)}"
        case Refusal(name=name, value=value, reason=reason):
            return f"{TABLE[name].label}: {value} was refused. {reason}"
        case Incident(is_of_guard=True):
            return f"Loss {number(entry.loss)}: the run went back to step {entry.returned_to:,}"
    return f"Loss {number(entry.loss)}: the run stopped early and went back to step {entry.returned_to:,}"


def environment(record: RunRecord) -> Html:
    """The versions and the hardware that the last bits depend on, and the digest of the weights."""
    rows: list[tuple[object, object]] = [
        (_ENVIRONMENT.get(name, name.replace("_", " ").capitalize()), text)
        for name, text in list(record.environment.items())[:40]
    ]
    rows.append(("Run", element("code", record.run.id)))
    rows.append(("SHA-256 of the weights", element("code", record.weights_sha256 or "not known")))
    return section("Environment", table((), rows))


def metric_text(record: RunRecord, value: float | None) -> str:
    """A value of the metric, a share in percent."""
    if value is None or not record.recipe.task.metric.is_share:
        return _digits(value)
    return f"{100 * value:.1f} %"


def best_test(record: RunRecord) -> Evaluation:
    """The test with the best metric, the earliest of equals."""
    sign = -1 if record.recipe.task.metric.lower_is_better else 1

    def worth(each: Evaluation) -> float:
        return -math.inf if math.isnan(each.metric) else sign * each.metric

    return max(record.history.evaluations, key=worth)


def problem(words: UserError) -> Html:
    """A sentence that says why a part is missing."""
    return element("p", words, class_="note")


def _some(rows: list[Evaluation], best: Evaluation) -> list[Evaluation]:
    if len(rows) <= MOST_TESTS:
        return rows
    every = -(-len(rows) // (MOST_TESTS - 2))
    return [each for place, each in enumerate(rows) if place % every == 0 or each is best or each is rows[-1]]


def _digits(value: float | None) -> str:
    """With all its digits, so that the points stand below one another."""
    return number(value) if value is None or not math.isfinite(value) else f"{value:#.6g}"


def _label(choice: str, name: str) -> str:
    return str(REGISTRIES[choice][name].label)


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, float):
        return f"{value:.12g}"
    return str(value) if isinstance(value, int) or value else "none"
