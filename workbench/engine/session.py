"""Session: what the training side does over the life of one window, one request at a time, in one thread.

It holds the data sets in memory and the weights in hand, and makes a Trainer for each run. All torch work of the window
happens here, in the thread that calls `run`: parallel operations from a second thread would leave a second OpenMP pool,
and training would take about twice as long.
"""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from workbench.engine.commands import (
    CaptureWeights,
    Close,
    EvaluateWeights,
    LoadData,
    SetValue,
    StartRun,
    Stop,
)
from workbench.engine.events import (
    DataFailed,
    DataLoaded,
    DataProgressed,
    Outcome,
    RunEnded,
    TorchLoaded,
    WeightsCaptured,
    WeightsEvaluated,
    WeightsRefused,
)
from workbench.engine.problems import Interrupted, Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workbench.engine.datasets import ImageData
    from workbench.engine.events import Event
    from workbench.engine.inbox import Inbox
    from workbench.engine.recipe import Recipe
    from workbench.engine.weights import StateDict

SAMPLES_PER_CLASS = 24
"""Training images of each class that `DataLoaded` shows."""


class Session:
    """Serves the commands of `inbox` until a `Close`.

    Args:
        inbox: where commands come from.
        root: the folder of the data sets.
        tell: called with each event, in this thread.
    """

    def __init__(self, inbox: Inbox, root: Path, tell: Callable[[Event], None]) -> None:
        self._inbox = inbox
        self._root = root
        self._tell = tell
        self._data: dict[str, ImageData] = {}
        self._weights: StateDict | None = None
        self._step = 0

    def run(self) -> None:
        """Load torch, then serve; returns after a `Close`."""
        self._load_torch()
        while True:
            command = self._inbox.wait()
            match command:
                case Close():
                    return
                case LoadData(dataset):
                    self._load(dataset)
                case StartRun():
                    self._train(command)
                case CaptureWeights(target) if self._weights is not None:
                    self._tell(WeightsCaptured(target, self._weights, self._step))
                case EvaluateWeights(path, recipe):
                    self._evaluate(path, recipe)
                case CaptureWeights() | SetValue() | Stop():
                    pass  # for a run that is over

    def _load_torch(self) -> None:
        import torch

        from workbench.engine.models import MODELS
        from workbench.engine.speed import set_threads

        # Also where nothing is to be changed: it fixes the size of this thread's pool before the first operation.
        set_threads(0)
        counts = {row.name: row.parameter_count() for row in MODELS}
        self._tell(TorchLoaded(torch.__version__, torch.get_num_threads(), counts))

    def _load(self, dataset: str | None) -> ImageData | None:
        """The data set, loaded if need be and told of; None if that failed or was cancelled, which is told too."""
        try:
            data, instead_of = self._fetched(dataset)
        except Interrupted:
            self._inbox.discard_run_commands()
            self._tell(DataFailed(None))
            return None
        except Problem as problem:
            self._tell(DataFailed(problem))
            return None
        except Exception as error:  # noqa: BLE001  # a defect must not end the thread that everything runs in
            self._tell(DataFailed(_unforeseen(error)))
            return None
        self._tell(
            DataLoaded(
                data.name,
                data.class_names,
                len(data.train_images),
                len(data.test_images),
                data.samples(SAMPLES_PER_CLASS),
                instead_of,
            )
        )
        return data

    def _fetched(self, dataset: str | None) -> tuple[ImageData, Problem | None]:
        from workbench.engine.datasets import DATASETS, load_dataset, load_default

        name = dataset or DATASETS.default
        if name in self._data:
            return self._data[name], None
        if dataset is None:
            data, instead_of = load_default(self._root, self._progress)
        else:
            data, instead_of = load_dataset(dataset, self._root, self._progress), None
        self._data[data.name] = data
        return data, instead_of

    def _progress(self, what: str, done: int, total: int) -> None:
        if self._inbox.stop_asked:
            raise Interrupted
        self._tell(DataProgressed(what, done, total))

    def _train(self, command: StartRun) -> None:
        recipe = command.recipe
        data = self._data.get(recipe.dataset) or self._load(recipe.dataset if command.dataset_chosen else None)
        if data is None:
            self._tell(RunEnded(Outcome.STOPPED, self._step, has_weights=self._weights is not None))
            return
        from workbench.engine.trainer import Trainer

        trainer = None
        try:
            trainer = Trainer(recipe.with_dataset(data.name), data, self._inbox)
            ended: RunEnded | None = None
            for event in trainer.run():
                if isinstance(event, RunEnded):
                    ended = event
                else:
                    self._tell(event)
        except Exception as error:  # noqa: BLE001  # see above
            problem = error if isinstance(error, Problem) else _unforeseen(error)
            ended = RunEnded(Outcome.FAILED, trainer.position.step if trainer else 0, problem, _details(error))
        # First the weights, then the news: whoever hears that the run has ended may save at once.
        if trainer is not None and trainer.position.step > 0:
            self._weights, self._step = trainer.weights, trainer.position.step
        self._inbox.discard_run_commands()
        assert ended is not None
        self._tell(RunEnded(ended.outcome, ended.step, ended.problem, ended.details, self._weights is not None))

    def _evaluate(self, path: Path, recipe: Recipe) -> None:
        data = self._data.get(recipe.dataset) or self._load(recipe.dataset)
        if data is None:
            self._tell(
                WeightsRefused(path, Problem("There is no data to test {path} on: load a data set first.", path=path))
            )
            return
        from workbench.engine.evaluation import evaluate_file
        from workbench.engine.losses import LOSSES
        from workbench.engine.models import MODELS
        from workbench.engine.weights import load_weights

        model = MODELS[recipe.model].build()
        event = evaluate_file(
            path,
            model,
            data,
            LOSSES[recipe.loss].build(),
            batch_size=int(recipe["batch_size"]),
            kept=True,
        )
        if isinstance(event, WeightsEvaluated):
            self._weights, self._step = load_weights(path, model), 0
        self._tell(event)


def _unforeseen(error: Exception) -> Problem:
    return Problem(
        "Something went wrong that should not have ({reason}): what was trained so far is kept; "
        "save it, then try again.",
        reason=f"{type(error).__name__}: {error}",
    )


def _details(error: Exception) -> str:
    return "" if isinstance(error, Problem) else "".join(traceback.format_exception(error))
