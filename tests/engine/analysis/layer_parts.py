"""Trained runs and their answers, for the queries about layers and the map."""

import torch

from workbench.engine.analysis.inspector import Inspector
from workbench.engine.protocol.commands import Inspect
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer


def trained(data, stop_after=13, values=None, **choices):
    recipe = Recipe(values={"epochs": 2, "learning_rate": 0.1, **(values or {})}, **choices)
    trainer = Trainer(recipe, data, stop_after=stop_after, is_attended=True)
    trainer.inspector = Inspector()
    list(trainer.run())
    return trainer


def answer_of(trainer, query, step=None):
    (event,) = trainer.serve(Inspect(query, step))
    assert event.problem is None, event.details
    return event.answer


def problem_of(trainer, query):
    (event,) = trainer.serve(Inspect(query))
    assert event.answer is None
    return str(event.problem)


def floats_of(images):
    return images.float() / 255 if images.dtype == torch.uint8 else images
