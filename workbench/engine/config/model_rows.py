"""The rows of the table that some networks accept: dropout, layers, activation, normalisation."""

from __future__ import annotations

from typing import Final

from workbench.engine.config.hidden_widths import MOST_LAYERS, WIDEST, canonical_widths
from workbench.engine.config.hyperparameter_types import Hyperparameter, Section, fraction

MODEL_ROWS: Final = (
    fraction(
        name="dropout",
        label="Dropout",
        help="The share of hidden units that are switched off at random in each training batch, so that no unit can "
        "rely on another (Srivastava and others, 2014). 0 is off. With too much, too few units are left to learn: both "
        "losses stay high. Tests always use all units.",
        default=0.2,
        section=Section.MODEL,
    ),
    Hyperparameter(
        name="hidden",
        label="Hidden layers",
        help="How many units each hidden layer has, from the first to the last: 512,512 are two layers as in the "
        "tutorial, and nothing is no hidden layer, which can only separate classes by straight lines. More and wider "
        f"layers can fit more, but train more slowly and overfit sooner. At most {MOST_LAYERS} layers of 1 to "
        f"{WIDEST} units.",
        kind=str,
        slider=False,
        default="512,512",
        canonical=canonical_widths,
        section=Section.MODEL,
    ),
    Hyperparameter(
        name="activation",
        label="Activation",
        help="The function after each hidden layer, without which all layers together were one straight line. ReLU is "
        "the tutorial's and trains fast; tanh and sigmoid are smooth, but their gradients vanish in deep networks; "
        "GELU is a smooth ReLU (Hendrycks and Gimpel, 2016).",
        kind=str,
        slider=False,
        default="relu",
        choices=("relu", "tanh", "sigmoid", "gelu"),
        section=Section.MODEL,
    ),
    Hyperparameter(
        name="batch_norm",
        label="Batch normalization",
        help="Brings the outputs of each hidden layer to mean 0 and standard deviation 1 over the batch (Ioffe and "
        "Szegedy, 2015), so that deep networks and large learning rates train well. Tests use running means. It needs "
        "batches of two samples or more.",
        kind=bool,
        default=False,
        section=Section.MODEL,
    ),
)
