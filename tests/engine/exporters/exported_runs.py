"""Records of small runs, with or without their weights, for the tests of the exporters."""

import dataclasses

import numpy as np
import torch

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_digest import digest_of
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.dataset import Dataset
from workbench.engine.exporters.context import ExportContext
from workbench.engine.exporters.run_record import RunRecord
from workbench.engine.models.network_source import OWN, NetworkSource
from workbench.engine.models.trusted_code import trust
from workbench.engine.models.weights import weights_sha256
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer

HOSTILE = ("<img src=x onerror=alert(1)>", "=1+1\n\"';--", "한글 & <b>", "\x1b[31m../../x")
"""Names of classes that are dangerous where they are not escaped."""


_MOST_KEPT = 30
_runs = {}
"""Runs that were trained in this process: a run that is trained again has the same bits."""


def record_of(data, scheduled=(), name="a run", stop_after=None, **recipe):
    """The record of a short run on `data`, without its weights."""
    made = Recipe(values={"epochs": 2, **recipe.pop("values", {})}, **recipe).with_data(data)
    return dataclasses.replace(_trained(made, data, scheduled, stop_after), weights=None, name=name)


def record_with_weights(data, scheduled=(), **recipe):
    """The record of a short run on `data`, with its last weights."""
    made = Recipe(dataset=data.name, values={"epochs": 2, **recipe.pop("values", {})}, **recipe).with_data(data)
    return _trained(made, data, scheduled, None)


def _trained(recipe, data, scheduled, stop_after):
    """The record of a run, which is trained once; the caller may change what it gets."""
    key = (recipe.to_json(), tuple(scheduled), stop_after)
    if key not in _runs or recipe.data is None:
        trainer = Trainer(recipe, data, scheduled=scheduled, stop_after=stop_after)
        list(trainer.run())
        while len(_runs) >= _MOST_KEPT:
            del _runs[next(iter(_runs))]
        _runs[key] = RunRecord(
            trainer.recipe,
            trainer.identity,
            trainer.history,
            trainer.environment,
            {key: tensor.clone() for key, tensor in trainer.weights.items()},
            weights_sha256(trainer.weights),
            "a run",
        )
    record = _runs[key]
    return dataclasses.replace(
        record,
        history=record.history.copy(),
        environment=dict(record.environment),
        weights={key: tensor.clone() for key, tensor in record.weights.items()},
    )


def own_data(task=Task.CLASSIFICATION, names=HOSTILE, features=4, count=200):
    """A table of the user's own: vectors whose class, or whose two numbers, follow from the features."""
    random = np.random.default_rng(0)
    inputs = torch.from_numpy(random.normal(size=(count, features)).astype(np.float32))
    if task is Task.CLASSIFICATION:
        spec = DataSpec(task, (features,), class_names=names)
        targets = inputs[:, : len(names)].argmax(1)
    else:
        spec = DataSpec(task, (features,), target_names=names[:2])
        targets = torch.stack([inputs.sum(1), inputs[:, 0] * 2], dim=1)
    parts = (inputs[:150].clone(), targets[:150].clone(), inputs[150:].clone(), targets[150:].clone())
    data = Dataset("own-files", spec, *parts)
    return dataclasses.replace(data, digest=digest_of(spec.class_names, parts, lambda *_: None))


def own_network(source, name):
    """A network of the user's own that is allowed to run."""
    network = NetworkSource("net.py", source, name, {})
    trust(network)
    return {"model": OWN, "network": network}


def context_of(data, progress=None):
    """A context that has `data`."""
    return ExportContext(lambda: data, progress or (lambda *_: None))
