"""LossSound: soft tones that follow the loss of the run that trains, for a user who looks elsewhere or cannot see."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog

from workbench.engine.errors import UserError
from workbench.engine.protocol.events import Outcome
from workbench.ui.dialogs.volume_dialog import open_volume
from workbench.ui.models.session_state import SessionState
from workbench.ui.sound.loss_pitch import LossPitch
from workbench.ui.sound.tones import LEAST_VOLUME, MOST_VOLUME, blip, divergence_signal, epoch_signal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

    from workbench.engine.protocol.events import RunEnded
    from workbench.ui.connection.connection import Connection
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.sound.audio_output import AudioOutput

INTERVAL_MS: Final = 250
"""Between two tones: each can be heard on its own, and the training waits four times a second only."""
TRIED_AFTER_MS: Final = 150
"""A volume is heard when the slider rests: a drag would queue a tone for each step of it."""
USUAL_VOLUME: Final = 40
TRIED_HZ: Final = 440.0


class LossSound(QObject):
    """A tone some times a second while the run trains; others when an epoch ends, and when the loss diverges.

    Args:
        run: the current run.
        connection: tells of epochs and of the guard.
        output: plays; nothing of it is loaded while the sound is off.
        window: the dialog opens over it.

    Attributes:
        changed: the sound was switched, or can be heard or not be heard any more.
        failed: the sound is on, and cannot be heard for this reason.
        recovered: what `failed` has said is over.
        is_on: whether the user wants the sound.
        problem: why it cannot be heard here; None where no reason is known.
        volume: from `LEAST_VOLUME` to `MOST_VOLUME`.
    """

    changed = Signal()
    failed = Signal(UserError)
    recovered = Signal()

    def __init__(self, run: RunModel, connection: Connection, output: AudioOutput, window: QWidget) -> None:
        super().__init__(window)
        self._run = run
        self._output = output
        self._window = window
        self._pitch = LossPitch()
        self._is_diverged = False
        self._is_closed = False
        self.is_on = False
        self.problem = output.missing()
        self.volume = USUAL_VOLUME
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self._play_loss)
        self._trying = QTimer(self, singleShot=True, interval=TRIED_AFTER_MS)
        self._trying.timeout.connect(self._try)
        output.watch(self._on_outputs_changed)
        run.started.connect(self._expect_numbers)
        run.resumed.connect(self._expect_numbers)
        run.changed.connect(self._start_or_stop)
        run.ended.connect(self._on_ended)
        connection.epoch_tested.connect(self._on_epoch_tested)
        connection.divergence_stopped.connect(self._signal_divergence)

    @property
    def can_be_switched(self) -> bool:
        """Whether the sound can be switched on; one that is on can be switched off, heard or not."""
        return self.is_on or self.problem is None

    def set_on(self, is_on: bool) -> None:
        """Switch the sound; a tone says at once that it works, and a notice why it does not."""
        self.is_on = is_on
        if is_on:
            self._set_problem(self._output.open())
            self._try()
            if self.problem is not None:
                self.is_on = False
        self._start_or_stop()
        self.changed.emit()

    def set_volume(self, volume: int) -> None:
        """Set how loud it is; where the sound is on, a tone lets it be heard."""
        self.volume = min(max(volume, LEAST_VOLUME), MOST_VOLUME)
        self._trying.start()

    def ask_volume(self) -> None:
        """Open the dialog for the volume, unless it is open."""
        if self._window.findChild(QDialog, "sound_volume_dialog") is None:
            open_volume(self._window, self.volume, (LEAST_VOLUME, MOST_VOLUME), self.set_volume)

    def state(self) -> dict[str, Any]:
        """What is remembered."""
        return {"on": self.is_on, "volume": self.volume}

    def restore(self, state: dict[str, Any]) -> None:
        """Take over what was remembered; other values are passed over. The output is opened when a run trains."""
        if isinstance(is_on := state.get("on"), bool):
            self.is_on = is_on
        if type(volume := state.get("volume")) is int and LEAST_VOLUME <= volume <= MOST_VOLUME:
            self.volume = volume
        self._start_or_stop()
        self.changed.emit()

    def stop(self) -> None:
        """Be silent for good: the window closes."""
        self._is_closed = True
        self._timer.stop()
        self._trying.stop()
        self._output.watch(None)
        self._output.rest()

    @property
    def _is_heard(self) -> bool:
        return self.is_on and self.problem is None and not self._is_closed

    def _start_or_stop(self) -> None:
        is_training = self._run.state is SessionState.TRAINING
        if not (self._is_heard and is_training):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def _play_loss(self) -> None:
        """Play the loss of the last steps; nothing where no step was trained since, as during a test.

        Nothing, too, while earlier sounds wait: what is heard late is not the present loss.
        """
        if self._run.history is None or self._output.is_behind:
            return
        frequency = self._pitch.follow(self._run.history.loss)
        if frequency is None:
            return
        if math.isnan(frequency):
            self._signal_divergence()
        else:
            self._is_diverged = False
            self._play(blip(frequency, self.volume))

    def _try(self) -> None:
        self._play(blip(TRIED_HZ, self.volume))

    def _signal_divergence(self) -> None:
        """Play the signal of a divergence, once until the loss is a number again, or the run goes on."""
        if self._is_heard and not self._is_diverged:
            self._is_diverged = True
            self._play(divergence_signal(self.volume))

    def _play(self, samples: NDArray[np.int16]) -> None:
        if self._is_heard:
            self._set_problem(self._output.play(samples))

    def _set_problem(self, problem: UserError | None) -> None:
        if str(problem) == str(self.problem):
            return
        self.problem = problem
        self._start_or_stop()
        self.changed.emit()
        if problem is None:
            self.recovered.emit()
        elif self.is_on:
            self.failed.emit(problem)

    def _on_outputs_changed(self) -> None:
        self._set_problem(self._output.open())

    def _expect_numbers(self) -> None:
        self._is_diverged = False

    def _on_epoch_tested(self) -> None:
        if self._is_heard and self._run.state is SessionState.TRAINING:  # else no samples are made
            self._play(epoch_signal(self.volume))

    def _on_ended(self, event: RunEnded) -> None:
        if event.outcome is Outcome.DIVERGED:
            self._signal_divergence()
