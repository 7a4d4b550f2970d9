"""The state of an optimizer from a file: every state that a training reaches passes, and nothing else."""

from __future__ import annotations

import copy
import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.optim.optimizer_state import ENTRIES, MisfitError, checked_state
from workbench.engine.optim.optimizers import OPTIMIZERS, set_value


def network(device="cpu"):
    with torch.device(device):
        return nn.Linear(3, 2)


def values_of(optimizer, **values):
    row = OPTIMIZERS[optimizer]
    usual = {name: TABLE[name].default for name in ("learning_rate", *row.accepts)}
    return usual | dict(row.defaults) | {name: value for name, value in values.items() if name in usual}


class Training:
    """A bare training whose hyperparameters may change."""

    def __init__(self, optimizer, **values):
        self.name, self.values = optimizer, values_of(optimizer, **values)
        self.model = network()
        self.optimizer = OPTIMIZERS[optimizer].create(self.model.parameters(), self.values)
        self.step, self.had_momentum = 0, False

    def train(self, steps):
        for _ in range(steps):
            self.model(torch.rand(4, 3)).square().mean().backward()
            self.optimizer.step()
            self.optimizer.zero_grad()
            self.step += 1
            self.had_momentum |= self.values.get("momentum", 0) > 0
        return self

    def change(self, name, value):
        if name in self.values:
            self.values[name] = value
            set_value(self.optimizer, name, value)

    def state(self):
        return copy.deepcopy(self.optimizer.state_dict())

    def checked(self, state):
        parameters = list(network("meta").named_parameters())
        return checked_state(state, self.name, self.values, parameters, step=self.step, had_momentum=self.had_momentum)


rates = st.floats(1e-6, 0.1)
fractions = st.sampled_from([0.0, 0.5, 0.9])


@given(st.sampled_from(OPTIMIZERS.names), fractions, st.data())
@settings(max_examples=60, deadline=None)
def test_that_every_state_that_a_training_reaches_passes_unchanged(optimizer, momentum, data):
    training = Training(optimizer, momentum=momentum, fused=data.draw(st.booleans(), label="fused"))
    for _ in range(data.draw(st.integers(0, 3), label="parts")):
        training.train(data.draw(st.integers(0, 3), label="steps"))
        name, value = data.draw(
            st.one_of(st.tuples(st.just("learning_rate"), rates), st.tuples(st.just("momentum"), fractions)),
            label="change",
        )
        training.change(name, value)
    state = training.state()
    checked = training.checked(state)
    assert checked["param_groups"] == state["param_groups"]
    assert checked["state"].keys() == state["state"].keys()
    for index, entries in state["state"].items():
        assert checked["state"][index].keys() == entries.keys()
        for key, entry in entries.items():
            assert checked["state"][index][key] is entry


KEYS = {"sgd": "momentum_buffer", "adam": "exp_avg", "rmsprop": "square_avg", "adamw": "exp_avg_sq"}
BAD_ENTRIES = {
    "None": lambda entry: None,
    "one number": lambda entry: torch.tensor(1.0),
    "complex": lambda entry: entry.to(torch.complex64),
    "double": lambda entry: entry.double(),
    "NaN": lambda entry: entry * math.nan,
    "of another shape": lambda entry: entry[:1],
    "sparse": lambda entry: entry.to_sparse(),
    "a text": lambda entry: "entry",
    "a list": lambda entry: entry.tolist(),
}


@pytest.mark.filterwarnings("ignore")  # torch warns about the invariants of sparse tensors
@pytest.mark.parametrize("bad", BAD_ENTRIES)
@pytest.mark.parametrize("optimizer", KEYS)
def test_that_an_entry_of_another_shape_or_kind_is_refused(optimizer, bad):
    training = Training(optimizer, momentum=0.9).train(3)
    state = training.state()
    entries = state["state"][0]
    entries[KEYS[optimizer]] = BAD_ENTRIES[bad](entries[KEYS[optimizer]])
    with pytest.raises(MisfitError, match=r"weight|momentum"):
        training.checked(state)


def without_state(state):
    state["state"] = {}


def partial(state):
    del state["state"][1]


def empty_entries(state):
    state["state"][0] = {}


def one_more(state):
    state["state"][0]["more"] = torch.zeros(2, 3)


def one_more_parameter(state):
    state["state"][2] = state["state"][1]


@pytest.mark.parametrize("damage", [without_state, partial, empty_entries, one_more, one_more_parameter])
@pytest.mark.parametrize("optimizer", KEYS)
def test_that_a_missing_or_added_part_is_refused(optimizer, damage):
    training = Training(optimizer, momentum=0.9).train(3)
    state = training.state()
    damage(state)
    with pytest.raises(MisfitError):
        training.checked(state)


@pytest.mark.parametrize("optimizer", ["adam", "adamw", "rmsprop"])
@pytest.mark.parametrize("steps", [-1.0, 2.0, 1e9, math.nan, math.inf, 2.5])
def test_that_another_count_of_steps_than_the_runs_is_refused(optimizer, steps):
    training = Training(optimizer).train(3)
    state = training.state()
    state["state"][0]["step"] = torch.tensor(steps)
    with pytest.raises(MisfitError, match="step of weight"):
        training.checked(state)


@pytest.mark.parametrize(("optimizer", "key"), [("adam", "exp_avg_sq"), ("rmsprop", "square_avg")])
def test_that_a_negative_square_is_refused(optimizer, key):
    training = Training(optimizer).train(3)
    state = training.state()
    state["state"][1][key][0] = -1e-9
    with pytest.raises(MisfitError, match=f"{key} of bias"):
        training.checked(state)


@pytest.mark.parametrize("rate", [-1, -1.0, math.nan, math.inf, 1e3, "fast", True, None, torch.tensor(0.1)])
def test_that_a_rate_outside_the_table_is_refused(rate):
    training = Training("sgd").train(1)
    state = training.state()
    state["param_groups"][0]["lr"] = rate
    with pytest.raises(MisfitError, match="lr"):
        training.checked(state)


def test_that_a_state_before_the_first_step_is_refused():
    training = Training("adam").train(1)
    training.step = 0
    with pytest.raises(MisfitError):
        training.checked(training.state())


def test_that_the_entries_of_every_optimizer_are_known():
    assert ENTRIES.keys() == set(OPTIMIZERS.names)
