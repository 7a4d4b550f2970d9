"""The process that writes exports: its reports arrive, its death is a sentence, and it can be cancelled."""

import sys

import pytest

from workbench.engine.errors import UserError
from workbench.engine.session.export_process import Report, Request, Target
from workbench.ui.connection import exporter as module
from workbench.ui.connection.exporter import Exporter

PATIENCE = 60_000
TWO = Request("root", "store", (), (Target(0, "run", "a.run"), Target(0, "csv", "a.csv")))
CHECKED = Report(0, checked=UserError("x")).to_line().strip()


@pytest.fixture
def run_as(qtbot, tmp_path, monkeypatch):
    """Lets a script stand for the process; returns what was reported, up to the end."""

    def run(code, *, cancel_at=None):
        (tmp_path / "stand_in.py").write_text(code)
        monkeypatch.setattr(module, "MODULE", "stand_in")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        exporter, found = Exporter(), []
        exporter.progressed.connect(lambda *values: found.append(("progressed", *values)))
        exporter.written.connect(lambda index, checked: found.append(("written", index, str(checked))))
        exporter.failed.connect(lambda index, problem: found.append(("failed", index, str(problem))))
        if cancel_at is not None:
            exporter.progressed.connect(lambda *_: exporter.cancel())
        with qtbot.waitSignal(exporter.finished, timeout=PATIENCE) as ended:
            exporter.start(TWO)
            assert exporter.is_busy
        assert not exporter.is_busy
        return found, ended.args[0]

    return run


def test_that_a_process_that_dies_is_a_sentence_for_each_file_that_is_left(run_as):
    found, was_cancelled = run_as(f"import os; print('''{CHECKED}''', flush=True); os._exit(3)")
    assert found[0] == ("written", 0, "x")
    assert found[1][:2] == ("failed", 1)
    assert "it ended with the status 3" in found[1][2]
    assert not was_cancelled


def test_that_lines_of_others_and_reports_on_no_file_are_passed_over(run_as):
    strange = ["", "hello", "[]", "{}", CHECKED.replace('"target": 0', '"target": 99'), "\\x00\\xff", "x" * 200_000]
    code = f"for line in {strange!r}: print(line)\nprint('''{CHECKED}''', flush=True)"
    found, _ = run_as(code)
    assert [each[:2] for each in found] == [("written", 0), ("failed", 1)]


def test_that_a_process_that_does_not_listen_is_killed_after_a_while(run_as, monkeypatch):
    monkeypatch.setattr(module, "KILL_AFTER_MS", 50)
    progress = CHECKED.replace('"checked": {"template": "x", "fields": {}}', '"checked": null')
    found, was_cancelled = run_as(
        f"import time; print('''{progress}''', flush=True); time.sleep(600)", cancel_at="progress"
    )
    assert [each[0] for each in found] == ["progressed"]
    assert was_cancelled


def test_that_a_python_that_is_not_there_is_a_sentence(run_as, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    found, _ = run_as("")
    assert [each[:2] for each in found] == [("failed", 0), ("failed", 1)]
    assert "could not be started" in found[0][2]
