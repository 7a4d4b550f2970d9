from __future__ import annotations

import pytest
import torch

from workbench.engine.data import unit_floats


def test_that_data_can_be_moved_to_another_device(tiny_data, monkeypatch):
    monkeypatch.setattr(unit_floats, "has_exact_bytes", lambda _: True)
    moved = tiny_data.to(torch.device("meta"))
    assert {tensor.device.type for tensor in (moved.train_inputs, moved.test_targets)} == {"meta"}
    assert tiny_data.to(torch.device("cpu")).train_inputs is tiny_data.train_inputs


@pytest.mark.parametrize(("exact", "kind"), [(True, torch.uint8), (False, torch.float32)])
def test_that_images_stay_bytes_on_a_device_that_divides_with_the_cpus_bits(tiny_data, monkeypatch, exact, kind):
    monkeypatch.setattr(unit_floats, "has_exact_bytes", lambda _: exact)
    assert tiny_data.train_inputs.dtype is torch.uint8
    moved = tiny_data.to(torch.device("meta"))
    assert (moved.train_inputs.dtype, moved.test_inputs.dtype) == (kind, kind)


def test_that_the_cpu_divides_with_its_own_bits():
    assert unit_floats.has_exact_bytes(torch.device("cpu"))
