"""The choice among devices, and what it says about the CUDA graph."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from workbench.engine.runtime.devices import Device
from workbench.ui.models.settings_model import SettingsModel
from workbench.ui.panels.settings.panel import SettingsPanel

CPU = Device("cpu")
H200 = Device("cuda:0", "NVIDIA H200", 141 << 30)
T4 = Device("cuda:1", "NVIDIA T4", 16 << 30)


@pytest.fixture
def settings():
    return SettingsModel()


@pytest.fixture
def panel(qtbot, settings):
    panel = SettingsPanel(settings)
    qtbot.addWidget(panel)
    return panel


def box(panel):
    (found,) = panel.findChildren(QComboBox, "device") or [None]
    return found


def texts(panel):
    return [box(panel).itemText(index) for index in range(box(panel).count())]


def test_that_there_is_no_choice_where_there_is_only_the_cpu(panel):
    panel.set_devices([CPU])
    assert box(panel) is None


def test_that_gpus_are_listed_after_the_cpu_with_their_names_and_memory(panel):
    panel.set_devices([CPU, H200, T4])
    assert texts(panel) == ["CPU", "NVIDIA H200 (141 GiB)", "NVIDIA T4 (16 GiB)"]
    assert "Device" in [label.text() for label in panel.findChildren(QLabel)]


def test_that_two_cards_of_one_model_are_told_apart(panel):
    panel.set_devices([CPU, T4, Device("cuda:2", T4.model, T4.memory)])
    assert texts(panel)[1:] == ["NVIDIA T4 · cuda:1 (16 GiB)", "NVIDIA T4 · cuda:2 (16 GiB)"]


def test_that_a_gpu_with_the_cpus_memory_shows_none(panel):
    panel.set_devices([CPU, Device("mps:0", "Apple GPU")])
    assert texts(panel) == ["CPU", "Apple GPU"]


def test_that_the_chosen_device_becomes_the_next_runs_and_can_be_undone(qtbot, panel, settings):
    panel.set_devices([CPU, H200, T4])
    edits = []
    settings.edited.connect(lambda *edit: edits.append(edit))
    qtbot.keyClick(box(panel), Qt.Key.Key_End)
    assert settings.recipe().device == "cuda:1"
    assert edits == [("device", "cpu", "cuda:1")]
    settings.edit("device", "cpu", can_undo=False)
    assert box(panel).value() == "cpu"
    assert len(edits) == 1


def test_that_a_device_without_its_number_is_the_first_of_its_kind(panel, settings):
    settings.set_device("cuda")
    panel.set_devices([CPU, H200])
    assert box(panel).value() == "cuda:0"
    assert settings.device == "cuda"


def test_that_a_device_of_another_machine_is_shown_and_can_be_left(qtbot, panel, settings):
    settings.set_device("cuda:5")
    panel.set_devices([CPU])
    assert (box(panel).placeholderText(), texts(panel)) == ("cuda:5: not here", ["CPU"])
    box(panel).setValue("cpu")
    assert settings.device == "cpu"


def test_that_the_device_waits_for_the_end_of_a_run(panel, settings):
    panel.set_devices([CPU, H200])
    panel.set_running(True)
    assert not box(panel).isEnabled()
    assert "Locked while training" in box(panel).toolTip()
    panel.set_running(False)
    assert box(panel).isEnabled()


def test_that_a_cuda_graph_can_be_chosen_only_where_there_can_be_one(panel, settings):
    graph = panel._controls["cuda_graph"]
    panel.set_devices([CPU, H200])
    assert not graph.isEnabled()
    assert "needs an NVIDIA GPU" in graph.toolTip()
    settings.set_device("cuda:0")
    assert graph.isEnabled()
    settings.set_choice("optimizer", "rmsprop")
    assert "works with SGD" in graph.toolTip()
    settings.set_choice("optimizer", "adam")
    settings.set_value("compile", True)
    assert "compiled model" in graph.toolTip()
    settings.set_value("compile", False)
    assert graph.isEnabled()
    assert "NVIDIA GPU, records a whole step" in graph.toolTip()
