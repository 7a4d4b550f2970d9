"""The environment of a run: the versions and the hardware that its last bits depend on, beside its recipe."""

from __future__ import annotations

import platform

from workbench import __version__


def environment(device: str, threads: int) -> dict[str, str]:
    """The versions and the hardware of this process, as texts, and the number of `threads`. Imports torch."""
    import torch

    return {
        "program": __version__,
        "torch": str(torch.__version__),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "device": device,
        "device_name": _device_name(device),
        "cpu_capability": torch.backends.cpu.get_cpu_capability(),
        "threads": str(threads),
    }


def _device_name(device: str) -> str:
    import torch

    if torch.device(device).type == "cuda":
        return str(torch.cuda.get_device_name(device))
    return platform.processor() or platform.machine()
