"""Distances, radii and sizes of type: one small set for the whole window, read from its TOML file."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final

from workbench.engine.paths import resource_path
from workbench.ui.style.palette import ThemeError
from workbench.ui.style.zoom import USUAL, zoom

if TYPE_CHECKING:
    from pathlib import Path

_SMALLEST, _LARGEST = 1, 100
"""Pixels. The stylesheet subtracts borders from some of them, and a distance of 500 can only be a typing error."""
_SMALLEST_TEXT, _LARGEST_TEXT = 80, 400
"""Per cent."""
SECTIONS: Final = {
    "spacing": (_SMALLEST, _LARGEST),
    "radius": (_SMALLEST, _LARGEST),
    "type": (_SMALLEST_TEXT, _LARGEST_TEXT),
}


@dataclass(frozen=True)
class Tokens:
    """Every field is a key of the TOML file and a `$name` of the stylesheet; what each is for stands in the file."""

    # Pixels
    hair: int
    tight: int
    close: int
    spacing: int
    padding: int
    row: int
    margin: int
    control_height: int
    radius_small: int
    radius: int
    # Per cent of the interface's font
    text_small: int
    text_middle: int
    text_large: int
    text_headline: int


TOKEN_NAMES = tuple(field.name for field in fields(Tokens))
TEXT_NAMES = tuple(name for name in TOKEN_NAMES if name.startswith("text_"))


def read_tokens(path: Path) -> Tokens:
    """Read the file.

    Raises:
        ThemeError: unreadable or not TOML, or a key is missing, unknown or malformed.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ThemeError(f"{path.name}: cannot be read: {error}") from error
    values: dict[str, int] = {}
    for section, (smallest, largest) in SECTIONS.items():
        entries = document.get(section)
        if not isinstance(entries, dict):
            raise ThemeError(f"{path.name}: {section}: the section is missing")
        for name, value in entries.items():
            if name not in TOKEN_NAMES:
                raise ThemeError(f"{path.name}: {section}.{name}: no such key is known")
            if type(value) is not int or not smallest <= value <= largest:
                raise ThemeError(
                    f"{path.name}: {section}.{name}: expected a whole number from {smallest} to {largest}, "
                    f"found {value!r}"
                )
            values[name] = value
    for name in TOKEN_NAMES:
        if name not in values:
            raise ThemeError(f"{path.name}: {name}: the key is missing")
    return Tokens(**values)


def tokens() -> Tokens:
    """Return the tokens, distances and radii at the present zoom; read once.

    Raises:
        ThemeError: see `read_tokens`.
    """
    return _tokens_at(zoom())


@functools.cache
def _tokens_at(percent: int) -> Tokens:
    read = _read_once()
    pixels = {name: getattr(read, name) for name in TOKEN_NAMES if name not in TEXT_NAMES}
    return replace(read, **{name: max(1, round(value * percent / USUAL)) for name, value in pixels.items()})


@functools.cache
def _read_once() -> Tokens:
    return read_tokens(resource_path("themes", "tokens.toml"))
