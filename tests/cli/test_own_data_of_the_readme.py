"""The examples of the README's section "Your own data" are run as they stand there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from workbench import cli

README = Path(__file__).parents[2] / "README.md"


def block(name):
    """The code of the README that follows the mark `own-data: name`."""
    found = re.search(rf"<!-- own-data: {name} -->\n```\w+\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return found[1]


def test_that_each_form_of_the_readme_can_be_trained_on(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    exec(compile(block("files"), "README.md", "exec"), {})
    commands = block("commands").splitlines()
    assert len(commands) == 8
    for command in commands:
        program, *words = shlex.split(command)
        assert program == "workbench"
        assert cli.main(words) == 0, command
        out = capsys.readouterr().out
        if words[0] == "train":
            is_regression = "heights" in command or "regression" in command
            assert ("Accuracy" not in out) is is_regression
