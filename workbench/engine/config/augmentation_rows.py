"""Rows of the table: how training images are changed at random before the network sees them."""

from __future__ import annotations

from typing import Final

from workbench.engine.config.hyperparameter_types import Hyperparameter, Section, TakesEffect

AUGMENTATION_ROWS: Final = (
    Hyperparameter(
        name="flip",
        label="Flip",
        help="Flips half of the training images horizontally, others in each epoch, so that left and right do not "
        "matter. Good for things that occur both ways; digits and letters do not. Test images stay as they are.",
        kind=bool,
        default=False,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.AUGMENTATION,
    ),
    Hyperparameter(
        name="shift",
        label="Shift",
        help="Moves each training image by up to this many pixels in both directions, differently in each epoch; what "
        "comes in at the edge is black. 0 is off. With a small shift the network learns that the place does not "
        "matter; with a large one parts of the object are lost.",
        kind=int,
        default=0,
        minimum=0,
        maximum=32,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.AUGMENTATION,
    ),
    Hyperparameter(
        name="rotation",
        label="Rotation",
        help="Turns each training image by up to this many degrees to either side, differently in each epoch. 0 is "
        "off. Small angles make the network robust; with large ones, it must learn much more, and a 6 looks like a 9.",
        kind=float,
        default=0.0,
        minimum=0.0,
        maximum=180.0,
        step=1.0,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.AUGMENTATION,
    ),
)
