"""ScriptFacts: what a script must be able to do, so that it holds no more than that."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from workbench.engine.analysis.lr_curve import RateCurve
from workbench.engine.models.network_source import OWN
from workbench.engine.optim.lr_schedules import SCHEDULES
from workbench.engine.runtime.devices import why_no_graph

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.exporters.run_record import RunRecord

_OF_PLANNED_EPOCHS: Final = ("cosine", "one-cycle")
_LOOKED_UP: Final = {"batch_size", "epochs", "shuffle", "clip_norm"}
"""What the loops look up where it changes; other values are set in the optimizer, the model or the augmentation."""


@dataclass(frozen=True, slots=True)
class ScriptFacts:
    """The facts of a run that its script depends on.

    Attributes:
        record: of the run.
        train_count: samples that are trained on, without those held out.
        changes: by step: the values that change before its update, without those that change nothing in it.
        schedule: the name of the schedule that is computed in the script; "constant" where none is, or where its rates
            are among the changes.
        is_notebook: whether the code is for a notebook: its cells share their names, and keep the losses for plots.
    """

    record: RunRecord
    train_count: int
    changes: Mapping[int, Mapping[str, Value]]
    schedule: str
    is_notebook: bool = False

    @classmethod
    def of(cls, record: RunRecord, train_count: int, *, is_notebook: bool = False) -> ScriptFacts:
        """The facts of `record`, whose data have `train_count` samples to train on."""
        recipe = record.recipe
        changes: defaultdict[int, dict[str, Value]] = defaultdict(dict)
        follows_losses = SCHEDULES[recipe.schedule].watches_loss
        needs_epochs = recipe.schedule in _OF_PLANNED_EPOCHS
        ignored = {"guard", *(() if needs_epochs else ("epochs",)), *(("learning_rate",) if follows_losses else ())}
        for change in record.history.changes:
            if change.step < record.steps and change.name not in ignored:
                changes[change.step][change.name] = change.new
        if follows_losses:
            # It lowers the rate at the end of some epochs, which is written down as it happened.
            rates = RateCurve(recipe, record.history, train_count).at(np.arange(record.steps))[1]
            # The rate of step 0 may be another one than that of the recipe, too.
            for step in np.flatnonzero(np.diff(rates, prepend=float(recipe["learning_rate"]))).tolist():
                changes[step]["learning_rate"] = float(rates[step])
        schedule = SCHEDULES.default if follows_losses else recipe.schedule
        return cls(record, train_count, dict(sorted(changes.items())), schedule, is_notebook)

    def values_of(self, name: str) -> list[Value]:
        """All values that a hyperparameter has during the run, the first one first."""
        return [self.record.recipe[name], *(values[name] for values in self.changes.values() if name in values)]

    def varies(self, name: str) -> bool:
        """Whether a hyperparameter changes during the run."""
        return any(name in values for values in self.changes.values())

    def is_ever(self, name: str) -> bool:
        """Whether a hyperparameter is on, or above 0, at some step; False where the run does not have it."""
        return name in self.record.recipe.values and any(self.values_of(name))

    @property
    def has_rate_tensor(self) -> bool:
        """Whether the rate is in a tensor, as in a CUDA graph: the fused update then rounds it to 32 bits."""
        recipe = self.record.recipe
        return bool(recipe["cuda_graph"]) and why_no_graph(recipe) is None

    @property
    def has_own_network(self) -> bool:
        """Whether the network is the user's own."""
        return self.record.recipe.model == OWN

    @property
    def augments(self) -> bool:
        """Whether training images are flipped, moved or turned at some step."""
        return self.record.recipe.spec.is_image and any(map(self.is_ever, ("flip", "shift", "rotation")))

    @property
    def orders(self) -> bool:
        """Whether the samples are trained on in another order than their own, or not all of them."""
        return self.is_ever("shuffle") or self.holds_out

    @property
    def holds_out(self) -> bool:
        """Whether samples are held out for validation."""
        return bool(self.record.recipe["validation_share"])

    @property
    def has_uneven_epochs(self) -> bool:
        """Whether the batch size changes within an epoch."""
        starts = {each.step for each in self.record.history.epoch_starts}
        return any("batch_size" in values and step not in starts for step, values in self.changes.items())

    @property
    def is_whole(self) -> bool:
        """Whether the run trained and tested each planned epoch, and no more: the script then counts epochs alone."""
        return self.has_finished and not self.varies("epochs") and self._planned == len(self.record.history.evaluations)

    @property
    def counts_steps(self) -> bool:
        """Whether the script must know the number of a step."""
        return bool(self.changes) or not self.is_whole

    @property
    def counts_epochs(self) -> bool:
        """Whether an epoch is trained differently from another one."""
        return self.is_ever("shuffle") or self.augments or self.schedule != "constant"

    @property
    def uses_planned_epochs(self) -> bool:
        """Whether the schedule depends on the number of planned epochs."""
        return self.schedule in _OF_PLANNED_EPOCHS

    @property
    def wraps_model(self) -> bool:
        """Whether what is called is not the model itself, but something around it."""
        return bool(self.record.recipe["autocast"] or self.record.recipe["compile"])

    @property
    def values(self) -> dict[str, Value]:
        """The first value of everything that the loops look up at each step, because it changes or by a schedule."""
        recipe = self.record.recipe
        names = set() if self.schedule == "constant" else {*SCHEDULES[self.schedule].accepts, "learning_rate"}
        looked_up = {name for name in _LOOKED_UP | names if self.varies(name)}
        of_schedule = () if self.schedule == "constant" else SCHEDULES[self.schedule].accepts
        return {name: value for name, value in recipe.values.items() if name in looked_up or name in of_schedule}

    def expression(self, name: str) -> str:
        """The expression for the value in force: a constant, or an entry of the values that change."""
        return f'values["{name}"]' if self.varies(name) else name.upper()

    @property
    def has_finished(self) -> bool:
        """Whether the last planned epoch was tested."""
        tests = self.record.history.evaluations
        return bool(tests) and tests[-1].epoch >= self._planned and tests[-1].step == self.record.steps

    @property
    def _planned(self) -> int:
        """The epochs that were planned in the end."""
        planned = [self.record.recipe["epochs"]]
        planned += [change.new for change in self.record.history.changes if change.name == "epochs"]
        return int(planned[-1])
