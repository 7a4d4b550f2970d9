"""An event can be sent to another process: written as JSON and read again, it is the same event."""

import base64
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
import torch

from workbench.engine.checkpoints.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.errors import UserError
from workbench.engine.history.records import Change, Evaluation, Incident, Origin, Refusal, RunIdentity
from workbench.engine.models.initial_weights import InitialWeights
from workbench.engine.models.layer_facts import LayerFacts
from workbench.engine.protocol import events
from workbench.engine.protocol.commands import CheckInitialWeights, DescribeNetwork
from workbench.engine.protocol.events import Event, Outcome
from workbench.engine.protocol.experiments.checks import CheckFirstLoss, CheckOverfitting, FirstLoss, Overfitting
from workbench.engine.protocol.experiments.range_test import RangeFound, RangeTest, Sweep
from workbench.engine.protocol.experiments.what_if import Fan, FutureEnd, FuturePath, Variant, WhatIf
from workbench.engine.protocol.live_objects import HISTORIES, PROGRESS
from workbench.engine.protocol.queries.predictions import PredictedOutputs, PredictTestSet
from workbench.engine.recipe import Recipe
from workbench.engine.runtime.devices import Device
from workbench.engine.training.trainer import Trainer

RUN = RunIdentity("b" * 16, "a" * 16, 5)
SPEC = DataSpec(Task.CLASSIFICATION, (1, 28, 28), ("shirt", "bag"))
PROBLEM = UserError("{path} is full ({share:.0%}): free some space.", path="/disk", share=0.99)
VALUES = dict(Recipe().values)

EXAMPLES = [
    events.TorchLoaded("2.9", 2, (Device("cpu"), Device("cuda:0", "NVIDIA H200", 141 << 30))),
    events.NetworkDescribed(DescribeNetwork("mlp", {}, SPEC), 669706, (LayerFacts("a", "Linear", (10,), 7850),)),
    events.InitialWeightsChecked(
        CheckInitialWeights(InitialWeights("a.pt"), DescribeNetwork("mlp", {}, SPEC)), "ab" * 32, ("float16", "float32")
    ),
    events.DataProgressed("training images", 3, 10),
    events.DataLoaded("fashion-mnist", SPEC, 60000, 10000, np.arange(8, dtype=np.uint8), PROBLEM),
    events.DataFailed(None),
    events.RunStarted(Recipe(), 1, 2, 640, 1, RUN, VALUES, None),
    events.RunResumed(3),
    events.RunPaused(3),
    events.TravelProgressed(3, 10),
    events.Travelled(3, 12, VALUES, 4, differed_at=2),
    events.TravelFailed(PROBLEM),
    events.RunBranched(RUN, 4),
    events.RecordingEnded(12),
    events.RunVerified("it.run", 7, "ab", differs_at=7, reasons=(PROBLEM,)),
    events.StoppedEarly(3, Evaluation(20, 1, 0.5, 0.75), PROBLEM),
    events.DivergenceStopped(Incident(8, 1e9, 4), PROBLEM),
    events.LossSpikeNoticed(8, 1e9),
    events.GraphGivenUp(PROBLEM),
    events.RunDiscarded(RUN),
    events.OpenFailed(PROBLEM),
    events.RecordFailed(PROBLEM, "Traceback"),
    events.RecordRecovered(),
    events.StoreNoticed(PROBLEM),
    events.Announced(),
    events.RequestFailed(PROBLEM, "Traceback"),
    events.EpochStarted(2, 10),
    events.LossReported(2.3, 64, 640),
    events.EpochTested(Evaluation(10, 1, 2.1, 0.4)),
    events.ValueChanged(Change(3, "learning_rate", 0.001, 0.1)),
    events.ChangeRefused("momentum", PROBLEM),
    events.EntryAnnotated(Refusal(3, "momentum", "7", "It is too large.", Origin.UNDO, 1_700_000_000, "why not")),
    events.WeightsCaptured(Path("w.pt"), {"w": torch.arange(6.0).reshape(2, 3)}, 7),
    events.WeightsEvaluated(Path("w.pt"), True, 2.1, 0.4),
    events.WeightsRefused(Path("w.pt"), PROBLEM),
    events.Inspected(PredictTestSet(), 3, "b" * 16, 2, PredictedOutputs(np.ones((2, 3), np.float32)), 0.1),
    events.ExperimentProgressed(RangeTest(), 3, 300, RangeFound(np.ones(3), (Sweep(np.ones(2), False),))),
    events.ExperimentEnded(CheckFirstLoss(), "b" * 16, 12, FirstLoss(2.31, 2.3, 640, 10), problem=PROBLEM),
    events.ExperimentEnded(
        WhatIf((Variant((("learning_rate", 0.1),), "adam"),)),
        "b" * 16,
        12,
        Fan(12, np.ones(3, np.float32), (FuturePath(np.ones(2, np.float32), FutureEnd.DIVERGED, True),)),
    ),
    events.ExperimentEnded(CheckOverfitting(), "", 0, Overfitting(np.ones(3), 0.02, 20, True)),
    events.RunEnded(Outcome.STOPPED, 12, PROBLEM, "Traceback", has_weights=True),
]
PARTS = (
    *(Change, DataSpec, DescribeNetwork, Device, Evaluation, Incident, LayerFacts, Origin, Outcome, Refusal),
    *(CheckInitialWeights, InitialWeights, RunIdentity, Task),
)
ANSWERS = (PredictTestSet, PredictedOutputs)
TRIALS = (RangeTest, RangeFound, Sweep, WhatIf, Variant, Fan, FuturePath, FutureEnd)
CHECKS = (CheckFirstLoss, FirstLoss, CheckOverfitting, Overfitting)
CLASSES = {kind.__name__: kind for kind in (*get_args(Event), *PARTS, *ANSWERS, *TRIALS, *CHECKS)}


