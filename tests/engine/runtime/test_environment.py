"""The environment of a run: what its last bits depend on, beside its recipe."""

from pathlib import Path

import pytest

from workbench.engine.runtime.environment import EARLIER, continued, differs, environment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("processor\t: 0\nmodel name\t: Fast  Processor 9\x1b[2J\nmodel name\t: another\n", "Fast Processor 9?[2J"),
        ("processor\t: 0\nBogoMIPS\t: 50.0\n", None),
        (None, None),
    ],
)
def test_that_the_processor_is_named_where_the_system_names_it(tmp_path, monkeypatch, text, expected):
    place = tmp_path / "cpuinfo"
    if text is not None:
        place.write_text(text)
    opened = Path.open
    monkeypatch.setattr(Path, "open", lambda path, *words, **named: opened(place, *words, **named))
    monkeypatch.setattr("platform.processor", lambda: "")
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    assert environment("cpu", 1)["device_name"] == (expected or "x86_64")


HERE = {"torch": "2.14", "threads": "2", "device": "cpu", "device_name": "Fast Processor 9", "python": "3.13"}


def test_that_a_run_that_is_continued_in_the_same_environment_has_that_one():
    assert continued({}, HERE) == continued(HERE, HERE) == continued({**HERE, "python": "3.11"}, HERE) == HERE


def test_that_a_run_that_is_continued_elsewhere_says_what_was_another_before():
    once = continued({**HERE, "threads": "1"}, HERE)
    assert (once[EARLIER], once["threads"]) == ("threads 1", "2")
    twice = continued(once, {**HERE, "torch": "2.15", "threads": "4"})
    assert twice[EARLIER] == "threads 1; torch 2.14, threads 2"
    for _ in range(200):
        twice = continued({**twice, "torch": "1"}, HERE)
    assert len(twice[EARLIER]) <= 300


def test_that_a_processor_that_was_not_named_is_no_other_one(monkeypatch):
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    assert not differs("device_name", {"device_name": "x86_64"}, HERE)
    assert differs("device_name", {"device_name": "aarch64"}, HERE)
