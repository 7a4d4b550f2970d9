"""Contenders take turns: each in a process of its own, one epoch at a time.

Machines are noisy: between two runs of half a minute a ratio varies by a factor of two. Epochs that are compared must
be close in time, so all contenders run at the same time, and all except one are stopped.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).parents[2]
PATIENCE_S = 600
"""An epoch that takes longer has failed; the first answer includes the imports and the loading."""
SETTLE_S = 0.2
"""Between continuing a process and its turn, and between its answer and stopping it: timers catch up, OpenMP threads go
to sleep, the window draws its last frame."""
ROUNDS_OF_A_PROCESS = 3
"""Then new processes: where its memory lies makes a process a few percent faster or slower for its whole life."""
PR_SET_PDEATHSIG = 1
BUSY = "WORKBENCH_BENCHMARK_BUSY"
"""Set in the environment of a contender beside which another program computes during each of its turns."""

SHORT_EPOCHS = "WORKBENCH_BENCHMARK_SHORT_EPOCHS"
"""Set in the environment of a contender whose epochs are short: it trains several of them in a turn (`LongTurns`)."""
SETTLED_S = 1.2
"""From the start of another program until the threads of training wait as its load asks (`thread_waits`)."""
COUNTED = 2
"""Short epochs in a turn on the clock."""

Figures: TypeAlias = "dict[str, object]"


class Turns:
    """The contender's side: waits for a turn, trains an epoch, answers with the seconds it took."""

    def __init__(self) -> None:
        _end_with_parent()
        # Progress bars and logs go to standard error: standard output is for the answers.
        self._answers = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)
        self.began = 0.0
        self._other: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Wait for this contender's turn, and start the clock."""
        if not sys.stdin.readline():
            os._exit(0)  # the process that gave the turns has ended
        if os.environ.get(BUSY):
            self._other = subprocess.Popen([sys.executable, "-c", "while True: pass"])
        self.began = time.perf_counter()

    def end(self, **figures: object) -> None:
        """Stop the clock and answer."""
        seconds = time.perf_counter() - self.began
        if self._other is not None:
            self._other.kill()
            self._other.wait()
            self._other = None
        self._answers.write(json.dumps({"seconds": seconds, **figures}) + "\n")
        self._answers.flush()


class LongTurns(Turns):
    """Turns of several short epochs: at first some without the clock, until training has adapted to the other program.

    The seconds are those of `COUNTED` epochs.
    """

    def __init__(self) -> None:
        super().__init__()
        self._settled_at: float | None = None
        self._counted: int | None = None

    def begin(self) -> None:
        """An epoch begins."""
        if self._settled_at is None:
            super().begin()
            self._settled_at = self.began + SETTLED_S
        elif self._counted is None and time.perf_counter() >= self._settled_at:
            self._counted = 0
            self.began = time.perf_counter()

    def end(self, **figures: object) -> None:
        """An epoch has ended; answer after the last one of the turn."""
        if self._counted is None:
            return
        self._counted += 1
        if self._counted == COUNTED:
            self._settled_at = self._counted = None
            super().end(**figures)


def turns() -> Turns:
    """The turns that the environment asks for."""
    return LongTurns() if os.environ.get(SHORT_EPOCHS) else Turns()


class Contender:
    """A process that takes turns, seen from the process that gives them.

    Args:
        arguments: of the Python interpreter.
        environment: variables that differ from those of this process.
    """

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self._home = Path(tempfile.mkdtemp())
        self._errors = self._home / "errors"
        with self._errors.open("w") as errors:
            self._process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env={**os.environ, **at_home(self._home), **environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                bufsize=1,
                start_new_session=True,
            )

    def turn(self) -> Figures:
        """Have it train one epoch; before and after, it is stopped.

        Raises:
            SystemExit: the process has ended, or does not answer.
        """
        self._signal(signal.SIGCONT)
        time.sleep(SETTLE_S)
        try:
            self._process.stdin.write("go\n")
            answered = select.select([self._process.stdout], [], [], PATIENCE_S)[0]
            line = self._process.stdout.readline() if answered else ""
        except BrokenPipeError:
            line = ""
        if not line:
            raise SystemExit(f"{self._process.args} did not answer:\n{self._errors.read_text()[-4000:]}")
        time.sleep(SETTLE_S)
        self._signal(signal.SIGSTOP)
        return json.loads(line)

    def close(self) -> None:
        """End the process, and delete its files."""
        self._signal(signal.SIGKILL)
        self._process.communicate()
        shutil.rmtree(self._home, ignore_errors=True)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)


def race(starts: Mapping[str, tuple[Sequence[str], Mapping[str, str]]], rounds: int) -> dict[str, list[Figures]]:
    """Measure the figures of each contender, round by round; each round in another random order.

    Args:
        starts: by name, the arguments and the environment of each.
        rounds: how many epochs of each are counted. Every few rounds the processes are started anew; their first epoch
            is not counted.
    """
    shuffle = random.Random(0).shuffle
    found: dict[str, list[Figures]] = {name: [] for name in starts}
    order = list(starts)
    for begin in range(0, rounds, ROUNDS_OF_A_PROCESS):
        with contextlib.ExitStack() as stack:
            contenders = {}
            for name, start in starts.items():
                contenders[name] = Contender(*start)
                stack.callback(contenders[name].close)
                contenders[name].turn()
                say(f"{name} is ready")
            for number in range(begin, min(begin + ROUNDS_OF_A_PROCESS, rounds)):
                shuffle(order)
                for name in order:
                    found[name].append(contenders[name].turn())
                say(f"round {number + 1} of {rounds}")
    return found


def measured(arguments: Sequence[str], environment: Mapping[str, str]) -> Figures:
    """Run a process that measures alone; its figures are the last line it prints.

    Raises:
        SystemExit: the process fails, or does not end.
    """
    with home() as folder:
        try:
            done = subprocess.run(
                [sys.executable, *arguments],
                cwd=ROOT,
                env={**os.environ, **at_home(folder), **environment},
                capture_output=True,
                text=True,
                check=False,
                timeout=3 * PATIENCE_S,
            )
        except subprocess.TimeoutExpired as error:
            raise SystemExit(f"{arguments} did not end:\n{(error.stderr or b'').decode()[-4000:]}") from error
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        raise SystemExit(f"{arguments} failed ({done.returncode}):\n{done.stderr[-4000:]}")
    return json.loads(lines[-1])


@contextlib.contextmanager
def home() -> Iterator[Path]:
    """A folder that is deleted afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def at_home(folder: Path) -> dict[str, str]:
    """An environment in which settings, caches, data and temporary files of a process lie in `folder`."""
    names = ("HOME", "TMPDIR", *(f"XDG_{name}_HOME" for name in ("CONFIG", "DATA", "CACHE", "STATE")))
    return dict.fromkeys(names, str(folder))


def _end_with_parent() -> None:
    """End with the parent: a stopped process would outlive a benchmark that was killed, and keep its memory."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def say(what: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(f"{what}\n")
    sys.stderr.flush()
