"""SettingsFolds: which parts of the settings are folded; remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Mapping


class SettingsFolds(QObject):
    """What is trained folds to one line when the first run starts, unless the user has folded or unfolded it before.

    Attributes (only the model sets them):
        is_column_folded: whether the whole column of settings is a narrow rail.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_column_folded = False
        self._has_run = False
        self._are_choices_folded: bool | None = None

    @property
    def are_choices_folded(self) -> bool:
        """Whether what is trained is one line."""
        return self._has_run if self._are_choices_folded is None else self._are_choices_folded

    def fold_column(self, folded: bool) -> None:
        """Fold the column to a rail, or unfold it."""
        if folded != self.is_column_folded:
            self.is_column_folded = folded
            self.changed.emit()

    def fold_choices(self, folded: bool) -> None:
        """Fold what is trained on behalf of the user: from now on it stays as the user has it."""
        self._are_choices_folded = folded
        self.changed.emit()

    def on_run_started(self) -> None:
        """The choices are made: fold them, unless the user wants them otherwise."""
        if not self._has_run:
            self._has_run = True
            self.changed.emit()

    def state(self) -> dict[str, Any]:
        """What to remember."""
        return {"column": self.is_column_folded, "choices": self._are_choices_folded, "has_run": self._has_run}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Return to what `state` returned; missing or invalid entries are passed over."""
        if isinstance(column := state.get("column"), bool):
            self.is_column_folded = column
        if isinstance(choices := state.get("choices"), bool):
            self._are_choices_folded = choices
        self._has_run = state.get("has_run") is True or self._has_run
        self.changed.emit()
