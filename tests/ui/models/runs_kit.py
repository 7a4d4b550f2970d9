"""Summaries of runs for the tests."""

from workbench.engine.history.records import RunIdentity
from workbench.engine.recipe import Recipe
from workbench.engine.store.run_store import RunStatus, RunSummary

NOON = 1_750_000_000.0


def run_id(number):
    return f"{number:016x}"


def summary(number=1, *, parent=None, parent_step=None, recipe=None, **fields):
    """A finished run; `parent` is the number of another."""
    values = {
        "name": "",
        "note": "",
        "starred": False,
        "began": NOON + 60.0 * number,
        "recipe": recipe or Recipe(),
        "status": RunStatus.FINISHED,
        "steps": 938,
        "epochs": 1,
        "loss": 0.5,
        "metric": 0.8,
        "best_metric": 0.81,
        "seconds": 62.0,
        "changes": 0,
        "environment": {},
    }
    identity = RunIdentity(run_id(number), None if parent is None else run_id(parent), parent_step)
    return RunSummary(identity=identity, number=number, **(values | fields))
