"""The audio output: plays samples through Qt's multimedia module, which is loaded when it is first needed."""

from __future__ import annotations

import functools
import importlib.util
import sys
import time
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from workbench.engine.errors import UserError
from workbench.ui.sound.tones import RATE

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import QIODevice
    from PySide6.QtMultimedia import QAudioSink, QMediaDevices

MODULE: Final = "PySide6.QtMultimedia"
SAMPLE_BYTES: Final = 2
FEED_MS: Final = 50
"""Between two looks at how much more the output takes: its buffer may be shorter than a sound."""
REST_AFTER_MS: Final = 10_000
"""After the last sound, the output rests: nothing trains, perhaps for hours."""
MOST_REFUSALS: Final = 100
"""Looks in a row at which the output takes nothing: it was unplugged, say. Some need two seconds before they begin."""
SETTLING_S: Final = 1.0
"""Just after it is loaded, Qt tells of a change of outputs that is none."""


class AudioOutput(Protocol):
    """Plays samples, where it can."""

    @property
    def is_behind(self) -> bool:
        """Whether sounds still wait: one that is played now would be late."""

    def missing(self) -> UserError | None:
        """Why nothing can be played, as far as that is known without loading anything; None where nothing is."""

    def open(self) -> UserError | None:
        """Get ready to play; says why nothing can be heard, or returns None."""

    def play(self, samples: NDArray[np.int16]) -> UserError | None:
        """Play samples after those that still play; says why they cannot be heard, or returns None."""

    def watch(self, changed: Callable[[], None] | None) -> None:
        """Have `changed` called when an output comes, or goes; only the last one that was given is."""

    def rest(self) -> None:
        """Be silent at once, until the next sound."""


@functools.cache
def audio_output() -> QtAudioOutput:
    """The one of this process: an output stays open from one window to the next (see `QtAudioOutput`)."""
    return QtAudioOutput(reopens=not sys.platform.startswith("linux"), parent=QCoreApplication.instance())


class QtAudioOutput(QObject):
    """The output that the system uses at the time.

    Nothing is waited for: Qt plays in a thread of its own. Once it is ready, it hears of outputs that come and go.

    On Linux, where the sound server has ended, Qt 6.11 ends this process as soon as an output is opened (it asks
    libpulse for the state of a connection that is none). So an output is opened there when the module has just been
    loaded, or when the server has just told of a change; between sounds it is only suspended, and an output that does
    not play any more is not opened anew.

    Args:
        reopens: whether an output that does not play any more may be opened anew.
        parent: Qt's parent.
    """

    def __init__(self, *, reopens: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reopens = reopens
        self._changed: Callable[[], None] | None = None
        self._devices: QMediaDevices | None = None
        self._loaded = 0.0
        self._sink: QAudioSink | None = None
        self._stream: QIODevice | None = None
        self._waiting = bytearray()
        self._refusals = 0
        self._feeding = QTimer(self, singleShot=True, interval=FEED_MS)
        self._feeding.timeout.connect(self._feed)
        self._resting = QTimer(self, singleShot=True, interval=REST_AFTER_MS)
        self._resting.timeout.connect(self.rest)

    @property
    def is_behind(self) -> bool:
        """Whether there are samples that the output has not taken yet."""
        return bool(self._waiting)

    def missing(self) -> UserError | None:
        """Say whether the package is not installed; it is not imported for that."""
        if importlib.util.find_spec(MODULE) is not None:
            return None
        return UserError(
            "The sound needs PySide6-Addons: install the program with the extra sound (pip install "
            "'training-workbench[sound]')."
        )

    def open(self) -> UserError | None:
        """Load the module and open an output, if that is not done yet."""
        if self._devices is None:
            if (problem := self.missing() or self._load()) is not None:
                return problem
        elif self._stream is None and self._reopens:
            self._start()
        if self._stream is not None:
            return None
        if not self._has_device():
            return UserError("No audio output was found: connect loudspeakers or headphones.")
        return UserError("The audio output does not play: connect another one, or start the program again.")

    def play(self, samples: NDArray[np.int16]) -> UserError | None:
        """Play samples after those that still play."""
        if self._state() == "StoppedState":
            self._close()
        if (problem := self.open()) is not None:
            return problem
        if self._sink is not None and self._state() == "SuspendedState":
            self._sink.resume()
        self._waiting += samples.tobytes()
        self._feed()
        self._resting.start()
        return None

    def watch(self, changed: Callable[[], None] | None) -> None:
        """Have `changed` called when an output comes, or goes."""
        self._changed = changed

    def rest(self) -> None:
        """Be silent at once, until the next sound."""
        self._forget()
        if self._sink is not None:
            self._sink.suspend()

    def _load(self) -> UserError | None:
        try:
            from PySide6.QtMultimedia import QMediaDevices
        except ImportError as error:
            return UserError(
                "The sound needs a library that the system lacks ({reason}): install it, then start the program again.",
                reason=str(error),
            )
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._on_outputs_changed)
        self._loaded = time.monotonic()
        if (application := QCoreApplication.instance()) is not None:
            application.aboutToQuit.connect(self._close)
        self._start()
        return None

    def _has_device(self) -> bool:
        return self._devices is not None and not self._devices.defaultAudioOutput().isNull()

    def _state(self) -> str:
        """The name of the sink's state: the class of that enum has another name in PySide6 6.9."""
        return "" if self._sink is None else self._sink.state().name

    def _start(self) -> None:
        """Open the output that the system uses, if there is one."""
        if self._devices is None or not self._has_device():
            return
        from PySide6.QtMultimedia import QAudioFormat, QAudioSink

        form = QAudioFormat()
        form.setSampleRate(RATE)
        form.setChannelCount(1)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._sink = QAudioSink(self._devices.defaultAudioOutput(), form, self)
        # None where it fails, which the stubs do not know.
        stream: QIODevice | None = self._sink.start()
        self._stream = stream
        if stream is None:
            self._close()
        else:
            self._resting.start()

    def _close(self) -> None:
        """Let the output go."""
        self._forget()
        if self._sink is not None:
            self._sink.reset()
            self._sink.deleteLater()
        self._sink = self._stream = None

    def _forget(self) -> None:
        """Play nothing of what waits."""
        self._feeding.stop()
        self._resting.stop()
        self._waiting.clear()
        self._refusals = 0

    def _feed(self) -> None:
        """Hand over what the output takes now; the rest waits. One that takes nothing any more is let go."""
        if self._sink is None or self._stream is None:
            return
        free = self._sink.bytesFree() // SAMPLE_BYTES * SAMPLE_BYTES
        written = self._stream.write(bytes(self._waiting[:free])) if free > 0 else 0
        del self._waiting[: max(0, written)]
        self._refusals = 0 if written > 0 else self._refusals + 1
        if self._refusals > MOST_REFUSALS:
            self._close()
            self._tell()
        elif self._waiting:
            self._feeding.start()

    def _on_outputs_changed(self) -> None:
        """Go on with the output that the system uses now."""
        if self._stream is not None and time.monotonic() - self._loaded < SETTLING_S:
            return
        self._close()
        self._start()
        self._tell()

    def _tell(self) -> None:
        if self._changed is not None:
            self._changed()
