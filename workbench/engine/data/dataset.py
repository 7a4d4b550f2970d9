"""Dataset: a data set in memory; and the phases of loading one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from workbench.engine.data.data_digest import DataDigest
    from workbench.engine.errors import UserError

Progress = Callable[[str, int, int], None]
"""Called with (phase, done, total), total 0 while unknown; it raises CancelledError when the user cancels."""

READING: Final = "Reading the images"
UNPACKING: Final = "Unpacking"
TRAINING_IMAGES: Final = "Downloading the training images"
TRAINING_LABELS: Final = "Downloading the training labels"
TEST_IMAGES: Final = "Downloading the test images"
TEST_LABELS: Final = "Downloading the test labels"

CLASS_NAMES: Final = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)
"""The classes of Fashion-MNIST, by label."""


FASHION_MNIST_SPEC: Final = DataSpec(Task.CLASSIFICATION, (1, 28, 28), CLASS_NAMES)


@dataclass(frozen=True, slots=True, eq=False)
class Standardisation:
    """What was done to each feature of vectors: its mean was subtracted, then it was divided by its deviation.

    Attributes:
        mean: of each feature, as measured on the training samples.
        deviation: the standard deviation, as `mean`; 1 for a feature with one value.
    """

    mean: tuple[float, ...]
    deviation: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """A data set in memory.

    Attributes:
        name: of its row in `DATASETS`.
        spec: its task and shapes.
        train_inputs: images (N, C, H, W), uint8 in 0..255 or float32 in 0..1; or vectors (N, F) float32. `UnitFloats`
            reads all of them as float32.
        train_targets: labels (N,) int64, or the numbers to predict (N, T) float32.
        test_inputs: as `train_inputs`.
        test_targets: as `train_targets`.
        has_own_test: whether the data say which samples are for the test; if not, a share of them was held out.
        validation_inputs: as `train_inputs`; None where the data bring no samples for validation.
        validation_targets: as `train_targets`; None with `validation_inputs`.
        missing: why there is nothing to train on, where that is so: the tensors then have their shapes only.
        digest: of what was read; None where it is not known.
    """

    name: str
    spec: DataSpec
    train_inputs: Tensor
    train_targets: Tensor
    test_inputs: Tensor
    test_targets: Tensor
    missing: UserError | None = None
    digest: DataDigest | None = None
    has_own_test: bool = True
    validation_inputs: Tensor | None = None
    validation_targets: Tensor | None = None
    standardisation: Standardisation | None = None

    def check_present(self) -> None:
        """Raise `missing` if there is nothing to train on."""
        if self.missing is not None:
            raise self.missing

    def to(self, device: torch.device) -> Dataset:
        """The same data on another device: images as bytes where it divides with the CPU's bits, else as float32.

        They are the same tensors if `device` is the CPU.
        """
        from workbench.engine.data.unit_floats import has_exact_bytes

        if device.type == "cpu":
            return self
        data = self if has_exact_bytes(device) else self.as_floats()
        return replace(
            data,
            train_inputs=data.train_inputs.to(device),
            train_targets=data.train_targets.to(device),
            test_inputs=data.test_inputs.to(device),
            test_targets=data.test_targets.to(device),
            validation_inputs=None if data.validation_inputs is None else data.validation_inputs.to(device),
            validation_targets=None if data.validation_targets is None else data.validation_targets.to(device),
        )

    def as_floats(self) -> Dataset:
        """The same data with inputs as float32, images in 0..1; as bytes they take a quarter of the memory."""
        from workbench.engine.data.unit_floats import UnitFloats

        def floats(inputs: Tensor) -> Tensor:
            return UnitFloats(inputs).batch(0, len(inputs))

        return replace(
            self,
            train_inputs=floats(self.train_inputs),
            test_inputs=floats(self.test_inputs),
            validation_inputs=None if self.validation_inputs is None else floats(self.validation_inputs),
        )
