"""THE table of hyperparameters: the sliders, the command line's options and the recipe's fields derive from it.

Nothing here imports torch: the window shows the table before torch is loaded.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from workbench.engine.problems import BadUsage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Value = bool | int | float


class Scale(Enum):
    """How a slider spreads its range."""

    LINEAR = "linear"
    LOGARITHMIC = "logarithmic"


class TakesEffect(Enum):
    """When a change made during a run is used."""

    NEXT_BATCH = "next batch"
    NEXT_EPOCH = "next epoch"
    NEXT_RUN = "next run"


class Section(Enum):
    """Where the window and the command line's help show a row."""

    RUN = "run"
    OPTIMIZER = "optimizer"
    SPEED = "speed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hyperparameter:
    """One row of the table.

    Attributes:
        name: the key everywhere: object name, recipe field, option (with dashes).
        label: what the control is called, in English; translated by the window.
        help: what it does and what too small and too large look like.
        kind: `bool`, `int` or `float`.
        default: the value before anyone chooses; an optimizer may set its own (see `OptimizerRow.defaults`).
        minimum: the smallest allowed value.
        maximum: the largest allowed value.
        scale: how the slider spreads the range.
        zero_below: on a logarithmic scale, the slider's lowest stop is 0 (0 is allowed too), and `minimum` the next.
        step: what one arrow key or wheel notch adds on a linear scale; on a logarithmic one a notch is a 40th decade.
        slider: whether a slider makes sense beside the exact entry.
        takes_effect: when a change during a run is used.
        section: where it is shown; those of the optimizer only for the optimizers that accept them.
        excluded_maximum: whether `maximum` itself is not allowed (a momentum of 1 never forgets).
    """

    name: str
    label: str
    help: str
    kind: type[bool] | type[int] | type[float]
    default: Value
    minimum: float = 0
    maximum: float = 1
    scale: Scale = Scale.LINEAR
    zero_below: bool = False
    step: float = 1
    slider: bool = True
    takes_effect: TakesEffect = TakesEffect.NEXT_RUN
    section: Section = Section.RUN
    excluded_maximum: bool = False

    @property
    def of_optimizer(self) -> bool:
        """Whether only optimizers that accept it take it."""
        return self.section is Section.OPTIMIZER

    @property
    def is_live(self) -> bool:
        """Whether a change during a run is used in that run."""
        return self.takes_effect is not TakesEffect.NEXT_RUN

    def checked(self, value: object) -> Value:
        """`value` as this row's kind.

        Raises:
            BadUsage: not a number of that kind, not finite, or out of range.
        """
        if self.kind is bool:
            if not isinstance(value, bool):
                raise BadUsage("{name} is {value!r}: give true or false.", name=self.name, value=value)
            return value
        # An int of a thousand digits is finite, but asking for its float raises.
        is_float = isinstance(value, float)
        if isinstance(value, bool) or not isinstance(value, int | float) or (is_float and not math.isfinite(value)):
            raise BadUsage("{name} is {value!r}: give a finite number.", name=self.name, value=value)
        number: int | float = value
        if self.kind is int:
            if value != int(value):
                raise BadUsage("{name} is {value}: give a whole number.", name=self.name, value=value)
            number = int(value)
        elif self.allows(number):
            number = float(value)
        if not self.allows(number):
            raise BadUsage(
                "{name} is {value}: give a value from {minimum} to {maximum}.",
                name=self.name,
                value=_short(number),
                minimum="0, or from " + _short(self.minimum) if self.zero_below else _short(self.minimum),
                maximum=("below " if self.excluded_maximum else "") + _short(self.maximum),
            )
        return number

    def allows(self, number: float) -> bool:
        """Whether `number` is in range."""
        if self.zero_below and number == 0:
            return True
        if self.excluded_maximum and number >= self.maximum:
            return False
        return self.minimum <= number <= self.maximum

    def parse(self, text: str) -> Value:
        """The value a person wrote: `1e-3`, `0.001`, `true`.

        Raises:
            BadUsage: the text is not a value of this row.
        """
        word = text.strip().lower()
        if self.kind is bool:
            truth = {"true": True, "1": True, "yes": True, "on": True}
            lie = {"false": False, "0": False, "no": False, "off": False}
            known = truth | lie
            if word not in known:
                raise BadUsage("{name} is {value!r}: give true or false.", name=self.name, value=text)
            return known[word]
        try:
            # Through int first: a 63-bit seed does not survive a float.
            number: int | float = int(word)
        except ValueError:
            try:
                number = float(word)
            except ValueError:
                raise BadUsage(
                    "{name} is {value!r}: give a number such as {example}.",
                    name=self.name,
                    value=text,
                    example=_short(self.default),
                ) from None
        return self.checked(number)


def _short(number: float) -> str:
    return f"{number:g}" if isinstance(number, float) else str(number)


