"""SettingsModel: what the next run is trained with. Choices, hyperparameters, device; no widget."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from workbench.engine.config.hyperparameters import TABLE, hyperparameter
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_source import DataRequest
from workbench.engine.data.datasets import DATASETS, OWN_FILES
from workbench.engine.errors import UsageError
from workbench.engine.models.initial_weights import INITIAL_WEIGHTS, InitialWeights
from workbench.engine.models.network_source import OWN, NetworkSource
from workbench.engine.optim.losses import LOSSES, losses_for
from workbench.engine.recipe import REGISTRIES, Recipe, accepted_by, defaults_for, names_for
from workbench.ui.models.own_files import OwnFiles
from workbench.ui.models.settings_values import SettingsValues, dictionary
from workbench.ui.text.engine_texts import refusal_of
from workbench.ui.text.numbers import parse_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.data_source import DataSource
    from workbench.engine.data.data_spec import DataSpec

STATE_VERSION: Final = 2
DEFAULT_DEVICE: Final = "cpu"


class SettingsModel(QObject):
    """The settings of the next run; while a run trains, also the values that the user wants it to use.

    Each hyperparameter that belongs to a choice (an optimizer's momentum) has one value for each row of that choice, so
    that a value set for SGD is there again when the user returns to SGD. Likewise each task keeps its loss: data of
    another task bring the loss along that was last chosen for it, at first its default.

    A setter (`set_value`, `set_choice`, `show_recipe`, `restore`) changes the settings on behalf of the program. `edit`
    changes them on behalf of the user: the current run follows, and the user can undo it.

    Attributes (only the model sets them):
        device: what the next run trains on, such as `cpu`, `cuda:1` or `mps`.
        devices: those of this machine; None until torch, which knows them, is loaded.
        automatic_threads: that PyTorch uses where it is left to PyTorch; 0 until torch is loaded.
        dataset_was_chosen: whether the user chose the data set; a chosen one is never replaced by another.
        network: the one of the user's own that was chosen last, also while a row is chosen; None where there is none.
        initial_weights: those that the next run starts from; None for those that its seed draws.
    """

    value_changed = Signal(str, object)
    """A hyperparameter has another value: its name, the value."""
    choice_changed = Signal(str, str)
    """Another row is chosen: the registry's name, the row's. The values that belong to the choice changed with it."""
    device_changed = Signal(str)
    initial_weights_changed = Signal()
    """The next run starts from the weights of another file, or from those that its seed draws."""
    network_changed = Signal()
    """The network of the user's own is another one, or has other arguments."""
    changed = Signal()
    """Follows each of the signals above."""
    value_edited = Signal(str, object)
    """The user set a hyperparameter, or undid that: its name, the value."""
    choice_edited = Signal(str, str)
    """The user chose another row, or undid that: the registry's name, the row's."""
    edited = Signal(str, object, object)
    """The user changed a hyperparameter or a choice: its name, the old value, the new one. Undoing does not emit it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices = {name: registry.default for name, registry in REGISTRIES.items()}
        self._values = SettingsValues(self._choices)
        self._own_files: OwnFiles | None = None
        self._drafts: dict[str, str] = {}
        self.device = DEFAULT_DEVICE
        self.devices: tuple[str, ...] | None = None
        self.automatic_threads = 0
        self.dataset_was_chosen = False
        self.network: NetworkSource | None = None
        self.initial_weights: InitialWeights | None = None

    def choices(self) -> dict[str, str]:
        """The name of the chosen row of each registry."""
        return dict(self._choices)

    @property
    def own_files(self) -> OwnFiles | None:
        """The files of the user's own that were chosen last, also while another data set is chosen."""
        return self._own_files

    @property
    def spec(self) -> DataSpec | None:
        """Task and shapes of the chosen data; None for files that have not been read yet."""
        if self._choices["dataset"] == OWN_FILES:
            return self._own_files.spec if self._own_files is not None else None
        return DATASETS[self._choices["dataset"]].spec

    @property
    def task(self) -> Task:
        """What is predicted; classification where that is not known yet."""
        return self.spec.task if self.spec is not None else Task.CLASSIFICATION

    def accepted(self, choice: str) -> tuple[str, ...]:
        """The hyperparameters that the chosen row of `choice`, one of `OF_CHOICES`, accepts, in the order shown."""
        return accepted_by(self._choices)[choice]

    def default(self, name: str) -> Value:
        """The default of a hyperparameter: the chosen row's own, where it has one."""
        return defaults_for(self._choices).get(name, TABLE[name].default)

    def value(self, name: str) -> Value:
        """The value of a hyperparameter that the choices accept."""
        return self._values.get(name)

    def values(self) -> dict[str, Value]:
        """The values of the hyperparameters that the choices accept, by name."""
        return {name: self.value(name) for name in names_for(self._choices)}

    def recipe(self) -> Recipe:
        """All settings as a recipe. A value that was typed and not applied yet counts.

        Raises:
            UsageError: the user typed something that is no value, or network and data do not fit.
        """
        for name in names_for(self._choices):
            if (text := self._drafts.get(name)) is not None:
                self._parse(name, text)
        self.commit_drafts()
        source = self._source()
        recipe = Recipe.of(self._choices, self.values(), self.device, source, self.network, self.initial_weights)
        return recipe if source is None else replace(recipe, own_spec=self.spec)

    def data_request(self) -> DataRequest:
        """The data to load for these settings."""
        names = accepted_by(self._choices).get("dataset", ())
        return DataRequest(self._choices["dataset"], {name: self.value(name) for name in names}, self._source())

    # Setters

    def set_value(self, name: str, value: object) -> None:
        """Set a hyperparameter. If the chosen row does not accept it, every row that does keeps the value.

        Raises:
            UsageError: there is no such hyperparameter, or it does not allow the value.
        """
        checked = hyperparameter(name).checked(value)
        if name not in names_for(self._choices):
            self._values.set_for_all_rows(name, checked)
            return
        had_draft = self._drafts.pop(name, None) is not None
        if checked != self._values.get(name) or had_draft:
            self._values.set(name, checked)
            self.value_changed.emit(name, checked)
            self.changed.emit()

    def set_choice(self, name: str, key: str) -> None:
        """Choose the row `key` of the registry `name`.

        Raises:
            UsageError: there is no such row, it is a loss of another task, or it stands for files and there are none.
        """
        if REGISTRIES[name][key].name == self._choices[name]:
            return
        if name == "dataset":
            self._choose_data(key, self._own_files)
        else:
            if name == "loss":
                self._check_loss(key)
            self._choices[name] = key
            self._emit_choices(name)

    def set_own_files(self, files: OwnFiles) -> None:
        """Choose files of the user's own as the data set, or say what was understood of those that are chosen."""
        if self._choices["dataset"] != OWN_FILES or files != self._own_files:
            self._choose_data(OWN_FILES, files)

    def set_network(self, network: NetworkSource) -> None:
        """Let the choice `OWN` of a model stand for this network."""
        if network != self.network:
            self.network = network
            self.network_changed.emit()
            self.changed.emit()

    def set_initial_weights(self, weights: InitialWeights | None) -> None:
        """Let the next run start from these weights; None for those that its seed draws."""
        if weights != self.initial_weights:
            self.initial_weights = weights
            self.initial_weights_changed.emit()
            self.changed.emit()

    def set_device(self, device: str) -> None:
        """Train the next run on `device`; whether this machine has it shows when the run starts."""
        if device != self.device:
            self.device = device
            self.device_changed.emit(device)
            self.changed.emit()

    def has_device(self, device: str) -> bool:
        """Whether this machine has `device`, as far as is known."""
        return self.devices is None or device in self.devices or f"{device}:0" in self.devices

    def show_recipe(self, recipe: Recipe, values: Mapping[str, Value] | None = None) -> None:
        """Take over the settings of a run: choices, values and device.

        The data set counts as the user's choice only if the user had chosen one before.

        Args:
            recipe: what the run began with.
            values: hyperparameters that have changed since.
        """
        if recipe.network is not None:
            self.set_network(recipe.network)
        if recipe.source is not None:
            self.set_own_files(OwnFiles(recipe.source, recipe.own_spec))
        for name, key in recipe.choices().items():
            self.set_choice(name, key)
        for name, value in {**recipe.values, **(values or {})}.items():
            self.set_value(name, value)
        self.set_device(recipe.device)
        self.set_initial_weights(recipe.initial_weights)

    # Edits by the user

    def edit(self, name: str, value: object, *, can_undo: bool = True) -> None:
        """Set a hyperparameter or a choice as the user does.

        Args:
            name: of a hyperparameter or a registry, or `device`, or `network` for the network of the user's own, or
                `initial_weights`.
            value: the value, or the name of a row; for the data set also `OwnFiles`, for `network` a `NetworkSource`,
                for `initial_weights` an `InitialWeights` or None.
            can_undo: False where this is an undo itself: `edited` is not emitted.

        Raises:
            UsageError: there is nothing of that name, or it does not allow the value.
        """
        if name in REGISTRIES:
            old: object = self._choice(name)
            if isinstance(value, OwnFiles):
                self.set_own_files(value)
            else:
                self.set_choice(name, str(value))
            self.dataset_was_chosen = self.dataset_was_chosen or name == "dataset"
            new: object = self._choice(name)
            edited = self.choice_edited
        elif name in ("device", INITIAL_WEIGHTS) or isinstance(value, NetworkSource):
            self._edit_other(name, value, can_undo=can_undo)
            return
        elif name in names_for(self._choices):
            old = self.value(name)
            self.set_value(name, value)
            new = self.value(name)
            edited = self.value_edited
        else:
            self.set_value(name, value)
            return
        if new != old:
            edited.emit(name, self._choices.get(name, new))
            if can_undo:
                self.edited.emit(name, old, new)

    def set_draft(self, name: str, text: str) -> None:
        """Keep what the user is typing for a hyperparameter and has not applied yet; "" where there is nothing."""
        if text:
            self._drafts[name] = text
        else:
            self._drafts.pop(name, None)

    def commit_drafts(self) -> None:
        """Apply what was typed and is a value; what is no value stays a draft."""
        for name in names_for(self._choices):
            if (text := self._drafts.get(name)) is not None:
                with suppress(UsageError):
                    self.edit(name, self._parse(name, text))

    def reset_to_defaults(self, *, live_only: bool = False) -> None:
        """Return to the tutorial's settings, as an edit by the user.

        Args:
            live_only: return only the hyperparameters to their defaults that can change during a run.
        """
        self._reset_values(live_only=live_only)
        if live_only:
            return
        for name, registry in REGISTRIES.items():
            self.edit(name, registry.default)
        self.edit(INITIAL_WEIGHTS, None)
        self.dataset_was_chosen = False
        self._reset_values()  # those that came with the choices
        self._values.reset()
        self.set_device(DEFAULT_DEVICE)

    # Remembering

    def state(self) -> dict[str, Any]:
        """Everything set here, for JSON."""
        self.commit_drafts()
        choices = self.choices()
        if not self.dataset_was_chosen:
            # It may be the replacement of a data set that could not be loaded: the next start tries the default again.
            del choices["dataset"]
        return {
            "version": STATE_VERSION,
            "choices": choices,
            **self._values.state(),
            "device": self.device,
            "network": None if self.network is None else self.network.to_content(),
            "initial_weights": None if self.initial_weights is None else self.initial_weights.to_content(),
            "own_files": None if self._own_files is None else self._own_files.to_content(),
        }

    def restore(self, state: object) -> None:
        """Take over what `state` returned. Unknown names and values that are not allowed are passed over."""
        stored = dictionary(state)
        if stored.get("version") == 1:  # when only optimizers had values of their own
            stored = {**stored, "own_values": {"optimizer": stored.get("own_values")}}
        elif stored.get("version") != STATE_VERSION:
            return
        self._values.restore(stored)
        with suppress(ValueError, UsageError):
            network = NetworkSource.from_content(stored.get("network"))
            self.set_network(network.with_arguments(network.arguments))
            if dictionary(stored.get("choices")).get("model") == OWN:
                self.set_choice("model", OWN)
        self._restore_choices(stored)
        with suppress(ValueError):
            self.set_initial_weights(InitialWeights.from_content(stored.get("initial_weights")))
        if isinstance(device := stored.get("device"), str):
            self.set_device(device)
        for name, value in self.values().items():
            self.value_changed.emit(name, value)
        self.changed.emit()

    # Internals

    def _edit_other(self, name: str, value: object, *, can_undo: bool) -> None:
        """Set what is neither a hyperparameter nor in a registry, as `edit` does."""
        old = getattr(self, name)
        if isinstance(value, NetworkSource):
            self.set_network(value)
        elif name == INITIAL_WEIGHTS:
            self.set_initial_weights(value if isinstance(value, InitialWeights) else None)
        else:
            self.set_device(str(value))
        new = getattr(self, name)
        # The first network is undone with the choice of the model.
        if new != old and can_undo and not (old is None and isinstance(value, NetworkSource)):
            self.edited.emit(name, old, new)

    def _restore_choices(self, stored: dict[str, Any]) -> None:
        with suppress(ValueError):
            self._own_files = OwnFiles.from_content(stored.get("own_files"))
        choices = dictionary(stored.get("choices"))
        for name, registry in REGISTRIES.items():
            is_own = name == "dataset" and choices.get(name) == OWN_FILES
            if is_own or choices.get(name) in registry.names:
                with suppress(UsageError):  # a loss of another task, or no files
                    self.set_choice(name, choices[name])
                    self.dataset_was_chosen = self.dataset_was_chosen or name == "dataset"

    def _choice(self, name: str) -> str | OwnFiles:
        """What is chosen, as `edit` takes it."""
        key = self._choices[name]
        return self._own_files if key == OWN_FILES and self._own_files is not None else key

    def _source(self) -> DataSource | None:
        if self._choices["dataset"] != OWN_FILES or self._own_files is None:
            return None
        return self._own_files.source

    def _choose_data(self, key: str, files: OwnFiles | None) -> None:
        """Choose other data, and with those of another task its loss."""
        if key == OWN_FILES and files is None:
            raise UsageError("Your own files are chosen by their path: open a file or folder.")
        before = self.task
        self._own_files = files
        self._choices["dataset"] = key
        loss = self._values.losses[self.task]
        # Both before any signal: a listener may ask for the recipe.
        changed = ["dataset"]
        if self.task is not before and loss != self._choices["loss"]:
            self._choices["loss"] = loss
            changed.append("loss")
        self._emit_choices(*changed)

    def _check_loss(self, key: str) -> None:
        """Keep the loss for the present task.

        Raises:
            UsageError: it is for another one.
        """
        if self.spec is None:  # which task it is shows when the files are read
            self._values.losses |= dict.fromkeys(LOSSES[key].tasks, key)
        elif self.task not in LOSSES[key].tasks:
            raise UsageError(
                "The loss {loss} is not for {task}: choose one of {names}.",
                loss=key,
                task=self.task.value,
                names=", ".join(losses_for(self.task)),
            )
        else:
            self._values.losses[self.task] = key

    def _emit_choices(self, *names: str) -> None:
        for name in names:
            self.choice_changed.emit(name, self._choices[name])
        self.changed.emit()

    def _parse(self, name: str, text: str) -> Value:
        try:
            return parse_value(TABLE[name], text)
        except UsageError:
            raise refusal_of(TABLE[name], text) from None

    def _reset_values(self, *, live_only: bool = False) -> None:
        for name in names_for(self._choices):
            if TABLE[name].is_live or not live_only:
                self.edit(name, self.default(name))
