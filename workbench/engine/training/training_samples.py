"""TrainingSamples: which samples of the training set are trained on, in which order, and which are held out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from workbench.engine.config.tasks import Task
from workbench.engine.data.own_files.split import held_out
from workbench.engine.data.unit_floats import UnitFloats
from workbench.engine.training.loops import batches_of
from workbench.engine.training.sampler import epoch_permutation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor

    from workbench.engine.data.dataset import Dataset
    from workbench.engine.training.loops import Batch


class TrainingSamples:
    """The training set of a run, less the share of it that is held out for validation.

    Where the data bring samples for validation of their own, these are used and none are held out. Held-out samples
    are chosen by the seed alone; each class has its share of them. The others keep their order.
    Nothing is copied: batches are read by index.

    Args:
        data: on the device that trains.
        seed: of the run.
        share: of the training set that is held out; 0 holds none out.

    Attributes:
        count: of the samples trained on.
    """

    def __init__(self, data: Dataset, seed: int, share: float) -> None:
        self._data = data
        self._seed = seed
        self._kept: Tensor | None = None
        self._held: Tensor | None = None
        self._order: tuple[int, Tensor] | None = None
        if share > 0 and data.validation_inputs is None:
            has_classes = data.spec.task is Task.CLASSIFICATION and data.missing is None
            labels = data.train_targets.cpu().numpy() if has_classes else None
            kept, held = held_out(len(data.train_inputs), share, seed, labels)
            if len(held) > 0:  # a class of one sample keeps it for training
                device = data.train_inputs.device
                self._kept = torch.from_numpy(kept).sort().values.to(device)
                self._held = torch.from_numpy(held).sort().values.to(device)
        self.count = len(data.train_inputs) if self._kept is None else len(self._kept)

    def order(self, epoch: int, *, shuffled: bool) -> Tensor | None:
        """The places in the training set of the samples of an epoch (count,) int64; None: all, in their own order."""
        if not shuffled:
            return self._kept
        if self._order is None or self._order[0] != epoch:
            order = epoch_permutation(self._seed, epoch, self.count).to(self._data.train_inputs.device)
            self._order = epoch, order if self._kept is None else self._kept.index_select(0, order)
        return self._order[1]

    @property
    def validation_count(self) -> int:
        """The samples for validation, held out or the data's own."""
        if self._data.validation_inputs is not None:
            return len(self._data.validation_inputs)
        return 0 if self._held is None else len(self._held)

    def validation_batches(self, batch_size: int) -> Iterator[Batch] | None:
        """The samples for validation in batches; None where there are none."""
        data = self._data
        if data.validation_inputs is not None and data.validation_targets is not None:
            return batches_of(data.validation_inputs, data.validation_targets, batch_size)
        return None if self._held is None else self._batches(self._held, batch_size)

    def _batches(self, places: Tensor, batch_size: int) -> Iterator[Batch]:
        inputs, targets = UnitFloats(self._data.train_inputs, places), self._data.train_targets
        for start in range(0, len(places), batch_size):
            yield inputs.batch(start, start + batch_size), targets.index_select(0, places[start : start + batch_size])
