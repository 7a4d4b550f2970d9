"""The devices that a run can train on."""

from __future__ import annotations

import torch

from workbench.engine.errors import UsageError


def device_called(name: str) -> torch.device:
    """The device called `cpu`, `cuda`, `cuda:1` or `mps`.

    Raises:
        UsageError: no such device on this machine.
    """
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
    names = ["cpu"]
    names += [f"cuda:{index}" for index in range(torch.cuda.device_count())]
    if torch.backends.mps.is_available():
        names.append("mps:0")
    return tuple(names)
