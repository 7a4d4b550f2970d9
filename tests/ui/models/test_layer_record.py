"""What was measured of the layers over the steps."""

import math

import numpy as np

from workbench.engine.protocol.queries.layers import ActivationUse, IdleUnits
from workbench.ui.models.layer_record import MOST_RUNS, MOST_STEPS, IdlePass, LayerRecord, LayerRecords, series_of


def part(active, stop, total=6, **choices):
    use = {"layer": "a", "number": 0, "function": "ReLU", "saturated": 0, "outputs": 0, **choices}
    return IdleUnits((ActivationUse(units=len(active), is_active=np.array(active, bool), **use),), stop, total)


def test_that_a_unit_is_idle_only_if_it_is_in_all_parts():
    going = IdlePass(10)
    assert going.add(10, part([1, 0, 0], 2))
    assert not going.is_complete
    assert going.add(10, part([0, 0, 1], 4))
    assert going.add(10, part([0, 0, 0], 6))
    assert going.is_complete
    counted = going.counted()
    assert counted.samples == 6
    assert counted.uses[0].idle == 1
    assert counted.uses[0].share == 1 / 3


def test_that_a_part_of_another_state_is_refused():
    going = IdlePass(None)
    going.add(10, part([1, 0], 2))
    assert not going.add(11, part([1, 0], 4))
    assert going.start == 2


def test_that_saturated_outputs_are_added_up():
    going = IdlePass(10)
    for stop, saturated in ((2, 3), (6, 5)):
        use = ActivationUse("a", 1, "Tanh", 4, None, saturated, 16)
        going.add(10, IdleUnits((use,), stop, 6))
    (use,) = going.counted().uses
    assert use.idle is None
    assert use.share == 8 / 32
    assert use.label == "a (2)"


def test_that_a_function_without_dead_outputs_has_no_share():
    going = IdlePass(10)
    going.add(10, IdleUnits((ActivationUse("a", 0, "GELU", 4, None, 0, 0),), 6, 6))
    assert math.isnan(going.counted().uses[0].share)


def test_that_series_are_in_the_order_of_the_layers_and_of_the_steps():
    series = series_of({20: {"b": 2.0, "a": 4.0}, 10: {"b": 1.0}})
    assert [each.name for each in series] == ["b", "a"]
    assert series[0].steps.tolist() == [10, 20]
    assert series[0].values.tolist() == [1.0, 2.0]
    assert math.isnan(series[1].values[0])
    assert series_of({}) == []


def test_that_many_steps_are_thinned_out_and_both_ends_stay():
    record = LayerRecord()
    going = IdlePass(1)
    going.add(1, part([1], 6))
    for step in range(MOST_STEPS + 1):
        record.add_idle(step, going.counted())
    steps = sorted(record.idle_shares)
    assert len(steps) < MOST_STEPS * 0.6
    assert steps[0] == 0
    assert steps[-1] == MOST_STEPS


def test_that_each_run_has_its_own_record_and_few_are_kept():
    records = LayerRecords()
    first = records.of_run("0")
    assert records.of_run("0") is first
    for number in range(1, MOST_RUNS + 1):
        records.of_run(str(number))
    assert records.of_run("0") is not first
