"""Lets torch's threads sleep instead of spin while they wait for each other, as long as other programs need the cores.

On Linux torch divides an operation among the threads of GNU's OpenMP library, libgomp. A thread that is done spins for
about 3 ms before it sleeps. That is fastest where every thread has a core. Where another program runs on one of the
cores, a thread spins on one core while the thread it waits for has none: an epoch of the tutorial then took 5 times as
long, and 2 times as long with threads that sleep at once. On a quiet machine sleeping costs a quarter to a third.

So `adapted_waits` watches the training, and chooses between the two while it runs. The environment variables that set
how long libgomp spins (OMP_WAIT_POLICY, GOMP_SPINCOUNT) are read only once, when torch is imported. But libgomp spins
300,000 times only while its threads in this process are no more than the cores; as soon as they are more, it spins 100
times (source: GCC's manual of libgomp, GOMP_SPINCOUNT; `do_spin` in libgomp/config/linux/wait.h). An idle pool of
threads, which a thread of ours creates and ends, therefore switches between the two at any time. The results have the
same bits either way: the operations are divided among the same number of threads.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SAMPLE_S: Final = 0.5
"""The time between two looks at how long the threads of this process waited for a core."""
MUCH: Final = 0.35
"""Seconds of waiting a second from which on threads sleep. On two cores one busy program causes 0.5 to 0.7. A program
that is busy for 40 % of the time, in short pieces, causes 0.3, and spinning and sleeping are then equally fast."""
LITTLE: Final = 0.2
"""Seconds of waiting a second below which threads spin again."""
CALM_SAMPLES: Final = 4
"""How many samples in a row must be below `LITTLE` before threads spin again."""
CHOSEN_BY_USER: Final = ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT")
"""A user who has set one of these has chosen how threads wait."""


@contextlib.contextmanager
def adapted_waits(threads: int, on_change: Callable[[bool], None]) -> Iterator[None]:
    """While the block runs, let the `threads` threads of an operation sleep or spin, as the load of the machine asks.

    It does nothing where torch does not use libgomp, where the system does not say how long threads wait for a core, or
    where the user has set how threads wait.

    Args:
        threads: how many threads an operation is divided among.
        on_change: called with False at the start, because threads spin at first; with True when they begin to sleep;
            and with False when they spin again, at the latest at the end. The calls may come in another thread.
    """
    library = libgomp() if threads > 1 and not any(map(os.environ.get, CHOSEN_BY_USER)) else None
    if library is None or waited_seconds() is None:
        yield
        return
    on_change(False)
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(library, threads, on_change, ended), name="thread waits", daemon=True)
    watch.start()
    try:
        yield
    finally:
        ended.set()
        watch.join()


@contextlib.contextmanager
def sleeping_waits(threads: int) -> Iterator[None]:
    """While the block runs, let threads sleep while they wait: for short work beside nothing that trains.

    Sleeping costs such work a third at most; where another program needs the cores, spinning costs it many times more,
    and it is over before `adapted_waits` would notice.
    """
    library = libgomp() if threads > 1 and not any(map(os.environ.get, CHOSEN_BY_USER)) else None
    if library is None:
        yield
        return
    pool = _IdlePool(library, threads)
    try:
        yield
    finally:
        pool.close()


class ProcessorTime(NamedTuple):
    """Seconds of all threads of a process together.

    Attributes:
        ran: on a core.
        waited: for a core.
    """

    ran: float
    waited: float


def processor_time() -> ProcessorTime | None:
    """How long the threads of this process have run and have waited for a core so far; None where that is not known.

    Source: the first two numbers of schedstat, proc(5) and Documentation/scheduler/sched-stats.rst of Linux. Threads
    that have ended do not count.
    """
    ran = waited = 0
    try:
        for task in Path("/proc/self/task").iterdir():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
                numbers = (task / "schedstat").read_bytes().split()
                ran, waited = ran + int(numbers[0]), waited + int(numbers[1])
    except (OSError, IndexError, ValueError):
        return None
    return ProcessorTime(ran / 1e9, waited / 1e9)


def waited_seconds() -> float | None:
    """How long all threads of this process together have waited for a core so far; None where that is not known."""
    spent = processor_time()
    return None if spent is None else spent.waited


def usable_cores() -> float:
    """The cores that this process may use at once: those of the machine, or fewer by its affinity or in a container.

    Source of the limit of a container: cpu.max in Documentation/admin-guide/cgroup-v2.rst of Linux.
    """
    affinity = getattr(os, "sched_getaffinity", None)
    cores = float(len(affinity(0)) if affinity is not None else os.cpu_count() or 1)
    with contextlib.suppress(OSError, ValueError):  # "max" where there is no limit
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
        cores = min(cores, int(quota) / int(period))
    return cores


def _watch(library: ctypes.CDLL, threads: int, on_change: Callable[[bool], None], ended: threading.Event) -> None:
    """Choose between spinning and sleeping until `ended` is set."""
    pool: _IdlePool | None = None
    calm = 0
    then, waited = time.monotonic(), waited_seconds() or 0.0
    while not ended.wait(SAMPLE_S):
        now, waited_now = time.monotonic(), waited_seconds() or 0.0
        share = (waited_now - waited) / (now - then)
        then, waited = now, waited_now
        calm = calm + 1 if share < LITTLE else 0
        if pool is None and share > MUCH:
            pool = _IdlePool(library, threads)
            on_change(True)
        elif pool is not None and calm >= CALM_SAMPLES:
            pool.close()
            pool = None
            on_change(False)
    if pool is not None:
        pool.close()
        on_change(False)


class _IdlePool:
    """A pool of OpenMP threads that do nothing: with it, this process has one thread more than cores."""

    def __init__(self, library: ctypes.CDLL, threads: int) -> None:
        # The thread that creates a pool belongs to it without being counted.
        self._size = max(2, len(os.sched_getaffinity(0)) - threads + 2)
        self._library = library
        self._created, self._closed = threading.Event(), threading.Event()
        # libgomp ends a pool together with the thread that created it.
        self._thread = threading.Thread(target=self._hold, name="idle pool", daemon=True)
        self._thread.start()
        self._created.wait()

    def close(self) -> None:
        """End the threads of the pool."""
        self._closed.set()
        self._thread.join()

    def _hold(self) -> None:
        # What a compiler makes of `#pragma omp parallel`: each thread calls the function once; this one does nothing.
        self._library.GOMP_parallel(self._library.omp_get_num_threads, None, self._size, 0)
        self._created.set()
        self._closed.wait()


@functools.cache
def libgomp() -> ctypes.CDLL | None:
    """The libgomp that this process has loaded, if it has loaded exactly one."""
    if sys.platform != "linux":
        return None
    try:
        lines = Path("/proc/self/maps").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    found = {line.split(maxsplit=5)[5] for line in lines if "libgomp" in line.rpartition("/")[2]}
    if len(found) != 1:
        return None
    try:
        library = ctypes.CDLL(found.pop())
        library.GOMP_parallel.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint, ctypes.c_uint)
        library.GOMP_parallel.restype = None
        library.omp_get_num_threads  # noqa: B018  # a name that is not there raises
    except (OSError, AttributeError):
        return None
    return library
