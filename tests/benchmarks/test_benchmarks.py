"""The calculations of the benchmarks; nothing here measures a time."""

from __future__ import annotations

import pytest

from tests.benchmarks import other_load, table
from tests.benchmarks.cuda_check import Check
from tests.benchmarks.cuda_times import drawn_data
from tests.benchmarks.endurance_verdicts import (
    CHUNK_BYTES,
    Counts,
    lateness_verdict,
    memory_verdict,
    reckoned_bytes,
    store_verdict,
)
from tests.benchmarks.turns import Contender, LongTurns, Turns, race
from tests.benchmarks.window import lateness
from workbench.engine.store.history_tables import CHUNK

TAKES_TURNS = """
from tests.benchmarks.turns import Turns
turns = Turns()
for number in range(9):
    turns.begin()
    print("a progress bar")
    turns.end(number=number)
"""


@pytest.fixture(autouse=True)
def settle_at_once(monkeypatch):
    monkeypatch.setattr("tests.benchmarks.turns.SETTLE_S", 0.0)


def test_that_a_race_counts_one_epoch_of_each_per_round_after_a_first_one():
    start = (("-c", TAKES_TURNS), {})
    found = race({"one": start, "other": start}, rounds=5)
    # A process counts three epochs; then a new one takes its place.
    assert {name: [figures["number"] for figures in seen] for name, seen in found.items()} == {
        "one": [1, 2, 3, 1, 2],
        "other": [1, 2, 3, 1, 2],
    }
    assert all(figures["seconds"] >= 0.0 for figures in found["one"])


