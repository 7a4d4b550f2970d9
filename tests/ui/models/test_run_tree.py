import itertools

from hypothesis import given
from hypothesis import strategies as st

from tests.ui.models.runs_kit import run_id, summary
from workbench.engine.history.records import RunIdentity
from workbench.ui.models.run_tree import branch_lanes, branch_step, family, past_of


class Run:
    """The part of a summary that `family` reads."""

    def __init__(self, identity):
        self.identity = identity


def tree(*branches):
    """Runs by id from (id, parent, parent_step)."""
    return {name: RunIdentity(name, parent, step) for name, parent, step in branches}


@st.composite
def growing(draw):
    """A tree of runs in which each branch leaves an earlier run somewhere, and what each trained, step by step."""
    runs, trained = {}, {}
    for number in range(draw(st.integers(1, 8))):
        name = str(number)
        parent = draw(st.sampled_from([None, *runs]))
        step = None if parent is None else draw(st.integers(0, len(trained[parent])))
        runs[name] = RunIdentity(name, parent, step)
        begun = [] if parent is None else trained[parent][:step]
        trained[name] = begun + [(name, place) for place in range(draw(st.integers(1, 4)))]
    return runs, trained


@given(growing(), st.data())
def test_that_two_runs_are_equal_up_to_their_branch_step_and_not_beyond(grown, data):
    runs, trained = grown
    one, other = data.draw(st.sampled_from(list(runs))), data.draw(st.sampled_from(list(runs)))
    step = branch_step(one, other, runs)
    assert step == branch_step(other, one, runs)
    shared = next(
        (place for place, (a, b) in enumerate(zip(trained[one], trained[other], strict=False)) if a != b),
        min(len(trained[one]), len(trained[other])),
    )
    if step is None:
        assert one == other or shared == 0
    else:
        assert shared == step


@given(growing(), st.data())
def test_that_a_family_is_all_runs_with_the_same_first_run(grown, data):
    runs, _ = grown
    member = data.draw(st.sampled_from(list(runs)))

    def first(name):
        while runs[name].parent is not None:
            name = runs[name].parent
        return name

    found = family(member, [Run(identity) for identity in runs.values()])
    assert [run.identity.id for run in found] == [name for name in runs if first(name) == first(member)]


def test_that_siblings_whose_parent_was_deleted_are_still_siblings():
    runs = tree(("b", "a", 100), ("c", "a", 300))
    assert branch_step("b", "c", runs) == 100
    assert len(family("b", map(Run, runs.values()))) == 2


def test_that_parents_in_a_circle_end_the_line():
    runs = tree(("a", "b", 10), ("b", "a", 20), ("c", None, None))
    assert branch_step("a", "c", runs) is None
    assert len(family("c", map(Run, runs.values()))) == 1
    assert len(family("a", map(Run, runs.values()))) == 2


# Lanes


@st.composite
def families(draw):
    """Runs, each a branch of an earlier one at any of its recorded steps; some runs were deleted."""
    runs = [summary(1, steps=1000)]
    for number in range(2, draw(st.integers(2, 12))):
        parent = draw(st.sampled_from(runs))
        step = draw(st.integers(0, parent.steps))
        runs.append(summary(number, parent=parent.number, parent_step=step, steps=step + draw(st.integers(0, 500))))
    gone = draw(st.sets(st.integers(2, len(runs) + 1), max_size=2))
    return [run for run in runs if run.number not in gone]


def numbers(lanes):
    return [lane.summary.number for lane in lanes]


@given(families(), st.data())
def test_that_each_relative_has_one_lane_below_the_line_it_leaves(runs, data):
    current = data.draw(st.sampled_from(runs))
    lanes = branch_lanes(runs, current.identity.id)
    assert current.number in numbers(lanes)
    assert len(set(numbers(lanes))) == len(lanes)
    for row, lane in enumerate(lanes):
        if lane.source is None:
            assert row == 0
            assert lane.start == 0
        else:
            source = lanes[lane.source]
            assert lane.source < row
            assert source.start <= lane.start <= source.end


@given(families(), st.data())
def test_that_the_connection_to_a_lane_crosses_no_other_lane(runs, data):
    lanes = branch_lanes(runs, data.draw(st.sampled_from(runs)).identity.id)
    for row, lane in enumerate(lanes):
        between = lanes[row if lane.source is None else lane.source + 1 : row]
        assert all(other.start >= lane.start for other in between)


@given(families(), st.data())
def test_that_the_past_of_a_run_has_no_gap_from_step_0_to_its_end(runs, data):
    lanes = branch_lanes(runs, data.draw(st.sampled_from(runs)).identity.id)
    row = data.draw(st.integers(0, len(lanes) - 1))
    pieces = past_of(lanes, row)
    assert pieces[0][1] == 0
    assert pieces[-1] == (row, lanes[row].start, lanes[row].end)
    for (_, _, end), (_, start, _) in itertools.pairwise(pieces):
        assert end == start


@given(families())
def test_that_every_relative_has_the_same_lanes(runs):
    lanes = branch_lanes(runs, runs[0].identity.id)
    for lane in lanes:
        assert branch_lanes(runs, lane.summary.identity.id) == lanes


def test_that_unrelated_runs_are_left_out():
    runs = [summary(1), summary(2), summary(3, parent=1, parent_step=5)]
    assert numbers(branch_lanes(runs, run_id(3))) == [1, 3]
    assert numbers(branch_lanes(runs, run_id(2))) == [2]


def test_that_a_branch_at_a_step_that_its_parent_inherited_leaves_the_line_of_the_older_run():
    runs = [
        summary(1, steps=900),
        summary(2, parent=1, parent_step=500, steps=700),
        summary(3, parent=2, parent_step=300, steps=400),
        summary(4, parent=2, parent_step=500, steps=600),
    ]
    lanes = branch_lanes(runs, run_id(3))
    sources = {
        lane.summary.number: None if lane.source is None else lanes[lane.source].summary.number for lane in lanes
    }
    assert sources == {1: None, 2: 1, 3: 1, 4: 1}
    assert [lane.parent.number for lane in lanes if lane.summary.number == 3] == [2]


def test_that_there_are_no_lanes_without_a_current_run():
    assert branch_lanes([summary(1)], None) == []
    assert branch_lanes([summary(1)], run_id(7)) == []


def test_that_runs_whose_parents_form_a_circle_are_drawn_too():
    one = summary(1, parent=2, parent_step=5)
    two = summary(2, parent=1, parent_step=5)
    assert one.identity == RunIdentity(run_id(1), run_id(2), 5)
    assert branch_lanes([one, two], run_id(1))
