"""A process is killed at a random moment of a save: the file is the old one or the new one, in each form of our own.

WORKBENCH_KILLS sets the number of kills of each form, 6 by default; 200 were made when this was written.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from safetensors.torch import load_file

from workbench.engine.files.atomic_write import YOUNG_S, remove_left_behind
from workbench.engine.models.weights import weights_sha256

KILLS = int(os.environ.get("WORKBENCH_KILLS", "6"))
ROOT = Path(__file__).parents[3]
FORMS = ("weights.pt", "weights.safetensors", "run.ckpt", "run.run")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")

PROGRAM = f"""
import os, pathlib, signal, sys, time
import torch
from tests.engine.checkpoints.test_checkpoint import Training, checkpoint_of, recipe_with
from workbench.engine.checkpoints.checkpoint import save_checkpoint
from workbench.engine.exporters.run_file import save_run_file
from workbench.engine.exporters.run_record import record_of_checkpoint
from workbench.engine.models.weights import save_weights

torch.set_num_threads(1)
checkpoints = [checkpoint_of(Training(recipe_with("adam"), steps=steps)) for steps in (3, 4)]

def save(path, number):
    checkpoint = checkpoints[number]
    if path.suffix == ".ckpt":
        save_checkpoint(checkpoint, path)
    elif path.suffix == ".run":
        save_run_file(record_of_checkpoint(checkpoint, "it"), path)
    else:
        save_weights(checkpoint.snapshot.weights, path)

folder = pathlib.Path(sys.argv[1])
for name in {FORMS}:
    for number in (0, 1):
        save(folder / str(number) / name, number)
for line in sys.stdin:
    path = folder / line.strip()
    if (child := os.fork()) == 0:
        number = 0
        while True:
            save(path, number := 1 - number)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""


@pytest.fixture(scope="module")
def saver(tmp_path_factory):
    """A process that forks one that saves a file again and again, and the folder of the files."""
    folder = tmp_path_factory.mktemp("saves")
    for name in ("0", "1", "killed"):
        (folder / name).mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield process, folder
    process.stdin.close()
    process.stdout.close()
    process.wait()


def content(path):
    """The bytes of a file; of safetensors, whose metadata have no order, the numbers."""
    return weights_sha256(load_file(path)) if path.suffix == ".safetensors" else path.read_bytes()


@pytest.mark.parametrize("name", FORMS)
def test_that_a_file_is_the_old_or_the_new_one_after_a_kill_at_any_moment(saver, name):
    process, folder = saver
    chance = random.Random(name)
    path = folder / "killed" / name
    halves = found = 0
    for _ in range(KILLS):
        process.stdin.write(f"killed/{name}\n")
        process.stdin.flush()
        child = int(process.stdout.readline())
        if chance.random() < 0.75:
            deadline = time.monotonic() + 60
            while not path.exists() and time.monotonic() < deadline:  # the first save takes longer than others
                time.sleep(0.001)
        time.sleep(chance.random() * 0.06)
        os.kill(child, signal.SIGKILL)
        assert process.stdout.readline() == "ended\n"
        if path.exists():
            found += 1
            assert content(path) in [content(folder / number / name) for number in ("0", "1")]
        left = [each for each in path.parent.iterdir() if each != path]
        halves += len(left)
        for each in left:
            os.utime(each, (time.time() - 2 * YOUNG_S,) * 2)
        remove_left_behind(path.parent)  # as the next start and the next save do
        assert list(path.parent.iterdir()) == ([path] if path.exists() else [])
    path.unlink(missing_ok=True)
    assert found > 0
    assert KILLS < 100 or halves > 0
