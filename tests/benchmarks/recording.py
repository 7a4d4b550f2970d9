"""The cost of recording: `WORKBENCH_DATA=… python -m tests.benchmarks.recording [--seconds N]`.

One Trainer in one process trains all the time. Each round has, in random order, a stretch of epochs that a Recorder
writes into a store, with snapshots as often as the RunLogger keeps them, and two stretches that are not recorded: the
ratio of these two shows how much of the other ratio is noise of the machine. The first epoch of a stretch is not
counted. The processor time of the writer's thread is free of that noise; the two ratios scatter around it.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.engine.data.datasets import load_dataset
from workbench.engine.protocol.events import EpochStarted, EpochTested
from workbench.engine.recipe import Recipe
from workbench.engine.session.run_logger import SNAPSHOT_EVERY_S
from workbench.engine.store.recorder import Recorder
from workbench.engine.store.run_store import RunStatus
from workbench.engine.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORDED, CONTROL, PLAIN = "recorded", "control", "plain"
STRETCH = 3
"""Epochs."""


def stretches(seconds: float) -> Iterator[str]:
    """The kind of each stretch; the first one warms up. No round begins after `seconds`."""
    end = time.monotonic() + seconds
    yield CONTROL
    shuffle = random.Random(0).shuffle
    while time.monotonic() < end:
        order = [RECORDED, CONTROL, PLAIN]
        shuffle(order)
        yield from order


def epochs(trainer: Trainer, recorder: Recorder, seconds: float) -> Iterator[tuple[str, float, float]]:
    """Train; yield for each counted epoch its kind, its seconds, and the processor seconds of the writer."""
    plan = stretches(seconds)
    kind, trained = "", 0
    began = clock = kept = 0.0
    recorder.begin(trainer.identity, trainer.recipe, trainer.history, trainer.progress, {})
    recorder.end(trainer.identity, RunStatus.STOPPED)
    for event in trainer.run():
        if isinstance(event, EpochStarted):
            if trained % STRETCH == 0:
                if kind == RECORDED:
                    recorder.end(trainer.identity, RunStatus.STOPPED)
                kind = next(plan, "")
                if not kind:
                    return
                if kind == RECORDED:
                    recorder.resume(trainer.identity, trainer.history, trainer.progress)
            began, clock = time.perf_counter(), writing(recorder)
        elif isinstance(event, EpochTested):
            if kind == RECORDED and time.monotonic() - kept > SNAPSHOT_EVERY_S:
                kept = time.monotonic()
                recorder.keep_snapshot(trainer.identity, trainer.arrival())
            if trained % STRETCH and trained >= STRETCH:
                yield kind, time.perf_counter() - began, writing(recorder) - clock
            trained += 1


def writing(recorder: Recorder) -> float:
    """Processor seconds of the writer's thread so far."""
    return time.clock_gettime(time.pthread_getcpuclockid(recorder._thread.ident))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=240)
    lasting = parser.parse_args().seconds
    data = load_dataset("fashion-mnist", Path(os.environ["WORKBENCH_DATA"]), lambda *_: None)
    trainer = Trainer(Recipe(values={"epochs": 1000}), data)
    times: dict[str, list[float]] = {RECORDED: [], CONTROL: [], PLAIN: []}
    shares: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        recorder = Recorder(Path(folder), lambda event: sys.exit(str(event)))
        for kind, seconds, of_writer in epochs(trainer, recorder, lasting):
            times[kind].append(seconds)
            if kind == RECORDED:
                shares.append(of_writer / seconds)
        recorder.close()
    counted = STRETCH - 1
    for kind in (RECORDED, CONTROL):
        ratios = sorted(
            sum(times[kind][at : at + counted]) / sum(times[PLAIN][at : at + counted])
            for at in range(0, len(times[PLAIN]), counted)
        )
        quarter = len(ratios) // 4
        print(
            f"{kind} / not recorded: {statistics.median(ratios):.3f} "
            f"(half of the rounds from {ratios[quarter]:.3f} to {ratios[-1 - quarter]:.3f})"
        )
    print(
        f"the writer's processor time: {statistics.mean(shares):.2%} of an epoch of "
        f"{statistics.median(times[PLAIN]):.2f} s, at most {max(shares):.2%}"
    )


if __name__ == "__main__":
    main()
