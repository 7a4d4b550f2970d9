"""The one table of hyperparameters: sliders, command-line options and fields of the recipe are made from it.

Nothing here imports torch: the window shows the table before torch is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbench.engine.config.augmentation_rows import AUGMENTATION_ROWS
from workbench.engine.config.data_rows import DATA_ROWS
from workbench.engine.config.hyperparameter_types import Hyperparameter, Scale, Section, TakesEffect, Value
from workbench.engine.config.model_rows import MODEL_ROWS
from workbench.engine.config.optimizer_rows import OPTIMIZER_ROWS
from workbench.engine.config.schedule_rows import SCHEDULE_ROWS
from workbench.engine.config.speed_rows import SPEED_ROWS
from workbench.engine.config.validation_rows import VALIDATION_ROWS
from workbench.engine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["TABLE", "Hyperparameter", "Scale", "Section", "TakesEffect", "Value", "defaults", "hyperparameter"]


_ROWS: Final = (
    *DATA_ROWS,
    Hyperparameter(
        name="epochs",
        label="Epochs",
        help="How many times training goes through the whole training set. With too few, the network has not finished "
        "learning: both loss curves are still falling. With too many, it overfits: it memorizes the training images, "
        "so the test loss rises while the training loss keeps falling. Can be raised or lowered while training.",
        kind=int,
        default=10,
        minimum=1,
        maximum=1000,
        scale=Scale.LOGARITHMIC,
        takes_effect=TakesEffect.NEXT_EPOCH,
    ),
    Hyperparameter(
        name="batch_size",
        label="Batch size",
        help="How many images pass through the network before the weights are updated once. Small batches update "
        "often, but each update is noisy: the loss curve is rough. Large batches give smooth, reliable updates, but "
        "few in an epoch, so at the same learning rate the network learns more slowly.",
        kind=int,
        default=64,
        minimum=1,
        maximum=10000,
        scale=Scale.LOGARITHMIC,
        takes_effect=TakesEffect.NEXT_BATCH,
    ),
    Hyperparameter(
        name="learning_rate",
        label="Learning rate",
        help="How far each update moves the weights along the gradient. If it is too small, the loss falls very "
        "slowly; if it is too large, the loss jumps up and down, grows, or becomes NaN. Change it while training and "
        "see how the slope of the loss curve changes.",
        kind=float,
        default=1e-3,
        minimum=1e-6,
        maximum=10.0,
        scale=Scale.LOGARITHMIC,
        takes_effect=TakesEffect.NEXT_BATCH,
    ),
    Hyperparameter(
        name="clip_norm",
        label="Gradient clipping",
        help="The largest norm that the gradient of all weights together may have; a longer one is shortened to it "
        "before the update. 0 is off. It keeps a single bad batch from throwing the weights far. Too small, every "
        "update is shortened and learning is slow; too large, nothing is shortened.",
        kind=float,
        default=0.0,
        minimum=1e-3,
        maximum=1000.0,
        scale=Scale.LOGARITHMIC,
        zero_below=True,
        takes_effect=TakesEffect.NEXT_BATCH,
    ),
    *OPTIMIZER_ROWS,
    *SCHEDULE_ROWS,
    *MODEL_ROWS,
    Hyperparameter(
        name="seed",
        label="Seed",
        help="The number from which the starting weights are drawn. The same seed and settings give the same run, bit "
        "for bit; another seed shows how much of a result is chance.",
        kind=int,
        default=0,
        minimum=0,
        maximum=2**63 - 1,
        slider=False,
        takes_effect=TakesEffect.NEXT_RUN,
    ),
    Hyperparameter(
        name="shuffle",
        label="Shuffle the images",
        help="Uses the training images in another order in each epoch; the order depends only on the seed and the "
        "number of the epoch. Off, as in the tutorial, every epoch has the same batches in the same order; shuffled "
        "batches usually train a little better.",
        kind=bool,
        default=False,
        takes_effect=TakesEffect.NEXT_EPOCH,
    ),
    Hyperparameter(
        name="guard",
        label="Divergence guard",
        help="Checks the loss: if it is NaN, infinite or far above its recent range, the run is paused and returns to "
        "the last good snapshot, and you are asked how to continue. Off, only a loss that is NaN or infinite ends the "
        "run.",
        kind=bool,
        default=True,
        takes_effect=TakesEffect.NEXT_BATCH,
    ),
    *VALIDATION_ROWS,
    *AUGMENTATION_ROWS,
    *SPEED_ROWS,
)

TABLE: Final[dict[str, Hyperparameter]] = {row.name: row for row in _ROWS}


def hyperparameter(name: str) -> Hyperparameter:
    """The row called `name`.

    Raises:
        UsageError: there is no such row.
    """
    try:
        return TABLE[name]
    except KeyError:
        raise UsageError(
            "There is no hyperparameter {name!r}: choose one of {names}.", name=name, names=", ".join(TABLE)
        ) from None


def defaults(names: Iterable[str], own: Mapping[str, Value]) -> dict[str, Value]:
    """The default of each of `names`: from `own` (the defaults of the choices) if it is there, else from the table."""
    return {name: own.get(name, hyperparameter(name).default) for name in names}
