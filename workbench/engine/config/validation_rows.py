"""Rows of the table: samples held out for validation."""

from __future__ import annotations

from typing import Final

from workbench.engine.config.hyperparameter_types import Hyperparameter, Section

VALIDATION_ROWS: Final = (
    Hyperparameter(
        name="validation_share",
        label="Validation share",
        help="The share of the training set that is held out and evaluated after each epoch, beside the test set. 0 "
        "holds none out, as in the tutorial. Choose settings by the validation loss, so that the test set stays "
        "unseen. Too small a share gives a noisy loss; too large a one leaves little to learn from.",
        kind=float,
        default=0.0,
        minimum=0.0,
        maximum=0.5,
        step=0.01,
        section=Section.VALIDATION,
    ),
)
