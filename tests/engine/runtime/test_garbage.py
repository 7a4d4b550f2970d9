"""The garbage collector passes over what stays, and looks at it again once it may be left."""

import gc
import weakref

import pytest

from workbench.engine.runtime.garbage import look_at_all_objects, pass_over_present_objects


class Node:
    """Refers to itself."""

    def __init__(self):
        self.itself = self


@pytest.fixture(autouse=True)
def _all_looked_at():
    """Begin with a collector that looks at all objects; whether it passed over some is as before afterwards."""
    was_frozen = gc.get_freeze_count() > 0
    look_at_all_objects()
    yield
    look_at_all_objects()
    if was_frozen:
        pass_over_present_objects()


def test_that_a_circle_among_objects_passed_over_is_kept():
    left = weakref.ref(Node())
    pass_over_present_objects()
    gc.collect()
    assert left() is not None
    look_at_all_objects()
    gc.collect()
    assert left() is None


def test_that_objects_made_later_are_freed_also_after_a_second_call():
    pass_over_present_objects()
    left = weakref.ref(Node())
    pass_over_present_objects()
    gc.collect()
    assert left() is None
