"""A run whose data are not there: the slider to look back, and a panel that would explain it."""

import numpy as np
from PySide6.QtWidgets import QLabel, QSlider

from tests.ui.prediction_parts import ClassifiedRun
from workbench.engine.errors import UserError
from workbench.ui.panels.classes import ClassesPanel
from workbench.ui.panels.look_back import LookBackPanel

GONE = "The files of this run (data.npz) cannot be read: put them back there."


def test_that_without_the_data_of_a_run_the_reason_is_said_instead_of_to_train(training, qtbot):
    labels = np.array([0, 1])
    model = ClassifiedRun(training, ("a", "b"), labels, {6: labels, 12: labels}).model
    panel, slider = ClassesPanel(model), LookBackPanel(model)
    for each in (panel, slider):
        qtbot.addWidget(each)
        each.show()
        qtbot.waitExposed(each)
    assert panel.text == ""
    training.model.missing = UserError(GONE)
    model.refresh()
    assert panel.text == GONE
    assert not slider.findChild(QSlider).isEnabled()
    assert slider.findChild(QLabel).text() == "No data to look at"
    training.model.missing = None
    model.refresh()
    assert panel.text == ""
    assert slider.findChild(QSlider).isEnabled()
