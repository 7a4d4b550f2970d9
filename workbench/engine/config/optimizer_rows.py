"""Rows of the table that some optimizers accept."""

from __future__ import annotations

from typing import Final

from workbench.engine.config.hyperparameter_types import Hyperparameter, Scale, Section, TakesEffect, fraction

OPTIMIZER_ROWS: Final = (
    fraction(
        name="momentum",
        label="Momentum",
        help="How much of the previous update is added to the next one. 0 uses only the current gradient; 0.9 averages "
        "over about the last ten steps and usually learns much faster. Close to 1, the updates go too far: the loss "
        "swings up and down.",
        default=0.0,
    ),
    Hyperparameter(
        name="nesterov",
        label="Nesterov",
        help="Computes the gradient one momentum step ahead, which reduces the swings of the loss a little. Has an "
        "effect only if the momentum is above 0.",
        kind=bool,
        default=False,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.OPTIMIZER,
    ),
    Hyperparameter(
        name="weight_decay",
        label="Weight decay",
        help="Moves every weight a little towards 0 at each update, which reduces overfitting. 0 is off. If it is too "
        "small, nothing changes; if it is too large, the weights cannot grow enough to fit: the loss stays high.",
        kind=float,
        default=0.0,
        minimum=1e-6,
        maximum=1.0,
        scale=Scale.LOGARITHMIC,
        zero_below=True,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.OPTIMIZER,
    ),
    fraction(
        name="beta1",
        label="Beta 1",
        help="How long Adam averages past gradients to choose the direction of a step: 0.9 averages over about ten "
        "steps. A lower value follows each batch more closely; close to 1, the direction changes slowly.",
        default=0.9,
    ),
    fraction(
        name="beta2",
        label="Beta 2",
        help="How long Adam averages the size of past gradients to scale the step of each weight: 0.999 averages over "
        "about a thousand steps. If it is too low, the step sizes jump from batch to batch.",
        default=0.999,
        step=0.001,
    ),
    fraction(
        name="alpha",
        label="Alpha",
        help="How long RMSprop averages the size of past gradients: 0.99 averages over about a hundred steps. A lower "
        "value reacts faster, but the step sizes vary more.",
        default=0.99,
    ),
    Hyperparameter(
        name="eps",
        label="Epsilon",
        help="A small number added where the optimizer divides by the size of the gradient, so that it never divides "
        "by 0. Rarely needs a change; a larger value makes the steps smaller where gradients are small.",
        kind=float,
        default=1e-8,
        minimum=1e-12,
        maximum=1e-1,
        scale=Scale.LOGARITHMIC,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.OPTIMIZER,
    ),
)
