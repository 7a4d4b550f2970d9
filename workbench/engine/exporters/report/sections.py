"""The parts of a report that need neither weights nor data."""

from __future__ import annotations

import math
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import localized
from workbench.engine.exporters.phrases import phrase
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
_ENVIRONMENT: Final = {
    "program": "Program",
    "torch": "PyTorch",
    "python": "Python",
    "platform": "Platform",
    "device": "Device",
    "device_name": "Device name",
    "cpu_capability": "CPU capability",
    "threads": "Threads",
    "earlier": "Earlier",
}
"""What the keys of the environment are called. For translation in the context `Report`."""


def heading(record: RunRecord) -> Html:
    """The name of the run, and its most important numbers."""
    recipe, tests = record.recipe, record.history.evaluations
    facts: list[tuple[str, object]] = [
        (phrase("Steps"), number(record.steps)),
        (phrase("Tests"), number(len(tests))),
    ]
    if tests:
        last, best = tests[-1], best_test(record)
        facts.append((phrase("Test loss"), number(last.average_loss)))
        facts.append((phrase("Test {metric}", metric=_metric_name(record)), metric_text(record, last.metric)))
        words = phrase("{value} in epoch {epoch:,}", value=metric_text(record, best.metric), epoch=best.epoch)
        facts.append((phrase("Best"), words))
    boxes = [element("div", element("dt", name), element("dd", value)) for name, value in facts]
    # Not the whole path: the page is passed on.
    data = _label("dataset", recipe.dataset) if recipe.source is None else PurePath(recipe.source.path).name
    model = _label("model", recipe.model) if recipe.network is None else recipe.network.name
    words = phrase("{model} on {data}, seed {seed}", model=model, data=data, seed=recipe["seed"])
    if (parent := record.run.parent) is not None:
        step = record.run.parent_step or 0
        words = phrase("{words}; a branch of run {parent} from step {step:,}", words=words, parent=parent, step=step)
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
    drawing = curve_drawing(record, PlotOptions(*CURVES, colours, is_translated=True))
    return section(phrase("Curves"), Html(svg_text(drawing)), kind="curves")


def tests(record: RunRecord) -> Html:
    """The table of the evaluations."""
    rows = record.history.evaluations
    if not rows:
        return section(phrase("Tests"), element("p", phrase("The run ended before its first test.")))
    metric = _metric_name(record)
    has_r2 = any(each.r2 is not None for each in rows)
    has_validation = any(each.validation_loss is not None for each in rows)
    head = [phrase("Epoch"), phrase("Step"), phrase("Test loss"), phrase("Test {metric}", metric=metric)]
    head += ["R²"] if has_r2 else []
    head += [phrase("Validation loss"), phrase("Validation {metric}", metric=metric)] if has_validation else []
    shown, best = _some(rows, best_test(record)), best_test(record)

    def cells(each: Evaluation) -> list[object]:
        found: list[object] = [each.epoch, each.step, _digits(each.average_loss), metric_text(record, each.metric)]
        found += [_digits(each.r2)] if has_r2 else []
        found += [_digits(each.validation_loss), metric_text(record, each.validation_metric)] if has_validation else []
        texts = [number(cell) if isinstance(cell, int | float) else cell for cell in found]
        return [element("td", element("b", cell) if each is best else cell, class_="number") for cell in texts]

    note = phrase("The best is in bold.")
    if len(shown) < len(rows):
        note = phrase("{shown:,} of {count:,} tests; the best is in bold.", shown=len(shown), count=len(rows))
    return section(phrase("Tests"), table(head, map(cells, shown)), element("p", note, class_="note"))


def recipe(record: RunRecord) -> Html:
    """The choices and values with which the run began."""
    made = record.recipe
    rows: list[tuple[object, object]] = [
        (phrase(registry.label, "Registries"), _label(choice, getattr(made, choice)))
        for choice, registry in REGISTRIES.items()
    ]
    if made.source is not None:
        # Not the whole path: the page is passed on.
        rows.append((phrase("Files"), PurePath(made.source.path).name))
    if made.network is not None:
        words = phrase("{network} of {file}", network=made.network.name, file=made.network.file_name)
        rows.append((phrase("Own network"), words))
    if made.initial_weights is not None:
        rows.append((phrase("Starts from the weights of"), made.initial_weights.file_name))
        digest = made.initial_weights.sha256 or phrase("not known")
        rows.append((phrase("SHA-256 of these weights"), element("code", digest)))
    if made.data is not None:
        rows.append((phrase("Training samples"), number(made.data.train_count)))
        rows.append((phrase("Test samples"), number(made.data.test_count)))
        rows.append((phrase("SHA-256 of the data"), element("code", made.data.sha256)))
    rows.append((phrase("Device"), made.device))
    usual = defaults_for(made.choices())
    values: list[tuple[object, object]] = []
    for name, value in made.values.items():
        text = _value(name, value)
        if TABLE[name].zero_is_automatic and value == 0 and name in record.environment:
            text = phrase("automatic ({count})", "Hyperparameters", count=record.environment[name])
        values.append((_name(name), element("b", text) if value != usual[name] else text))
    note = element("p", phrase("Values in bold are other than the default."), class_="note")
    return section(phrase("Recipe"), element("div", table((), rows), table((), values), class_="columns"), note)


