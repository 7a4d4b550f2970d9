"""A panel that tries something, on a run that emits nothing by itself."""

from PySide6.QtWidgets import QPushButton

from workbench.ui.models.experiment_model import ExperimentModel
from workbench.ui.models.inspection_model import InspectionModel
from workbench.ui.style.palette import load_palette


class Bench:
    """A shown panel with its models, and what it has asked for."""

    def __init__(self, kind, training, qtbot):
        self.training = training
        self.model = ExperimentModel(training.connection, training.model, training.settings)
        self.panel = kind(InspectionModel(training.model), self.model)
        self.panel.set_palette(load_palette("dark"))
        self.panel.resize(270, 560)
        qtbot.addWidget(self.panel)
        self.asked, self.cancelled = [], []
        self.panel.run_requested.connect(lambda experiment: self.asked.append(("run", experiment)))
        self.panel.new_requested.connect(lambda experiment: self.asked.append(("new", experiment)))
        self.panel.cancel_requested.connect(lambda: self.cancelled.append(True))
        self.panel.show()
        qtbot.waitExposed(self.panel)

    def find(self, name, kind=QPushButton):
        found = self.panel.findChild(kind, f"{self.panel.objectName()}_{name}")
        assert found is not None, name
        return found

    def begin(self, experiment, *, is_new=False):
        """What the controller does with a request."""
        self.model.begin(experiment, is_new=is_new)
        self.training.model.request_experiment("Trying…")
