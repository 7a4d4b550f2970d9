"""The devices of this machine as rows that a combo box lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from workbench.engine.config.registry import Registry
from workbench.engine.runtime.devices import CPU

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.engine.runtime.devices import Device

DEVICE: Final = "device"
"""The name of the choice among devices: of its control, and of its edits."""
_GIB: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device, as a row of a registry; its texts are in the user's language."""

    name: str
    label: str
    help: str


def device_rows(devices: Sequence[Device], chosen: str) -> tuple[Registry[DeviceRow], str]:
    """A registry of `devices`, and the name in it of the one called `chosen`, which may be on another machine only."""
    models = Counter(device.model for device in devices)
    rows = [_row(device, is_alone=models[device.model] == 1) for device in devices]
    names = {row.name for row in rows}
    name = chosen if chosen in names or f"{chosen}:0" not in names else f"{chosen}:0"
    retired = () if name in names else (DeviceRow(name, _translated("{name}: not here").format(name=name), _missing()),)
    return Registry(DEVICE, *rows, retired=retired), name


def _row(device: Device, *, is_alone: bool) -> DeviceRow:
    if device.name == CPU:
        help_text = _translated("Trains on the processor, with the tutorial's bits. Small networks train well on it.")
        return DeviceRow(device.name, _translated("CPU"), help_text)
    label = device.model if is_alone else f"{device.model} · {device.name}"
    if device.memory:
        label = _translated("{device} ({memory} GiB)").format(device=label, memory=round(device.memory / _GIB))
    help_text = _translated(
        "Trains on {device}, which torch calls {name}. It rounds sums in another order than the processor, so the last "
        "bits of a run differ between the two. A run repeats its own bits on the device that trained it."
    )
    return DeviceRow(device.name, label, help_text.format(device=label, name=device.name))


def _missing() -> str:
    return _translated("This machine has no such device: choose another one to train.")


def _translated(text: str) -> str:
    return QCoreApplication.translate("Devices", text)
