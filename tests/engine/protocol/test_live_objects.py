import gc

import pytest

from workbench.engine.protocol.live_objects import RECENT, LiveObjects


class Live:
    pass


def test_that_an_object_keeps_its_number_and_is_found_by_it():
    objects, first, second = LiveObjects(), Live(), Live()
    numbers = objects.number_of(first), objects.number_of(second)
    assert len(set(numbers)) == 2
    assert objects.number_of(first) == numbers[0]
    assert [objects.find(number) for number in numbers] == [first, second]


def test_that_the_objects_numbered_last_stay_although_nothing_else_keeps_them():
    objects = LiveObjects()
    numbers = [objects.number_of(Live()) for _ in range(RECENT + 1)]
    gc.collect()
    with pytest.raises(KeyError):
        objects.find(numbers[0])
    assert all(objects.find(number) for number in numbers[1:])
