"""Stepper: model, optimizer and position of a training between two steps; it makes the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import torch

from workbench.engine.checkpoints.snapshot import Position, Snapshot
from workbench.engine.config.hyperparameters import TABLE, Section, hyperparameter
from workbench.engine.data.augmentation import Augmentation
from workbench.engine.data.unit_floats import UnitFloats
from workbench.engine.models.building import build_model
from workbench.engine.models.mlp import set_dropout
from workbench.engine.models.own_calls import OwnNetwork
from workbench.engine.models.weights import capture
from workbench.engine.optim.losses import LOSSES
from workbench.engine.optim.lr_schedules import SCHEDULES
from workbench.engine.optim.optimizers import OPTIMIZERS, set_value
from workbench.engine.runtime.acceleration import accelerated, set_threads
from workbench.engine.runtime.devices import device_called, use_repeatable_kernels, why_no_graph
from workbench.engine.runtime.random_state import RandomState
from workbench.engine.training.gradient_clip import GradientClip
from workbench.engine.training.held_state import HeldWeights, hold_state
from workbench.engine.training.loops import batches_of, test_loop, train_loop
from workbench.engine.training.single_samples import check_single_samples
from workbench.engine.training.step_graphs import StepGraphs
from workbench.engine.training.training_samples import TrainingSamples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from torch import Tensor, nn

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.dataset import Dataset
    from workbench.engine.errors import UserError
    from workbench.engine.history.records import Evaluation
    from workbench.engine.models.weights import StateDict
    from workbench.engine.recipe import Recipe
    from workbench.engine.training.loops import Batch, TestResult, TrainedBatch

_OUTSIDE_OF_STEPS: Final = frozenset(
    (
        *("epochs", "batch_size", "shuffle", "guard", "learning_rate", "flip", "shift", "rotation"),
        *(row.name for row in TABLE.values() if row.section is Section.SCHEDULE),
    )
)
"""Values that change which batches are trained on, or the rate, but not what is done with them."""


class SeenBatch(NamedTuple):
    """A batch, and what the network makes of it in a training step, before the update.

    Attributes:
        places: of its samples in the training set, (N,) int64.
        inputs: (N, ...) float32, as the network sees them: shuffled, augmented.
        targets: labels (N,), or numbers (N, T).
        outputs: (N, K), in training mode: with dropout, where there is any.
    """

    places: Tensor
    inputs: Tensor
    targets: Tensor
    outputs: Tensor


class Stepper:
    """Model, optimizer, values and position of one training; a snapshot can hold all of it.

    Two steppers of one recipe that get the same values at the same steps compute the same bits, on the same machine,
    torch build and number of threads.

    `data` is given on the CPU. So is `initial`: the weights that the recipe starts from, where it names a file of them.
    Without them the state at the start is not known, and the caller restores a snapshot before anything else.

    Attributes:
        knows_start: whether the state before the first step is that of the run.

    Raises:
        UsageError: the device is not there.
    """

    def __init__(self, recipe: Recipe, data: Dataset, initial: StateDict | None = None) -> None:
        self.recipe = recipe
        self.values: dict[str, Value] = dict(recipe.values)
        device = device_called(recipe.device)
        # A GPU works ahead, so its losses are read many at a time; on the CPU each loss is there at once.
        self.is_deferred = device.type != "cpu"
        set_threads(int(recipe["threads"]))
        use_repeatable_kernels(device)
        self.data = data.to(device)
        self.samples = TrainingSamples(self.data, int(recipe["seed"]), float(recipe["validation_share"]))
        # The tutorial's order: seed, then model. On the CPU, so that a seed gives the same weights on every device.
        torch.manual_seed(int(recipe["seed"]))
        # The network of a run that can only be looked at may be code that must not run.
        self.is_held = recipe.network is not None and self.data.missing is not None
        if self.is_held:
            self.model: nn.Module = HeldWeights().to(device)
        else:
            model = build_model(recipe.model, data.spec, recipe.values, recipe.network)
            if initial is not None:
                # After the network is made, so that the random numbers of the run are those of its seed.
                model.load_state_dict(initial)
            self.model = model.to(device)
        self.knows_start = not self.is_held and (recipe.initial_weights is None or initial is not None)
        self._network = accelerated(self.model, recipe)
        if recipe.network is not None:
            self._network = OwnNetwork(self._network)
        self.loss_fn = LOSSES[recipe.loss].build(data.spec)
        self.optimizer = OPTIMIZERS[recipe.optimizer].create(self.model.parameters(), self.values)
        if self.is_held:
            hold_state(self.optimizer)
        self._factor = None if recipe.schedule == SCHEDULES.default else SCHEDULES[recipe.schedule].factor
        self._clip = GradientClip(self.model.parameters())
        self._augmentation = Augmentation(int(recipe["seed"]))
        self._losses: list[float] = []
        self._no_graph = why_no_graph(recipe) if recipe["cuda_graph"] else None
        self._graphs: StepGraphs | None = None
        if recipe["cuda_graph"] and self._no_graph is None:
            self._graphs = StepGraphs(self._network, self.loss_fn, self.optimizer, self._clip, self.data)
        self.position = Position()
        self._use_values()

    @property
    def weights(self) -> StateDict:
        """A copy of the current weights, on the CPU."""
        return capture(self.model)

    @property
    def sample_count(self) -> int:
        """The number of training samples, without those held out for validation."""
        return self.samples.count

    @property
    def graph_problem(self) -> UserError | None:
        """Why the run trains without the CUDA graph that its recipe asks for; None if it has one, or does not ask."""
        return self._no_graph if self._graphs is None else self._graphs.problem

    @property
    def is_finite(self) -> bool:
        """Whether no weight is NaN or infinite."""
        # A network of the user's own may have a buffer that is infinite on purpose, such as a mask.
        own = self.recipe.network is not None
        tensors = self.model.parameters() if own else self.model.state_dict().values()
        return all(bool(tensor.isfinite().all()) for tensor in tensors)

    def steps(self) -> Iterator[TrainedBatch]:
        """Train to the end of the epoch, batch by batch; the caller must `count` each and may `set_value` between."""
        batches = self._rest_of_epoch()
        if self._graphs is not None:
            return self._graphs.loop(batches, self._graph_settings)
        return train_loop(
            batches,
            self._network,
            self.loss_fn,
            self.optimizer,
            check=not self.is_deferred,
            clip=self._clip,
        )

    def look_ahead(self) -> SeenBatch:
        """The next batch with the outputs that its step computes; nothing is updated, and the position stays.

        For a fork: it draws the random numbers of the step, and moves on what batch normalization keeps.
        """
        inputs, targets = next(self._rest_of_epoch())
        self._network.train()
        # With gradients, as in the step: without, a compiled network may compute other bits.
        outputs = self._network(inputs).detach()
        position = self.position
        stop = position.sample + len(inputs)
        order = self.samples.order(position.epoch, shuffled=position.shuffled)
        places = torch.arange(position.sample, stop) if order is None else order[position.sample : stop]
        return SeenBatch(places, inputs, targets, outputs)

    def count(self, trained: TrainedBatch) -> None:
        """Move the position past `trained`."""
        position = self.position
        position.step += 1
        position.batch += 1
        position.sample += len(trained.targets)

    def close_epoch(self) -> None:
        """Move on to the next epoch if the current one is at its end."""
        position = self.position
        if position.sample == self.sample_count:
            position.epoch += 1
            position.batch = position.sample = 0
            position.metric_sum = 0.0
            position.even = True

    def test(
        self,
        batch_size: int,
        wrap: Callable[[Iterable[Batch]], Iterable[Batch]],
        kept_outputs: list[Tensor] | None = None,
    ) -> TestResult:
        """Evaluate on the test set.

        Args:
            batch_size: samples in a batch.
            wrap: goes around the batches; it may raise to end the test.
            kept_outputs: the outputs of each batch are appended to it.
        """
        self.data.check_present()
        batches = batches_of(self.data.test_inputs, self.data.test_targets, batch_size)
        return self._evaluated(wrap(batches), kept_outputs)

    def validate(self, batch_size: int, wrap: Callable[[Iterable[Batch]], Iterable[Batch]]) -> TestResult | None:
        """Evaluate on the samples for validation, as `test` does; None where there are none."""
        batches = self.samples.validation_batches(batch_size)
        return None if batches is None else self._evaluated(wrap(batches))

    def use_tests(self, evaluations: Iterable[Evaluation]) -> None:
        """Let the schedule know the tests of the run so far; those of later epochs do not matter."""
        self._losses = [evaluation.watched_loss for evaluation in evaluations]

    def check_value(self, name: str, value: Value) -> None:
        """Raise where the network cannot be trained with this value from the next step on.

        Raises:
            UsageError: it cannot: the last batch of an epoch would be too small for it.
        """
        if name == "batch_size" and value != self.values[name]:
            check_single_samples(self, int(value))

    def set_value(self, name: str, value: Value) -> None:
        """Use `value`, which is checked and of a live row, from the next step (or epoch) on."""
        self.values[name] = value
        if name == "batch_size":
            self.position.even = self.position.batch == 0
        elif name in ("dropout", "clip_norm", "flip", "shift", "rotation"):
            self._use_values()
        elif name == "learning_rate":
            if self._factor is None:  # else the schedule sets the rate before each step
                set_value(self.optimizer, name, value)
        elif hyperparameter(name).section is Section.OPTIMIZER:
            set_value(self.optimizer, name, value)

    def snapshot(self) -> Snapshot:
        """A copy of the whole state."""
        return Snapshot.of(self.model, self.optimizer, self.position, self.values)

    def restore(self, snapshot: Snapshot) -> None:
        """Put `snapshot` back; training on from here gives the same bits as training on from there did."""
        snapshot.restore(self.model, self.optimizer)
        if self._graphs is not None:
            self._graphs.clear()
        self.position = snapshot.position.copy()
        self.values = dict(snapshot.values)
        self._use_values()

    def _evaluated(self, batches: Iterable[Batch], kept_outputs: list[Tensor] | None = None) -> TestResult:
        """The result of the test loop; the random state stays as it is, also where the network draws from it.

        A run that goes back does not repeat its tests.
        """
        device = next(self.model.parameters()).device
        state = RandomState.of(device)
        try:
            task = self.data.spec.task
            return test_loop(batches, self._network, self.loss_fn, task, kept_outputs=kept_outputs)
        finally:
            state.restore(device)

    def _use_values(self) -> None:
        """Give the values to the parts that hold a copy of them and are in no snapshot."""
        self._clip.norm = float(self.values["clip_norm"])
        if self.data.spec.is_image:
            self._augmentation.flip = bool(self.values["flip"])
            self._augmentation.shift = int(self.values["shift"])
            self._augmentation.rotation = float(self.values["rotation"])
        if "dropout" in self.values:
            set_dropout(self.model, float(self.values["dropout"]))

    def _graph_settings(self) -> tuple[Value, ...]:
        """The values in force that a graph may have taken in: a new row counts until it is known not to."""
        return tuple(value for name, value in self.values.items() if name not in _OUTSIDE_OF_STEPS)

    def _rest_of_epoch(self) -> Iterator[Batch]:
        """The batches from the current sample on; each has the batch size in force when it is requested."""
        self.data.check_present()
        targets, position = self.data.train_targets, self.position
        if position.sample == 0:
            position.shuffled = bool(self.values["shuffle"])
        order = self.samples.order(position.epoch, shuffled=position.shuffled)
        inputs = UnitFloats(self.data.train_inputs, order)
        while (start := position.sample) < self.sample_count:
            stop = start + int(self.values["batch_size"])
            if self._factor is not None:
                self._schedule_rate()
            batch = inputs.batch(start, stop)
            if self._augmentation.is_on:
                batch = self._augmented(batch, order, start)
            yield batch, targets[start:stop] if order is None else targets.index_select(0, order[start:stop])

    def _augmented(self, batch: Tensor, order: Tensor | None, start: int) -> Tensor:
        """`batch`, which begins with number `start` of the order, as the network sees it in this epoch."""
        stop = start + len(batch)
        places = torch.arange(start, stop, device=batch.device) if order is None else order[start:stop]
        return self._augmentation.apply(batch, self.position.epoch, places)

    def _schedule_rate(self) -> None:
        """Set the optimizer's rate to the slider's rate times the schedule's factor at this position."""
        assert self._factor is not None
        position, values = self.position, self.values
        progress = position.epoch + position.sample / self.sample_count
        factor = self._factor(progress, int(values["epochs"]), values, self._losses)
        set_value(self.optimizer, "learning_rate", float(values["learning_rate"]) * factor)
