"""Every loader answers any file with a proper result or one sentence, and with no other exception.

WORKBENCH_FUZZ=1000 tries a thousand files of each kind instead of a few.
"""

from __future__ import annotations

import os
import random
import warnings

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.checkpoints.test_checkpoint import Training, checkpoint_of, recipe_with
from tests.engine.files.hostile_files import (
    PICKLES,
    archive_of,
    checkpoint_file,
    safetensors_file,
    sealed,
    weights_file,
)
from tests.engine.models.test_weights import small
from workbench.engine.checkpoints.checkpoint import load_checkpoint, save_checkpoint
from workbench.engine.errors import UserError
from workbench.engine.models.weights import capture
from workbench.engine.models.weights_reading import load_weights

EXAMPLES = int(os.environ.get("WORKBENCH_FUZZ", "15"))
FUZZ = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
generators = st.integers(0, 2**32).map(random.Random)


def answer(load, path):
    """What `load` said of the file; "" if it returned a result."""
    before = torch.get_rng_state()
    try:
        load(path)
    except UserError as problem:
        said = str(problem)
        assert path.name in said
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
