import numpy as np
import pytest

from workbench.engine.analysis.lr_curve import SchedulePlan
from workbench.engine.recipe import defaults_for
from workbench.ui.style.palette import load_palette
from workbench.ui.widgets.rate_line import RateTrace, SchedulePreview

PALETTE = load_palette("light")


class Rates:
    """What the trace asks for the rates, and how often it has asked."""

    def __init__(self, *rates):
        self.rates = np.array(rates)
        self.asked = 0

    def __call__(self):
        self.asked += 1
        return self.rates if len(self.rates) else None


@pytest.fixture
def trace(qtbot):
    trace = RateTrace("learning_rate_trace")
    qtbot.addWidget(trace)
    trace.set_palette(PALETTE)
    trace.resize(100, 20)
    return trace


@pytest.fixture
def preview(qtbot):
    preview = SchedulePreview("schedule_preview")
    qtbot.addWidget(preview)
    preview.set_palette(PALETTE)
    return preview


def plan_of(schedule, epochs):
    return SchedulePlan.of(schedule, {**defaults_for({"schedule": schedule}), "epochs": epochs}, 129)


def colours(widget):
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_that_the_trace_asks_for_rates_only_where_it_is_painted(trace, qtbot):
    rates = Rates(0.001, 0.01)
    trace.follow(rates)
    for _ in range(3):
        trace.update()
        qtbot.wait(1)
    assert rates.asked == 0
    trace.show()
    qtbot.waitUntil(lambda: rates.asked > 0)


def test_that_each_decade_of_the_trace_is_as_high_as_another(trace):
    trace.follow(Rates(0.001, 0.01, 0.1))
    assert trace.heights() == pytest.approx([0.0, 0.5, 1.0])
    left, middle, right = trace.points()
    assert left.x() < middle.x() < right.x()
    assert left.y() > middle.y() > right.y()


def test_that_a_constant_rate_is_a_line_in_the_middle_of_the_trace(trace):
    trace.follow(Rates(0.01, 0.01))
    assert {point.y() for point in trace.points()} == {trace.height() / 2}
    assert PALETTE.trace_training.name() in colours(trace)


@pytest.mark.parametrize("rates", [(), (np.nan,), (0.0,)])
def test_that_without_a_rate_there_is_no_trace(trace, rates):
    trace.follow(Rates(*rates))
    assert trace.points() == []
    assert trace.spoken_value() is None
    assert PALETTE.trace_training.name() not in colours(trace)


def test_that_the_trace_says_the_present_rate_and_between_which_rates_the_run_was(trace):
    trace.follow(Rates(0.001, 0.1, 0.05))
    assert trace.spoken_value().text == "0.05"
    assert trace.spoken_summary() == "From 0.001 to 0.1 since the first step."


@pytest.mark.parametrize(
    ("schedule", "epochs", "text"),
    [
        ("constant", 1, "0.001 in 1 epoch"),
        ("step", 5, "0.001 → 0.00025 in 5 epochs"),
        ("cosine", 5, "0.001 → 1e-5 in 5 epochs"),
        ("one-cycle", 5, "4e-5 → 0.001 → 1e-5 in 5 epochs"),
        ("warmup", 2000, "1e-5 → 0.001 in 2,000 epochs"),
        ("plateau", 5, "0.001, lowered when the loss stops falling"),
    ],
)
def test_that_the_preview_says_where_the_rate_begins_and_ends(preview, schedule, epochs, text):
    preview.show_plan(plan_of(schedule, epochs))
    assert preview.text == text


def test_that_the_preview_draws_the_course_of_the_rate(preview):
    preview.resize(200, preview.sizeHint().height())
    preview.show_plan(plan_of("cosine", 5))
    preview.show()
    line = preview.findChild(object, "schedule_preview_line")
    rows = [point.y() for point in line.points()]
    assert rows == sorted(rows)
    assert rows[-1] > rows[0] + line.height() / 2
    assert PALETTE.trace_training.name() in colours(preview)
    assert line.spoken_summary() == preview.text
