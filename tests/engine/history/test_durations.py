from __future__ import annotations

import pytest

from workbench.engine.history.durations import duration_text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (59.6, "1:00"), (725, "12:05"), (3725, "1:02:05"), (360_000, "100:00:00")]
)
def test_that_durations_are_hours_minutes_and_whole_seconds(seconds, text):
    assert duration_text(seconds) == text
