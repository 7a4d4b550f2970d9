"""A click on the loss curve of the real window shows the batch behind it; a click on a sample explains it."""

import pytest
from PySide6.QtCore import QPoint, Qt

from workbench.ui.models.session_state import SessionState

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def trained(person):
    """A user whose run has trained two epochs of ten steps."""
    person.train(epochs=2, learning_rate=0.1)
    return person


def click_at(person, step, keys=Qt.KeyboardModifier.NoModifier):
    plot = person.find("loss_plot")
    person.wait_for(lambda: plot.isVisible() and plot.column_of(step) is not None)
    person.qtbot.wait(50)
    place = QPoint(round(plot.column_of(step) + plot.axis_width), plot.height() // 2)
    person.qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, keys, pos=place)


def shown_batch(person):
    panel = person.find("spike")
    person.wait_for(lambda: panel.table() is not None)
    return panel._shown.batch


def test_that_a_click_on_the_strip_shows_the_batch_of_the_step(trained):
    trained.press("workspace_understand")
    click_at(trained, 13)
    trained.wait_for(lambda: trained.find("spike").isVisible())
    batch = shown_batch(trained)
    assert abs(batch.step - 13) <= 1
    assert batch.loss == trained.window.history.loss[batch.step]
    assert "bit for bit" in trained.find("spike")._contents.sentences[-1].text()
    assert trained.window.state is SessionState.READY
    assert len(trained.window.history) == 20


def test_that_a_click_with_shift_shows_it_from_the_workspace_for_training(trained):
    click_at(trained, 6, SHIFT)
    trained.wait_for(lambda: trained.find("spike").isVisible())
    assert abs(shown_batch(trained).step - 6) <= 1
    assert len(trained.window.history) == 20


def test_that_a_batch_is_shown_while_the_run_goes_on(person):
    person.begin(epochs=1000)
    person.wait_for(lambda: len(person.window.history) > 30)
    person.press("workspace_understand")
    click_at(person, 5)
    batch = shown_batch(person)
    assert batch.loss == person.window.history.loss[batch.step]
    assert person.window.state is SessionState.TRAINING


def test_that_the_run_goes_to_the_step_from_its_batch(trained):
    trained.press("workspace_understand")
    click_at(trained, 13)
    step = shown_batch(trained).step
    trained.click("batch_travel")
    trained.wait_until_paused(step)


def test_that_a_click_on_a_sample_shows_its_saliency(trained):
    trained.press("workspace_understand")
    gallery = trained.find("gallery")
    trained.wait_for(lambda: gallery.isVisible() and gallery.table() is not None)
    samples = trained.find("gallery_samples")
    trained.wait_for(lambda: samples.model().rowCount() == 160)
    place = samples.visualRect(samples.model().index(1)).center()
    trained.qtbot.mouseClick(samples.viewport(), Qt.MouseButton.LeftButton, pos=place)
    trained.wait_for(lambda: "no proof" in trained.find("sample_detail")._reading.text())
    assert trained.find("sample_detail_picture")._values.shape == (28, 28)


def test_that_a_suspected_label_is_shown_without_hiding_the_list(trained):
    trained.press("workspace_understand")
    panel, gallery = trained.find("suspected_labels"), trained.find("gallery")
    trained.find("suspected_labels_dock").raise_()
    trained.wait_for(lambda: panel.is_seen and panel.table() is not None)
    samples = trained.find("suspected_labels_samples")
    place = samples.visualRect(samples.model().index(0)).center()
    trained.qtbot.mouseClick(samples.viewport(), Qt.MouseButton.LeftButton, pos=place)
    glance = trained.find("suspected_labels_sample")
    trained.wait_for(glance.isVisible)
    _, first, *_ = panel.table()
    assert f"Test sample {first[1]:,}:" in glance.title
    trained.qtbot.wait(100)
    assert panel.is_seen
    assert not gallery.is_seen
    trained.click("suspected_labels_sample_gallery")
    trained.wait_for(lambda: gallery.is_seen)
    trained.wait_for(lambda: f"test sample {first[1]:,}" in trained.find("sample_detail").title)
