"""`--resume` on other images than the run was trained on, under the same name."""

from __future__ import annotations

from contextlib import closing

import pytest

from tests.conftest import write_fashion_mnist
from workbench import cli
from workbench.engine.paths import store_folder
from workbench.engine.store.run_store import RunStore


def kept():
    with closing(RunStore(store_folder())) as store:
        return store.summaries()


@pytest.fixture
def checkpoint(tiny_root, tmp_path, capsys):
    """Of a run of the store, after 13 steps."""
    path = tmp_path / "run.ckpt"
    words = ["train", "--data-root", tiny_root, "--dataset", "fashion-mnist", "--stop-after", 13, "--checkpoint", path]
    assert cli.main([str(word) for word in words]) == 0
    capsys.readouterr()
    return path


@pytest.mark.parametrize("counts", [(640, 160), (100, 20)], ids=["as many", "fewer"])
@pytest.mark.parametrize("way", ["checkpoint", "run"])
def test_that_it_is_refused_and_the_run_stays_as_it_is(checkpoint, tmp_path, capsys, counts, way):
    root = write_fashion_mnist(tmp_path / "other", *counts, seed=1)
    origin = str(checkpoint) if way == "checkpoint" else "1"
    weights = tmp_path / "weights.pt"
    before = checkpoint.read_bytes()
    assert cli.main(["train", "--data-root", str(root), "--resume", origin, "--save-weights", str(weights)]) == 2
    out, err = capsys.readouterr()
    (sentence,) = err.splitlines()
    assert out == ""
    assert "640 + 160 samples, SHA-256 " in sentence
    assert f"{counts[0]} + {counts[1]} samples, SHA-256 " in sentence
    assert len(sentence) <= 300
    assert not weights.exists()
    assert checkpoint.read_bytes() == before
    assert [run.steps for run in kept()] == [13]


def test_that_runs_show_names_the_images(checkpoint, tiny_data, capsys):
    cli.main(["runs", "show", "1"])
    assert f"data:         {tiny_data.digest}" in capsys.readouterr().out
