import subprocess
import sys

import pytest

from workbench.engine.optim.optimizers import OPTIMIZERS

SCRIPT = """
import sys
import torch
from workbench.engine.checkpoints.snapshot import Position, Snapshot
from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.config.tasks import Task
from workbench.engine.data.dataset import FASHION_MNIST_SPEC
from workbench.engine.optim.losses import LOSSES
from workbench.engine.optim.optimizers import OPTIMIZERS
from workbench.engine.training.loops import test_loop, train_loop

usual = {name: row.default for name, row in TABLE.items()}
batches = [(torch.ones(2, 3), torch.tensor([0, 1]))] * 2
loss_fn = LOSSES[LOSSES.default].build(FASHION_MNIST_SPEC)
for row in OPTIMIZERS:
    for changed in ({}, {"momentum": 0.9, "nesterov": True, "weight_decay": 0.1}, {"fused": True}):
        model, values = torch.nn.Linear(3, 2), {**usual, **changed}
        optimizer = row.create(model.parameters(), values)
        steps = len(list(train_loop(batches, model, loss_fn, optimizer)))
        Snapshot.of(model, optimizer, Position(), values).restore(model, optimizer)
        steps += len(list(train_loop(batches, model, loss_fn, optimizer)))
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.zero_grad()
        test_loop(batches, model, loss_fn, Task.CLASSIFICATION)
        assert steps == 4
print([name for name in ("torch._dynamo", "sympy") if name in sys.modules])
"""


def test_that_every_optimizer_trains_and_is_restored_without_an_import_of_torchs_compiler():
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
