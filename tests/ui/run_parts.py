"""A run model with its controller, with or without views, on a connection that emits nothing by itself."""

from PySide6.QtCore import QObject

from workbench.engine.history.history import History
from workbench.engine.history.records import RunIdentity
from workbench.engine.protocol.events import (
    RunStarted,
    TorchLoaded,
    Travelled,
)
from workbench.engine.protocol.live_objects import HISTORIES, PROGRESS
from workbench.engine.protocol.run_progress import RunProgress
from workbench.engine.recipe import Recipe
from workbench.ui.connection.connection import Connection, signal_name
from workbench.ui.controllers.live_view import LiveView
from workbench.ui.controllers.run_controller import RunController
from workbench.ui.controllers.weights_files import WeightsFiles
from workbench.ui.models.run_model import RunModel
from workbench.ui.models.settings_model import SettingsModel
from workbench.ui.panels.curves import CurvesPanel
from workbench.ui.panels.figures import FiguresPanel
from workbench.ui.panels.settings.panel import SettingsPanel
from workbench.ui.panels.status import StatusPanel

RECIPE = Recipe(values={"epochs": 3})


class SilentConnection(QObject, Connection):
    """Emits nothing by itself, and keeps the commands sent."""

    def __init__(self, parent):
        super().__init__(parent)
        self.sent = []

    def send(self, command):
        self.sent.append(command)


class RunParts:
    """A run model with its controller, and the signals it has emitted."""

    def __init__(self, window):
        self.connection = SilentConnection(window)
        self.settings = SettingsModel(window)
        self.model = RunModel(self.connection, self.settings, window)
        self.weights = WeightsFiles(self.connection, self.model, window)
        self.controller = RunController(self.connection, self.model, self.settings, window)
        self.problems, self.travels = [], []
        self.model.failed.connect(lambda problem, _: self.problems.append(str(problem)))
        self.model.travel_made.connect(lambda *travel: self.travels.append(travel))
        self.connect_as_in_the_window()
        self.history, self.recording = History(), History()
        self.progress = RunProgress(planned_epochs=3, planned_steps=30)
        self.run = RunIdentity("a" * 16)

    def connect_as_in_the_window(self):
        run, weights = self.model, self.weights
        run.started.connect(weights.on_run_started)
        run.resumed.connect(weights.on_run_started)
        run.ended.connect(weights.on_run_ended)
        run.discarded.connect(weights.on_run_discarded)

    @property
    def state(self):
        return self.model.state

    def emit(self, *events):
        for event in events:
            getattr(self.connection, signal_name(type(event))).emit(event)

    def started(self, recipe=RECIPE, **values):
        numbers = HISTORIES.number_of(self.history), PROGRESS.number_of(self.progress)
        return RunStarted(recipe, *numbers, 640, 1, self.run, {**recipe.values, **values})

    def train(self):
        self.emit(TorchLoaded("2.9", 1))
        self.controller.train(RECIPE, dataset_chosen=True)
        self.emit(self.started())
        self.record(12)
        self.connection.sent.clear()

    def record(self, count):
        for _ in range(count):
            self.history.add_step(1.0, 0.5)

    def travelled(self, step, **values):
        self.recording, origin = self.history.copy(), len(self.history)
        self.history.truncate(step)
        return Travelled(step, origin, {**RECIPE.values, **values}, HISTORIES.number_of(self.recording))


class ShownRunParts(RunParts):
    """The same with the panels that show the run and its settings; they take far longer to build than the rest."""

    def __init__(self, window):
        super().__init__(window)
        self.controls = SettingsPanel(self.settings, window)
        self.plots = CurvesPanel(window)
        self.figures = FiguresPanel(window)
        self.status = StatusPanel(window)
        self.view = LiveView(self.model, self.plots, self.figures, self.status, window)
        run, view = self.model, self.view
        for name in ("started", "resumed", "paused", "branched", "recording_ended", "travelled", "ended", "discarded"):
            getattr(run, name).connect(getattr(view, f"on_{name}"))
        run.value_changed.connect(view.on_value_changed)
        run.busy.connect(self.status.show_busy)
        run.changed.connect(lambda: self.controls.set_running(run.state.is_running))
