"""The named colours of a theme, read from its TOML file."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QColor

from workbench.engine.paths import resource_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class ThemeError(ValueError):
    """A theme file has a missing, unknown or malformed key; the message names the file and the key."""


@dataclass(frozen=True)
class Palette:
    """The colours of one theme. Every field is a key of the TOML files and a `$name` of the stylesheet."""

    # Surfaces, from the back to the front
    window: QColor
    panel: QColor
    raised: QColor
    raised_hover: QColor
    raised_pressed: QColor
    plot_background: QColor
    # Text; `text_on_accent` is read on accent and danger fills
    text: QColor
    text_muted: QColor
    text_disabled: QColor
    text_on_accent: QColor
    # Lines; `groove` is the empty part of sliders and progress bars, `focus` the ring around the widget with the focus
    border: QColor
    border_strong: QColor
    grid: QColor
    groove: QColor
    focus: QColor
    # Meaning; `accent` and `danger` are fills, with `_text` they are text colours, with `_soft` backgrounds of text
    accent: QColor
    accent_hover: QColor
    accent_pressed: QColor
    accent_text: QColor
    accent_soft: QColor
    danger: QColor
    danger_hover: QColor
    danger_pressed: QColor
    danger_text: QColor
    danger_soft: QColor
    success: QColor
    warning: QColor
    warning_soft: QColor
    selection: QColor
    slider_handle: QColor
    tooltip: QColor
    tooltip_text: QColor
    tooltip_border: QColor
    # Plots; `trace_training_faint` is opaque because translucent pens are slow
    trace_training: QColor
    trace_training_faint: QColor
    trace_test: QColor
    trace_validation: QColor
    mark: QColor
    crosshair: QColor
    # Other runs in the plots, in the order in which they are assigned
    overlay_1: QColor
    overlay_2: QColor
    overlay_3: QColor
    overlay_4: QColor
    overlay_5: QColor
    overlay_6: QColor
    overlay_7: QColor
    overlay_8: QColor


COLOUR_NAMES = tuple(field.name for field in fields(Palette))


def read_palette(path: Path) -> Palette:
    """Read one theme file.

    Raises:
        ThemeError: unreadable or not TOML, or a key is missing, unknown or malformed.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # not there, not UTF-8, not TOML
        raise ThemeError(f"{path.name}: cannot be read: {error}") from error
    colours = _section(path, document, "colours", COLOUR_NAMES)
    for name, value in colours.items():
        if not isinstance(value, str) or not _COLOUR.fullmatch(value):
            raise ThemeError(f'{path.name}: colours.{name}: expected a colour such as "#1a2b3c", found {value!r}')
    values: dict[str, Any] = {name: QColor(value) for name, value in colours.items()}
    return Palette(**values)


@functools.cache
def load_palette(name: str) -> Palette:
    """Return the palette of the theme "light" or "dark"; read once.

    Raises:
        ThemeError: see `read_palette`.
    """
    return read_palette(resource_path("themes", f"{name}.toml"))


def _section(path: Path, document: Mapping[str, Any], title: str, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the table `title` after checking that its keys are exactly `names`."""
    section = document.get(title)
    if not isinstance(section, dict):
        raise ThemeError(f"{path.name}: {title}: the section is missing")
    for name in names:
        if name not in section:
            raise ThemeError(f"{path.name}: {title}.{name}: the key is missing")
    for name in section:
        if name not in names:
            raise ThemeError(f"{path.name}: {title}.{name}: no such key is known")
    return section
