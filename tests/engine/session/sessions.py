"""A session that is served one command after another, and helpers that read its events."""

import sqlite3
from contextlib import closing
from pathlib import Path

from workbench.engine.models.weights import weights_sha256
from workbench.engine.protocol.command_queue import CommandQueue
from workbench.engine.protocol.commands import CaptureWeights, Close, StartRun
from workbench.engine.protocol.events import RunBranched, RunEnded, RunPaused, RunResumed, Travelled, WeightsCaptured
from workbench.engine.recipe import Recipe
from workbench.engine.session.session import Session
from workbench.engine.store.run_store import FILE_NAME, RunStore

DROPOUT = Recipe(model="mlp-dropout", values={"epochs": 2, "momentum": 0.9})
"""Draws from the random state at every step."""
START = StartRun(DROPOUT, dataset_chosen=True)
END = CaptureWeights(Path("end.pt"))


def at_first(kind, *commands):
    """Answers the first event of this kind by `commands`."""
    left = list(commands)

    def react(event):
        given = [*left] if isinstance(event, kind) else []
        del left[: len(given)]
        return given

    return react


def of(events, *kinds):
    return [event for event in events if isinstance(event, kinds)]


def kinds(events):
    return [type(event) for event in of(events, RunResumed, RunPaused, RunEnded, Travelled, RunBranched)]


def end(events):
    """The hash of the weights captured last."""
    return weights_sha256(of(events, WeightsCaptured)[-1].weights)


class Patient(CommandQueue):
    """Returns a list of commands one by one, each when the one before is done, and then a Close.

    Commands that are put meanwhile, and not drained by a run, come first.
    """

    def __init__(self, commands):
        super().__init__()
        self._left = [*commands, Close()]

    def wait(self):
        return super().wait() if self.has_commands else self._left.pop(0)


def serve(root, *commands, react=lambda _: (), store=None):
    """All events of a session that is given `commands`; `react` may answer an event by further ones."""
    commands, events = Patient(commands), []

    def on_event(event):
        events.append(event)
        for command in react(event):
            commands.put(command)

    Session(commands, root, on_event, store).run()
    return events


def forget_data(folder):
    """Make the runs of a store those of a version that kept no digest of their data."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        # Such a version kept no digest of the stored run, either.
        connection.execute(
            "UPDATE runs SET recipe = json_set(recipe, '$.data', NULL), "
            "digest = NULL, epoch_starts = NULL, incidents = NULL"
        )


def only(events, kind):
    (event,) = (event for event in events if isinstance(event, kind))
    return event


def summaries(folder):
    with closing(RunStore(folder)) as store:
        return store.summaries()


def only_problem(events, kind):
    """The sentence of the only event of this kind."""
    (event,) = of(events, kind)
    return str(event.problem)
