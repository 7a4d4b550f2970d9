from __future__ import annotations

import torch


def test_that_data_can_be_moved_to_another_device(tiny_data):
    moved = tiny_data.to(torch.device("meta"))
    assert {tensor.device.type for tensor in (moved.train_inputs, moved.test_targets)} == {"meta"}
    assert tiny_data.to(torch.device("cpu")).train_inputs is tiny_data.train_inputs


def test_that_images_move_to_another_device_as_floats_because_a_gpu_would_divide_with_other_bits(tiny_data):
    assert tiny_data.train_inputs.dtype is torch.uint8
    assert tiny_data.to(torch.device("meta")).train_inputs.dtype is torch.float32
