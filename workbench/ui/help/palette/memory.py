"""PaletteMemory: which entries of the palette were used last."""

from __future__ import annotations

from typing import Any, Final

MOST: Final = 12


class PaletteMemory:
    """The keys of the entries that were used, the last one first; stored when the window closes."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    def add(self, key: str) -> None:
        """An entry was used."""
        self.keys = [key, *(each for each in self.keys if each != key)][:MOST]

    def state(self) -> dict[str, Any]:
        """The keys, for JSON."""
        return {"keys": list(self.keys)}

    def restore(self, state: dict[str, Any]) -> None:
        """Take over what `state` returned; what makes no sense is passed over."""
        keys = state.get("keys")
        self.keys = [key for key in keys if isinstance(key, str)][:MOST] if isinstance(keys, list) else []
