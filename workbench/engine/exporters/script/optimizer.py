"""The optimizer of a script: the line that makes it, its schedule, and how its values change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbench.engine.config.hyperparameters import TABLE, Section
from workbench.engine.exporters.script.parts import Part, source_of
from workbench.engine.optim import lr_schedules
from workbench.engine.optim.optimizers import OPTIMIZERS

if TYPE_CHECKING:
    from workbench.engine.exporters.script.facts import ScriptFacts

_KINDS: Final = {"sgd": "SGD", "adam": "Adam", "adamw": "AdamW", "rmsprop": "RMSprop"}
_TORCH: Final = ("import torch", "from torch import Tensor, nn", "from torch.nn import functional")
_SPELLED: Final = {"beta1", "beta2", "nesterov", "fused"}
"""Values that are no argument of their own, or that the constructor refuses where they have no effect."""


def optimizer_lines(facts: ScriptFacts) -> str:
    """The lines of `main` that make the optimizer."""
    recipe = facts.record.recipe
    accepted = OPTIMIZERS[recipe.optimizer].accepts
    arguments = ["lr=LEARNING_RATE"]
    if "beta1" in accepted:
        arguments.append(f"betas=({recipe['beta1']!r}, {recipe['beta2']!r})")
    arguments += [f"{name}={recipe[name]!r}" for name in accepted if name not in _SPELLED]
    lines = [f"optimizer = torch.optim.{_KINDS[recipe.optimizer]}(model.parameters(), {', '.join(arguments)})"]
    later = [f'group["{name}"] = True' for name in ("nesterov", "fused") if name in accepted and recipe[name]]
    if facts.has_rate_tensor:
        lines.append("# The run replayed a CUDA graph of its steps: the fused update reads the rate from a tensor.")
        later = [each for each in later if "fused" not in each]
        later += ['group["fused"] = True', 'group["lr"] = torch.tensor(LEARNING_RATE, device=DEVICE)']
    if later:
        lines += ["for group in optimizer.param_groups:", *(f"    {line}" for line in later)]
    return "\n".join(lines)


def loss_expression(facts: ScriptFacts) -> str:
    """The expression of `main` for the loss function."""
    recipe = facts.record.recipe
    match recipe.loss:
        case "cross-entropy":
            return "functional.cross_entropy"
        case "nll":
            return "nll"
        case "mse":
            return "functional.mse_loss" if not recipe.spec.class_names else "squared_error"
        case "mae":
            return "functional.l1_loss"
        case _:
            return "functional.huber_loss"


def loss_part(facts: ScriptFacts) -> Part:
    """The loss function, where it is not one of torch's own."""
    match loss_expression(facts):
        case "nll":
            return Part(
                "def nll(logits: Tensor, labels: Tensor) -> Tensor:\n"
                '    """Cross-entropy, from its two halves."""\n'
                "    return functional.nll_loss(functional.log_softmax(logits, dim=1), labels)",
                _TORCH,
            )
        case "squared_error":
            return Part(
                "def squared_error(outputs: Tensor, labels: Tensor) -> Tensor:\n"
                '    """The mean squared error between the outputs and 1 for the right class, 0 for the others."""\n'
                "    targets = functional.one_hot(labels, outputs.shape[1]).to(outputs.dtype)\n"
                "    return functional.mse_loss(outputs, targets)",
                _TORCH,
            )
    return Part("", _TORCH)


def schedule_part(facts: ScriptFacts) -> Part:
    """The function `rate_factor(progress)`; none for a constant rate."""
    if facts.schedule == "constant":
        return Part("")
    row = lr_schedules.SCHEDULES[facts.schedule]
    code = source_of(row.factor)
    names = [name for name in ("SMALLEST_FACTOR", "FIRST_OF_CYCLE", "FIRST_OF_WARMUP") if name in code]
    constants = "\n".join(f"{name} = {getattr(lr_schedules, name)!r}" for name in names)
    helper = source_of(lr_schedules._half_wave) + "\n\n\n" if "_half_wave" in code else ""  # noqa: SLF001
    code = code.replace(f"def {row.factor.__name__}(", "def rate_factor(")
    # The signature of all schedules has more than this one needs.
    head, _, body = code.partition("->")
    del head
    code = f"def rate_factor(progress: float, planned: int, values: dict[str, Any]) ->{body}"
    parts = [constants, helper.strip(), code]
    imports = ("import math", "from typing import Any")
    return Part("\n\n\n".join(part for part in parts if part), imports)


def change_part(facts: ScriptFacts) -> Part:
    """The function `make_changes(step, …)`; none where nothing changes."""
    names = {name for values in facts.changes.values() for name in values}
    if not names:
        return Part("")
    lines = ["for name, value in CHANGES.get(step, {}).items():", "    values[name] = value"]
    lines += [f"    {line}" for line in _effects(facts, names)]
    body = "\n".join(f"    {line}" for line in lines)
    arguments = ["step: int", "values: dict[str, Any]", "model: nn.Module", "optimizer: torch.optim.Optimizer"]
    if facts.augments:
        arguments.append("augmentation: Augmentation")
    code = (
        f"def make_changes(\n    {', '.join(arguments)},\n) -> None:\n"
        f'    """Make the changes that were made before the update of `step`."""\n{body}'
    )
    return Part(code, (*_TORCH, "from typing import Any"))


def _effects(facts: ScriptFacts, names: set[str]) -> list[str]:
    """The lines that carry a changed value to where it is used; others are read from `values` at each step."""
    lines: list[str] = []
    of_optimizer = {name for name in names if TABLE[name].section is Section.OPTIMIZER}
    if "learning_rate" in names and facts.schedule == "constant":
        of_optimizer.add("learning_rate")
    if of_optimizer:
        lines.append("for group in optimizer.param_groups:")
        lines += [f"    {line}" for name in sorted(of_optimizer) for line in _set_in_group(name, facts)]
    if "momentum" in names and facts.record.recipe.optimizer == "rmsprop":
        lines += [
            'if name == "momentum":',
            "    # RMSprop makes this buffer at its first step only.",
            "    for state in optimizer.state.values():",
            '        state.setdefault("momentum_buffer", torch.zeros_like(state["square_avg"]))',
        ]
    if "dropout" in names:
        lines += ['if name == "dropout":', '    setattr(model, "dropout", value)']
    if names & {"flip", "shift", "rotation"}:
        lines += ['if name in ("flip", "shift", "rotation"):', "    setattr(augmentation, name, value)"]
    return lines


def set_rate(facts: ScriptFacts, value: str) -> str:
    """The line that gives `group` another learning rate."""
    return f'group["lr"].fill_({value})' if facts.has_rate_tensor else f'group["lr"] = {value}'


def _set_in_group(name: str, facts: ScriptFacts) -> list[str]:
    match name:
        case "learning_rate":
            line = set_rate(facts, "value")
        case "beta1":
            line = 'group["betas"] = (value, group["betas"][1])'
        case "beta2":
            line = 'group["betas"] = (group["betas"][0], value)'
        case "fused" if facts.has_rate_tensor:
            line = 'group["fused"] = True'
        case "fused":
            line = 'group["fused"] = value or None'
        case _:
            line = f'group["{name}"] = value'
    return [f'if name == "{name}":', f"    {line}"]
