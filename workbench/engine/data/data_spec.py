"""DataSpec: the task and the shapes of a data set. Models, losses, metrics and plots follow from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

from workbench.engine.config.tasks import Task

MOST_INPUTS: Final = 1 << 24
MOST_OUTPUTS: Final = 100_000
"""Numbers in one input, and in the outputs for it: a file that says more is damaged."""


@dataclass(frozen=True, slots=True)
class DataSpec:
    """What a network needs to know of a data set before it is built.

    Attributes:
        task: what is predicted.
        sample_shape: of one input: (channels, height, width) of an image, (features,) of a vector.
        class_names: what the labels mean, by label; empty for regression.
        target_names: of the numbers to predict; empty for classification.
        feature_names: of the numbers in a vector; empty where they have no names.
    """

    task: Task
    sample_shape: tuple[int, ...]
    class_names: tuple[str, ...] = ()
    target_names: tuple[str, ...] = ()
    feature_names: tuple[str, ...] = ()

    @property
    def is_image(self) -> bool:
        """Whether an input is an image."""
        return len(self.sample_shape) == 3

    @property
    def input_count(self) -> int:
        """The numbers in one input."""
        return math.prod(self.sample_shape)

    @property
    def output_count(self) -> int:
        """The numbers that a network gives for one input: one for each class, or one for each target."""
        return len(self.class_names) if self.task is Task.CLASSIFICATION else len(self.target_names)

    def to_content(self) -> dict[str, Any]:
        """The spec as JSON has it."""
        return {
            "task": self.task.value,
            "sample_shape": list(self.sample_shape),
            "class_names": list(self.class_names),
            "target_names": list(self.target_names),
            "feature_names": list(self.feature_names),
        }

    @classmethod
    def from_content(cls, content: Any) -> DataSpec:
        """The spec that `to_content` made `content` of.

        Raises:
            ValueError: it did not, or no network fits such data.
        """
        fields = ("task", "sample_shape", "class_names", "target_names", "feature_names")
        if not isinstance(content, dict) or set(content) != set(fields):
            raise ValueError("it does not have the fields of a data set's shapes")
        shape, *names = (content[field] for field in fields[1:])
        if not isinstance(shape, list) or len(shape) not in (1, 3) or not all(_is_size(size) for size in shape):
            raise ValueError("its shape is neither that of an image nor that of a vector")
        if not all(isinstance(each, list) and all(isinstance(name, str) for name in each) for each in names):
            raise ValueError("its names are no texts")
        spec = cls(Task(content["task"]), tuple(shape), *(tuple(each) for each in names))
        if not 0 < spec.output_count <= MOST_OUTPUTS or spec.input_count > MOST_INPUTS:
            raise ValueError("it has no outputs, or too many numbers")
        return spec


def _is_size(size: Any) -> bool:
    return type(size) is int and 0 < size <= MOST_INPUTS
