"""The environment of a run: the versions and the hardware that its last bits depend on, beside its recipe."""

from __future__ import annotations

import platform
from pathlib import Path

from workbench import __version__
from workbench.engine.errors import without_control


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
    return _processor_of_linux() or platform.processor() or platform.machine()


def _processor_of_linux() -> str:
    """The model of the processor; "" elsewhere, and where the system does not say it: the name in `platform` is none.

    Processors with the same instructions may still be given other code by the libraries below torch.
    """
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8", errors="replace") as lines:
            found = next((line for line in lines if line.startswith("model name")), "")
    except OSError:
        return ""
    return " ".join(without_control(found.partition(":")[2]).split())
