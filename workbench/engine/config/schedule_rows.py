"""Rows of the table that some schedules of the learning rate accept."""

from __future__ import annotations

from typing import Final

from workbench.engine.config.hyperparameter_types import Hyperparameter, Scale, Section, TakesEffect

SCHEDULE_ROWS: Final = (
    Hyperparameter(
        name="schedule_period",
        label="Period",
        help="How many epochs pass until the schedule has multiplied the learning rate once by its decay. If it is too "
        "short, the rate is near 0 before the network has learned; longer than the run, it has little effect.",
        kind=float,
        default=2.0,
        minimum=0.1,
        maximum=1000.0,
        scale=Scale.LOGARITHMIC,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.SCHEDULE,
    ),
    Hyperparameter(
        name="schedule_decay",
        label="Decay",
        help="The factor by which the schedule multiplies the learning rate in each period: 0.1 leaves a tenth of it, "
        "1 all of it. If it is too small, learning stops early; close to 1, the steps stay large and the loss stays "
        "noisy at the end.",
        kind=float,
        default=0.5,
        minimum=0.01,
        maximum=1.0,
        step=0.01,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.SCHEDULE,
    ),
    Hyperparameter(
        name="schedule_patience",
        label="Patience",
        help="How many epochs without a lower loss the schedule waits before it lowers the learning rate. With too "
        "few, noise lowers the rate while the network still learns; with too many, epochs are wasted.",
        kind=int,
        default=2,
        minimum=0,
        maximum=100,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.SCHEDULE,
    ),
    Hyperparameter(
        name="schedule_peak",
        label="Peak at",
        help="The share of the run after which the learning rate is at its highest: 0.3 rises for three tenths of the "
        "planned epochs and falls for seven. An early peak leaves little time to warm up, a late one little time to "
        "converge.",
        kind=float,
        default=0.3,
        minimum=0.05,
        maximum=0.95,
        step=0.01,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.SCHEDULE,
    ),
    Hyperparameter(
        name="schedule_floor",
        label="Left at the end",
        help="The share of the learning rate that is left when the last planned epoch ends. A small share lets the "
        "loss converge at the end; with 1, the rate does not fall at all.",
        kind=float,
        default=0.01,
        minimum=1e-4,
        maximum=1.0,
        scale=Scale.LOGARITHMIC,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.SCHEDULE,
    ),
    Hyperparameter(
        name="warmup_epochs",
        label="Warm-up epochs",
        help="How many epochs the learning rate takes to rise to its full value; 0 starts with all of it. With a slow "
        "rise, a large rate does not move the untrained weights too far; too long a rise wastes the run.",
        kind=float,
        default=1.0,
        minimum=0.01,
        maximum=100.0,
        scale=Scale.LOGARITHMIC,
        zero_below=True,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.SCHEDULE,
    ),
)
