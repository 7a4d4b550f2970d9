from __future__ import annotations

import pytest

from workbench.engine.history.history import History
from workbench.engine.history.records import EpochStart, Evaluation
from workbench.engine.history.series import Series
from workbench.ui.plotting.interaction.readout import Readout


@pytest.fixture
def readout(qtbot):
    readout = Readout()
    qtbot.addWidget(readout)
    return readout


def history_of(*losses):
    history = History()
    for loss in losses:
        history.add_step(loss, 0.125)
    return history


def test_that_it_says_all_there_is_at_a_step(readout):
    history = history_of(*([2.0] * 1500))
    history.add_epoch_start(EpochStart(1, 0))
    history.add_epoch_start(EpochStart(2, 938))
    history.add_evaluation(Evaluation(938, 1, 2.154566, 0.448))
    readout.show_step(history, Series([1.5] * 1500), 1234, ["learning rate 0.001 → 0.01"])
    assert readout.text() == (
        "Step 1,234 · epoch 2 · loss 2.000000 · smoothed 1.500000 · accuracy 12.5 % · test loss 2.154566, 44.8 % · "
        "learning rate 0.001 → 0.01"
    )


def test_that_what_is_not_there_is_left_out(readout):
    readout.show_step(history_of(2.0), Series(), 0, [])
    assert readout.text() == "Step 0 · loss 2.000000 · accuracy 12.5 %"


def test_that_an_evaluation_belongs_to_the_last_step_before_it_too(readout):
    history = history_of(2.0, 2.0, 2.0)
    history.add_evaluation(Evaluation(2, 1, 1.0, 0.5))
    readout.show_step(history, Series(), 0, [])
    assert "test" not in readout.text()
    readout.show_step(history, Series(), 1, [])
    assert readout.text().endswith("test loss 1.000000, 50.0 %")


@pytest.mark.parametrize(
    ("loss", "text"), [(1e-7, "1.00000e-07"), (3e20, "3.00000e+20"), (float("nan"), "nan"), (0.0, "0.000000")]
)
def test_that_numbers_keep_digits_that_say_something(readout, loss, text):
    readout.show_step(history_of(loss), Series(), 0, [])
    assert f"loss {text} " in readout.text()


def test_that_a_text_that_looks_like_html_stays_what_it_is(readout):
    readout.show_step(history_of(2.0), Series(), 0, ["<b>x</b>"])
    plain = readout.grab().toImage()
    readout.show_step(history_of(2.0), Series(), 0, ["x"])
    assert readout.grab().toImage() != plain


def test_that_it_wants_no_width_of_its_own(readout):
    readout.setText("a very long text " * 50)
    assert readout.minimumSizeHint().height() > 0
    readout.resize(60, 20)
    assert readout.width() == 60
