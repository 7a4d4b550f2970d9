"""Rows of the table: samples held out for validation, and early stopping."""

from __future__ import annotations

from typing import Final

from workbench.engine.config.hyperparameter_types import Hyperparameter, Scale, Section, TakesEffect

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
    Hyperparameter(
        name="early_stopping",
        label="Early stopping",
        help="Stops after this many epochs in which the validation loss has not fallen, and returns to the best epoch, "
        "which can be undone; 0 never stops. Where no validation share is held out, it watches the test loss, and the "
        "test accuracy then looks better than it is. With too few epochs, noise ends the run too soon.",
        kind=int,
        default=0,
        minimum=0,
        maximum=100,
        takes_effect=TakesEffect.NEXT_EPOCH,
        section=Section.VALIDATION,
    ),
    Hyperparameter(
        name="least_gain",
        label="Least gain",
        help="The loss counts as fallen only if it is more than this below the best one so far; early stopping waits "
        "for that. 0 counts every fall. Too large a gain ends the run while it still learns.",
        kind=float,
        default=0.0,
        minimum=1e-6,
        maximum=1.0,
        scale=Scale.LOGARITHMIC,
        zero_below=True,
        takes_effect=TakesEffect.NEXT_EPOCH,
        section=Section.VALIDATION,
    ),
)
