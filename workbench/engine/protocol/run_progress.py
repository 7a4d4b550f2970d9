"""RunProgress: how far a run has come. The training thread writes it, the window reads it whenever it draws."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, eq=False, weakref_slot=True)
class RunProgress:
    """Where a run is; written every few batches and after each test. A reader needs no lock.

    Attributes:
        epoch: the current epoch, from 1.
        batch: batches of it trained.
        sample: samples of it trained.
        testing: whether the current epoch is being evaluated.
        trained: samples trained in the whole run.
        planned_epochs: how many epochs the run will have.
        planned_steps: how many steps the run will have if nothing is changed.
        seconds: spent training and testing; pauses and travels do not count.
        sleeping: whether torch's threads sleep while they wait for each other, because another program needs the
            processor; None where the program does not choose that.
    """

    epoch: int = 1
    batch: int = 0
    sample: int = 0
    testing: bool = False
    trained: int = 0
    planned_epochs: int = 0
    planned_steps: int = 0
    seconds: float = 0.0
    sleeping: bool | None = None
