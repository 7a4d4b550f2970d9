"""What each hyperparameter's present value means, in one sentence for each row of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from workbench.ui.text.numbers import format_number, format_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.engine.config.hyperparameters import Hyperparameter, Value

translate = QCoreApplication.translate

ADAPTIVE: Final = frozenset({"adam", "adamw", "rmsprop"})
"""The optimizers that divide the gradient of each weight by its recent size."""


def meaning_of(row: Hyperparameter, values: Mapping[str, Value], optimizer: str) -> str:
    """What the present value of `row` means.

    Args:
        row: of the table.
        values: the values that hold, by name; at least that of `row`.
        optimizer: the name of the optimizer's row.
    """
    value = values[row.name]
    template = _template(row.name, value, values, optimizer)
    return template.format(
        value=format_value(row, value),
        percent=_percent(value),
        steps=_averaged_steps(value),
        momentum=format_number(float(values.get("momentum", 0.0))),
    )


def _percent(value: Value) -> str:
    return f"{100 * value:.4g}" if isinstance(value, int | float) else ""


def _averaged_steps(value: Value) -> str:
    """Over how many steps a running mean with this weight of the past averages, about: 1 / (1 - weight)."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1:
        return ""
    return f"{1 / (1 - value):,.3g}" if value < 0.999 else f"{round(1 / (1 - value)):,}"


def _template(name: str, value: Value, values: Mapping[str, Value], optimizer: str) -> str:
    """The sentence for one row, with its placeholders."""
    if name == "learning_rate":
        return _rate_template(values, optimizer)
    if name == "weight_decay" and value:
        if optimizer == "adamw":
            return translate(
                "Explain", "Each update also shrinks every weight, by {value} × learning rate × the weight."
            )
        return translate("Explain", "{value} times each weight is added to its gradient, which draws it towards 0.")
    templates = _switches() if isinstance(value, bool) else _numbers()
    without, with_value = templates.get(name, ("", ""))
    return with_value if value or not without else without


def _rate_template(values: Mapping[str, Value], optimizer: str) -> str:
    if optimizer in ADAPTIVE:
        return translate(
            "Explain",
            "Each update moves every weight by about {value} at most: the optimizer divides each gradient by its "
            "recent size.",
        )
    if values.get("momentum"):
        return translate(
            "Explain",
            "Each update moves the weights by {value} times the gradient, to which {momentum} times the direction of "
            "the update before is added.",
        )
    return translate("Explain", "Each update moves the weights by {value} times the gradient.")


def _switches() -> dict[str, tuple[str, str]]:
    """For each row that is on or off, the sentence for off and the one for on."""
    return {
        "nesterov": (
            translate("Explain", "Off: the gradient is computed where the weights are."),
            translate("Explain", "On: the gradient is computed one momentum step ahead."),
        ),
        "batch_norm": (
            translate("Explain", "Off: the outputs of the hidden layers are passed on as they are."),
            translate("Explain", "On: the outputs of each hidden layer are normalized over the batch."),
        ),
        "shuffle": (
            translate("Explain", "Off: every epoch has the same batches in the same order."),
            translate("Explain", "On: every epoch has the samples in another order, given by the seed."),
        ),
        "guard": (
            translate("Explain", "Off: only a loss that is NaN or infinite ends the run."),
            translate("Explain", "On: a loss far above its recent range pauses the run at its last good step."),
        ),
        "flip": (
            translate("Explain", "Off: no training image is flipped."),
            translate("Explain", "On: half of the training images are flipped, others in each epoch."),
        ),
        "fused": (
            translate("Explain", "Off: the update of the weights takes several passes over memory."),
            translate("Explain", "On: the update of the weights takes one pass over memory."),
        ),
        "autocast": (
            translate("Explain", "Off: all numbers have 32 bits."),
            translate("Explain", "On: matrices are multiplied in numbers of 16 bits where that is safe."),
        ),
        "compile": (
            translate("Explain", "Off: the operations of the network run one by one."),
            translate("Explain", "On: the network is translated into one program at the first batch."),
        ),
        "cuda_graph": (
            translate("Explain", "Off: the parts of a step are started one by one."),
            translate("Explain", "On: a whole step is recorded once, and then started at once."),
        ),
    }


