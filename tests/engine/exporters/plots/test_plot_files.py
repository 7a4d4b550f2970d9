"""The curves of a run as SVG, PDF and PNG, read again by other readers."""

import io
import math
import tomllib
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.engine.exporters.exported_runs import context_of, own_data, record_of, record_with_weights
from workbench.engine.config.tasks import Task
from workbench.engine.exporters.plots.curves import curve_drawing, ticks
from workbench.engine.exporters.plots.drawing import Disc, Drawing, Line, Text, strokes
from workbench.engine.exporters.plots.options import COLOURS, PlotOptions
from workbench.engine.exporters.plots.pdf import pdf_bytes
from workbench.engine.exporters.plots.png import png_bytes
from workbench.engine.exporters.plots.svg import svg_text
from workbench.engine.exporters.registry import EXPORTS, export
from workbench.engine.history.records import ScheduledChange

SVG = "{http://www.w3.org/2000/svg}"
THEMES = Path(__file__).parents[4] / "resources" / "themes"


@pytest.fixture
def record(tiny_data):
    changes = [ScheduledChange(13, "learning_rate", 0.05)]
    return record_of(tiny_data, changes, values={"validation_share": 0.2})


def texts_of(drawing):
    return [shape.text for shape in drawing.shapes if isinstance(shape, Text)]


def test_that_the_curves_have_their_axes_marks_and_legend(record):
    texts = texts_of(curve_drawing(record, PlotOptions()))
    assert {"Loss", "Accuracy (%)", "Step", "Training", "Test", "Validation", "Learning rate: 0.05"} <= set(texts)


def test_that_the_words_of_a_report_are_translated_and_those_of_files_stay_english(record, korean):
    assert {"손실", "정확도 (%)", "스텝", "학습", "테스트", "검증", "학습률: 0.05"} <= set(
        texts_of(curve_drawing(record, PlotOptions(is_translated=True)))
    )
    assert {"Loss", "Accuracy (%)", "Step", "Training", "Learning rate: 0.05"} <= set(
        texts_of(curve_drawing(record, PlotOptions()))
    )


def test_that_a_narrow_legend_has_several_rows(record):
    def places(size):
        shapes = curve_drawing(record, PlotOptions(*size)).shapes
        return [
            (shape.text, shape.y)
            for shape in shapes
            if getattr(shape, "text", "") in {"Training", "Test", "Validation"}
        ]

    assert len({y for _, y in places((800, 600))}) == 2
    narrow = places((220, 600))
    assert sorted(name for name, _ in narrow) == sorted(["Training", "Test", "Validation"] * 2)
    assert len({y for _, y in narrow}) > 2


def test_that_every_step_of_a_short_run_is_a_point_of_the_line(record):
    drawing = curve_drawing(record, PlotOptions())
    colours = PlotOptions().colours
    lines = [shape for shape in drawing.shapes if isinstance(shape, Line) and shape.colour == colours.training]
    assert max(len(line.points) for line in lines) == record.steps
    assert sum(isinstance(shape, Disc) for shape in drawing.shapes) == 4 * len(record.history.evaluations)


@pytest.mark.parametrize("size", [(200, 200), (800, 600), (4000, 300), (300, 4000)])
@pytest.mark.parametrize("task", Task)
def test_that_nothing_but_text_lies_beyond_the_page_at_any_size(task, size):
    loss = "mse" if task is Task.REGRESSION else "cross-entropy"
    record = record_with_weights(own_data(task), model="mlp-custom", loss=loss)
    drawing = curve_drawing(record, PlotOptions(*size))
    for shape in drawing.shapes:
        if isinstance(shape, Line):
            assert np.isfinite(shape.points).all()
            assert (shape.points >= 0).all()
            assert (shape.points <= size).all()


@pytest.mark.parametrize("losses", [[], [math.nan] * 5, [math.inf, 1.0, -math.inf], [2.0], [0.0, 0.0], [1e30, 1e-30]])
def test_that_a_run_of_strange_losses_is_drawn(record, losses):
    record.history.truncate(0)
    record.history.evaluations = []
    for loss in losses:
        record.history.add_step(loss, 0.5)
    drawing = curve_drawing(record, PlotOptions())
    ElementTree.fromstring(svg_text(drawing))
    pdf_bytes(drawing)
    png_bytes(replace(drawing, width=200, height=200))


