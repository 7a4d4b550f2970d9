"""Every loader answers any file with a proper result or one sentence, and with no other exception.

WORKBENCH_FUZZ=1000 tries a thousand files of each kind instead of a few.
"""

from __future__ import annotations

import os
import random
import shutil
import warnings

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import write_fashion_mnist
from tests.engine.checkpoints.test_checkpoint import Training, checkpoint_of, recipe_with
from tests.engine.exporters.exported_runs import record_of
from tests.engine.files.hostile_files import (
    PICKLES,
    archive_of,
    checkpoint_file,
    run_file,
    safetensors_file,
    sealed,
    sharded_files,
    weights_file,
)
from tests.engine.models.test_weights import small
from workbench.engine.checkpoints.checkpoint import load_checkpoint, save_checkpoint
from workbench.engine.data.datasets import load_dataset
from workbench.engine.errors import UserError
from workbench.engine.exporters.run_file import load_run_file, run_file_content
from workbench.engine.history.records import ScheduledChange
from workbench.engine.models.weights import capture
from workbench.engine.models.weights_reading import load_weights

EXAMPLES = int(os.environ.get("WORKBENCH_FUZZ", "15"))
FUZZ = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
generators = st.integers(0, 2**32).map(random.Random)


def answer(load, path, named=None):
    """What `load` said of the file; "" if it returned a result. The sentence names `named`, else the file."""
    before = torch.get_rng_state()
    try:
        load(path)
    except UserError as problem:
        said = str(problem)
        assert (named or path).name in said
        assert len(said) <= 300
        assert said.isprintable()
        return said
    finally:
        assert torch.equal(torch.get_rng_state(), before)
    return ""


def made(path, make, base, generator):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path.write_bytes(make(base, generator))
    return path


@given(generators)
@FUZZ
def test_that_any_file_of_weights_is_answered(tmp_path, generator):
    path = made(tmp_path / "weights.pt", weights_file, capture(small()), generator)
    answer(lambda path: load_weights(path, small()), path)


@given(generators)
@FUZZ
def test_that_any_file_of_safetensors_is_answered(tmp_path, generator):
    path = made(tmp_path / "weights.safetensors", safetensors_file, capture(small()), generator)
    answer(lambda path: load_weights(path, small()), path)


@given(generators)
@FUZZ
def test_that_any_weights_in_several_files_are_answered(tmp_path_factory, generator):
    folder = tmp_path_factory.mktemp("parts")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = sharded_files(capture(small()), folder, generator)
    answer(lambda path: load_weights(path, small()), path, named=folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The content of a run file."""
    data = load_dataset("fashion-mnist", write_fashion_mnist(tmp_path_factory.mktemp("data")), lambda *_: None)
    return run_file_content(record_of(data, [ScheduledChange(13, "learning_rate", 0.05)]))


@given(generators)
@FUZZ
def test_that_any_run_file_is_answered(tmp_path, run, generator):
    path = made(tmp_path / "a.run", run_file, run, generator)
    answer(load_run_file, path)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "run.ckpt"
    save_checkpoint(checkpoint_of(Training(recipe_with("adam"), steps=3)), path)
    return path


@given(generators)
@FUZZ
def test_that_any_checkpoint_is_answered(tmp_path, checkpoint, generator):
    content = torch.load(checkpoint, weights_only=True)
    path = made(tmp_path / "run.ckpt", checkpoint_file, content, generator)
    answer(load_checkpoint, path)


@pytest.mark.parametrize("name", PICKLES)
def test_that_a_hostile_pickle_is_refused_behind_a_seal_too(tmp_path, name):
    path = tmp_path / "run.ckpt"
    path.write_bytes(sealed(archive_of(PICKLES[name])))
    assert answer(load_checkpoint, path)


def test_that_a_file_without_a_seal_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "run.ckpt"
    with path.open("wb") as file:
        file.truncate(100 << 20)  # sparse: takes no room
    monkeypatch.setattr("workbench.engine.files.sealed_archive._pieces", None)
    assert "not a checkpoint" in answer(load_checkpoint, path)