_ROWS: Final = (
    Hyperparameter(
        name="epochs",
        label="Epochs",
        help="How many times training goes through the whole training set. Too few and the network has not finished "
        "learning: both curves are still falling. Too many and it learns the training images by heart: the test loss "
        "turns up while the training loss keeps falling. Can be raised or lowered while training.",
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
        "often but each step is noisy: the loss curve is ragged. Large batches give smooth, sure steps, but few of "
        "them in an epoch, so at the same learning rate the network learns more slowly.",
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
        help="How far each update moves the weights along the gradient. Too small and the loss creeps down; too large "
        "and it jumps about, grows, or ends as NaN. Change it while training and watch the slope of the loss follow.",
        kind=float,
        default=1e-3,
        minimum=1e-6,
        maximum=10.0,
        scale=Scale.LOGARITHMIC,
        takes_effect=TakesEffect.NEXT_BATCH,
    ),
    Hyperparameter(
        name="momentum",
        label="Momentum",
        help="How much of the previous update is carried into the next, like a ball that keeps rolling. 0 follows the "
        "present gradient alone; 0.9 averages over about the last ten steps and usually learns much faster. Close to 1 "
        "the ball overshoots: the loss swings up and down.",
        kind=float,
        default=0.0,
        minimum=0.0,
        maximum=1.0,
        excluded_maximum=True,
        step=0.01,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.OPTIMIZER,
    ),
    Hyperparameter(
        name="nesterov",
        label="Nesterov",
        help="Looks one momentum step ahead before taking the gradient, which damps the swinging a little. Has an "
        "effect only where the momentum is above 0.",
        kind=bool,
        default=False,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.OPTIMIZER,
    ),
    Hyperparameter(
        name="weight_decay",
        label="Weight decay",
        help="Pulls every weight towards 0 at each update, so that the network prefers simple answers. 0 is off. Too "
        "small changes nothing; too large and the weights cannot grow to fit: the loss stays high.",
        kind=float,
        default=0.0,
        minimum=1e-6,
        maximum=1.0,
        scale=Scale.LOGARITHMIC,
        zero_below=True,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.OPTIMIZER,
    ),
    Hyperparameter(
        name="beta1",
        label="Beta 1",
        help="How long Adam remembers past gradients when it chooses a direction: 0.9 averages over about ten steps. "
        "Lower follows each batch more closely; close to 1 it turns slowly.",
        kind=float,
        default=0.9,
        minimum=0.0,
        maximum=1.0,
        excluded_maximum=True,
        step=0.01,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.OPTIMIZER,
    ),
    Hyperparameter(
        name="beta2",
        label="Beta 2",
        help="How long Adam remembers the size of past gradients when it scales each weight's step: 0.999 averages "
        "over about a thousand steps. Too low and the step sizes jump from batch to batch.",
        kind=float,
        default=0.999,
        minimum=0.0,
        maximum=1.0,
        excluded_maximum=True,
        step=0.001,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.OPTIMIZER,
    ),
    Hyperparameter(
        name="alpha",
        label="Alpha",
        help="How long RMSprop remembers the size of past gradients: 0.99 averages over about a hundred steps. Lower "
        "reacts faster, but the step sizes become restless.",
        kind=float,
        default=0.99,
        minimum=0.0,
        maximum=1.0,
        excluded_maximum=True,
        step=0.01,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.OPTIMIZER,
    ),
    Hyperparameter(
        name="eps",
        label="Epsilon",
        help="A small number added where the optimizer divides by the size of the gradient, so that it never divides "
        "by 0. Rarely needs a change; larger values make the steps smaller where gradients are small.",
        kind=float,
        default=1e-8,
        minimum=1e-12,
        maximum=1e-1,
        scale=Scale.LOGARITHMIC,
        takes_effect=TakesEffect.NEXT_BATCH,
        section=Section.OPTIMIZER,
    ),
    Hyperparameter(
        name="seed",
        label="Seed",
        help="The number from which the starting weights are drawn. The same seed and settings give the same run, bit "
        "for bit; another seed shows how much of a result is luck.",
        kind=int,
        default=0,
        minimum=0,
        maximum=2**63 - 1,
        slider=False,
        takes_effect=TakesEffect.NEXT_RUN,
    ),
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
        "network more is not always faster. It costs parity: another number rounds sums in another order, so the last "
        "bits differ from a run with PyTorch's own number.",
        kind=int,
        default=0,
        minimum=0,
        maximum=max(2, os.cpu_count() or 1),
        section=Section.SPEED,
    ),
    Hyperparameter(
        name="autocast",
        label="bfloat16 arithmetic",
        help="Multiplies matrices in bfloat16, numbers of 16 bits with only 8 of precision, where PyTorch holds that "
        "safe. About twice as fast on processors that know them, slower on others. It costs parity: losses differ "
        "from the third digit on, though the network learns as well.",
        kind=bool,
        default=False,
        section=Section.SPEED,
    ),
    Hyperparameter(
        name="compile",
        label="Compiled model",
        help="Has torch.compile translate the network into one program of its own. The first batch then takes some "
        "ten seconds or more, and the batches after it a little less time each: worth it for long runs. It costs "
        "parity: operations are merged, so the last bits differ from the tutorial's.",
        kind=bool,
        default=False,
        section=Section.SPEED,
    ),
)

TABLE: Final[dict[str, Hyperparameter]] = {row.name: row for row in _ROWS}


def hyperparameter(name: str) -> Hyperparameter:
    """The row called `name`.

    Raises:
        BadUsage: there is none.
    """
    try:
        return TABLE[name]
    except KeyError:
        raise BadUsage(
            "There is no hyperparameter {name!r}: choose one of {names}.", name=name, names=", ".join(TABLE)
        ) from None


def defaults(names: Iterable[str], own: Mapping[str, Value]) -> dict[str, Value]:
    """The default of each of `names`, where `own` (an optimizer's) wins over the table's."""
    return {name: own.get(name, hyperparameter(name).default) for name in names}
