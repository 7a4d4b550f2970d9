"""The one table of hyperparameters: sliders, command-line options and fields of the recipe are made from it.

Nothing here imports torch: the window shows the table before torch is loaded.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from workbench.engine.config.augmentation_rows import AUGMENTATION_ROWS
from workbench.engine.config.hyperparameter_types import Hyperparameter, Scale, Section, TakesEffect, Value
from workbench.engine.config.model_hyperparameters import MODEL_ROWS
from workbench.engine.config.validation_rows import VALIDATION_ROWS
from workbench.engine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["TABLE", "Hyperparameter", "Scale", "Section", "TakesEffect", "Value", "defaults", "hyperparameter"]


def _fraction(
    name: str,
    label: str,
    help: str,  # noqa: A002  (the field of Hyperparameter)
    default: float,
    step: float = 0.01,
    section: Section = Section.OPTIMIZER,
) -> Hyperparameter:
    """A row for a number from 0 up to but not including 1."""
    return Hyperparameter(
        name=name,
        label=label,
        help=help,
        kind=float,
        default=default,
        minimum=0.0,
        maximum=1.0,
        excluded_maximum=True,
        step=step,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=section,
    )


_ROWS: Final = (
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
    _fraction(
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
    _fraction(
        name="beta1",
        label="Beta 1",
        help="How long Adam averages past gradients to choose the direction of a step: 0.9 averages over about ten "
        "steps. A lower value follows each batch more closely; close to 1, the direction changes slowly.",
        default=0.9,
    ),
    _fraction(
        name="beta2",
        label="Beta 2",
        help="How long Adam averages the size of past gradients to scale the step of each weight: 0.999 averages over "
        "about a thousand steps. If it is too low, the step sizes jump from batch to batch.",
        default=0.999,
        step=0.001,
    ),
    _fraction(
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
    _fraction(
        name="dropout",
        label="Dropout",
        help="The share of hidden units that are switched off at random in each training batch, so that no unit can "
        "rely on another (Srivastava and others, 2014). 0 is off. With too much, too few units are left to learn: both "
        "losses stay high. Tests always use all units.",
        default=0.2,
        section=Section.MODEL,
    ),
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
    Hyperparameter(
        name="fused",
        label="Fused update",
        help="Updates all weights in one pass over memory instead of several, which makes Adam's step about a third "
        "faster. It costs parity: sums are rounded in another order, so the last bits differ from the tutorial's.",
        kind=bool,
        default=False,
        section=Section.OPTIMIZER,
    ),
    Hyperparameter(
        name="threads",
        label="Threads",
        help="How many processor threads each operation may use; 0 leaves the choice to PyTorch. For this small "
        "network, more is not always faster. It costs parity: another number rounds sums in another order, so the last "
        "bits differ from a run with PyTorch's own number.",
        kind=int,
        default=0,
        minimum=0,
        maximum=512,
        zero_is_automatic=True,
        local_maximum=max(2, os.cpu_count() or 1),
        section=Section.SPEED,
    ),
    Hyperparameter(
        name="autocast",
        label="bfloat16 arithmetic",
        help="Multiplies matrices in bfloat16, numbers of 16 bits with only 8 bits of precision, where PyTorch "
        "considers that safe. About twice as fast on processors that support them, slower on others. It costs parity: "
        "losses differ from the third digit on, though the network learns equally well.",
        kind=bool,
        default=False,
        section=Section.SPEED,
    ),
    Hyperparameter(
        name="compile",
        label="Compiled model",
        help="Lets torch.compile translate the network into one program. The first batch then takes about ten seconds "
        "or more, and each later batch a little less time: worth it for long runs. It costs parity: operations are "
        "merged, so the last bits differ from the tutorial's.",
        kind=bool,
        default=False,
        section=Section.SPEED,
    ),
    Hyperparameter(
        name="cuda_graph",
        label="CUDA graph",
        help="On an NVIDIA GPU, records a whole step once and starts all of it at once: a small network's step takes "
        "less time than starting its parts one by one. It proves at the start that its numbers are those of single "
        "steps. It costs parity: it uses the fused update, whose last bits differ from the tutorial's.",
        kind=bool,
        default=False,
        section=Section.SPEED,
    ),
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
