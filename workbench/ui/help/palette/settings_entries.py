"""The settings in the palette: `lr 0.01` sets a value, `optimizer adam` chooses a row, as the controls do."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import UsageError
from workbench.engine.models.network_source import OWN
from workbench.engine.recipe import REGISTRIES, not_accepted
from workbench.engine.recipe import names_for as names_of_choices
from workbench.ui.help.palette.aliases import ALIASES
from workbench.ui.help.palette.entry import Entry, Kind, names_for
from workbench.ui.help.palette.fuzzy import BEGINNING, Name, plain, score, words_of
from workbench.ui.text.engine_texts import label_of, refusal_of, sentence_of
from workbench.ui.text.numbers import parse_value, value_in_words
from workbench.ui.widgets.device_rows import DEVICE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbench.engine.config.hyperparameters import Hyperparameter, Value
    from workbench.ui.models.settings_model import SettingsModel

translate = QCoreApplication.translate

MOST_VALUES: Final = 6
"""Settings that are offered for one typed value."""

_VALUE = re.compile(r"\s*[\s=:]\s*")


class SettingsEntries:
    """Makes the entries of hyperparameters and choices.

    Args:
        settings: read here, and edited as the user does.
        why_disabled: why the control of a name cannot be used now; "" where it can.
        begin_edit: makes the next edit a step of Undo by itself.
    """

    def __init__(
        self, settings: SettingsModel, why_disabled: Callable[[str], str], begin_edit: Callable[[], None]
    ) -> None:
        self._settings = settings
        self._why_disabled = why_disabled
        self._begin_edit = begin_edit

    def entries(self) -> list[Entry]:
        """One for each hyperparameter, which waits for its value, and one for each row that can be chosen."""
        return [*self._hyperparameters(), *self._choices()]

    def with_value(self, typed: str) -> list[Entry]:
        """One for each hyperparameter that was typed with a value, the one that fits best first; often none."""
        found: list[tuple[float, Entry]] = []
        for gap in _VALUE.finditer(typed):
            head, text = typed[: gap.start()], typed[gap.end() :].strip()
            if not text or not (words := words_of(head)):
                continue
            for row in TABLE.values():
                names = self._names(row.name, label_of(row))
                fit = score(words, names)
                is_named = any("".join(words) == name.whole for name in names)
                if fit is not None and fit >= BEGINNING and (entry := self._setting(row, text, is_named=is_named)):
                    found.append((fit, entry))
        found.sort(key=lambda each: -each[0])
        best: dict[str, Entry] = {}
        for _, entry in found:
            best.setdefault(entry.key, entry)
        return list(best.values())[:MOST_VALUES]

    def no_such_row(self, typed: str) -> list[Entry]:
        """What to answer where a choice was named, and then a row that it does not have."""
        head, _, text = typed.strip().partition(" ")
        for name, registry in REGISTRIES.items():
            names = [plain(name), *map(plain, (label_of(registry), *ALIASES.get(name, ())))]
            if text.strip() and plain(head) in names:
                try:
                    registry[text.strip()]
                except UsageError as problem:
                    title = translate("Palette", "{name}: {value}").format(name=label_of(registry), value=text.strip())
                    why_not = sentence_of(problem)
                    return [
                        Entry(
                            key=f"choose:{name}",
                            kind=Kind.CHOICE,
                            title=title,
                            act=_nothing,
                            why_not=why_not,
                            refuses=True,
                        )
                    ]
        return []

    def _hyperparameters(self) -> Iterator[Entry]:
        for row in TABLE.values():
            is_used, why_not = self._why_not(row)
            detail = ""
            if is_used:
                value = self._words(row, self._settings.value(row.name))
                detail = translate("Palette", "now {value}").format(value=value)
            label = label_of(row)
            yield Entry(
                key=f"setting:{row.name}",
                kind=Kind.SETTING,
                title=label,
                detail=detail,
                completes=f"{label} ",
                act=_nothing,
                why_not=why_not,
                names=self._names(row.name, label),
            )

    def _setting(self, row: Hyperparameter, text: str, *, is_named: bool) -> Entry | None:
        """The entry that sets a hyperparameter; where the text is no value and the name not certain, none."""
        label = label_of(row)
        why_not = self._why_not(row)[1]
        refuses = False
        act: Callable[[], None] = _nothing
        try:
            value = parse_value(row, text)
        except UsageError:
            if not is_named:
                return None
            refuses = not why_not
            why_not = why_not or sentence_of(refusal_of(row, text))
            shown = text
        else:
            act = partial(self._edit, row.name, value)
            shown = self._words(row, value)
        return Entry(
            key=f"setting:{row.name}",
            kind=Kind.SETTING,
            title=translate("Palette", "{name}: {value}").format(name=label, value=shown),
            detail="" if why_not else translate("Palette", "Enter sets this value"),
            act=act,
            why_not=why_not,
            refuses=refuses,
        )

    def _choices(self) -> Iterator[Entry]:
        chosen = self._settings.choices()
        for name, registry in REGISTRIES.items():
            why_not = self._why_disabled(name)
            for row in registry:
                yield self._choice(name, label_of(registry), row.name, label_of(row), row.name == chosen[name], why_not)
        if self._settings.network is not None:
            registry = REGISTRIES["model"]
            label = label_of(registry[OWN])
            yield self._choice(
                "model", label_of(registry), OWN, label, chosen["model"] == OWN, self._why_disabled("model")
            )
        for device in self._settings.devices or ():
            if len(self._settings.devices or ()) > 1:
                label = translate("Palette", "Device")
                why_not = self._why_disabled(DEVICE)
                yield self._choice(DEVICE, label, device, device, device == self._settings.device, why_not)

    def _choice(self, name: str, what: str, key: str, label: str, is_chosen: bool, why_not: str) -> Entry:
        title = translate("Palette", "{name}: {value}").format(name=what, value=label)
        names = names_for(title, f"{name} {key}", *(f"{alias} {label}" for alias in ALIASES.get(name, ())))
        return Entry(
            key=f"choose:{name}:{key}",
            kind=Kind.CHOICE,
            title=title,
            detail=translate("Palette", "chosen now") if is_chosen else "",
            act=partial(self._edit, name, key),
            why_not=why_not,
            names=names,
        )

    def _why_not(self, row: Hyperparameter) -> tuple[bool, str]:
        """Whether the settings use a hyperparameter, and why it cannot be set now."""
        if row.name not in names_of_choices(self._settings.choices()):
            return False, sentence_of(not_accepted(row.name, self._settings.choices()))
        return True, self._why_disabled(row.name)

    @staticmethod
    def _names(name: str, label: str) -> tuple[Name, ...]:
        return names_for(label, name, *ALIASES.get(name, ()))

    def _words(self, row: Hyperparameter, value: Value) -> str:
        return value_in_words(row, value, self._settings.automatic_threads)

    def _edit(self, name: str, value: object) -> None:
        """Set a value as the user does, as one step of Undo."""
        self._begin_edit()
        self._settings.edit(name, value)
        self._begin_edit()


def _nothing() -> None:
    """An entry that waits for more does nothing by itself."""