def to_plain(value):
    match value:
        case Enum():
            return {"enum": type(value).__name__, "value": value.value}
        case None | bool() | int() | float() | str():
            return value
        case Path():
            return {"path": str(value)}
        case UserError():
            return {"problem": value.template, "fields": to_plain(value.fields)}
        case Recipe():
            return {"recipe": value.to_json()}
        case np.ndarray():
            content = base64.b64encode(value.tobytes()).decode()
            return {"array": content, "dtype": str(value.dtype), "shape": list(value.shape)}
        case torch.Tensor():
            return {"tensor": to_plain(value.numpy())}
        case Mapping():
            return {"mapping": {key: to_plain(each) for key, each in value.items()}}
        case list() | tuple():
            return [to_plain(each) for each in value]
    assert is_dataclass(value), f"{type(value)} is no plain value"
    assert type(value).__dataclass_params__.frozen
    return {"class": type(value).__name__, **{each.name: to_plain(getattr(value, each.name)) for each in fields(value)}}


def from_plain(plain):
    match plain:
        case list():
            return tuple(from_plain(each) for each in plain)
        case {"class": name, **values}:
            return CLASSES[name](**{key: from_plain(each) for key, each in values.items()})
        case {"enum": name, "value": value}:
            return CLASSES[name](value)
        case {"path": path}:
            return Path(path)
        case {"problem": template, "fields": values}:
            return UserError(template, **from_plain(values))
        case {"recipe": text}:
            return Recipe.from_json(text)
        case {"array": content, "dtype": dtype, "shape": shape}:
            return np.frombuffer(base64.b64decode(content), dtype).reshape(shape)
        case {"tensor": array}:
            return torch.from_numpy(from_plain(array).copy())
        case {"mapping": content}:
            return {key: from_plain(each) for key, each in content.items()}
    return plain


@pytest.mark.parametrize("event", EXAMPLES, ids=lambda event: type(event).__name__)
def test_that_an_event_survives_json(event):
    text = json.dumps(to_plain(event))
    again = from_plain(json.loads(text))
    assert type(again) is type(event)
    assert json.dumps(to_plain(again)) == text


def test_that_the_examples_are_of_every_class_of_event():
    # The state of a run has a file format of its own: see the next test.
    states = {events.CheckpointCaptured, events.RecordCaptured}
    assert {type(event) for event in EXAMPLES} == set(get_args(Event)) - states


def test_that_a_captured_checkpoint_survives_its_file_format(tiny_data, tmp_path):
    trainer = Trainer(Recipe(), tiny_data)
    event = events.CheckpointCaptured(tmp_path / "state.ckpt", trainer.checkpoint())
    save_checkpoint(event.checkpoint, event.target)
    again = load_checkpoint(event.target)
    assert isinstance(again, Checkpoint)
    assert (again.recipe, again.run, again.snapshot.step) == (event.checkpoint.recipe, event.checkpoint.run, 0)


def test_that_the_events_of_a_real_run_name_its_live_objects_and_hold_plain_values(tiny_data):
    trainer = Trainer(Recipe(values={"epochs": 2}), tiny_data)
    seen = [*trainer.run(), *trainer.travel(5)]
    started, travelled = seen[0], seen[-1]
    assert HISTORIES.find(started.history) is trainer.history
    assert PROGRESS.find(started.progress) is trainer.progress
    assert len(HISTORIES.find(travelled.recording)) == 20
    for event in seen:
        json.dumps(to_plain(event))
