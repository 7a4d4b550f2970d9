"""The loops of a script, and its `main`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbench.engine.config.tasks import Task
from workbench.engine.exporters.script.optimizer import loss_expression, optimizer_lines, set_rate
from workbench.engine.exporters.script.parts import Part, indented, source_of

if TYPE_CHECKING:
    from workbench.engine.exporters.script.facts import ScriptFacts

_TORCH: Final = ("import torch", "from torch import Tensor, nn", "from torch.nn import functional")


MAIN_IMPORTS: Final = (*_TORCH, "import argparse", "import sys", "from pathlib import Path", "from typing import Any")


def helper_parts(facts: ScriptFacts) -> list[Part]:
    """What the loops call."""
    parts = [_as_inputs(facts)]
    if facts.is_ever("shuffle"):
        from workbench.engine.training.sampler import epoch_permutation

        parts.append(Part(source_of(epoch_permutation), (*_TORCH, "import hashlib")))
    if facts.holds_out:
        from workbench.engine.data.own_files import split

        code = source_of(split.mixed, split.held_out).replace("NDArray[np.int64]", "np.ndarray")
        parts.append(Part(code, ("import numpy as np",)))
    if facts.augments:
        parts.append(_augmentation())
    if facts.record.recipe["autocast"]:
        parts.append(_autocast(facts))
    parts.append(_digest())
    return parts


def train_part(facts: ScriptFacts) -> Part:
    """The function `train_loop`."""
    lines = ["network.train()"]
    size = "len(inputs)"
    if facts.varies("shuffle"):
        lines.append(_make_changes(facts))  # whether an epoch is shuffled is decided before it
    if facts.orders:
        lines += _order_lines(facts)
        size = "len(order)"
    lines.append(f"size, start, batch = {size}, 0, 0")
    if facts.has_uneven_epochs:
        lines.append('first_size, is_even = values["batch_size"], True')
    lines.append("while start < size and step < STEPS:")
    lines += [indented("\n".join(_step_lines(facts))), "return step"]
    arguments = indented(",\n".join(_train_arguments(facts)))
    code = (
        f"def train_loop(\n{arguments},\n) -> int:\n"
        '    """Train on each sample of an epoch once, as far as the run went; returns the steps made by then."""\n'
        + indented("\n".join(lines))
    )
    return Part(code, (*_TORCH, "from typing import Any", "from collections.abc import Callable"))


def test_part(facts: ScriptFacts) -> Part:
    """The function `test_loop`."""
    is_regression = facts.record.recipe.task is Task.REGRESSION
    body = ["x, y = as_inputs(inputs[start : start + batch_size]), targets[start : start + batch_size]"]
    body += ["outputs = network(x)", "total += loss_fn(outputs, y).item()", "batches += 1"]
    if not is_regression:
        body.append("correct += int((outputs.argmax(1) == y).sum())")
    first = "total, batches = 0.0, 0" if is_regression else "total, batches, correct = 0.0, 0, 0"
    lines = ["network.eval()", first, "with torch.no_grad():"]
    lines += ["    for start in range(0, len(inputs), batch_size):", indented("\n".join(body), 2)]
    if is_regression:
        lines.append('print(f"Test Error: \\n Avg loss: {total / batches:>8f} \\n")')
    else:
        lines += [
            "accuracy = 100 * (correct / len(inputs))",
            'print(f"Test Error: \\n Accuracy: {accuracy:>0.1f}%, Avg loss: {total / batches:>8f} \\n")',
        ]
    if facts.is_notebook:
        lines.append(f"TESTS.append((len(LOSSES), total / batches{'' if is_regression else ', accuracy'}))")
    if facts.has_own_network:
        # A network may draw random numbers here, too; the training of the run did not notice.
        lines = ["state = torch.get_rng_state()", *lines, "torch.set_rng_state(state)"]
    arguments = "inputs: Tensor, targets: Tensor, network: nn.Module, loss_fn: Callable[[Tensor, Tensor], Tensor]"
    code = (
        f"def test_loop(\n    {arguments}, batch_size: int\n) -> None:\n"
        '    """Print the mean of the batch losses over the test set'
        + ('."""\n' if is_regression else ', and the share of samples that are classified correctly."""\n')
        + indented("\n".join(lines))
    )
    return Part(code, (*_TORCH, "from collections.abc import Callable"))


