"""The two loops of a script, as in PyTorch's tutorial: `train_loop` and `test_loop`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbench.engine.config.tasks import Task
from workbench.engine.exporters.script.network import class_with_dropout
from workbench.engine.exporters.script.optimizer import call_of_changes, factor_lines
from workbench.engine.exporters.script.parts import Part, fitted, indented

if TYPE_CHECKING:
    from workbench.engine.exporters.script.facts import ScriptFacts

_TORCH: Final = ("import torch", "from torch import Tensor, nn", "from torch.nn import functional")
_CALLABLE: Final = "from collections.abc import Callable"
_LOSS: Final = "loss_fn: Callable[[Tensor, Tensor], Tensor]"
_MODE: Final = "mode matters for batch normalization and dropout."


def train_part(facts: ScriptFacts) -> Part:
    """The function `train_loop`."""
    lines = []
    if facts.varies("shuffle"):
        # Whether an epoch is shuffled is decided before it.
        lines.append(call_of_changes(facts))
    if facts.orders:
        lines += _order_lines(facts)
    lines.append(f"size = len({'order' if facts.orders else 'inputs'})")
    lines += [f"# Training {_MODE}", f"{called(facts)}.train()"]
    lines += _batches_of_one_size(facts) if not facts.varies("batch_size") else _batches_of_several_sizes(facts)
    if facts.counts_steps:
        lines.append("return step")
    words = "Train on each sample once"
    if not facts.is_whole:
        words += ", as far as the run went"
    if facts.counts_steps:
        words += "; returns the steps made by then"
    head = fitted("def train_loop(", train_arguments(facts), f") -> {'int' if facts.counts_steps else 'None'}:")
    code = f'{head}\n    """{words}."""\n' + indented("\n".join(lines))
    return Part(code, (*_TORCH, "from typing import Any", _CALLABLE))


def test_part(facts: ScriptFacts) -> Part:
    """The function `test_loop`."""
    is_regression = facts.record.recipe.task is Task.REGRESSION
    size = "batch_size" if facts.varies("batch_size") else "BATCH_SIZE"
    body = [
        f"x, y = as_inputs(inputs[start : start + {size}]), targets[start : start + {size}]",
        f"pred = {called(facts)}(x)",
        "test_loss += loss_fn(pred, y).item()",
        *([] if is_regression else ["correct += int((pred.argmax(1) == y).sum())"]),
        "batches += 1",
    ]
    lines = [
        f"# Evaluation {_MODE}",
        f"{called(facts)}.eval()",
        "test_loss, batches = 0.0, 0" if is_regression else "test_loss, batches, correct = 0.0, 0, 0",
        "# Without gradients, which a test does not need.",
        "with torch.no_grad():",
        f"    for start in range(0, len(inputs), {size}):",
        indented("\n".join(body), 2),
        "test_loss /= batches",
    ]
    if is_regression:
        lines.append('print(f"Test Error: \\n Avg loss: {test_loss:>8f} \\n")')
    else:
        lines += [
            "accuracy = 100 * (correct / len(inputs))",
            'print(f"Test Error: \\n Accuracy: {accuracy:>0.1f}%, Avg loss: {test_loss:>8f} \\n")',
        ]
    if facts.is_notebook:
        lines.append(f"TESTS.append((len(LOSSES), test_loss{'' if is_regression else ', accuracy'}))")
    if facts.has_own_network:
        lines = [
            "# The network may draw random numbers here, too, which the training must not notice.",
            "state = torch.get_rng_state()",
            *lines,
            "torch.set_rng_state(state)",
        ]
    words = "Print the mean of the batch losses over the test set"
    if not is_regression:
        words += ", and the share of samples that are classified correctly"
    head = fitted("def test_loop(", _test_arguments(facts), ") -> None:")
    code = f'{head}\n    """{words}."""\n' + indented("\n".join(lines))
    return Part(code, (*_TORCH, _CALLABLE))


def called(facts: ScriptFacts) -> str:
    """The name of what is called with a batch."""
    return "network" if facts.wraps_model else "model"


def train_arguments(facts: ScriptFacts) -> list[str]:
    """The arguments of `train_loop` with their types."""
    arguments = ["inputs: Tensor", "targets: Tensor"]
    if facts.holds_out:
        arguments.append("kept: Tensor")
    if facts.wraps_model:
        arguments.append("network: nn.Module")
    if facts.varies("dropout"):
        arguments.append(f"model: {class_with_dropout(facts.record)}")
    elif not facts.wraps_model or facts.is_ever("clip_norm"):
        arguments.append("model: nn.Module")
    arguments += [_LOSS, "optimizer: torch.optim.Optimizer"]
    if facts.values:
        arguments.append("values: dict[str, Any]")
    if facts.augments:
        arguments.append("augmentation: Augmentation")
    if facts.counts_epochs:
        arguments.append("epoch: int")
    return [*arguments, "step: int"] if facts.counts_steps else arguments


def call_of_train_loop(facts: ScriptFacts, levels: int) -> str:
    """The call of `train_loop`, indented by this many levels."""
    names = [argument.partition(":")[0] for argument in train_arguments(facts)]
    return fitted(f"{'step = ' if facts.counts_steps else ''}train_loop(", names, ")", levels)


def call_of_test_loop(facts: ScriptFacts) -> str:
    """The call of `test_loop`."""
    arguments = ["test_inputs", "test_targets", called(facts), "loss_fn"]
    if facts.varies("batch_size"):
        arguments.append('values["batch_size"]')
    return f"test_loop({', '.join(arguments)})"


def _test_arguments(facts: ScriptFacts) -> list[str]:
    arguments = ["inputs: Tensor", "targets: Tensor", f"{called(facts)}: nn.Module", _LOSS]
    return [*arguments, "batch_size: int"] if facts.varies("batch_size") else arguments


# What parts of the training loop look like


def _batches_of_one_size(facts: ScriptFacts) -> list[str]:
    body = [] if facts.is_whole else ["if step == STEPS:", "    break  # the run went no further"]
    body += [*_step_lines(facts), *_report("(batch + 1) * len(x)")]
    if facts.counts_steps:
        body.append("step += 1")
    return ["for batch, start in enumerate(range(0, size, BATCH_SIZE)):", indented("\n".join(body))]


def _batches_of_several_sizes(facts: ScriptFacts) -> list[str]:
    lines, seen, body = ["start = batch = 0"], "(batch + 1) * len(x)", _step_lines(facts)
    if facts.has_uneven_epochs:
        lines.append('first_size, is_even = values["batch_size"], True')
        seen += " if is_even else start"
        # The size of the batch is known after the changes.
        body.insert(1, 'is_even = is_even and values["batch_size"] == first_size')
    lines.append("while start < size:" if facts.is_whole else "while start < size and step < STEPS:")
    body += ["start += len(x)", *_report(seen), "batch += 1", "step += 1"]
    return [*lines, indented("\n".join(body))]


def _step_lines(facts: ScriptFacts) -> list[str]:
    """The lines of one step, up to its update."""
    body = [call_of_changes(facts)] if facts.changes else []
    if facts.schedule != "constant":
        body += factor_lines(facts)
    stop = f"start + {facts.expression('batch_size')}"
    if facts.orders:
        body += [f"places = order[start : {stop}]", "x, y = as_inputs(inputs[places]), targets[places]"]
    elif facts.varies("batch_size"):
        body += [f"stop = {stop}", "x, y = as_inputs(inputs[start:stop]), targets[start:stop]"]
    else:
        body.append(f"x, y = as_inputs(inputs[start : {stop}]), targets[start : {stop}]")
    if facts.augments:
        places = "places" if facts.record.recipe.device == "cpu" else "places.to(x.device)"
        where = places if facts.orders else "torch.arange(start, start + len(x), device=x.device)"
        body += ["if augmentation.is_on:", f"    x = augmentation.apply(x, epoch, {where})"]
    body += ["", "# Compute prediction and loss", f"loss = loss_fn({called(facts)}(x), y)"]
    body += ["", "# Backpropagation", "loss.backward()"]
    if facts.is_ever("clip_norm"):
        norm = facts.expression("clip_norm")
        clip = f"nn.utils.clip_grad_norm_(model.parameters(), {norm})"
        body += [f"if {norm} > 0:", f"    {clip}"] if facts.varies("clip_norm") else [clip]
    body += ["optimizer.step()", "optimizer.zero_grad()"]
    return [*body, "LOSSES.append(loss.item())"] if facts.is_notebook else body


def _report(seen: str) -> list[str]:
    """The lines that print the loss, as the tutorial does."""
    lines = ["", "if batch % 100 == 0:"]
    if "is_even" in seen:
        lines.append("    # As in the tutorial, batches times size; with batches of several sizes, the samples so far.")
    return [
        *lines,
        f"    current = {seen}",
        '    print(f"loss: {loss.item():>7f}  [{current:>5d}/{size:>5d}]")',
    ]


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
