"""The type of a row in the table of hyperparameters, with its allowed values. The rows are in `hyperparameters.py`."""

from __future__ import annotations

import contextlib
import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from workbench.engine.config.number_text import read_number, read_whole
from workbench.engine.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

Value = bool | int | float | str


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
    DATA = "dataset"
    OPTIMIZER = "optimizer"
    SCHEDULE = "schedule"
    MODEL = "model"
    VALIDATION = "validation"
    AUGMENTATION = "augmentation"
    SPEED = "speed"


_OF_CHOICES: Final = (Section.DATA, Section.OPTIMIZER, Section.SCHEDULE, Section.MODEL)
"""Sections with the name of a registry, whose chosen row decides which hyperparameters of the section a run has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hyperparameter:
    """One row of the table.

    Attributes:
        name: the key everywhere: object name, recipe field, option (with dashes).
        label: what the control is called, in English; translated by the window.
        help: what it does, and the signs of a value that is too small or too large.
        kind: `bool`, `int`, `float`, or `str` for one of `choices` or a text that `canonical` reads.
        default: the value before the user chooses one; a choice may set its own (see `OptimizerRow.defaults`).
        minimum: the smallest allowed value.
        maximum: the largest allowed value.
        scale: how the slider spreads the range.
        zero_below: on a logarithmic scale, the slider's lowest stop is 0 (0 is allowed too), and `minimum` the next.
        zero_is_automatic: whether 0 leaves the number to PyTorch.
        step: what one arrow key or wheel notch adds on a linear scale; on a logarithmic one a notch is a 40th decade.
        slider: whether a slider makes sense beside the exact entry.
        takes_effect: when a change during a run is used.
        section: where it is shown; those of the data set, the optimizer, the schedule and the model only where these
            accept them.
        excluded_maximum: whether `maximum` itself is not allowed (a momentum of 1 never forgets).
        local_maximum: the largest value that this machine's slider and command line offer; None stands for `maximum`.
            A recipe may have a larger one: it was made on another machine.
        choices: the texts to choose from, for `str`.
        canonical: turns a text into the one form that a recipe keeps; it raises ValueError, with a sentence that begins
            with what to give, where the text is not allowed.
    """

    name: str
    label: str
    help: str
    kind: type[bool] | type[int] | type[float] | type[str]
    default: Value
    minimum: float = 0
    maximum: float = 1
    scale: Scale = Scale.LINEAR
    zero_below: bool = False
    zero_is_automatic: bool = False
    step: float = 1
    slider: bool = True
    takes_effect: TakesEffect = TakesEffect.NEXT_RUN
    section: Section = Section.RUN
    excluded_maximum: bool = False
    local_maximum: float | None = None
    choices: tuple[str, ...] = ()
    canonical: Callable[[str], str] | None = None

    @property
    def offered_maximum(self) -> float:
        """The largest value that the slider and the command line offer."""
        return self.maximum if self.local_maximum is None else self.local_maximum

    @property
    def of_choice(self) -> str | None:
        """The recipe field whose chosen row decides whether a run has this hyperparameter; None: every run has it."""
        return self.section.value if self.section in _OF_CHOICES else None

    @property
    def is_live(self) -> bool:
        """Whether a change during a run is used in that run."""
        return self.takes_effect is not TakesEffect.NEXT_RUN

    def checked(self, value: object) -> Value:
        """`value`, converted to this row's kind.

        Raises:
            UsageError: the value is not a number of that kind, not finite, or out of range.
        """
        if self.kind is bool:
            if not isinstance(value, bool):
                raise UsageError("{name} is {value!r}: give true or false.", name=self.name, value=value)
            return value
        if self.kind is str:
            return self._checked_text(value)
        return self._checked_number(value)

    def _checked_text(self, value: object) -> str:
        if not isinstance(value, str):
            raise UsageError("{name} is {value!r}: give a text.", name=self.name, value=value)
        if self.canonical is not None:
            try:
                return self.canonical(value)
            except ValueError as error:
                raise UsageError(
                    "{name} is {value!r}: {reason}.", name=self.name, value=value[:60], reason=error
                ) from None
        if value not in self.choices:
            raise UsageError(
                "{name} is {value!r}: choose one of {names}.",
                name=self.name,
                value=value[:60],
                names=", ".join(self.choices),
            )
        return value

    def _checked_number(self, value: object) -> int | float:
        # An int of a thousand digits is finite, but asking for its float raises.
        is_float = isinstance(value, float)
        if isinstance(value, bool) or not isinstance(value, int | float) or (is_float and not math.isfinite(value)):
            raise UsageError("{name} is {value!r}: give a finite number.", name=self.name, value=value)
        number: int | float = value
        if self.kind is int:
            if value != int(value):
                raise UsageError("{name} is {value}: give a whole number.", name=self.name, value=value)
            number = int(value)
        elif self.allows(number):
            number = float(value)
        if not self.allows(number):
            raise self._out_of_range(number, self.maximum)
        return number

    def allows(self, number: float) -> bool:
        """Whether `number` is in range."""
        if self.zero_below and number == 0:
            return True
        if self.excluded_maximum and number >= self.maximum:
            return False
        return self.minimum <= number <= self.maximum

    def parse(self, text: str) -> Value:
        """The value that the user typed: `1e-3`, `0.001`, `true`; a whole number has no point and no comma.

        Raises:
            UsageError: the text is not a value of this row, or this machine does not offer the value.
        """
        word = text.strip().lower()
        if self.kind is bool:
            known = dict.fromkeys(("true", "1", "yes", "on"), True)
            known |= dict.fromkeys(("false", "0", "no", "off"), False)
            if word not in known:
                raise UsageError("{name} is {value!r}: give true or false.", name=self.name, value=text)
            return known[word]
        if self.kind is str:
            return self._checked_text(text.strip())
        try:
            number = read_whole(word) if self.kind is int else read_number(word)
        except ValueError:
            raise self._not_a_number(word, text) from None
        checked = self._checked_number(number)
        if checked > self.offered_maximum:
            raise self._out_of_range(checked, self.offered_maximum)
        return checked

    def _not_a_number(self, word: str, text: str) -> UsageError:
        with contextlib.suppress(ValueError):
            if math.isfinite(read_number(word)):
                return UsageError(
                    "{name} is {value!r}: give a whole number, without a point or a comma, such as {example}.",
                    name=self.name,
                    value=text,
                    example=_short(self.default),
                )
            return UsageError("{name} is {value!r}: give a finite number.", name=self.name, value=text)
        return UsageError(
            "{name} is {value!r}: give a number such as {example}.",
            name=self.name,
            value=text,
            example=_short(self.default),
        )

    def _out_of_range(self, number: float, maximum: float) -> UsageError:
        return UsageError(
            "{name} is {value}: give a value from {minimum} to {maximum}.",
            name=self.name,
            value=_short(number),
            minimum="0, or from " + _short(self.minimum) if self.zero_below else _short(self.minimum),
            maximum=("below " if self.excluded_maximum else "") + _short(maximum),
        )


def _short(number: Value) -> str:
    return f"{number:g}" if isinstance(number, float) else str(number)


def fraction(
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
