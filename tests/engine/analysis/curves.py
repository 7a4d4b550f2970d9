"""Made curves, and the histories of tiny runs."""

import numpy as np

from workbench.engine.analysis.hint import RunFacts
from workbench.engine.analysis.prediction_facts import prediction_facts
from workbench.engine.config.tasks import Task
from workbench.engine.history.history import History
from workbench.engine.history.records import Evaluation
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer


def history_of(losses, per_epoch, tests=None):
    """A history with these losses; `tests` are the test losses by epoch, by default the mean of each epoch."""
    history = History()
    for loss in losses:
        history.add_step(float(loss), 0.5)
    for epoch in range(1, len(history) // per_epoch + 1):
        mean = float(np.mean(losses[(epoch - 1) * per_epoch : epoch * per_epoch]))
        test = mean if tests is None else tests[epoch - 1]
        history.add_evaluation(Evaluation(epoch * per_epoch, epoch, test, 0.5))
    return history


def facts_of(per_epoch, **others):
    """Facts of a classification into ten classes."""
    values = {"batch_size": 10, "learning_rate": 0.1, **others.pop("values", {})}
    given = {"task": Task.CLASSIFICATION, "loss": "cross-entropy", "class_count": 10, "planned_epochs": 100, **others}
    return RunFacts(sample_count=10 * per_epoch, values=values, **given)


def trained(data, epochs, **choices):
    """A tiny run, as its user sees it."""
    values = {"epochs": epochs, **choices.pop("values", {})}
    trainer = Trainer(Recipe(values=values, **choices), data, is_attended=True)
    list(trainer.run())
    return trainer


def facts_of_run(trainer, history=None, **others):
    """The facts of a run at the end of `history`, by default its own."""
    history = history or trainer.history
    spec, log = trainer.stepper.data.spec, trainer.predictions
    last = history.evaluations[-1].step if history.evaluations else None
    outputs = None if last is None else log.outputs(last)
    classes = len(spec.class_names)
    planned = int(trainer.values["epochs"])
    return RunFacts(
        task=spec.task,
        loss=trainer.recipe.loss,
        class_count=classes,
        sample_count=trainer.stepper.sample_count,
        values=trainer.values,
        has_schedule=trainer.recipe.schedule != "constant",
        planned_epochs=planned,
        is_over=len(history.evaluations) >= planned,
        predictions=None if outputs is None else prediction_facts(last, outputs, log.targets, classes),
        **others,
    )