def _numbers() -> dict[str, tuple[str, str]]:
    """For each other row, the sentence for 0 or nothing ("" where that has none of its own) and for a value."""
    return {
        "data_size": ("", translate("Explain", "{value} training points are made.")),
        "data_noise": (
            translate("Explain", "With 0, every point lies exactly in its place."),
            translate("Explain", "The points are scattered around their place with a standard deviation of {value}."),
        ),
        "data_seed": ("", translate("Explain", "The points are drawn from the number {value}.")),
        "epochs": ("", translate("Explain", "Training goes {value} times through the whole training set.")),
        "batch_size": ("", translate("Explain", "Each update uses the mean gradient of {value} samples.")),
        "clip_norm": (
            translate("Explain", "With 0, every gradient is used as it is."),
            translate("Explain", "A gradient whose norm is above {value} is shortened to {value} before the update."),
        ),
        "momentum": (
            translate("Explain", "With 0, only the gradient of the present batch moves the weights."),
            translate(
                "Explain",
                "{value} times the direction of the update before is added to each gradient: an average over about "
                "{steps} steps.",
            ),
        ),
        "weight_decay": (translate("Explain", "With 0, nothing draws the weights towards 0."), ""),
        "beta1": ("", translate("Explain", "The direction averages with {value}: over about {steps} steps.")),
        "beta2": (
            "",
            translate("Explain", "The size of the gradients is averaged with {value}: over about {steps} steps."),
        ),
        "alpha": (
            "",
            translate("Explain", "The size of the gradients is averaged with {value}: over about {steps} steps."),
        ),
        "eps": ("", translate("Explain", "{value} is added to the size by which each gradient is divided.")),
        "schedule_period": ("", translate("Explain", "In {value} epochs, the rate is multiplied once by the decay.")),
        "schedule_decay": ("", translate("Explain", "{value} times the learning rate is left after each period.")),
        "schedule_patience": (
            translate("Explain", "With 0, the first epoch without a lower loss lowers the rate."),
            translate("Explain", "The rate is lowered after more than {value} epochs without a lower loss."),
        ),
        "schedule_peak": ("", translate("Explain", "The rate is highest after {value} of the planned epochs.")),
        "schedule_floor": ("", translate("Explain", "{value} times the learning rate is left at the end of the run.")),
        "warmup_epochs": (
            translate("Explain", "With 0, the first update already uses the full rate."),
            translate("Explain", "The rate rises to its full value over the first {value} epochs."),
        ),
        "dropout": (
            translate("Explain", "With 0, no hidden unit is switched off."),
            translate("Explain", "{percent} % of the hidden units are switched off in each training batch, by chance."),
        ),
        "hidden": (
            translate("Explain", "There is no hidden layer: the inputs reach the outputs directly."),
            translate("Explain", "From the inputs to the outputs, the hidden layers have {value} units."),
        ),
        "activation": ("", translate("Explain", "The function {value} follows each hidden layer.")),
        "seed": ("", translate("Explain", "The starting weights are drawn from the number {value}.")),
        "validation_share": (
            translate("Explain", "With 0, no training sample is held out."),
            translate("Explain", "{percent} % of the training samples are held out and never trained on."),
        ),
        "early_stopping": (
            translate("Explain", "With 0, the run is never stopped early."),
            translate("Explain", "The run stops after {value} epochs without a lower loss, at its best epoch."),
        ),
        "least_gain": (
            translate("Explain", "With 0, every fall of the loss counts."),
            translate("Explain", "Only a fall of more than {value} below the best loss counts."),
        ),
        "shift": (
            translate("Explain", "With 0, no training image is moved."),
            translate("Explain", "Each training image is moved by up to {value} pixels, by chance."),
        ),
        "rotation": (
            translate("Explain", "With 0, no training image is turned."),
            translate("Explain", "Each training image is turned by up to {value} degrees to either side, by chance."),
        ),
        "threads": (
            translate("Explain", "With 0, PyTorch chooses the number of threads."),
            translate("Explain", "Each operation uses up to {value} threads."),
        ),
    }
