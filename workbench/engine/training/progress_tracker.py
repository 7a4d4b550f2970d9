"""ProgressTracker: the position of a run, what is planned, and how long it took."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from workbench.engine.protocol.run_progress import RunProgress

if TYPE_CHECKING:
    from workbench.engine.training.stepper import Stepper


class ProgressTracker:
    """Keeps `progress` up to date with `stepper`; the window polls it."""

    def __init__(self, stepper: Stepper) -> None:
        self.progress = RunProgress()
        self._stepper = stepper
        self._clock = 0.0

    def start_clock(self) -> None:
        """Count time from now on."""
        self._clock = time.perf_counter()

    def add_time(self) -> None:
        """Add the time since the last call, or since the clock was started."""
        now = time.perf_counter()
        self.progress.seconds += now - self._clock
        self._clock = now

    def set_sleeping(self, sleeping: bool) -> None:
        """Note whether torch's threads sleep while they wait; called in any thread."""
        self.progress.sleeping = sleeping

    def count(self, samples: int) -> None:
        """Add the samples just trained."""
        position, progress = self._stepper.position, self.progress
        progress.batch = position.batch
        progress.sample = position.sample
        progress.trained += samples

    def update(self) -> None:
        """Update the position and the planned epochs and steps."""
        stepper, progress = self._stepper, self.progress
        position, values = stepper.position, stepper.values
        count, size = stepper.sample_count, int(values["batch_size"])
        # While an epoch is tested it is trained already, but the window still shows it as the current one. After the
        # last planned epoch there is no next one.
        has_more = position.batch > 0 or position.epoch < int(values["epochs"])
        is_within = position.epoch == position.tested and has_more
        current = position.epoch + is_within
        epochs_left = max(0, int(values["epochs"]) - current)
        rest = count - position.sample if is_within else 0
        progress.epoch = current
        progress.batch, progress.sample = position.batch, position.sample if is_within else count
        progress.planned_epochs = current + epochs_left
        progress.planned_steps = position.step + math.ceil(rest / size) + epochs_left * math.ceil(count / size)

    def jump(self) -> None:
        """Update after the run has travelled to another step."""
        position = self._stepper.position
        self.progress.trained = position.epoch * self._stepper.sample_count + position.sample
        self.update()
