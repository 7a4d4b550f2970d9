"""The example of a network of one's own in the README trains as it stands there."""

import re
import shlex
from pathlib import Path

from workbench.cli import main

README = Path(__file__).parents[2] / "README.md"


def example(name):
    """The code of the README that follows the mark `own-network: name`."""
    found = re.search(rf"<!-- own-network: {name} -->\n```\w+\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return found[1]


def test_that_the_example_of_the_readme_trains(tmp_path, tiny_root, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WORKBENCH_DATA", str(tiny_root))
    Path("net.py").write_text(example("file"))
    for line in example("commands").splitlines():
        assert main(shlex.split(line)[1:]) == 0
    assert "Net (net.py)" in capsys.readouterr().err
