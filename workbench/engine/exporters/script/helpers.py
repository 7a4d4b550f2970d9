"""What the loops of a script call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbench.engine.exporters.script.data import holds_bytes
from workbench.engine.exporters.script.parts import Part, refitted, source_of

if TYPE_CHECKING:
    from workbench.engine.exporters.script.facts import ScriptFacts

_TORCH: Final = ("import torch", "from torch import Tensor, nn", "from torch.nn import functional")


def helper_parts(facts: ScriptFacts) -> list[Part]:
    """What the loops call."""
    parts = [_as_inputs(facts)]
    if facts.is_ever("shuffle"):
        from workbench.engine.training.sampler import epoch_permutation

        parts.append(Part(source_of(epoch_permutation), (*_TORCH, "import hashlib")))
    if facts.holds_out:
        from workbench.engine.data.own_files import split

        code = refitted(source_of(split.mixed, split.held_out).replace("NDArray[np.int64]", "np.ndarray"))
        parts.append(Part(code, ("import numpy as np",)))
    if facts.augments:
        parts.append(_augmentation())
    if facts.record.recipe["autocast"]:
        parts.append(_autocast(facts))
    parts.append(_digest())
    return parts


def _as_inputs(facts: ScriptFacts) -> Part:
    recipe = facts.record.recipe
    if recipe.spec.is_image and holds_bytes(recipe) and recipe.device == "cpu":
        body = (
            '    """The bytes as float32 from 0 to 1, as torchvision\'s ToTensor gives them."""\n'
            "    return samples.float().div(255)"
        )
    elif recipe.spec.is_image:
        body = (
            '    """The samples as float32 in new memory; bytes become numbers from 0 to 1."""\n'
            "    return samples.float().div(255) if samples.dtype is torch.uint8 else samples.clone()"
        )
    else:
        body = (
            '    """A copy of the samples: the last bits of a sum may depend on where its numbers lie in memory."""\n'
            "    return samples.clone()"
        )
    return Part(f"def as_inputs(samples: Tensor) -> Tensor:\n{body}", _TORCH)


def _augmentation() -> Part:
    from workbench.engine.data import augmentation

    code = source_of(augmentation.Augmentation, augmentation._signed, augmentation._shifted)  # noqa: SLF001
    constants = {
        name: f"{name} = {getattr(augmentation, name)!r}"
        for name in ("_STEP", "_FIRST_FACTOR", "_SECOND_FACTOR", "BITS", "ANGLES", "_PURPOSES")
    }
    lines = [
        "# How an image is changed depends on the seed, the epoch and its place in the data set alone: the random",
        "# numbers are a hash of these, the output function of SplitMix64 (Steele and others, 2014).",
        *(constants[name] for name in ("_STEP", "_FIRST_FACTOR", "_SECOND_FACTOR")),
        f"{constants['BITS']}  # of a random number",
        f"{constants['ANGLES']}  # different ones; their sines come from a table",
        "_FLIP, _COLUMNS, _ROWS, _ANGLE = range(4)  # what a random number is for",
        constants["_PURPOSES"],
    ]
    return Part("\n".join(lines) + f"\n\n\n{code}", (*_TORCH, "import hashlib", "import math"))


def _autocast(facts: ScriptFacts) -> Part:
    kind = facts.record.recipe.device.split(":")[0]
    code = f'''\
class Autocast(nn.Module):
    """Runs a model in bfloat16 where PyTorch considers that safe, and gives its outputs in float32."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, inputs: Tensor) -> Tensor:
        """The outputs of the model."""
        with torch.autocast("{kind}", dtype=torch.bfloat16):
            outputs: Tensor = self.model(inputs)
        return outputs.float()'''
    return Part(code, _TORCH)


def _digest() -> Part:
    code = '''\
def weights_sha256(model: nn.Module) -> str:
    """The SHA-256 of the weights: of each entry of the state dict, the key and then its bytes, in their order."""
    digest = hashlib.sha256()
    for key, tensor in model.state_dict().items():
        digest.update(key.encode())
        digest.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()'''
    return Part(code, (*_TORCH, "import hashlib"))