def journal(record: RunRecord) -> Html:
    """What was changed during the run, what was refused, and where it went back by itself; who asked, when and why."""
    history = record.history
    entries: list[JournalEntry] = sorted(
        [*history.changes, *history.refusals, *history.incidents], key=lambda each: each.step
    )
    if not entries:
        return section(phrase("Journal"), element("p", phrase("Nothing was changed during the run.")))
    note = ""
    if len(entries) > MOST_CHANGES:
        words = phrase("The first {shown} of {count:,} entries.", shown=MOST_CHANGES, count=len(entries))
        note = element("p", words, class_="note")
    shown = entries[:MOST_CHANGES]
    has_notes = any(each.note for each in shown)
    head = [phrase("Step"), phrase("What happened"), phrase("Who asked"), phrase("When (UTC)")]
    head += [phrase("Note")] if has_notes else []
    rows = [
        [
            *(each.step, _what_happened(each), phrase(each.origin.value), utc_text(each.time)),
            *([each.note] if has_notes else []),
        ]
        for each in shown
    ]
    return section(phrase("Journal"), table(head, rows, "journal"), note)


def _what_happened(entry: JournalEntry) -> str:
    match entry:
        case Change(name=name, old=old, new=new):
            return f"{_name(name)}: {_value(name, old)} → {_value(name, new)}"
        case Refusal(name=name, value=value, reason=reason):
            # The reason is kept as the sentence that was said, in English.
            return phrase("{name}: {value} was refused. {reason}", name=_name(name), value=value, reason=reason)
        case Incident(is_of_guard=True):
            template = phrase("Loss {loss}: the run went back to step {step:,}")
        case _:
            template = phrase("Loss {loss}: the run stopped early and went back to step {step:,}")
    return template.format(loss=number(entry.loss), step=entry.returned_to)


def environment(record: RunRecord) -> Html:
    """The versions and the hardware that the last bits depend on, and the digest of the weights."""
    rows: list[tuple[object, object]] = [
        (phrase(_ENVIRONMENT.get(name, name.replace("_", " ").capitalize())), text)
        for name, text in list(record.environment.items())[:40]
    ]
    rows.append((phrase("Run"), element("code", record.run.id)))
    rows.append((phrase("SHA-256 of the weights"), element("code", record.weights_sha256 or phrase("not known"))))
    return section(phrase("Environment"), table((), rows))


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
    return element("p", localized(words), class_="note")


def _some(rows: list[Evaluation], best: Evaluation) -> list[Evaluation]:
    if len(rows) <= MOST_TESTS:
        return rows
    every = -(-len(rows) // (MOST_TESTS - 2))
    return [each for place, each in enumerate(rows) if place % every == 0 or each is best or each is rows[-1]]


def _digits(value: float | None) -> str:
    """With all its digits, so that the points stand below one another."""
    return number(value) if value is None or not math.isfinite(value) else f"{value:#.6g}"


def _label(choice: str, name: str) -> str:
    return phrase(REGISTRIES[choice][name].label, "Registries")


def _metric_name(record: RunRecord) -> str:
    """What the metric is called within a sentence."""
    return phrase(record.recipe.task.metric.label, "Metrics").lower()


def _name(name: str) -> str:
    """What a hyperparameter is called."""
    return phrase(TABLE[name].label, "Hyperparameters")


def _value(name: str, value: Value) -> str:
    if isinstance(value, bool):
        return phrase("on", "Hyperparameters") if value else phrase("off", "Hyperparameters")
    if isinstance(value, float):
        return f"{value:.12g}"
    if value in TABLE[name].choices:
        return phrase(str(value), "Hyperparameters")
    return str(value) if isinstance(value, int) or value else phrase("none")