def main_part(facts: ScriptFacts, network: str) -> Part:
    """The function `main`, and the call of it."""
    lines = [
        'parser = argparse.ArgumentParser(description="Train the network again, step by step.")',
        'parser.add_argument("--data-root", type=Path, default=Path("data"), help="the folder of the data set")',
        "options = parser.parse_args()",
        *training_lines(facts, network, "options.data_root"),
        "",
        "sha256 = weights_sha256(model)",
    ]
    if facts.record.weights_sha256 is not None:
        lines += [
            "if sha256 != WEIGHTS_SHA256:",
            '    print("These are not the weights of the run: another torch, processor or number of threads may give "',
            '          "other last bits.", file=sys.stderr)',
        ]
    lines.append('print(f"weights sha256 {sha256}", file=sys.stderr)')
    is_same = "0 if sha256 == WEIGHTS_SHA256 else 1" if facts.record.weights_sha256 is not None else "0"
    lines.append(f"return {is_same}")
    code = (
        "def main() -> int:\n"
        '    """Train the network of the run again; returns 0 if its weights come out bit for bit."""\n'
        + indented("\n".join(lines))
        + '\n\n\nif __name__ == "__main__":\n    sys.exit(main())'
    )
    return Part(code, MAIN_IMPORTS)


def training_lines(facts: ScriptFacts, network: str, root: str) -> list[str]:
    """The lines that load the data, make the network and train it.

    Args:
        facts: of the run.
        network: the expression that makes the network.
        root: the expression of the folder of the data set.
    """
    recipe = facts.record.recipe
    lines = ["torch.set_num_threads(THREADS)"]
    is_on_cpu = recipe.device == "cpu"
    if recipe.device.startswith("cuda"):
        lines += ["torch.backends.cudnn.deterministic = True", "torch.backends.cudnn.benchmark = False"]
    lines.append(f"inputs, targets, test_inputs, test_targets = load_data({root})")
    if not is_on_cpu:
        lines += [
            "inputs, test_inputs = as_inputs(inputs).to(DEVICE), as_inputs(test_inputs).to(DEVICE)",
            "targets, test_targets = targets.to(DEVICE), test_targets.to(DEVICE)",
        ]
    if facts.holds_out:
        lines += _held_out_lines(facts)
    lines += ["", "torch.manual_seed(SEED)", f"model = {network}" + ("" if is_on_cpu else ".to(DEVICE)")]
    if "dropout" in recipe.values:
        lines.append(f"model.dropout = {recipe['dropout']!r}")
    lines.append(f"network: nn.Module = {_network(facts)}")
    lines.append(f"loss_fn = {loss_expression(facts)}")
    lines.append(optimizer_lines(facts))
    if _has_values(facts):
        lines.append(f"values: dict[str, Any] = {_first_values(facts)!r}".replace("'", '"'))
    if facts.augments:
        settings = f"flip={recipe['flip']}, shift={recipe['shift']}, rotation={recipe['rotation']!r}"
        lines.append(f"augmentation = Augmentation(SEED, {settings})")
    lines += ["", "step = epoch = 0", "while step < STEPS:"]
    body = [
        "print(f\"Epoch {epoch + 1}\\n{'-' * 31}\")",
        f"step = train_loop({', '.join(_train_values(facts))})",
        "if epoch < TESTED_EPOCHS:",
        f"    test_loop(test_inputs, test_targets, network, loss_fn, {_value(facts, 'batch_size')})",
        "epoch += 1",
    ]
    lines.append(indented("\n".join(body)))
    if facts.has_finished:
        lines.append('print("Done!")')
    return lines


