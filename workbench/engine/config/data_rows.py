"""Rows of the table: the points that are made for the data sets of two dimensions."""

from __future__ import annotations

from typing import Final

from workbench.engine.config.hyperparameter_types import Hyperparameter, Scale, Section

DATA_ROWS: Final = (
    Hyperparameter(
        name="data_size",
        label="Points",
        help="How many training points are made; a quarter as many are made for the test. With few points the network "
        "learns them by heart: the test loss stays above the training loss. Many points take longer, and show the "
        "shape more clearly.",
        kind=int,
        default=1000,
        minimum=20,
        maximum=1_000_000,
        scale=Scale.LOGARITHMIC,
        section=Section.DATA,
    ),
    Hyperparameter(
        name="data_noise",
        label="Noise",
        help="How far the points are scattered around their place, as a standard deviation. With 0, the classes or the "
        "curve can be learned perfectly; with much, the classes overlap and no network can tell them apart.",
        kind=float,
        default=0.1,
        minimum=0.0,
        maximum=2.0,
        step=0.01,
        section=Section.DATA,
    ),
    Hyperparameter(
        name="data_seed",
        label="Seed of the points",
        help="The number from which the points are drawn. The same seed, size and noise give the same points; the "
        "starting weights have a seed of their own.",
        kind=int,
        default=0,
        minimum=0,
        maximum=2**32 - 1,
        slider=False,
        section=Section.DATA,
    ),
)
