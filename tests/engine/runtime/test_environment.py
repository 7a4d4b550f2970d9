"""The environment of a run: what its last bits depend on, beside its recipe."""

from pathlib import Path

import pytest

from workbench.engine.runtime.environment import environment


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
