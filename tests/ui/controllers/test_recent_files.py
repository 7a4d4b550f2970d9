"""The list of the files that were opened or saved last."""

import os
import time
from pathlib import Path

import pytest

from workbench.ui.controllers.recent_files import MOST_RECENT, RecentFiles


@pytest.fixture
def recent(qtbot):
    return RecentFiles()


def test_that_the_last_is_first_and_none_is_there_twice(recent):
    for name in ("a", "b", "a"):
        recent.add(Path("/x") / name)
    assert recent.paths == [Path("/x/a"), Path("/x/b")]


def test_that_only_the_last_ones_are_kept(recent):
    for number in range(30):
        recent.add(Path(f"/x/{number}"))
    assert len(recent.paths) == MOST_RECENT
    assert recent.paths[0] == Path("/x/29")


def test_that_it_is_remembered(recent):
    recent.add(Path("/x/a"))
    other = RecentFiles()
    other.restore(recent.state())
    assert other.paths == recent.paths


@pytest.mark.parametrize("state", [{}, {"paths": None}, {"paths": 3}, {"paths": [3, None, "near", ["/x"]]}], ids=str)
def test_that_a_state_that_makes_no_sense_is_passed_over(recent, state):
    recent.restore(state)
    assert recent.paths == []


def test_that_a_file_that_is_there_is_chosen(qtbot, recent, tmp_path):
    path = tmp_path / "a"
    path.touch()
    recent.add(path)
    with qtbot.waitSignal(recent.chosen, timeout=10_000) as found:
        recent.choose(path)
    assert found.args == [path]


def test_that_one_that_is_gone_leaves_the_list(qtbot, recent, tmp_path):
    recent.add(tmp_path / "gone")
    with qtbot.waitSignal(recent.missing, timeout=10_000) as found:
        recent.choose(tmp_path / "gone")
    assert "no longer there" in str(found.args[0])
    assert recent.paths == []


def test_that_what_a_killed_save_has_left_beside_a_file_is_removed_at_the_next_start(recent, qtbot, tmp_path):
    left = [tmp_path / f".it.run.{digits * 16}.part" for digits in "ab"]
    for path in left:
        path.write_bytes(b"half")
    os.utime(left[0], (time.time() - 120,) * 2)
    (tmp_path / "mine.part").write_bytes(b"a person's own")
    recent.restore({"paths": [str(tmp_path / "it.run"), str(tmp_path / "gone" / "other.run")]})
    qtbot.waitUntil(lambda: not left[0].exists(), timeout=60_000)
    # A young one may be another process's.
    assert left[1].exists()
    assert (tmp_path / "mine.part").exists()
