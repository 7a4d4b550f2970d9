"""Networks as users write them, as texts of Python files."""

from workbench.engine.models.network_source import NetworkSource
from workbench.engine.models.trusted_code import trust

NORMALIZED = '''
from __future__ import annotations

import torch
from torch import nn


class Net(nn.Module):
    """With batch normalization, dropout, modules that work in place, a mask that is infinite, and its own noise."""

    def __init__(self, input_count, output_count, width: int = 12, noise: float = 0.0, bias: bool = True):
        super().__init__()
        self.first = nn.Linear(input_count, width, bias=bias)
        self.norm = nn.BatchNorm1d(width)
        self.act = nn.ReLU(inplace=True)
        self.drop = nn.Dropout(0.3)
        self.last = nn.Linear(width, output_count)
        self.unused = nn.Linear(3, 3)
        self.noise = noise
        self.register_buffer("mask", torch.full((2,), float("-inf")))
        self.register_buffer("seen", torch.zeros((), dtype=torch.int64))

    def forward(self, inputs):
        if self.training:
            self.seen += 1
        hidden = self.drop(self.act(self.norm(self.first(inputs.flatten(1)))))
        if self.training and self.noise:
            hidden = hidden + self.noise * torch.rand(hidden.shape)
        return self.last(hidden)
'''

FUNCTION = """
from typing import Literal

from torch import nn


def make(input_shape, num_classes: int, act: Literal["relu", "tanh"] = "tanh"):
    count = input_shape[0] * input_shape[1] * input_shape[2]
    return nn.Sequential(nn.Flatten(), nn.Linear(count, 8), nn.Tanh() if act == "tanh" else nn.ReLU(),
                         nn.Linear(8, num_classes))
"""


IN_PLACE_AFTER_DROPOUT = """
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.last = nn.Linear(784, 64), nn.Linear(64, 10)
        self.drop, self.act = nn.Dropout(0.2), nn.ReLU(inplace=True)

    def forward(self, images):
        return self.last(self.act(self.drop(torch.sigmoid(self.first(images.flatten(1))))))
"""


def network(source, name="Net", trusted=True, **arguments):
    """The network of a source, allowed to run unless `trusted` is False."""
    made = NetworkSource("/a/folder/net.py", source, name).with_arguments(arguments)
    if trusted:
        trust(made)
    return made


def forward_of(body, before=""):
    """A network whose forward has these lines before it returns `outputs`."""
    lines = "\n".join(f"        {line}" for line in body.split("\n"))
    return f"""
import random
import time
import torch
from torch import nn
{before}

class Net(nn.Module):
    def __init__(self, input_count, output_count):
        super().__init__()
        self.last = nn.Linear(input_count, output_count)
        self.calls = 0

    def forward(self, inputs):
        outputs = self.last(inputs.flatten(1))
{lines}
        return outputs
"""
