import importlib
import importlib.util
import sys
import time

import numpy as np
import pytest

from workbench.ui.sound.audio_output import MODULE, MOST_REFUSALS, SETTLING_S, QtAudioOutput
from workbench.ui.sound.tones import RATE, blip, divergence_signal


def has_module():
    """Whether the package is installed, and the system has the libraries that it needs."""
    try:
        importlib.import_module(MODULE)
    except ImportError:
        return False
    return True


@pytest.fixture
def output(qapp):
    output = QtAudioOutput(reopens=True)
    yield output
    output._close()


def test_that_without_the_package_it_says_what_to_install(output, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    for problem in (output.missing(), output.open(), output.play(blip(440.0, 40))):
        assert "pip install 'training-workbench[sound]'" in str(problem)


def test_that_the_package_is_found_without_being_loaded_and_a_library_that_it_lacks_is_named(output, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: object())
    monkeypatch.setitem(sys.modules, MODULE, None)  # an import of it fails
    assert output.missing() is None
    problem = str(output.open())
    assert "library" in problem
    assert MODULE in problem


class FakeSink:
    """Takes `free` bytes at a time."""

    def __init__(self, *_):
        self.taken = bytearray()
        self.free = 10_000
        self.name = "ActiveState"
        self.was_reset = False
        made.append(self)

    def start(self):
        return self

    def state(self):
        return self

    def bytesFree(self):  # noqa: N802
        return self.free

    def write(self, data):
        self.taken += data
        return len(data)

    def suspend(self):
        self.name = "SuspendedState"

    def resume(self):
        self.name = "ActiveState"

    def reset(self):
        self.was_reset = True

    def deleteLater(self):  # noqa: N802
        pass


class FakeDevices:
    is_null = False

    def defaultAudioOutput(self):  # noqa: N802
        return self

    def isNull(self):  # noqa: N802
        return self.is_null


class FakeFormat:
    class SampleFormat:
        Int16 = 2

    def __getattr__(self, name):
        return lambda *_: None


made = []
BLIP = blip(440.0, 40)


@pytest.fixture
def fake(output, monkeypatch):
    """The output with sinks that keep what they are given."""
    made.clear()
    module = type(sys)(MODULE)
    module.QAudioSink, module.QAudioFormat = FakeSink, FakeFormat
    monkeypatch.setitem(sys.modules, MODULE, module)
    output._devices = FakeDevices()
    return output


@pytest.fixture
def opened_once(fake):
    """As on Linux: it was opened when it was loaded, and does not open anew by itself."""
    fake._start()
    fake._reopens = False
    return fake


def refuse(output):
    """The present sink takes nothing any more, for so long that it is let go."""
    made[-1].free = 0
    output.play(BLIP)
    for _ in range(MOST_REFUSALS):
        assert output.is_behind
        output._feeding.timeout.emit()
    assert not output.is_behind
    assert made[-1].was_reset


def test_that_a_sound_that_is_longer_than_the_buffer_is_played_whole(fake, qtbot):
    sound = divergence_signal(40)
    assert fake.play(sound) is None
    assert len(made[0].taken) < sound.nbytes
    assert fake.is_behind
    qtbot.waitUntil(lambda: len(made[0].taken) == sound.nbytes)
    assert np.array_equal(np.frombuffer(made[0].taken, np.int16), sound)
    assert not fake.is_behind


def test_that_an_output_that_does_not_play_any_more_is_opened_anew(fake):
    fake.play(BLIP)
    made[0].name = "StoppedState"
    assert fake.play(BLIP) is None
    assert made[0].was_reset
    assert made[1].taken
    refuse(fake)
    assert fake.play(BLIP) is None
    assert len(made) == 3


def test_that_where_the_server_may_have_ended_an_output_is_opened_only_when_it_tells_of_a_change(opened_once):
    told = []
    opened_once.watch(lambda: told.append(opened_once.open()))
    assert opened_once.play(BLIP) is None
    refuse(opened_once)
    assert "start the program again" in str(told[-1])
    assert "start the program again" in str(opened_once.play(BLIP))
    assert len(made) == 1
    opened_once._on_outputs_changed()
    assert told[-1] is None
    assert opened_once.play(BLIP) is None
    made[-1].name = "StoppedState"
    assert "start the program again" in str(opened_once.play(BLIP))
    assert len(made) == 2


def test_that_without_an_output_nothing_is_played_and_one_that_comes_is_told(fake):
    heard = []
    fake.watch(lambda: heard.append(fake.open()))
    fake._devices.is_null = True
    assert "No audio output" in str(fake.play(BLIP))
    assert made == []
    fake._devices.is_null = False
    fake._on_outputs_changed()
    assert heard == [None]


def test_that_an_output_that_cannot_be_opened_says_so(fake, monkeypatch):
    monkeypatch.setattr(FakeSink, "start", lambda _: None)
    assert "does not play" in str(fake.play(BLIP))


def test_that_the_change_of_which_qt_tells_while_it_loads_cuts_no_sound_off(fake):
    fake.play(BLIP)
    fake._loaded = time.monotonic()
    fake._on_outputs_changed()
    assert len(made) == 1
    fake._loaded -= 2 * SETTLING_S
    fake._on_outputs_changed()
    assert len(made) == 2


def test_that_the_output_rests_some_time_after_the_last_sound_and_plays_again(opened_once):
    opened_once.play(BLIP)
    assert opened_once._resting.isActive()
    opened_once._resting.timeout.emit()
    assert (made[0].name, opened_once.is_behind) == ("SuspendedState", False)
    assert opened_once.play(BLIP) is None
    assert made[0].name == "ActiveState"


@pytest.mark.skipif(not has_module(), reason="QtMultimedia is not installed")
def test_that_the_module_itself_plays_or_says_that_there_is_no_output(output, qtbot):
    problem = output.play(blip(440.0, 5))
    if problem is None:
        assert output._sink.format().sampleRate() == RATE
        qtbot.waitUntil(lambda: not output.is_behind)
        output.rest()
        assert output._state() == "SuspendedState"
    else:
        assert "output" in str(problem)
        assert output._sink is None
