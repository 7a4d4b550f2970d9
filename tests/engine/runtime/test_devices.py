from types import SimpleNamespace

import pytest
import torch

from workbench.engine.runtime.devices import (
    Device,
    available_devices,
    described_devices,
    has_room,
    use_repeatable_kernels,
)

MIB = 1 << 20


@pytest.fixture
def two_gpus(monkeypatch):
    cards = {"cuda:0": ("NVIDIA H200", 141 << 30), "cuda:1": ("NVIDIA T4", 16 << 30)}
    monkeypatch.setattr(torch.cuda, "device_count", lambda: len(cards))
    monkeypatch.setattr(
        torch.cuda,
        "get_device_properties",
        lambda name: SimpleNamespace(name=cards[name][0], total_memory=cards[name][1]),
    )


def test_that_the_cpu_comes_first_and_gpus_have_their_name_and_memory(two_gpus, monkeypatch):
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    assert available_devices() == ("cpu", "cuda:0", "cuda:1", "mps:0")
    assert described_devices() == (
        Device("cpu"),
        Device("cuda:0", "NVIDIA H200", 141 << 30),
        Device("cuda:1", "NVIDIA T4", 16 << 30),
        Device("mps:0", "Apple GPU"),
    )


@pytest.mark.parametrize(
    ("free", "nbytes", "there"),
    [(8000, 1, True), (4010, 1, True), (4010, 20, False), (3000, 1, False)],
)
def test_that_copies_leave_half_of_a_gpus_memory_free(monkeypatch, free, nbytes, there):
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda _: (free * MIB, 8000 * MIB))
    assert has_room(torch.device("cuda:0"), nbytes * MIB) is there


def test_that_only_an_nvidia_gpu_is_told_to_repeat_its_bits(monkeypatch):
    monkeypatch.setattr(torch.backends.cudnn, "deterministic", False)
    use_repeatable_kernels(torch.device("cpu"))
    assert not torch.backends.cudnn.deterministic
    use_repeatable_kernels(torch.device("cuda:1"))
    assert torch.backends.cudnn.deterministic


@pytest.mark.parametrize("name", ["cpu", "mps"])
def test_that_copies_of_other_devices_are_on_the_cpu(name):
    assert not has_room(torch.device(name), 1)