# What parts of the loops look like


def _as_inputs(facts: ScriptFacts) -> Part:
    if facts.record.recipe.spec.is_image:
        body = (
            '    """The samples as float32 in new memory; bytes become numbers from 0 to 1."""\n'
            "    return samples.float().div(255) if samples.dtype is torch.uint8 else samples.clone()"
        )
    else:
        body = (
            '    """The samples in new memory, whose address does not depend on their place."""\n'
            "    return samples.clone()"
        )
    return Part(f"def as_inputs(samples: Tensor) -> Tensor:\n{body}", _TORCH)


def _augmentation() -> Part:
    from workbench.engine.data import augmentation

    code = source_of(augmentation.Augmentation, augmentation._signed, augmentation._shifted)  # noqa: SLF001
    constants = "\n".join(
        f"{name} = {getattr(augmentation, name)!r}"
        for name in ("_STEP", "_FIRST_FACTOR", "_SECOND_FACTOR", "BITS", "ANGLES", "_PURPOSES")
    )
    purposes = "_FLIP, _COLUMNS, _ROWS, _ANGLE = range(4)"
    return Part(f"{constants}\n{purposes}\n\n\n{code}", (*_TORCH, "import hashlib", "import math"))


def _autocast(facts: ScriptFacts) -> Part:
    kind = facts.record.recipe.device.split(":")[0]
    code = f'''\
class Autocast(nn.Module):
    """Runs a model in bfloat16 where PyTorch considers that safe, and gives its outputs in float32."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, inputs: Tensor) -> Tensor:
        """The outputs of the model."""
        with torch.autocast("{kind}", dtype=torch.bfloat16):
            outputs: Tensor = self.model(inputs)
        return outputs.float()'''
    return Part(code, _TORCH)


def _digest() -> Part:
    code = '''\
def weights_sha256(model: nn.Module) -> str:
    """The SHA-256 of the weights: of each entry of the state dict, the key and then its bytes, in their order."""
    digest = hashlib.sha256()
    for key, tensor in model.state_dict().items():
        digest.update(key.encode())
        digest.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()'''
    return Part(code, (*_TORCH, "import hashlib"))


def _network(facts: ScriptFacts) -> str:
    recipe = facts.record.recipe
    network = "Autocast(model)" if recipe["autocast"] else "model"
    if recipe["compile"]:
        mode = "reduce-overhead" if recipe.device.startswith("cuda") else "default"
        return f'torch.compile({network}, dynamic=True, mode="{mode}")'
    return network


def _step_lines(facts: ScriptFacts) -> list[str]:
    """The lines of one step."""
    body: list[str] = []
    if facts.changes:
        body.append(_make_changes(facts))
    if facts.schedule != "constant":
        planned = 'values["epochs"]' if facts.varies("epochs") else "EPOCHS"
        body += [
            f"rate = {_value(facts, 'learning_rate')} * rate_factor(epoch + start / size, {planned}, values)",
            "for group in optimizer.param_groups:",
            f"    {set_rate(facts, 'rate')}",
        ]
    if facts.has_uneven_epochs:
        body.append('is_even = is_even and values["batch_size"] == first_size')
    body.append(f"stop = start + {_value(facts, 'batch_size')}")
    if facts.orders:
        body += ["places = order[start:stop]", "x, y = as_inputs(inputs[places]), targets[places]"]
    else:
        body.append("x, y = as_inputs(inputs[start:stop]), targets[start:stop]")
    if facts.augments:
        places = "places" if facts.record.recipe.device == "cpu" else "places.to(x.device)"
        where = places if facts.orders else "torch.arange(start, start + len(x), device=x.device)"
        body += ["if augmentation.is_on:", f"    x = augmentation.apply(x, epoch, {where})"]
    body += ["loss = loss_fn(network(x), y)", "loss.backward()"]
    if facts.is_ever("clip_norm"):
        norm = _value(facts, "clip_norm")
        body += [f"if {norm} > 0:", f"    nn.utils.clip_grad_norm_(model.parameters(), {norm})"]
    body += ["optimizer.step()", "optimizer.zero_grad()", "start += len(x)"]
    if facts.is_notebook:
        body.append("LOSSES.append(loss.item())")
    body.append("if batch % 100 == 0:")
    # The tutorial multiplies by the size of the present batch, also where that is the smaller last one.
    trained = "(batch + 1) * len(x)"
    if facts.has_uneven_epochs:
        trained = f"{trained} if is_even else start"
    body.append(f'    print(f"loss: {{loss.item():>7f}}  [{{{trained}:>5d}}/{{size:>5d}}]")')
    body += ["batch += 1", "step += 1"]
    return body


