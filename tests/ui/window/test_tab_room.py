"""Room for the tabs of groups that stand side by side."""

import pytest

from workbench.ui.window.tab_room import shared


@pytest.mark.parametrize(
    ("total", "wanted", "needed", "expected"),
    [
        (1200, (480, 400, 320), (300, 300, 250), [480, 400, 320]),
        (1000, (480, 400, 320), (380, 340, 260), [394, 340, 266]),
        (1000, (500, 400, 100), (300, 300, 280), [400, 320, 280]),
        (800, (400, 400), (500, 500), [400, 400]),
    ],
)
def test_that_no_group_gets_less_than_its_tabs_need_while_there_is_room(total, wanted, needed, expected):
    widths = shared(total, wanted, needed)
    assert widths == pytest.approx(expected, abs=2)
    assert sum(widths) == pytest.approx(total, abs=2)
