"""One measurement without the window: `python -m tests.benchmarks.headless ROOT EPOCHS CONTENDER`.

Prints one line of JSON with the seconds of each epoch.
"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path

from tests.benchmarks.contenders import CONTENDERS

if __name__ == "__main__":
    root, epochs, name = sys.argv[1:]
    seconds = list(itertools.islice(CONTENDERS[name](Path(root)), int(epochs)))
    sys.stdout.write(json.dumps({"epochs": seconds}) + "\n")
