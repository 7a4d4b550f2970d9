from pathlib import Path

import pytest

from workbench.engine.errors import UserError
from workbench.engine.history.records import Evaluation
from workbench.engine.protocol.events import StoppedEarly, WeightsEvaluated
from workbench.ui.controllers.notifications import Notifications
from workbench.ui.panels.notification_bar import NotificationBar


@pytest.mark.parametrize(
    ("converted", "words"), [(None, "w.pt: "), (("float16", "float32"), "w.pt, converted from float16 to float32: ")]
)
def test_that_tested_weights_are_said_with_the_precision_they_were_converted_from(qtbot, converted, words):
    bar = NotificationBar()
    qtbot.addWidget(bar)
    said = Notifications(bar, controller=None, undo=None)
    said.show_evaluated(WeightsEvaluated(Path("folder/w.pt"), True, 0.5, 0.875, converted=converted))
    assert bar.text == f"{words}accuracy 87.5 %, average loss 0.500000 on the test samples."


def test_that_an_early_stop_is_said(qtbot):
    bar = NotificationBar()
    qtbot.addWidget(bar)
    event = StoppedEarly(4, Evaluation(20, 2, 0.5, 0.75), UserError("The run went back to epoch {best}.", best=2))
    Notifications(bar, controller=None, undo=None).show_stopped_early(event)
    assert bar.text == "The run went back to epoch 2."
