"""The part of a report about the test set: what the network gets wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.analysis.classification import ClassFigures, confusion_counts, sample_losses, softmax
from workbench.engine.analysis.confusion import most_confused, shares_of_true
from workbench.engine.analysis.regression import RegressionFigures, residuals
from workbench.engine.config.tasks import Task
from workbench.engine.errors import UserError
from workbench.engine.exporters.networks import network_of, outputs_of
from workbench.engine.exporters.phrases import phrase
from workbench.engine.exporters.report.markup import Html, element, image, number, section, table
from workbench.engine.exporters.report.sections import problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.engine.data.dataset import Dataset
    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.run_record import RunRecord

MOST_CLASSES: Final = 20
"""In the confusion matrix: of more, the confused pairs and the hardest classes alone are shown."""
MOST_PAIRS: Final = 8
MOST_MISTAKES: Final = 12
MOST_NUMBERS: Final = 6
"""Of a vector."""
MOST_SIDE: Final = 96
"""Pixels of an image: of a larger one every second, third … pixel is shown."""
LONGEST_NAME: Final = 24


def test_set(record: RunRecord, context: ExportContext) -> Html:
    """The confusion matrix and the worst mistakes; or why they are not there.

    Raises:
        CancelledError: the user cancelled.
    """
    title = phrase("What the network gets wrong")
    try:
        model = network_of(record)
        data = context.data()
        outputs = outputs_of(model, record, data.test_inputs, context).numpy()
        if not np.isfinite(outputs).all():
            raise UserError("The outputs of the network are not finite: there is nothing to compare.")
    except UserError as reason:
        return section(title, problem(reason))
    if record.recipe.task is Task.CLASSIFICATION:
        return section(title, *_classification(data, outputs))
    return section(title, *_regression(data, outputs))


def _classification(data: Dataset, outputs: np.ndarray) -> list[Html]:
    names = [short_name(name) for name in data.spec.class_names]
    labels = data.test_targets.numpy()
    predicted = outputs.argmax(axis=1)
    counts = confusion_counts(predicted, labels, len(names))
    parts = [_matrix(names, counts) if len(names) <= MOST_CLASSES else _hardest(names, counts)]
    pairs = most_confused(counts, MOST_PAIRS)
    if pairs:
        rows = [(names[pair.true], names[pair.predicted], pair.count) for pair in pairs]
        parts.append(element("h3", phrase("Confused most")))
        parts.append(table((phrase("Class"), phrase("Taken for"), phrase("Samples")), rows, "narrow"))
    wrong = np.flatnonzero(predicted != labels)
    if not len(wrong):
        return [*parts, element("p", phrase("Every test sample is classified correctly."))]
    worst = wrong[np.argsort(-sample_losses(outputs[wrong], labels[wrong]), kind="stable")[:MOST_MISTAKES]]
    shares = softmax(outputs[worst])
    words = [
        phrase(
            "{true}, predicted as {predicted} ({share:.0f} %)",
            true=names[labels[place]],
            predicted=names[predicted[place]],
            share=100 * share[predicted[place]],
        )
        for place, share in zip(worst.tolist(), shares, strict=True)
    ]
    template = "Worst mistakes, of {wrong:,} among {count:,} test samples"
    parts.append(element("h3", phrase(template, wrong=len(wrong), count=len(labels))))
    return [*parts, _samples(data, worst, words)]


def _matrix(names: Sequence[str], counts: np.ndarray) -> Html:
    """The confusion matrix, rows true: each cell as dark as its share of the row."""
    shares = np.nan_to_num(shares_of_true(counts))
    head = element(
        "tr",
        element("th"),
        *(element("th", element("span", name), scope="col") for name in names),
        element("th", phrase("Found")),
    )
    rows = [head]
    recall = ClassFigures.of(counts).recall
    for label, name in enumerate(names):
        cells = [
            _matrix_cell(int(count), float(share)) for count, share in zip(counts[label], shares[label], strict=True)
        ]
        found = "–" if np.isnan(recall[label]) else f"{100 * recall[label]:.1f} %"
        rows.append(element("tr", element("th", name, scope="row"), *cells, element("td", found, class_="number")))
    caption = phrase("Rows are the true classes, columns the predicted ones; each cell counts test samples.")
    return element("table", element("caption", caption), element("tbody", *rows), class_="matrix")


def _matrix_cell(count: int, share: float) -> Html:
    # From white to the blue of the curves; the text is white from half on.
    colour = [round(255 + share * (each - 255)) for each in (0, 114, 178)]
    style = f"background:rgb({colour[0]},{colour[1]},{colour[2]})" + (";color:#fff" if share > 0.5 else "")
    return element("td", f"{count:,}" if count else "", style=style)


def _hardest(names: Sequence[str], counts: np.ndarray) -> Html:
    figures = ClassFigures.of(counts)
    order = np.argsort(figures.recall, kind="stable")[:MOST_CLASSES]
    rows = [
        (names[label], int(figures.support[label]), f"{100 * figures.recall[label]:.1f} %")
        for label in order.tolist()
        if figures.support[label]
    ]
    head = (phrase("Hardest of {count:,} classes", count=len(names)), phrase("Samples"), phrase("Found"))
    return table(head, rows, "narrow")


def _regression(data: Dataset, outputs: np.ndarray) -> list[Html]:
    names = [short_name(name) for name in data.spec.target_names]
    targets = data.test_targets.numpy()
    figures = RegressionFigures.of(outputs, targets)
    columns = (figures.mean_absolute_error, figures.root_mean_squared_error, figures.r2)
    rows = [(name, *(float(each[place]) for each in columns)) for place, name in enumerate(names)]
    errors = phrase("Mean absolute error", "Metrics"), phrase("Root of the mean squared error")
    head = (phrase("Target"), *errors, "R²")
    left = np.abs(residuals(outputs, targets)).sum(axis=1)
    worst = np.argsort(-left, kind="stable")[:MOST_MISTAKES]
    words = [
        "; ".join(
            phrase(
                "{name}: {value}, predicted {predicted}",
                name=name,
                value=number(float(targets[place, column])),
                predicted=number(float(outputs[place, column])),
            )
            for column, name in enumerate(names[:MOST_NUMBERS])
        )
        for place in worst.tolist()
    ]
    title = element("h3", phrase("Worst predictions of {count:,} test samples", count=len(targets)))
    return [table(head, rows[:MOST_CLASSES]), title, _samples(data, worst, words)]


def _samples(data: Dataset, places: np.ndarray, words: Sequence[str]) -> Html:
    """Samples of the test set, each with a text: images, or rows of numbers."""
    inputs = data.test_inputs[places]
    if data.spec.is_image:
        stride = -(-max(data.spec.sample_shape[1:]) // MOST_SIDE)
        inputs = inputs[..., ::stride, ::stride]
        pixels = (inputs.mul(255).round().clamp(0, 255).byte() if inputs.is_floating_point() else inputs).numpy()
        figures = [
            element("figure", image(each, text), element("figcaption", text))
            for each, text in zip(pixels, words, strict=True)
        ]
        return element("div", *figures, class_="samples")
    count = data.spec.input_count
    features = [short_name(name) for name in data.spec.feature_names] or [f"x{place + 1}" for place in range(count)]
    head = (phrase("Sample"), "", *features[:MOST_NUMBERS], *(("…",) if count > MOST_NUMBERS else ()))
    rows = [
        (place, text, *map(_feature, row[:MOST_NUMBERS]), *(("…",) if count > MOST_NUMBERS else ()))
        for place, text, row in zip(places.tolist(), words, inputs.tolist(), strict=True)
    ]
    return table(head, rows)


def _feature(value: float) -> Html:
    return element("td", f"{value:.4g}", class_="number")


def short_name(name: str) -> str:
    """A name that is not too long for a table."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