def test_that_a_turn_of_short_epochs_counts_only_those_after_training_has_settled(monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr("tests.benchmarks.turns.time.perf_counter", lambda: float(next(clock)))
    monkeypatch.setattr("tests.benchmarks.turns.SETTLED_S", 1.5)
    answers = []
    monkeypatch.setattr(Turns, "__init__", lambda _self: None)
    monkeypatch.setattr(Turns, "begin", lambda self: setattr(self, "began", 0.0))
    monkeypatch.setattr(Turns, "end", lambda self, **figures: answers.append((self.began, figures)))
    turns = LongTurns()
    for epoch in range(1, 7):
        turns.begin()
        turns.end(epoch=epoch)
    # The clock stands at 0 and 1 when the second and the third epoch begin; the fourth is the first on the clock.
    assert answers == [(3.0, {"epoch": 5})]


def test_that_the_error_of_a_contender_that_ends_is_shown():
    contender = Contender(("-c", "import sys; sys.exit('no data here')"), {})
    try:
        with pytest.raises(SystemExit, match="no data here"):
            contender.turn()
    finally:
        contender.close()


def test_that_lateness_counts_the_ticks_that_were_left_out():
    ticks = [0.0, 0.010, 0.020, 0.065, 0.075]
    assert lateness(ticks, 0.005, 0.070) == pytest.approx([0.0, 0.0, 0.035, 0.025, 0.015, 0.005])


def test_that_lateness_counts_only_the_given_time():
    assert lateness([0.0, 0.5, 0.51, 0.9], 0.505, 0.6) == pytest.approx([0.0])


def test_that_a_ratio_is_taken_within_its_round():
    found = {"one": [{"seconds": 1.0}, {"seconds": 30.0}], "other": [{"seconds": 2.0}, {"seconds": 60.0}]}
    assert table.ratios(found, "one", "other") == "0.50 (0.50 to 0.50)"


def test_that_a_busy_epoch_is_compared_with_the_quiet_one_of_its_round():
    found = {"epoch": [{"seconds": 2.0}, {"seconds": 4.0}], "epoch, busy": [{"seconds": 4.0}, {"seconds": 8.0}]}
    assert table.busy_rows(found) == [("epoch beside one busy program / alone", "2.00 (2.00 to 2.00)", "at most 2.5")]


def test_that_a_watched_epoch_is_compared_with_an_unwatched_one():
    found = {table.HEADLESS: [{"seconds": 2.0}], table.UNWATCHED: [{"seconds": 1.0}]}
    assert table.busy_rows(found) == [("… alone, watched / unwatched", "2.00", "at most 1.02")]


HELD = Counts(runs=1, steps=10_000, epochs=1_000, snapshots=20)


def test_that_the_store_is_reckoned_from_its_rows():
    more = Counts(runs=1, steps=10_000 + CHUNK, epochs=1_000, snapshots=21)
    # Of a run, 16 snapshots stay.
    assert reckoned_bytes(more) - reckoned_bytes(HELD) == 8 * CHUNK + CHUNK_BYTES


def test_that_a_store_that_is_larger_than_reckoned_fails():
    assert store_verdict(HELD, reckoned_bytes(HELD)).startswith("PASS")
    assert store_verdict(HELD, 2 * reckoned_bytes(HELD)).startswith("FAIL")


def test_that_memory_may_grow_by_the_record_of_what_was_trained_and_no_more():
    minutes = range(11)
    flat = [(float(minute), minute, 1_000_000 * minute, 500.0 + 38.0 * minute) for minute in minutes]
    leaking = [(float(minute), minute, 100 * minute, 500.0 + 38.0 * minute) for minute in minutes]
    assert memory_verdict(flat).startswith("PASS")
    assert memory_verdict(leaking).startswith("FAIL")
    assert "too short" in memory_verdict(flat[:2])


def test_that_one_long_lateness_fails():
    assert lateness_verdict(50.0, 12, 0, 50).startswith("PASS")
    assert lateness_verdict(50.1, 12, 1, 50).startswith("FAIL")


def test_that_the_lateness_of_the_loop_is_judged_with_the_load_of_other_programs():
    busy = lateness_verdict(80.0, 12, 3, 50, for_want=2, others=1.25)
    assert busy.startswith("FAIL")
    assert "3 times by more than 50 ms, 2 of them for want of a core" in busy
    assert "other programs used 1.25 of" in busy
    assert "measure again" in busy
    assert "measure again" not in lateness_verdict(80.0, 12, 3, 50, others=0.1)
    assert "measure again" not in lateness_verdict(40.0, 12, 0, 50, others=1.25)


@pytest.mark.parametrize(
    ("later", "cores"), [((20.0, 130.0, 7.0), 1.5), ((20.0, 104.0, 7.0), 0.0), ((20.0, None, 7.0), None)]
)
def test_that_what_this_process_computes_is_no_load_of_other_programs(monkeypatch, later, cores):
    times = iter([(10.0, 110.0, 2.0), later])
    monkeypatch.setattr(other_load, "_times", lambda: next(times))
    assert other_load.OtherLoad().cores() == cores


def test_that_a_spread_is_median_and_quartiles():
    assert table.spread([5, 1, 2, 3, 4], "{:.0f}") == "3 (2 to 4)"
    assert table.spread([0.0042], table.MS, 1e3) == "4.2 ms"
    assert table.spread([]) == "not measured"


def test_that_memory_is_shown_over_the_epochs_with_its_growth_in_the_second_half():
    sizes = {str(epoch): 100.0 * epoch if epoch <= 5 else 500.0 + 0.5 * epoch for epoch in range(1, 11)}
    course, growth = table.memory_rows({"loaded_mib": 50.0, "mib": sizes}, 64)
    assert course[1] == "50 with the data loaded, 200 after 2 epochs, 505 after 10 epochs"
    assert growth[1] == "512 KiB an epoch"


def test_that_a_window_that_was_not_minimised_has_no_ratio():
    epoch = {"seconds": 1.0, "frames": 20, "late": [0.001], "minimised": False}
    names = ["plain", "ours", "tutorial", *(table.of(how, "offscreen") for how in (*table.IN_THE_WINDOW, table.PROBED))]
    rows = table.race_rows({name: [epoch, epoch] for name in names}, ["offscreen"])
    by_name = {what: how_much for what, how_much, _ in rows}
    assert by_name["epoch in the window minimised, offscreen / headless"] == "cannot be minimised there"
    assert by_name["epoch in the window hidden, offscreen / headless"] == "1.00 (1.00 to 1.00)"
    assert by_name["frames a second, offscreen"] == "20 (20 to 20)"


def test_that_the_check_of_a_gpu_runs_on_the_cpu_too(capsys):
    check = Check("cpu", drawn_data(320, 96))
    check.bytes_are_exact()
    check.tests_equal_the_cpus_way()
    assert "FAIL" not in capsys.readouterr().out
    assert not check.failures
