"""SettingsModel: what the next run is trained with. Choices, hyperparameters, device; no widget."""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from workbench.engine.config.hyperparameters import TABLE, defaults, hyperparameter
from workbench.engine.data.data_source import DataRequest
from workbench.engine.errors import UsageError
from workbench.engine.models.network_source import OWN, NetworkSource
from workbench.engine.recipe import OF_CHOICES, REGISTRIES, Recipe, accepted_by, defaults_for, names_for
from workbench.ui.text.engine_texts import refusal_of
from workbench.ui.text.numbers import parse_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbench.engine.config.hyperparameters import Value

STATE_VERSION: Final = 2
DEFAULT_DEVICE: Final = "cpu"


class SettingsModel(QObject):
    """The settings of the next run; while a run trains, also the values that the user wants it to use.

    Each hyperparameter that belongs to a choice (an optimizer's momentum) has one value for each row of that choice, so
    that a value set for SGD is there again when the user returns to SGD.

    A setter (`set_value`, `set_choice`, `show_recipe`, `restore`) changes the settings on behalf of the program. `edit`
    changes them on behalf of the user: the current run follows, and the user can undo it.

    Attributes (only the model sets them):
        device: what the next run trains on, such as `cpu`, `cuda:1` or `mps`.
        devices: those of this machine; None until torch, which knows them, is loaded.
        dataset_was_chosen: whether the user chose the data set; a chosen one is never replaced by another.
    """

    value_changed = Signal(str, object)
    """A hyperparameter has another value: its name, the value."""
    choice_changed = Signal(str, str)
    """Another row is chosen: the registry's name, the row's. The values that belong to the choice changed with it."""
    device_changed = Signal(str)
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
        self._shared = defaults(_shared_names(), {})
        self._own = _own_defaults()
        self._drafts: dict[str, str] = {}
        self.device = DEFAULT_DEVICE
        self.devices: tuple[str, ...] | None = None
        self.dataset_was_chosen = False
        self.network: NetworkSource | None = None

    def choices(self) -> dict[str, str]:
        """The name of the chosen row of each registry."""
        return dict(self._choices)

    def accepted(self, choice: str) -> tuple[str, ...]:
        """The hyperparameters that the chosen row of `choice`, one of `OF_CHOICES`, accepts, in the order shown."""
        return accepted_by(self._choices)[choice]

    def default(self, name: str) -> Value:
        """The default of a hyperparameter: the chosen row's own, where it has one."""
        return defaults_for(self._choices).get(name, TABLE[name].default)

    def value(self, name: str) -> Value:
        """The value of a hyperparameter that the choices accept."""
        return self._values_with(name)[name]

    def values(self) -> dict[str, Value]:
        """The values of the hyperparameters that the choices accept, by name."""
        return {name: self.value(name) for name in names_for(self._choices)}

    def recipe(self) -> Recipe:
        """All settings as a recipe. A value that was typed and not applied yet counts.

        Raises:
            UsageError: the user typed something that is no value.
        """
        for name in names_for(self._choices):
            if (text := self._drafts.get(name)) is not None:
                self._parse(name, text)
        self.commit_drafts()
        return Recipe.of(self._choices, self.values(), self.device, network=self.network)

    def data_request(self) -> DataRequest:
        """The data to load for these settings."""
        names = accepted_by(self._choices).get("dataset", ())
        return DataRequest(self._choices["dataset"], {name: self.value(name) for name in names})

    # Setters

    def set_value(self, name: str, value: object) -> None:
        """Set a hyperparameter. If the chosen row does not accept it, every row that does keeps the value.

        Raises:
            UsageError: there is no such hyperparameter, or it does not allow the value.
        """
        checked = hyperparameter(name).checked(value)
        if name not in names_for(self._choices):
            for values in self._own[str(TABLE[name].of_choice)].values():
                if name in values:
                    values[name] = checked
            return
        values = self._values_with(name)
        had_draft = self._drafts.pop(name, None) is not None
        if checked != values[name] or had_draft:
            values[name] = checked
            self.value_changed.emit(name, checked)
            self.changed.emit()

    def set_choice(self, name: str, key: str) -> None:
        """Choose the row `key` of the registry `name`.

        Raises:
            UsageError: there is no such row.
        """
        if REGISTRIES[name][key].name != self._choices[name]:
            self._choices[name] = key
            self.choice_changed.emit(name, key)
            self.changed.emit()

    def set_network(self, network: NetworkSource) -> None:
        """Let the choice `OWN` of a model stand for this network."""
        if network != self.network:
            self.network = network
            self.network_changed.emit()
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
        for name, key in recipe.choices().items():
            self.set_choice(name, key)
        for name, value in {**recipe.values, **(values or {})}.items():
            self.set_value(name, value)
        self.set_device(recipe.device)

    # Edits by the user

    def edit(self, name: str, value: object, *, can_undo: bool = True) -> None:
        """Set a hyperparameter or a choice as the user does.

        Args:
            name: of a hyperparameter or a registry.
            value: the value, or the name of a row.
            can_undo: False where this is an undo itself: `edited` is not emitted.

        Raises:
            UsageError: there is nothing of that name, or it does not allow the value.
        """
        if name in REGISTRIES:
            old: object = self._choices[name]
            self.set_choice(name, str(value))
            self.dataset_was_chosen = self.dataset_was_chosen or name == "dataset"
            new: object = self._choices[name]
            edited = self.choice_edited
        elif name in names_for(self._choices):
            old = self.value(name)
            self.set_value(name, value)
            new = self.value(name)
            edited = self.value_edited
        else:
            self.set_value(name, value)
            return
        if new != old:
            edited.emit(name, new)
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
        self.dataset_was_chosen = False
        self._reset_values()  # those that came with the choices
        self._own = _own_defaults()
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
            "values": dict(self._shared),
            "own_values": copy.deepcopy(self._own),
            "device": self.device,
            "network": None if self.network is None else self.network.to_content(),
        }

    def restore(self, state: object) -> None:
        """Take over what `state` returned. Unknown names and values that are not allowed are passed over."""
        stored = _dictionary(state)
        own_values = stored.get("own_values")
        if stored.get("version") == 1:  # when only optimizers had values of their own
            own_values = {"optimizer": own_values}
        elif stored.get("version") != STATE_VERSION:
            return
        self._shared |= _allowed(stored.get("values"), self._shared)
        for choice, rows in self._own.items():
            stored_rows = _dictionary(_dictionary(own_values).get(choice))
            for key, values in rows.items():
                values |= _allowed(stored_rows.get(key), values)
        choices = _dictionary(stored.get("choices"))
        with suppress(ValueError, UsageError):
            network = NetworkSource.from_content(stored.get("network"))
            self.set_network(network.with_arguments(network.arguments))
            if choices.get("model") == OWN:
                self.set_choice("model", OWN)
        for name, registry in REGISTRIES.items():
            if choices.get(name) in registry.names:
                self.set_choice(name, choices[name])
                self.dataset_was_chosen = self.dataset_was_chosen or name == "dataset"
        if isinstance(device := stored.get("device"), str):
            self.set_device(device)
        for name, value in self.values().items():
            self.value_changed.emit(name, value)
        self.changed.emit()

    # Internals

    def _values_with(self, name: str) -> dict[str, Value]:
        """Where the value of a hyperparameter that the choices accept is kept."""
        choice = TABLE[name].of_choice
        return self._shared if choice is None else self._own[choice][self._choices[choice]]

    def _parse(self, name: str, text: str) -> Value:
        try:
            return parse_value(TABLE[name], text)
        except UsageError:
            raise refusal_of(TABLE[name], text) from None

    def _reset_values(self, *, live_only: bool = False) -> None:
        for name in names_for(self._choices):
            if TABLE[name].is_live or not live_only:
                self.edit(name, self.default(name))


def _shared_names() -> tuple[str, ...]:
    """The hyperparameters that belong to no choice."""
    return tuple(name for name, row in TABLE.items() if row.of_choice is None)


def _own_defaults() -> dict[str, dict[str, dict[str, Value]]]:
    """For each of `OF_CHOICES` and each row of its registry, a value for every hyperparameter the row accepts."""
    return {
        choice: {row.name: defaults(row.accepts, row.defaults) for row in REGISTRIES[choice]} for choice in OF_CHOICES
    }


def _dictionary(value: object) -> dict[Any, Any]:
    """`value` if it is a dictionary, else an empty one."""
    return value if isinstance(value, dict) else {}


def _allowed(stored: object, names: Iterable[str]) -> dict[str, Value]:
    """The values of `names` in `stored` that the table allows."""
    values: dict[str, Value] = {}
    for name in names:
        try:
            values[name] = TABLE[name].checked(_dictionary(stored)[name])
        except (KeyError, UsageError, OverflowError):
            continue
    return values
