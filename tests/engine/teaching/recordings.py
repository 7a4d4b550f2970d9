"""Curves that the runs of the lessons have recorded on the built-in images, seed 0."""

import json
from pathlib import Path

import numpy as np

from workbench.engine.history.records import Evaluation, Incident
from workbench.engine.teaching.record import LessonRecord

FOLDER = Path(__file__).parent / "recorded"


def recorded(lesson):
    """The records of the runs of a lesson."""
    return [
        LessonRecord(
            np.array(run["losses"], np.float32),
            tuple(Evaluation(*each) for each in run["evaluations"]),
            tuple(Incident(*each) for each in run["incidents"]),
            run["steps_per_epoch"],
            run["planned_epochs"],
            run["class_count"],
        )
        for run in json.loads((FOLDER / f"{lesson}.json").read_text(encoding="utf-8"))
    ]


def cut(record, steps):
    """The record of the same run, stopped after so many steps."""
    return LessonRecord(
        record.losses[:steps],
        tuple(each for each in record.evaluations if each.step <= steps),
        (),
        record.steps_per_epoch,
        record.planned_epochs,
        record.class_count,
    )
