from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QToolButton

from workbench.engine.errors import UserError
from workbench.engine.history.records import Evaluation, Incident
from workbench.engine.protocol.events import DivergenceStopped, Inspected, StoppedEarly, WeightsEvaluated
from workbench.engine.protocol.queries.first_bad import BadSample, FindFirstBad, FirstBad
from workbench.ui.controllers.notifications import Notifications
from workbench.ui.controllers.undo import UndoHistory
from workbench.ui.panels.notification_bar import NotificationBar


@pytest.mark.parametrize(
    ("converted", "words"), [(None, "w.pt: "), (("float16", "float32"), "w.pt, converted from float16 to float32: ")]
)
def test_that_tested_weights_are_said_with_the_precision_they_were_converted_from(qtbot, converted, words):
    bar = NotificationBar()
    qtbot.addWidget(bar)
    said = Notifications(bar, controller=None, undo=UndoHistory(None, None, None))
    said.show_evaluated(WeightsEvaluated(Path("folder/w.pt"), True, 0.5, 0.875, converted=converted))
    assert bar.text == f"{words}accuracy 87.5 %, average loss 0.500000 on the test samples."
    said.show_start(Path("folder/w.pt"), converted)
    assert bar.text == f"The next run starts from the weights of {words.removesuffix(': ')}: press Train."


@pytest.mark.parametrize("can_start", [True, False])
def test_that_the_answer_to_tested_weights_starts_the_next_run_from_them_where_one_can_start(qtbot, can_start):
    bar = NotificationBar()
    qtbot.addWidget(bar)
    said, requested = Notifications(bar, controller=None, undo=UndoHistory(None, None, None)), []
    said.start_requested.connect(requested.append)
    said.show_evaluated(WeightsEvaluated(Path("folder/w.pt"), True, 0.5, 0.875), can_start=can_start)
    button = bar.findChild(QPushButton, "notice_start_from_weights")
    assert (button is not None) == can_start
    if can_start:
        button.click()
    assert requested == [Path("folder/w.pt")] * can_start


def test_that_an_early_stop_is_said(qtbot):
    bar = NotificationBar()
    qtbot.addWidget(bar)
    event = StoppedEarly(4, Evaluation(20, 2, 0.5, 0.75), UserError("The run went back to epoch {best}.", best=2))
    Notifications(bar, controller=None, undo=UndoHistory(None, None, None)).show_stopped_early(event)
    assert bar.text == "The run went back to epoch 2."


class Controller:
    slower_rate = 0.1
    resume_slower = None

    def train_on(self, command):
        raise NotImplementedError


def test_that_what_went_first_is_added_to_the_question_of_the_guard_while_it_stands(qtbot):
    bar = NotificationBar()
    qtbot.addWidget(bar)
    said = Notifications(bar, controller=Controller(), undo=UndoHistory(None, None, None))
    problem = UserError("The loss became NaN at step {step}.", step=12)
    sample = BadSample(12, 7, 1, float("nan"), 1.0, 64, 1)
    answer = Inspected(FindFirstBad(12), None, "a" * 16, 10, FirstBad(12, None, sample), 0.1)
    said.show_first_bad(answer, ("a", "<b>"))
    assert bar.text == ""
    said.ask_after_guard(DivergenceStopped(Incident(12, float("nan"), 10), problem))
    said.show_first_bad(replace(answer, answer=FirstBad(11, None, sample)), ("a", "<b>"))
    assert bar.text == "The loss became NaN at step 12."
    said.show_first_bad(answer, ("a", "<b>"))
    assert bar.text == (
        "Highest loss: training sample 7 (<b>). The run went back to step 10. How should training continue?"
    )
    assert bar.findChild(QPushButton, "notice_slower") is not None
    bar.findChild(QToolButton, "notice_details").click()
    (details,) = (each for each in bar.findChildren(QPlainTextEdit) if each.objectName() == "details_text")
    assert details.toPlainText() == "Step 12: training sample 7 (<b>) is the first with such a loss."
    said.show_stopped_early(StoppedEarly(4, Evaluation(20, 2, 0.5, 0.75), UserError("Another notice.")))
    said.show_first_bad(answer, ("a", "c"))
    assert bar.text == "Another notice."
    assert "sample 7 (c)" in bar.sentences[1]
    said.withdraw_guard(None)
    said.show_first_bad(answer, ("a", "b"))
    assert bar.sentences == ["Another notice."]