def _make_changes(facts: ScriptFacts) -> str:
    more = ", augmentation" if facts.augments else ""
    return f"make_changes(step, values, model, optimizer{more})"


def _order_lines(facts: ScriptFacts) -> list[str]:
    all_of_them = "kept" if facts.holds_out else "torch.arange(len(inputs))"
    count = "len(kept)" if facts.holds_out else "len(inputs)"
    if not facts.is_ever("shuffle"):
        return [f"order = {all_of_them}"]
    shuffled = f"epoch_permutation(SEED, epoch, {count})"
    if facts.holds_out:
        shuffled = f"kept[{shuffled}]"
    if facts.varies("shuffle"):
        return [f'order = {shuffled} if values["shuffle"] else {all_of_them}']
    return [f"order = {shuffled}"]


def _held_out_lines(facts: ScriptFacts) -> list[str]:
    recipe = facts.record.recipe
    on_cpu = "targets" if recipe.device == "cpu" else "targets.cpu()"
    labels = f"{on_cpu}.numpy()" if recipe.task is Task.CLASSIFICATION else "None"
    return [
        "# The run held these samples out for validation.",
        f"places, _ = held_out(len(inputs), {recipe['validation_share']!r}, SEED, {labels})",
        "kept = torch.from_numpy(places).sort().values",
    ]


def _has_values(facts: ScriptFacts) -> bool:
    return bool(facts.changes) or facts.schedule != "constant"


def _first_values(facts: ScriptFacts) -> dict[str, object]:
    """The values at the first step that change later, and those of the schedule."""
    from workbench.engine.optim.lr_schedules import SCHEDULES

    recipe = facts.record.recipe
    of_schedule = () if facts.schedule == "constant" else SCHEDULES[facts.schedule].accepts
    return {name: value for name, value in recipe.values.items() if facts.varies(name) or name in of_schedule}


def _value(facts: ScriptFacts, name: str) -> str:
    """The expression for the value in force."""
    if facts.varies(name):
        return f'values["{name}"]'
    return {"batch_size": "BATCH_SIZE", "learning_rate": "LEARNING_RATE"}.get(name, repr(facts.record.recipe[name]))


def _train_arguments(facts: ScriptFacts) -> list[str]:
    arguments = ["inputs: Tensor", "targets: Tensor"]
    if facts.holds_out:
        arguments.append("kept: Tensor")
    arguments += ["network: nn.Module"]
    if facts.changes or facts.is_ever("clip_norm"):
        arguments.append("model: nn.Module")
    arguments += ["loss_fn: Callable[[Tensor, Tensor], Tensor]", "optimizer: torch.optim.Optimizer"]
    if _has_values(facts):
        arguments.append("values: dict[str, Any]")
    if facts.augments:
        arguments.append("augmentation: Augmentation")
    return [*arguments, "epoch: int", "step: int"]


def _train_values(facts: ScriptFacts) -> list[str]:
    return [argument.partition(":")[0] for argument in _train_arguments(facts)]