def test_that_a_long_run_is_drawn_with_its_extremes(record):
    record.history.truncate(0)
    losses = np.ones(200_000, np.float32)
    losses[123_456:123_856] = 5.0
    record.history.loss.extend(losses)
    record.history.metric.extend(losses / 10)
    drawing = curve_drawing(record, PlotOptions())
    assert sum(len(shape.points) for shape in drawing.shapes if isinstance(shape, Line)) < 10_000
    faint = [
        shape for shape in drawing.shapes if isinstance(shape, Line) and shape.colour == COLOURS["light"].training_faint
    ]
    highest = max(faint, key=lambda line: len(line.points)).points
    assert highest[highest[:, 1].argmin(), 0] == pytest.approx(62 + 724 * 123_456 / 200_000, abs=2)


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6), st.integers(1, 20))
def test_that_ticks_are_within_the_range_and_not_too_many(low, width, most):
    high = low + width
    if high <= low:
        return
    found = ticks(low, high, most)
    assert len(found) <= most + 1
    slack = 1e-6 * max(1.0, abs(low), abs(high))
    assert all(low - slack <= value <= high + slack for value in found)


HOSTILE = "a<b>&\"'\x1b[31m\x00\ud800 한글 (x) \\ ]]>"


def hostile_drawing():
    drawing = Drawing(300, 200, "#ffffff", HOSTILE)
    drawing.shapes = [
        Text(10, 20, HOSTILE, 11, "#000000"),
        Text(10, 150, HOSTILE, 11, "#000000", "middle", turned=True),
        Line(np.array([[0.0, 0.0], [100.0, 100.0]]), "#ff0000", 2, (5, 3)),
        Disc(50, 50, 3, "#00ff00"),
    ]
    return drawing


def test_that_hostile_text_stays_text_in_svg():
    root = ElementTree.fromstring(svg_text(hostile_drawing()))
    shown = HOSTILE.replace("\x1b", "?").replace("\x00", "?").replace("\ud800", "?")
    assert [each.text for each in root.iter(f"{SVG}text")] == [shown] * 2
    assert root.get("aria-label") == shown
    assert {each.tag for each in root.iter()} == {
        f"{SVG}{tag}" for tag in ("svg", "rect", "text", "polyline", "circle")
    }


def test_that_hostile_text_does_not_break_a_pdf_or_a_png():
    pdf = pytest.importorskip("pypdfium2").PdfDocument(pdf_bytes(hostile_drawing()))
    assert "(x) \\ ]]>" in pdf[0].get_textpage().get_text_range()
    with Image.open(io.BytesIO(png_bytes(hostile_drawing()))) as image:
        assert image.size == (600, 400)


def test_that_dashes_keep_their_lengths():
    line = Line(np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]]), "#000000", 1, (4, 2))
    found = list(strokes(line))
    lengths = [float(np.hypot(*np.diff(each, axis=0).T).sum()) for each in found]
    assert lengths == pytest.approx([4, 4, 4, 2])
    assert found[1].tolist() == [[6, 0], [10, 0]]


@pytest.mark.parametrize("name", ["svg", "pdf", "png"])
@pytest.mark.parametrize("colours", COLOURS)
def test_that_each_form_is_written_and_checked(record, tiny_data, tmp_path, name, colours):
    context = replace(context_of(tiny_data), plot=PlotOptions(640, 400, COLOURS[colours]))
    path = tmp_path / f"a.{name}"
    checked = str(export(EXPORTS[name], record, path, context))
    content = path.read_bytes()
    if name == "png":
        assert checked == "an image of 1280 x 800 pixels"
        with Image.open(path) as image:
            red, green, blue = image.getpixel((1, 1))
            assert f"#{red:02x}{green:02x}{blue:02x}" == COLOURS[colours].background
            assert len(image.getcolors(1 << 24)) > 10
        return
    assert checked.startswith("the curves of 16 steps in ")
    assert content.startswith(b"%PDF-1.4" if name == "pdf" else b"<svg ")
    assert b"http" not in content.replace(b"http://www.w3.org/2000/svg", b"")


def test_that_what_is_not_on_the_disk_is_noticed(record, tiny_data, tmp_path, monkeypatch):
    from workbench.engine.errors import UserError

    for name, content in (("svg", b"<svg"), ("pdf", b"%PDF startxref 7")):
        monkeypatch.setattr("workbench.engine.exporters.plots.plot_files.read_whole", lambda *_, found=content: found)
        with pytest.raises(UserError, match="does not hold"):
            export(EXPORTS[name], record, tmp_path / f"a.{name}", context_of(tiny_data))


@pytest.mark.parametrize("name", ["light", "dark"])
def test_that_the_colours_are_those_of_the_theme(name):
    theme = tomllib.loads((THEMES / f"{name}.toml").read_text())["colours"]
    names = {
        "background": "plot_background",
        "text": "text_muted",
        "grid": "grid",
        "training": "trace_training",
        "training_faint": "trace_training_faint",
        "test": "trace_test",
        "validation": "trace_validation",
        "mark": "mark",
    }
    for field, colour in names.items():
        assert getattr(COLOURS[name], field) == theme[colour]
