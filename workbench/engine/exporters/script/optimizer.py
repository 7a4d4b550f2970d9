"""The optimizer of a script: the line that makes it, its schedule, and how its values change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbench.engine.config.hyperparameters import TABLE, Section
from workbench.engine.exporters.script.network import class_with_dropout
from workbench.engine.exporters.script.parts import Part, fitted, indented, source_of
from workbench.engine.optim import lr_schedules
from workbench.engine.optim.optimizers import OPTIMIZERS

if TYPE_CHECKING:
    from workbench.engine.exporters.script.facts import ScriptFacts

_KINDS: Final = {"sgd": "SGD", "adam": "Adam", "adamw": "AdamW", "rmsprop": "RMSprop"}
_TORCH: Final = ("import torch", "from torch import Tensor, nn", "from torch.nn import functional")
_SPELLED: Final = {"beta1", "beta2", "nesterov", "fused"}
"""Values that are no argument of their own, or that the constructor refuses where they have no effect."""
_RATE_ARGUMENTS: Final = ("progress: float", "planned: int", "values: dict[str, Any]")
_OF_AUGMENTATION: Final = {"flip", "shift", "rotation"}


def optimizer_lines(facts: ScriptFacts) -> list[str]:
    """The lines of `main` that make the optimizer."""
    recipe = facts.record.recipe
    accepted = OPTIMIZERS[recipe.optimizer].accepts
    arguments = ["model.parameters()", "lr=LEARNING_RATE"]
    if "beta1" in accepted:
        arguments.append("betas=(BETA1, BETA2)")
    arguments += [f"{name}={name.upper()}" for name in accepted if name not in _SPELLED]
    lines = [fitted(f"optimizer = torch.optim.{_KINDS[recipe.optimizer]}(", arguments, ")", 1)]
    later = [f'group["{name}"] = True' for name in ("nesterov", "fused") if name in accepted and recipe[name]]
    if facts.has_rate_tensor:
        lines.append("# The run replayed a CUDA graph of its steps: the fused update reads the rate from a tensor.")
        later = [each for each in later if "fused" not in each]
        later += ['group["fused"] = True', 'group["lr"] = torch.tensor(LEARNING_RATE, device=DEVICE)']
    if later:
        lines += ["for group in optimizer.param_groups:", *(f"    {line}" for line in later)]
    return lines


def loss_expression(facts: ScriptFacts) -> str:
    """The expression of `main` for the loss function."""
    recipe = facts.record.recipe
    match recipe.loss:
        case "cross-entropy":
            return "nn.CrossEntropyLoss()"
        case "nll":
            return "nll"
        case "mse":
            return "nn.MSELoss()" if not recipe.spec.class_names else "squared_error"
        case "mae":
            return "nn.L1Loss()"
        case _:
            return "nn.HuberLoss()"


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
    body = code.partition("->")[2]
    code = f"def rate_factor({', '.join(each for each in _RATE_ARGUMENTS if each.split(':')[0] in body)}) ->{body}"
    parts = [constants, helper.strip(), code]
    imports = ("import math", "from typing import Any")
    return Part("\n\n\n".join(part for part in parts if part), imports)


def factor_lines(facts: ScriptFacts) -> list[str]:
    """The lines that give the optimizer the rate of a step."""
    arguments = ["epoch + start / size", "values"]
    if facts.uses_planned_epochs:
        arguments.insert(1, facts.expression("epochs"))
    return [
        "# The schedule multiplies the learning rate.",
        f"factor = rate_factor({', '.join(arguments)})",
        "for group in optimizer.param_groups:",
        f"    {set_rate(facts, facts.expression('learning_rate') + ' * factor')}",
    ]


def change_part(facts: ScriptFacts) -> Part:
    """The function `make_changes(step, …)`; none where nothing changes."""
    names = {name for values in facts.changes.values() for name in values}
    if not names:
        return Part("")
    kept = sorted(names & set(facts.values))
    lines = ["for name, value in CHANGES.get(step, {}).items():"]
    if kept:
        lines.append("    values[name] = value")
    lines += [f"    {line}" for line in _effects(facts, names)]
    head = fitted("def make_changes(", _arguments(facts), ") -> None:")
    code = f'{head}\n    """Make the changes that were made before the update of `step`."""\n' + indented(
        "\n".join(lines)
    )
    return Part(code, (*_TORCH, "from typing import Any"))


def call_of_changes(facts: ScriptFacts) -> str:
    """The call of `make_changes`."""
    return f"make_changes({', '.join(each.partition(':')[0] for each in _arguments(facts))})"


def _arguments(facts: ScriptFacts) -> list[str]:
    """The arguments of `make_changes` with their types: what the changes of this run need."""
    names = {name for values in facts.changes.values() for name in values}
    arguments = ["step: int"]
    if names & set(facts.values):
        arguments.append("values: dict[str, Any]")
    if "dropout" in names:
        arguments.append(f"model: {class_with_dropout(facts.record)}")
    if _of_optimizer(facts, names):
        arguments.append("optimizer: torch.optim.Optimizer")
    if names & _OF_AUGMENTATION:
        arguments.append("augmentation: Augmentation")
    return arguments


def _of_optimizer(facts: ScriptFacts, names: set[str]) -> set[str]:
    """The changed values that the optimizer has."""
    return {
        name
        for name in names
        if TABLE[name].section is Section.OPTIMIZER or (name == "learning_rate" and facts.schedule == "constant")
    }


def _effects(facts: ScriptFacts, names: set[str]) -> list[str]:
    """The lines that carry a changed value to where it is used; others are read from `values` at each step."""
    lines: list[str] = []
    of_optimizer = _of_optimizer(facts, names)
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
        lines += ['if name == "dropout":', "    model.dropout = value"]
    if names & _OF_AUGMENTATION:
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
