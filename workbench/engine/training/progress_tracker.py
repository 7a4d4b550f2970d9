"""Keeps the gauge: where a run is, what is planned, how long it took."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from workbench.engine.protocol.events import RunProgress

if TYPE_CHECKING:
    from workbench.engine.training.stepper import Stepper


class ProgressTracker:
    """Writes down, for whoever looks at the gauge, how far `stepper` has come."""

    def __init__(self, stepper: Stepper) -> None:
        self.gauge = RunProgress()
        self._stepper = stepper
        self._clock = 0.0

    def start_clock(self) -> None:
        """From now on time counts; what has passed since it was last noted does not."""
        self._clock = time.perf_counter()

    def note_time(self) -> None:
        """Count the time since this was last called, or the clock started."""
        now = time.perf_counter()
        self.gauge.seconds += now - self._clock
        self._clock = now

    def count(self, samples: int) -> None:
        """So many samples more have been trained."""
        position, gauge = self._stepper.position, self.gauge
        gauge.batch = position.batch
        gauge.sample = position.sample
        gauge.trained += samples

    def update(self) -> None:
        """Say where the run is and what is planned."""
        stepper, gauge = self._stepper, self.gauge
        position, values = stepper.position, stepper.values
        count, size = stepper.sample_count, int(values["batch_size"])
        # During an epoch's test the epoch is trained already, but it is still the one people see; and beyond the last
        # one that is planned there is none.
        has_more = position.batch > 0 or position.epoch < int(values["epochs"])
        is_within = position.epoch == position.tested and has_more
        present = position.epoch + is_within
        epochs_left = max(0, int(values["epochs"]) - present)
        rest = count - position.sample if is_within else 0
        gauge.epoch = present
        gauge.batch, gauge.sample = position.batch, position.sample if is_within else count
        gauge.planned_epochs = present + epochs_left
        gauge.planned_steps = position.step + math.ceil(rest / size) + epochs_left * math.ceil(count / size)

    def jump(self) -> None:
        """The run has been taken to another place."""
        position = self._stepper.position
        self.gauge.trained = position.epoch * self._stepper.sample_count + position.sample
        self.update()
