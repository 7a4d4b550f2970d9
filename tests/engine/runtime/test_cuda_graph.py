"""`captured` with stand-ins for CUDA: what it copies, and what it keeps."""

import weakref
from contextlib import contextmanager

import pytest
import torch

from workbench.engine.runtime.cuda_graph import captured


class FakeGraph:
    """Replays what the capture recorded, on the addresses of the capture."""

    def __init__(self):
        self.recorded = None

    def replay(self):
        self.recorded()


@pytest.fixture
def modes(monkeypatch):
    """The keyword arguments of each capture."""
    found = []

    @contextmanager
    def fake(_graph, **options):
        found.append(options)
        yield

    @contextmanager
    def on_device(_device):
        yield

    monkeypatch.setattr(torch.cuda, "CUDAGraph", FakeGraph)
    monkeypatch.setattr(torch.cuda, "graph", fake)
    monkeypatch.setattr(torch.cuda, "device", on_device)
    monkeypatch.setattr(torch.cuda, "Stream", lambda device: f"stream of {device}")
    return found


class Doubling:
    """A step that holds a tensor which its graph would read."""

    def __init__(self):
        self.factor = torch.tensor(2.0)
        self.loss, self.outputs = torch.zeros(()), torch.zeros(2)

    def __call__(self, inputs, targets):
        self.inputs, self.targets = inputs, targets
        self.record()
        return self.loss, self.outputs

    def record(self):
        self.outputs.copy_(self.inputs * self.factor)
        self.loss.copy_((self.outputs - self.targets).sum())


def test_that_a_replay_uses_new_arguments_and_returns_copies(modes):
    step, inputs, targets = Doubling(), torch.tensor([1.0, 2.0]), torch.tensor([0.0, 0.0])
    replay = captured(step, inputs, targets)
    replay._graph.recorded = step.record
    loss, outputs = replay(torch.tensor([3.0, 4.0]), torch.tensor([1.0, 1.0]))
    later, _ = replay(inputs, targets)
    assert (float(loss), outputs.tolist(), float(later)) == (12.0, [6.0, 8.0], 6.0)
    assert inputs.tolist() == [1.0, 2.0]


def test_that_other_threads_may_use_the_device_during_a_capture(modes):
    captured(Doubling(), torch.zeros(2), torch.zeros(2))
    assert modes == [{"stream": "stream of cpu", "capture_error_mode": "thread_local"}]


def test_that_a_graph_keeps_what_its_step_holds(modes):
    step = Doubling()
    held = weakref.ref(step)
    replay = captured(step, torch.zeros(2), torch.zeros(2))
    del step
    assert held() is not None
    del replay
    assert held() is None
