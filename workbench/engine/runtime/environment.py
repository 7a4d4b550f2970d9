"""The environment of a run: the versions and the hardware that its last bits depend on, beside its recipe."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench import __version__
from workbench.engine.errors import without_control

if TYPE_CHECKING:
    from collections.abc import Mapping


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


MATTERS: Final = ("torch", "threads", "cpu_capability", "device", "device_name")
"""The entries that the last bits depend on."""
EARLIER: Final = "earlier"
"""The entry of a run whose first steps were trained in another environment: what was another there."""
LONGEST_EARLIER: Final = 300


def differs(name: str, one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether this entry is known of both environments and is another one."""
    if name not in one or one[name] == other.get(name):
        return False
    # Where no processor is named, there is the kind of machine, as of many processors.
    return name != "device_name" or platform.machine() not in (one[name], other.get(name))


def continued(earlier: Mapping[str, str], here: Mapping[str, str]) -> dict[str, str]:
    """The environment `here` of a run that was begun in the environment `earlier`."""
    others = [f"{name} {earlier[name]}" for name in MATTERS if differs(name, earlier, here)]
    known = earlier.get(EARLIER, "")
    texts = [text for text in (known, ", ".join(others)) if text]
    return {**here, EARLIER: "; ".join(texts)[:LONGEST_EARLIER]} if texts else dict(here)


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
