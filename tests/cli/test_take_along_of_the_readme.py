"""The examples of the README that take a run along work as they stand there."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import torch

from workbench.cli import main
from workbench.engine.models.weights import weights_sha256

README = Path(__file__).parents[2] / "README.md"


def example(name):
    """The code of the README that follows the mark `take-along: name`."""
    found = re.search(rf"<!-- take-along: {name} -->\n```\w+\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return found[1]


def test_that_the_examples_of_the_readme_work(tmp_path, tiny_root, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKBENCH_DATA", str(tiny_root))
    monkeypatch.setenv("WORKBENCH_STORE", str(tmp_path / "store"))
    for line in example("commands").splitlines():
        assert main(shlex.split(line)[1:]) == 0, line
    said = capsys.readouterr()
    assert "verified: 10 steps" in said.out
    assert "every bit of the outputs is the same" in said.err
    ran = subprocess.run([sys.executable, "-c", example("python")], capture_output=True, text=True, check=True)
    assert len(ran.stdout.splitlines()) == 5
    written = {path.suffix for path in tmp_path.glob("run.*")}
    assert written == {".run", ".py", ".ipynb", ".html", ".pdf", ".csv", ".pt", ".safetensors", ".pt2"}


def test_that_every_form_has_a_line_in_the_readme():
    from workbench.engine.exporters.registry import EXPORTS

    section = README.read_text(encoding="utf-8").partition("## Take a run along")[2].partition("\n## ")[0]
    assert [row.name for row in EXPORTS if f"`--{row.name}`" not in section] == []


def test_that_the_script_of_the_readme_goes_on_from_a_checkpoint_as_the_program_does(tmp_path, tiny_root, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKBENCH_STORE", str(tmp_path / "store"))
    # Without momentum and with it, which the optimizer's state holds; 10 batches are an epoch.
    for words in (["--learning-rate", "0.01"], ["--learning-rate", "0.01", "--momentum", "0.9"]):
        train = ["train", "--data-root", str(tiny_root), "--epochs", "2", *words]
        assert main([*train, "--stop-after", "10", "--checkpoint", "run.ckpt"]) == 0
        ran = subprocess.run([sys.executable, "-c", example("checkpoint")], capture_output=True, text=True, check=True)
        before, after = (float(line.rpartition(" ")[2]) for line in ran.stdout.splitlines())
        assert "after 1 epochs" in ran.stdout
        assert after < before
        assert main(["train", "--data-root", str(tiny_root), "--resume", "run.ckpt", "--save-weights", "whole.pt"]) == 0
        ours, theirs = (torch.load(name, weights_only=True) for name in ("whole.pt", "longer.pt"))
        assert weights_sha256(ours) == weights_sha256(theirs)
    assert "workbench" not in example("checkpoint")
