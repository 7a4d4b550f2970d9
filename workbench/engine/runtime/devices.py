"""The devices that a run can train on: their names, their memory, and what they are capable of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import UsageError, UserError

if TYPE_CHECKING:
    import torch

    from workbench.engine.recipe import Recipe

CPU: Final = "cpu"


@dataclass(frozen=True, slots=True)
class Device:
    """A device that can train.

    Attributes:
        name: `cpu`, `cuda:1`, `mps:0`, as a recipe names it.
        model: what the maker calls it; "" for the CPU.
        memory: of its own, in bytes; 0 where it shares the CPU's.
    """

    name: str
    model: str = ""
    memory: int = 0


def device_called(name: str) -> torch.device:
    """The device called `cpu`, `cuda`, `cuda:1` or `mps`.

    Raises:
        UsageError: no such device on this machine.
    """
    import torch

    try:
        device = torch.device(name)
    except RuntimeError:
        device = None
    if device is None or (name not in available_devices() and f"{device}:0" not in available_devices()):
        raise UsageError(
            "This machine has no device {name!r}: choose one of {names}.",
            name=name,
            names=", ".join(available_devices()),
        )
    return device


def available_devices() -> tuple[str, ...]:
    """Names of the devices of this machine that can train, the CPU first."""
    import torch

    names = [CPU]
    names += [f"cuda:{index}" for index in range(torch.cuda.device_count())]
    if torch.backends.mps.is_available():
        names.append("mps:0")
    return tuple(names)


def described_devices() -> tuple[Device, ...]:
    """The devices of `available_devices`, with what is known of them. Of CUDA devices this starts CUDA."""
    import torch

    devices = []
    for name in available_devices():
        if name.startswith("cuda"):
            properties = torch.cuda.get_device_properties(name)
            devices.append(Device(name, properties.name, properties.total_memory))
        else:
            devices.append(Device(name, "Apple GPU" if name.startswith("mps") else ""))
    return tuple(devices)


def use_repeatable_kernels(device: torch.device) -> None:
    """Let convolutions on an NVIDIA GPU give the same bits each time, so that a run can be repeated.

    cuDNN may else choose kernels that add in the order in which threads happen to finish.
    """
    if device.type == "cuda":
        import torch

        torch.backends.cudnn.deterministic = True
        torch.backends.cudnn.benchmark = False


def has_room(device: torch.device, nbytes: int) -> bool:
    """Whether copies of the training's state of `nbytes` may stay on `device`: half of its memory stays free."""
    if device.type != "cuda":
        return False
    import torch

    free, total = torch.cuda.mem_get_info(device)
    return free - nbytes > total // 2


def why_no_graph(recipe: Recipe) -> UserError | None:
    """Why no CUDA graph of a step can be made for `recipe`, as a sentence; None if it can be tried."""
    return why_no_graph_for(recipe.device, recipe.optimizer, is_compiled=bool(recipe["compile"]))


def why_no_graph_for(device: str, optimizer: str, *, is_compiled: bool) -> UserError | None:
    """`why_no_graph` of a recipe with these settings. It does not import torch."""
    from workbench.engine.optim.optimizers import OPTIMIZERS

    if not device.startswith("cuda"):
        return UserError("A CUDA graph needs an NVIDIA GPU as the device: without one the run trains without it.")
    if "fused" not in OPTIMIZERS[optimizer].accepts:
        names = ", ".join(row.label for row in OPTIMIZERS if "fused" in row.accepts)
        return UserError("A CUDA graph works with {names}: the run trains without it.", names=names)
    if is_compiled:
        return UserError("A compiled model replays a CUDA graph of its own: the run trains without a second one.")
    return None
