from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.history.records import RunIdentity
from workbench.ui.models.run_tree import branch_step, family


class Run:
    """As much of a summary as a family needs."""

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
def test_that_two_runs_agree_up_to_where_they_part_and_nowhere_beyond(grown, data):
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
def test_that_a_family_is_all_who_have_one_first_run(grown, data):
    runs, _ = grown
    member = data.draw(st.sampled_from(list(runs)))

    def first(name):
        while runs[name].parent is not None:
            name = runs[name].parent
        return name

    found = family(member, [Run(identity) for identity in runs.values()])
    assert [run.identity.id for run in found] == [name for name in runs if first(name) == first(member)]


def test_that_siblings_whose_parent_is_gone_are_still_siblings():
    runs = tree(("b", "a", 100), ("c", "a", 300))
    assert branch_step("b", "c", runs) == 100
    assert len(family("b", map(Run, runs.values()))) == 2


def test_that_a_circle_ends():
    runs = tree(("a", "b", 10), ("b", "a", 20), ("c", None, None))
    assert branch_step("a", "c", runs) is None
    assert len(family("c", map(Run, runs.values()))) == 1
    assert len(family("a", map(Run, runs.values()))) == 2
