"""Resident memory of a training without a window: `python -m tests.benchmarks.headless_memory ROOT`.

Prints one line of JSON: MiB with the data loaded, when the training is about to begin, and of them the pages of files,
which are the code of libraries.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path


def resident_mib() -> float:
    """The present resident memory of this process, not its peak."""
    return _pages(1)


def file_mib() -> float:
    """The resident pages of files."""
    return _pages(2)


def _pages(column: int) -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[column])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    from workbench.engine.data.datasets import load_dataset
    from workbench.engine.recipe import Recipe
    from workbench.engine.training.trainer import Trainer

    trainer = Trainer(Recipe(), load_dataset("fashion-mnist", Path(sys.argv[1]), lambda *_: None))
    next(iter(trainer.run()))
    sys.stdout.write(json.dumps({"loaded_mib": resident_mib(), "files_mib": file_mib()}) + "\n")


if __name__ == "__main__":
    main()
