"""Taking turns: every contender in a process of its own, one epoch at a time.

Machines are noisy: between two runs of half a minute a ratio swings by a factor of two. What is compared must be near
in time, so all contenders are there at once, and all but the one whose turn it is stand still.
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
"""An epoch that takes longer will not come; the first answer brings the imports and the loading with it."""
SETTLE_S = 0.2
"""From waking a process to its turn, and from its answer to stopping it: timers catch up, OpenMP threads go to sleep,
the window draws its last frame."""
ROUNDS_OF_A_PROCESS = 3
"""Where its memory happens to lie makes a process a few percent faster or slower for life."""
PR_SET_PDEATHSIG = 1

Figures: TypeAlias = "dict[str, object]"


class Turns:
    """The contender's side: waits for a turn, trains an epoch, answers with its seconds."""

    def __init__(self) -> None:
        _end_with_parent()
        # Progress bars and logs go where errors go: standard output is for the answers.
        self._answers = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)
        self.began = 0.0

    def begin(self) -> None:
        """Wait, idle, until it is this contender's turn, and start the clock."""
        if not sys.stdin.readline():
            os._exit(0)  # whoever gave the turns has gone
        self.began = time.perf_counter()

    def end(self, **figures: object) -> None:
        """Stop the clock and answer."""
        seconds = time.perf_counter() - self.began
        self._answers.write(json.dumps({"seconds": seconds, **figures}) + "\n")
        self._answers.flush()


class Contender:
    """One process that takes turns, seen from outside.

    Args:
        arguments: of the Python interpreter.
        environment: what differs from ours.
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
        """Have it train one epoch; before and after, it stands still.

        Raises:
            SystemExit: it has ended, or does not answer.
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
        """End it, and remove what it left behind."""
        self._signal(signal.SIGKILL)
        self._process.communicate()
        shutil.rmtree(self._home, ignore_errors=True)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)


def race(starts: Mapping[str, tuple[Sequence[str], Mapping[str, str]]], rounds: int) -> dict[str, list[Figures]]:
    """The figures of each contender, round by round; each round in an order of its own.

    Args:
        starts: by name, the arguments and the environment of each.
        rounds: how many epochs of each are counted. The processes are new every few rounds; one epoch warms them up.
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
    """What one process measures on its own: the last line it prints.

    Raises:
        SystemExit: it fails, or does not end.
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
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def at_home(folder: Path) -> dict[str, str]:
    """An environment in which settings, caches, data and temporary files of a process lie in `folder`."""
    names = ("HOME", "TMPDIR", *(f"XDG_{name}_HOME" for name in ("CONFIG", "DATA", "CACHE", "STATE")))
    return dict.fromkeys(names, str(folder))


def _end_with_parent() -> None:
    """A process that stands still would outlive a benchmark that was killed, and keep its memory."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def say(what: str) -> None:
    """Tell standard error how far it is."""
    sys.stderr.write(f"{what}\n")
    sys.stderr.flush()
