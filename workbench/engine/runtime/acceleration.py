"""Settings that trade bits for speed: what they need, and how they are applied to a model.

This module imports torch only inside functions: the window asks early what this machine lacks.
"""

from __future__ import annotations

import functools
import os
import shutil
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, cast

from workbench.engine.errors import UsageError, UserError
from workbench.engine.runtime.thread_waits import libgomp

if TYPE_CHECKING:
    from torch import Tensor, nn

    from workbench.engine.recipe import Recipe

COMPILERS = ("g++", "clang++", "c++", "cl")


@functools.cache
def why_not(name: str) -> UserError | None:
    """Why this machine cannot do what the hyperparameter `name` asks for; None if it can.

    torch.compile translates a model to C++ and builds it with a compiler and Python's headers. Both are checked here,
    because torch reports a missing one only after the first batch, in a page of text.
    """
    if name != "compile":
        return None
    compiler = os.environ.get("CXX")
    if not any(shutil.which(candidate) for candidate in ((compiler,) if compiler else COMPILERS)):
        return UserError("There is no C++ compiler on this machine: install one (g++ or clang++) to compile the model.")
    if not (Path(sysconfig.get_path("include")) / "Python.h").is_file():
        return UserError("Python's headers are not on this machine: install them (python3-dev) to compile the model.")
    return None


def set_threads(count: int) -> None:
    """Let each operation of the calling thread use `count` threads; 0 stands for torch's own choice.

    Call it in the training thread, before a run. With another number of threads sums are added in another order, and
    the last bits of every result differ. So operations get exactly as many: with OMP_DYNAMIC=true libgomp would give
    them fewer, the busier the machine is.
    """
    import torch

    torch.set_num_threads(count or _first_thread_count())
    if (library := libgomp()) is not None:
        library.omp_set_dynamic(0)


def accelerated(model: nn.Module, recipe: Recipe) -> nn.Module:
    """`model`, or a module that runs it as `recipe` asks; the weights are always those of `model`.

    Raises:
        UsageError: this machine cannot do what the recipe asks.
    """
    import torch

    network = model
    if recipe["autocast"]:
        network = _autocast(network, torch.device(recipe.device).type)
    if recipe["compile"]:
        if problem := why_not("compile"):
            raise UsageError(problem.template, **problem.fields)
        # Batches differ in size: the last of an epoch, and whenever the slider moves. One general version is compiled
        # at the first batch instead of one for each size. On CUDA this mode also captures the kernels as a graph.
        on_cuda = torch.device(recipe.device).type == "cuda"
        mode = "reduce-overhead" if on_cuda else "default"
        network = cast("nn.Module", torch.compile(network, dynamic=True, mode=mode))
    return network


def _autocast(model: nn.Module, device_type: str) -> nn.Module:
    import torch

    class Autocast(torch.nn.Module):
        """Runs a model in bfloat16 where PyTorch considers that safe, and returns its outputs in float32."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, images: Tensor) -> Tensor:
            with torch.autocast(device_type, dtype=torch.bfloat16):
                logits: Tensor = self.model(images)
            return logits.float()

    return Autocast()


@functools.cache
def _first_thread_count() -> int:
    import torch

    return torch.get_num_threads()
