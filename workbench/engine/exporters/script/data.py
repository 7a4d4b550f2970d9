"""The data of a script: a function that loads training and test set as tensors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbench.engine.config.tasks import Task
from workbench.engine.data import generated
from workbench.engine.data.generated import GENERATED
from workbench.engine.exporters.script.parts import Part, fitted, indented, quoted, source_of

if TYPE_CHECKING:
    from workbench.engine.recipe import Recipe

TENSORS: Final = "tuple[Tensor, Tensor, Tensor, Tensor]"
_TORCH: Final = ("import torch", "from torch import Tensor, nn")
_TORCHVISION: Final = (*_TORCH, "from pathlib import Path", "from torchvision import datasets")
_CLASSES: Final = {
    "fashion-mnist": ("FashionMNIST", "Fashion-MNIST"),
    "fashion-mnist-mini": ("FashionMNIST", "Fashion-MNIST"),
    "mnist": ("MNIST", "MNIST"),
    "kmnist": ("KMNIST", "Kuzushiji-MNIST"),
    "cifar10": ("CIFAR10", "CIFAR-10"),
    "cifar100": ("CIFAR100", "CIFAR-100"),
}
MINI: Final = (12_000, 2_000)
"""Training and test images of the built-in part of Fashion-MNIST."""


def data_part(recipe: Recipe, arrays: str, *, is_notebook: bool = False) -> Part:
    """The function `load_data(root)` of a script.

    Args:
        recipe: names the data.
        arrays: the name of the file beside the script that holds data of the user's own.
        is_notebook: whether the code is for a notebook, which does not know its own file.
    """
    if recipe.dataset in GENERATED:
        return _generated(recipe)
    if recipe.dataset in _CLASSES:
        return _torchvision(recipe.dataset)
    return _arrays(arrays, is_notebook=is_notebook)


def needs_arrays(recipe: Recipe) -> bool:
    """Whether the data of a run are written beside its script: they are files of the user's own."""
    return recipe.dataset not in GENERATED and recipe.dataset not in _CLASSES


def holds_bytes(recipe: Recipe) -> bool:
    """Whether the function of the script gives images as bytes."""
    return recipe.dataset in _CLASSES


def _torchvision(name: str) -> Part:
    kind, label = _CLASSES[name]
    comment = ""
    samples = ["train.data.unsqueeze(1)", "train.targets", "test.data.unsqueeze(1)", "test.targets"]
    if kind.startswith("CIFAR"):
        image, labels = "torch.from_numpy({0}.data).permute(0, 3, 1, 2).contiguous()", "torch.tensor({0}.targets)"
        samples = [text.format(part) for part in ("train", "test") for text in (image, labels)]
    elif name == "fashion-mnist-mini":
        comment = f"\n# The first {MINI[0]:,} images to train with, and the first {MINI[1]:,} to test with."
        counts = (MINI[0], MINI[0], MINI[1], MINI[1])
        samples = [f"{text}[:{count:_}]" for text, count in zip(samples, counts, strict=True)]
    returned = fitted("return (", samples, ")", 1, is_display=True)
    if "\n" not in returned:
        returned = f"return {', '.join(samples)}"
    body = f'''\
"""{label}: images (N, C, H, W) as bytes, and labels (N,); downloaded where they are missing."""
train = datasets.{kind}(root, train=True, download=True)
test = datasets.{kind}(root, train=False, download=True){comment}
{returned}'''
    return Part(f"def load_data(root: Path) -> {TENSORS}:\n{indented(body)}", _TORCHVISION)


def _generated(recipe: Recipe) -> Part:
    row = GENERATED[recipe.dataset]
    makers = source_of(row.make).replace("    import numpy as np\n\n", "").replace("    import numpy as np\n", "")
    makers = makers.replace("RandomState", "np.random.RandomState").replace("Floats", "np.ndarray")
    names = [name for name in ("TURNS", "BLOBS") if name in makers]
    constants = "".join(f"{name} = {getattr(generated, name)}\n" for name in names)
    size, noise, seed = (recipe[name] for name in generated.ACCEPTS)
    kind = "np.int64" if row.spec.task is Task.CLASSIFICATION else "np.float32"
    test = max(len(row.spec.class_names), int(size) // generated.TEST_PART)
    body = f'''\
"""The points and what is to be predicted; made by numpy from a seed, so nothing is read from `root`."""
random = np.random.RandomState({seed})
tensors: list[Tensor] = []
for count in ({size}, {test}):
    points, targets = {row.make.__name__}(count, {noise!r}, random)
    order = random.permutation(count)
    tensors.append(torch.from_numpy(points[order].astype(np.float32)))
    tensors.append(torch.from_numpy(targets[order].astype({kind})))
train_inputs, train_targets, test_inputs, test_targets = tensors
return train_inputs, train_targets, test_inputs, test_targets'''
    code = f"{constants}\n\n{makers}\n\n\ndef load_data(root: Path) -> {TENSORS}:\n{indented(body)}".strip()
    return Part(code, (*_TORCH, "import math", "import numpy as np", "from pathlib import Path"))


def _arrays(file: str, *, is_notebook: bool) -> Part:
    place = f"Path({quoted(file)})" if is_notebook else f"Path(__file__).with_name({quoted(file)})"
    code = "notebook" if is_notebook else "script"
    body = f'''\
"""The samples and what is to be predicted, from the file beside this {code}; nothing is read from `root`."""
with np.load({place}) as arrays:
    names = ("train_inputs", "train_targets", "test_inputs", "test_targets")
    train_inputs, train_targets, test_inputs, test_targets = (torch.from_numpy(arrays[name]) for name in names)
return train_inputs, train_targets, test_inputs, test_targets'''
    code = f"def load_data(root: Path) -> {TENSORS}:\n{indented(body)}"
    return Part(code, (*_TORCH, "import numpy as np", "from pathlib import Path"))
