"""A network is described before it is trained: its layers and parameters."""

import subprocess
import sys

import torch

from workbench.engine.data.dataset import FASHION_MNIST_SPEC
from workbench.engine.models.description import described

SCRIPT = """
import sys
from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.data.dataset import FASHION_MNIST_SPEC
from workbench.engine.models.description import described

values = {name: row.default for name, row in TABLE.items()}
for name in ("mlp", "mlp-dropout", "mlp-custom", "cnn", "resnet8", "resnet20"):
    layers, count = described(name, FASHION_MNIST_SPEC, values)
    assert layers[-1].shape == (10,) and count > 1000
print([name for name in ("torch._dynamo", "sympy") if name in sys.modules])
"""


def test_that_networks_are_described_without_an_import_of_torchs_compiler():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_that_torchs_random_state_stays_as_it_is():
    before = torch.random.get_rng_state()
    described("cnn", FASHION_MNIST_SPEC, {})
    assert torch.equal(torch.random.get_rng_state(), before)
