"""The function `main` of a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbench.engine.config.tasks import Task
from workbench.engine.exporters.script.loops import call_of_test_loop, call_of_train_loop
from workbench.engine.exporters.script.optimizer import loss_expression, optimizer_lines
from workbench.engine.exporters.script.parts import Part, fitted, indented

if TYPE_CHECKING:
    from workbench.engine.exporters.script.facts import ScriptFacts

MAIN_IMPORTS: Final = (
    "import argparse",
    "import sys",
    "from pathlib import Path",
    "from typing import Any",
    "import torch",
    "from torch import Tensor, nn",
    "from torch.nn import functional",
)


def main_part(facts: ScriptFacts, network: str) -> Part:
    """The function `main`, and the call of it."""
    lines = [
        'parser = argparse.ArgumentParser(description="Train the network again, step by step.")',
        'parser.add_argument("--data-root", type=Path, default=Path("data"), help="the folder of the data set")',
        "options = parser.parse_args()",
        "",
        *training_lines(facts, network, "options.data_root"),
        "",
        "sha256 = weights_sha256(model)",
    ]
    if facts.record.weights_sha256 is not None:
        lines += [
            "if sha256 != WEIGHTS_SHA256:",
            "    print(",
            '        "These are not the weights of the run: another torch, processor or number of threads may give "',
            '        "other last bits.",',
            "        file=sys.stderr,",
            "    )",
        ]
    lines.append('print(f"weights sha256 {sha256}", file=sys.stderr)')
    is_same = "0 if sha256 == WEIGHTS_SHA256 else 1" if facts.record.weights_sha256 is not None else "0"
    lines.append(f"return {is_same}")
    words = "Train the network of the run again"
    if facts.record.weights_sha256 is not None:
        words += "; returns 0 if its weights come out bit for bit"
    code = (
        f'def main() -> int:\n    """{words}."""\n'
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
    is_on_cpu = recipe.device == "cpu"
    lines = ["torch.set_num_threads(THREADS)"]
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
    if recipe.initial_weights is not None:
        lines.append("start_from_weights(model)")
    if "dropout" in recipe.values:
        lines.append("model.dropout = DROPOUT")
    if facts.wraps_model:
        # A compiled model has the type of a function.
        kind = "Any" if recipe["compile"] else "nn.Module"
        lines.append(f"network: {kind} = {_around_model(facts)}")
    lines += [f"loss_fn = {loss_expression(facts)}", *optimizer_lines(facts)]
    if facts.values:
        items = [f'"{name}": {name.upper()}' for name in facts.values]
        lines.append(fitted("values: dict[str, Any] = {", items, "}", 1, is_display=True))
    if facts.augments:
        lines.append("augmentation = Augmentation(SEED, flip=FLIP, shift=SHIFT, rotation=ROTATION)")
    lines += ["", *_epoch_lines(facts)]
    if facts.has_finished:
        lines.append('print("Done!")')
    return lines


def _epoch_lines(facts: ScriptFacts) -> list[str]:
    title = 'print(f"Epoch {epoch + 1}\\n-------------------------------")'
    train, test = call_of_train_loop(facts, 2), call_of_test_loop(facts)
    if facts.is_whole:
        first = ["step = 0"] if facts.counts_steps else []
        body = [title, train, test]
        return [*first, "for epoch in range(EPOCHS):", indented("\n".join(body))]
    body = [title, train, "if epoch < TESTED_EPOCHS:", f"    {test}", "epoch += 1"]
    return ["step = epoch = 0", "while step < STEPS:", indented("\n".join(body))]


def _around_model(facts: ScriptFacts) -> str:
    recipe = facts.record.recipe
    network = "Autocast(model)" if recipe["autocast"] else "model"
    if recipe["compile"]:
        mode = "reduce-overhead" if recipe.device.startswith("cuda") else "default"
        return f'torch.compile({network}, dynamic=True, mode="{mode}")'
    return network


def _held_out_lines(facts: ScriptFacts) -> list[str]:
    recipe = facts.record.recipe
    on_cpu = "targets" if recipe.device == "cpu" else "targets.cpu()"
    labels = f"{on_cpu}.numpy()" if recipe.task is Task.CLASSIFICATION else "None"
    return [
        "# The samples that are not held out for validation.",
        f"places, _ = held_out(len(inputs), VALIDATION_SHARE, SEED, {labels})",
        "kept = torch.from_numpy(places).sort().values",
    ]
