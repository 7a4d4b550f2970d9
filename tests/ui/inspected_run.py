"""A panel beside a real run that answers its queries, without a thread."""

from __future__ import annotations

from dataclasses import replace

from workbench.engine.analysis.inspector import Inspector
from workbench.engine.history.records import Evaluation
from workbench.engine.protocol.events import RunPaused
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer
from workbench.ui.controllers.inspection import Inspection
from workbench.ui.models.inspection_model import InspectionModel
from workbench.ui.style.palette import load_palette


class InspectedRun:
    """A run of 12 steps with evaluations after 5 and 10, and a panel that is shown.

    Args:
        training: the fixture.
        qtbot: the fixture.
        make_panel: called with the model.
        data: to train on.
        choices: of the recipe.
    """

    def __init__(self, training, qtbot, make_panel, data, **choices):
        self.training, self.qtbot = training, qtbot
        values = {"epochs": 9, "batch_size": len(data.train_inputs) // 5, "learning_rate": 0.1}
        values |= choices.pop("values", {})
        self.trainer = Trainer(Recipe(values=values, **choices), data, stop_after=12, is_attended=True)
        self.trainer.inspector = Inspector()
        list(self.trainer.run())
        training.model.predictions = self.trainer.predictions
        for step in (5, 10):
            training.history.add_evaluation(Evaluation(step, step // 5, 0.5, 0.5))
        self.model = InspectionModel(training.model)
        self.panel = make_panel(self.model)
        self.panel.set_palette(load_palette("dark"))
        self.panel.resize(520, 460)
        qtbot.addWidget(self.panel)
        self.inspection = Inspection(training.connection, training.model, self.model, [self.panel])
        self.sent = training.connection.sent
        self.asked = []
        self.model.refresh()

    def pause(self):
        self.training.emit(RunPaused(12))
        self.model.refresh()

    def show(self):
        self.panel.show()
        self.qtbot.waitExposed(self.panel)

    def answer(self, step=None, **changes):
        """Answer the query that is sent next; `step` is that of the state that the run is said to be in."""
        self.qtbot.waitUntil(lambda: len(self.sent) > 0)
        asked = self.sent.pop(0)
        self.asked.append(asked)
        (event,) = self.trainer.serve(asked)
        if asked.step is None and step is not None:
            changes["step"] = step
        event = replace(event, run=self.training.run.id, **{"seconds": 0.001, **changes})
        self.training.emit(event)
        return event

    def settle(self):
        """Answer until nothing more is asked; returns the commands."""
        before = len(self.asked)
        self.qtbot.wait(60)
        while self.sent:
            self.answer()
            self.qtbot.wait(60)
        return self.asked[before:]
