import subprocess
import sys

import pytest

from workbench.engine.optim.optimizers import OPTIMIZERS

SCRIPT = """
import sys
import torch
from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.optim.optimizers import OPTIMIZERS

weight = torch.ones(3, requires_grad=True)
values = {name: row.default for name, row in TABLE.items()}
for row in OPTIMIZERS:
    optimizer = row.create([weight], values)
    optimizer.load_state_dict(optimizer.state_dict())
    optimizer.zero_grad()
print([name for name in ("torch._dynamo", "sympy") if name in sys.modules])
"""


def test_that_an_optimizer_is_made_saved_and_restored_without_an_import_of_torchs_compiler():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", OPTIMIZERS.names)
def test_that_every_optimizer_still_does_what_its_wrapped_methods_do(name):
    import torch

    from workbench.engine.config.hyperparameters import TABLE

    weight = torch.ones(3, requires_grad=True)
    optimizer = OPTIMIZERS[name].create([weight], {key: row.default for key, row in TABLE.items()})
    weight.sum().backward()
    optimizer.step()
    state = optimizer.state_dict()
    optimizer.zero_grad()
    assert weight.grad is None
    optimizer.add_param_group({"params": [torch.zeros(1, requires_grad=True)]})
    assert len(optimizer.param_groups) == 2
    assert len(state["param_groups"]) == 1
