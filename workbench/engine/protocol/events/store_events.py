"""Events of the store, in which runs are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.engine.errors import UserError


@dataclass(frozen=True, slots=True)
class RecordFailed:
    """What is trained is not kept in the store, for good or at the moment; training goes on."""

    problem: UserError
    details: str = ""


@dataclass(frozen=True, slots=True)
class RecordRecovered:
    """The store can be written again, and nothing is missing there: what was trained meanwhile is being written."""


@dataclass(frozen=True, slots=True)
class StoreNoticed:
    """News of the store, which keeps runs: a file was moved aside, or its file system lacks something."""

    problem: UserError
