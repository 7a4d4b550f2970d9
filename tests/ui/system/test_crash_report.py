import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from workbench import __version__
from workbench.ui.system import crash_report
from workbench.ui.system.crash_report import CrashWatch, mark_shown, new_reports, read_report, without_personal

RUN = "0123456789abcdef"


@pytest.fixture
def watch(tmp_path):
    watch = CrashWatch(tmp_path / "crashes")
    # Where pytest itself hears of errors, they would fail the test.
    before = sys.excepthook, threading.excepthook
    sys.excepthook = threading.excepthook = lambda *_: None
    watch.start()
    yield watch
    watch.close()
    sys.excepthook, threading.excepthook = before


def fail(message="broken"):
    try:
        raise ZeroDivisionError(message)
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_that_an_exception_becomes_a_report_with_versions_run_log_and_stack(watch):
    watch.note_run(RUN, '{"seed": 3}', 412)
    watch.note_log("loss: 0.482091  [   64/60000]\n")
    fail()
    (report,) = new_reports(watch.folder)
    assert report.run == RUN
    for part in (
        f"workbench {__version__}",
        "torch ",
        '{"seed": 3}',
        "step: 412",
        "loss: 0.482091",
        "ZeroDivisionError: broken",
        "in fail",
    ):
        assert part in report.text


def test_that_a_report_is_whole_or_not_there(watch, monkeypatch):
    def full(path, write):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(crash_report, "write_atomically", full)
    fail()
    assert new_reports(watch.folder) == []
    assert not list(watch.folder.glob("*.part"))


def test_that_the_same_error_is_reported_once_and_many_errors_a_few_times(watch):
    for _ in range(3):
        fail()
    assert len(new_reports(watch.folder)) == 1
    code = "def {name}(): raise KeyError\ntry: {name}()\nexcept KeyError as e: hook(KeyError, e, e.__traceback__)"
    for number in range(20):
        exec(code.format(name=f"f{number}"), {"hook": sys.excepthook})
    assert len(new_reports(watch.folder)) == crash_report.MOST_REPORTS


def test_that_ctrl_c_is_no_crash(watch):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert new_reports(watch.folder) == []


def test_that_an_error_in_another_thread_is_reported_and_told(watch):
    told = []
    watch.on_report = told.append
    thread = threading.Thread(target=lambda: [][1], name="worker")
    thread.start()
    thread.join()
    (report,) = new_reports(watch.folder)
    assert "In the thread worker" in report.text
    assert "IndexError" in report.text
    assert told == [report]


def test_that_neither_home_nor_user_nor_machine_is_in_a_report(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", "/home/gertrud")
    monkeypatch.setattr(crash_report, "_user", lambda: "gertrud")
    monkeypatch.setattr(crash_report.platform, "node", lambda: "kitchen-pc")
    text = without_personal("File /home/gertrud/data/x.py by Gertrud on kitchen-pc, not /home/gertrude or ingertrud")
    assert text == "File ~/data/x.py by (user) on (machine), not /home/gertrude or ingertrud"


def test_that_common_names_of_users_stay_as_words(monkeypatch):
    monkeypatch.setattr(crash_report, "_user", lambda: "root")
    assert without_personal("--data-root and root") == "--data-root and root"


def test_that_a_report_that_was_shown_is_kept_and_not_offered_again(watch):
    fail()
    (report,) = new_reports(watch.folder)
    shown = mark_shown(report)
    assert shown.path.exists()
    assert read_report(shown.path).text == report.text
    assert new_reports(watch.folder) == []


def test_that_a_process_that_ends_as_it_should_leaves_nothing(tmp_path):
    watch = CrashWatch(tmp_path)
    watch.start()
    watch.note_run(RUN, "{}", 1)
    watch.close()
    assert list(tmp_path.iterdir()) == []
    assert sys.excepthook != watch._on_exception


def test_that_a_folder_that_cannot_be_made_does_not_stop_the_program(tmp_path):
    (tmp_path / "file").write_text("")
    watch = CrashWatch(tmp_path / "file" / "crashes")
    watch.start()
    watch.note_log("a line")
    watch.close()
    assert new_reports(tmp_path / "file" / "crashes") == []


CHILD = """
import faulthandler, os, sys, time
from pathlib import Path
from workbench.ui.system.crash_report import CrashWatch
watch = CrashWatch(Path(sys.argv[1]))
watch.start()
watch.note_run("0123456789abcdef", '{"epochs": 3}', 20)
time.sleep(0.3)
watch.note_log("Epoch 1")
if sys.argv[2] == "fault":
    faulthandler._sigsegv()
if sys.argv[2] == "abort":
    os.abort()
if sys.argv[2] == "kill":
    os.kill(os.getpid(), 9)
print("ready", flush=True)
sys.stdin.read()
"""


def child(folder, how, **options):
    command = [sys.executable, "-c", CHILD, str(folder), how]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    return subprocess.Popen(command, env=environment, text=True, **options)


@pytest.mark.skipif(sys.platform == "win32", reason="ends otherwise")
@pytest.mark.parametrize("how", ["fault", "abort"])
def test_that_the_next_start_makes_a_report_of_a_process_that_ended_by_a_fault(tmp_path, how):
    assert child(tmp_path, how).wait() != 0
    (report,) = new_reports(tmp_path)
    assert report.run == RUN
    assert "Fatal Python error" in report.text
    assert "Epoch 1" in report.text
    assert '{"epochs": 3}' in report.text
    assert [path.name for path in tmp_path.iterdir()] == [report.path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signal")
def test_that_a_process_that_was_killed_is_no_crash_and_leaves_nothing_behind(tmp_path):
    child(tmp_path, "kill").wait()
    assert new_reports(tmp_path) == []
    assert list(tmp_path.glob("*.fault")) == []


def test_that_a_process_that_still_runs_is_left_alone(tmp_path):
    process = child(tmp_path, "wait", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout.readline() == "ready\n"
    assert new_reports(tmp_path) == []
    assert len(list(tmp_path.glob("*.fault"))) == 1
    process.communicate("")


@pytest.mark.parametrize("left", [b"", b"\xff\xfe", b"{]", b"null", json.dumps({"run": 3, "log": {}}).encode()])
def test_that_broken_notes_do_not_stop_a_report(tmp_path, left):
    (tmp_path / "aa.fault").write_text("workbench 1\nFatal Python error: Segmentation fault\n")
    (tmp_path / "aa.json").write_bytes(left)
    (report,) = new_reports(tmp_path)
    assert "Segmentation fault" in report.text
    assert report.run is None
