"""Events of the session, whether or not there is a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.engine.runtime.devices import CPU, Device

if TYPE_CHECKING:
    from workbench.engine.errors import UserError


@dataclass(frozen=True, slots=True)
class TorchLoaded:
    """Torch is loaded, and runs can start.

    Attributes:
        version: of torch.
        threads: how many threads an operation may use.
        devices: on which runs can train here, the CPU first.
    """

    version: str
    threads: int
    devices: tuple[Device, ...] = (Device(CPU),)


@dataclass(frozen=True, slots=True)
class Announced:
    """Everything that an `Announce` asked for has been said."""


@dataclass(frozen=True, slots=True)
class RequestFailed:
    """A command raised an exception that has no event of its own; the session goes on."""

    problem: UserError
    details: str
