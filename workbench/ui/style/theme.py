"""The look: named colours and spacing from a TOML file, filled into one stylesheet and one QPalette.

Widgets carry no colours and no style strings. They ask `Theme.palette` for colours to draw with, listen to
`Theme.palette_changed`, and choose variants by dynamic properties (listed at the top of `stylesheet.qss`).
"""

from __future__ import annotations

import contextlib
import functools
import re
import string
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDir, QObject, Qt, QTemporaryDir, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QStyleFactory

from workbench.ui.style import icons
from workbench.ui.style.resources import resource_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QApplication

MODES = ("system", "light", "dark")

_SMALLEST_FONT = 10.0  # points; systems without a desktop offer 9, which is small for a panel full of numbers
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LEAST_MARGIN = 5  # pixels above and below the text of a control
_SMALLEST_SPACING, _LARGEST_SPACING = 4, 100  # pixels; the stylesheet subtracts borders, and 500 is a slip of the hand
_DRAWINGS = "theme"  # search path prefix of the recoloured drawings

# Qt stylesheets show images only from files and cannot recolour them: these are written in the theme's colours.
_STYLESHEET_ICONS = {
    "icon_check_text": ("check", "text"),
    "icon_check_on_accent": ("check", "text_on_accent"),
    "icon_check_disabled": ("check", "text_disabled"),
    "icon_dot_on_accent": ("dot", "text_on_accent"),
    "icon_dot_disabled": ("dot", "text_disabled"),
    "icon_chevron_down": ("chevron_down", "text_muted"),
    "icon_chevron_down_disabled": ("chevron_down", "text_disabled"),
    "icon_plus": ("plus", "text_muted"),
    "icon_plus_disabled": ("plus", "text_disabled"),
    "icon_minus": ("minus", "text_muted"),
    "icon_minus_disabled": ("minus", "text_disabled"),
    "icon_chevron_right": ("chevron_right", "text_muted"),
    "icon_close": ("close", "text_muted"),
    "icon_detach": ("detach", "text_muted"),
    "icon_more": ("more", "text_muted"),
    "icon_information": ("info", "accent_text"),
    "icon_question": ("question", "accent_text"),
    "icon_warning": ("warning", "warning"),
    "icon_critical": ("error", "danger_text"),
}


class ThemeError(ValueError):
    """A theme file is missing something or holds nonsense; the message names the file and the key."""


@dataclass(frozen=True)
class Palette:
    """The colours and spacings of one theme. Every field is a key of the TOML files and a `$name` of the stylesheet."""

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
    # Lines; `groove` is the empty part of sliders and progress bars, `focus` the ring of the keyboard's widget
    border: QColor
    border_strong: QColor
    grid: QColor
    groove: QColor
    focus: QColor
    # Meaning; `accent` and `danger` are fills, the same with `_text` are to be read, with `_soft` to read on
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
    mark: QColor
    crosshair: QColor
    # Other runs in the plots, in the order they are given out
    overlay_1: QColor
    overlay_2: QColor
    overlay_3: QColor
    overlay_4: QColor
    overlay_5: QColor
    overlay_6: QColor
    overlay_7: QColor
    overlay_8: QColor
    # Pixels
    spacing: int
    padding: int
    radius: int
    control_height: int


COLOUR_NAMES = tuple(field.name for field in fields(Palette) if field.type == "QColor")
SPACING_NAMES = tuple(field.name for field in fields(Palette) if field.type == "int")


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
    spacings = _section(path, document, "spacing", SPACING_NAMES)
    for name, value in colours.items():
        if not isinstance(value, str) or not _COLOUR.fullmatch(value):
            raise ThemeError(f'{path.name}: colours.{name}: expected a colour such as "#1a2b3c", found {value!r}')
    for name, value in spacings.items():
        if type(value) is not int or not _SMALLEST_SPACING <= value <= _LARGEST_SPACING:
            raise ThemeError(
                f"{path.name}: spacing.{name}: expected whole pixels from {_SMALLEST_SPACING} to {_LARGEST_SPACING}, "
                f"found {value!r}"
            )
    values: dict[str, Any] = {name: QColor(value) for name, value in colours.items()}
    return Palette(**values, **spacings)


@functools.cache
def load_palette(name: str) -> Palette:
    """Return the palette of the theme "light" or "dark"; read once.

    Raises:
        ThemeError: see `read_palette`.
    """
    return read_palette(resource_path("themes", f"{name}.toml"))


def stylesheet(palette: Palette) -> str:
    """Return the application's stylesheet in the colours of `palette`.

    Raises:
        ThemeError: the template names something that no theme has.
    """
    path = resource_path("themes", "stylesheet.qss")
    template = string.Template(path.read_text(encoding="utf-8"))
    try:
        return template.substitute(_stylesheet_values(palette))
    except (KeyError, ValueError) as error:
        raise ThemeError(f"{path.name}: no theme has what it asks for: {error}") from error


def widget_palette(palette: Palette) -> QPalette:
    """Return a QPalette with every role set in every group, for what Qt draws without asking the stylesheet."""
    result = QPalette()
    role = QPalette.ColorRole
    usual = {
        role.Window: palette.window,
        role.WindowText: palette.text,
        role.Base: palette.raised,
        role.AlternateBase: palette.panel,
        role.ToolTipBase: palette.tooltip,
        role.ToolTipText: palette.tooltip_text,
        role.PlaceholderText: palette.text_muted,
        role.Text: palette.text,
        role.Button: palette.raised,
        role.ButtonText: palette.text,
        role.BrightText: palette.danger_text,
        role.Light: palette.raised_hover,
        role.Midlight: palette.raised,
        role.Mid: palette.border,
        role.Dark: palette.border_strong,
        role.Shadow: palette.border_strong,
        role.Highlight: palette.accent,
        role.HighlightedText: palette.text_on_accent,
        role.Link: palette.accent_text,
        role.LinkVisited: palette.accent_text,
        role.Accent: palette.accent,
    }
    disabled = {
        role.WindowText: palette.text_disabled,
        role.Text: palette.text_disabled,
        role.ButtonText: palette.text_disabled,
        role.PlaceholderText: palette.text_disabled,
        role.Base: palette.panel,
        role.Button: palette.panel,
        role.Highlight: palette.groove,
        role.HighlightedText: palette.text_disabled,
        role.Link: palette.text_disabled,
        role.LinkVisited: palette.text_disabled,
        role.Accent: palette.groove,
    }
    for key, colour in usual.items():
        result.setColor(QPalette.ColorGroup.All, key, colour)
    for key, colour in disabled.items():
        result.setColor(QPalette.ColorGroup.Disabled, key, colour)
    return result


def ui_font() -> QFont:
    """Return the system's font for windows, at least 10 points large."""
    return _readable(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))


def fixed_font() -> QFont:
    """Return the system's monospaced font in the size of `ui_font`, for the log and for numbers in columns."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    # With the hint, glyphs that the family lacks (Korean, say) come from another monospaced family where there is one.
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPointSizeF(ui_font().pointSizeF())
    return font


class Theme(QObject):
    """Chooses between the light and the dark palette and dresses the application in it, live.

    In mode "system" it follows the system's colour scheme; "light" and "dark" stay what they are.
    """

    palette_changed = Signal(Palette)

    def __init__(self, mode: str = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application: QApplication | None = None
        self._drawings = QTemporaryDir()
        self._mode = "system"
        self._name = _theme_name(QGuiApplication.styleHints().colorScheme())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_color_scheme_changed)
        self.set_mode(mode)

    @property
    def mode(self) -> str:
        """One of `MODES`."""
        return self._mode

    @property
    def palette(self) -> Palette:
        """The palette in force."""
        return load_palette(self._name)

    @property
    def is_dark(self) -> bool:
        """Whether the dark palette is in force."""
        return self._name == "dark"

    def set_mode(self, mode: str) -> None:
        """Follow the system, or be light or dark from now on.

        Raises:
            ValueError: `mode` is none of `MODES`.
        """
        if mode not in MODES:
            raise ValueError(f"unknown theme mode {mode!r}; there are: {', '.join(MODES)}")
        self._mode = mode
        hints = QGuiApplication.styleHints()
        # Title bars and native dialogs are drawn by the system: it is told as well, where it listens.
        if mode == "system":
            hints.unsetColorScheme()
            self._use(_theme_name(hints.colorScheme()))
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if mode == "dark" else Qt.ColorScheme.Light)
            self._use(mode)

    def apply(self, application: QApplication) -> None:
        """Dress `application` in the palette in force, and in every one to come."""
        self._application = application
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(ui_font())
        self._dress(application)

    @Slot(Qt.ColorScheme)
    def _on_color_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        if self._mode == "system":
            self._use(_theme_name(scheme))

    def _use(self, name: str) -> None:
        if name == self._name:
            return
        self._name = name
        if self._application is not None:
            self._dress(self._application)
        self.palette_changed.emit(self.palette)

    def _dress(self, application: QApplication) -> None:
        if self._drawings.isValid():
            _write_drawings(Path(self._drawings.path()), self.palette)
            QDir.setSearchPaths(_DRAWINGS, [self._drawings.path()])
        application.setPalette(widget_palette(self.palette))
        application.setStyleSheet(stylesheet(self.palette))


def _theme_name(scheme: Qt.ColorScheme) -> str:
    """Systems that do not say what they prefer get the light theme."""
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


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


def _readable(font: QFont) -> QFont:
    font.setPointSizeF(max(font.pointSizeF(), _SMALLEST_FONT))
    return font


def _stylesheet_values(palette: Palette) -> dict[str, str]:
    values = {name: getattr(palette, name).name() for name in COLOUR_NAMES}
    values.update({name: str(getattr(palette, name)) for name in SPACING_NAMES})
    # People who need large letters have a large system font: controls grow with it.
    control_height = max(palette.control_height, QFontMetrics(ui_font()).height() + 2 * _LEAST_MARGIN)
    # Qt's min-height leaves out the border, which is one pixel wide, and two around the widget in focus.
    values["control_inner"] = str(control_height - 2)
    values["control_focused"] = str(control_height - 4)
    # A line edit insets its text by two pixels of its own.
    values["line_padding"] = str(palette.padding - 2)
    values["line_padding_focused"] = str(palette.padding - 3)
    values["padding_focused"] = str(palette.padding - 1)
    for placeholder, (name, colour) in _STYLESHEET_ICONS.items():
        values[placeholder] = f"{_DRAWINGS}:{_drawing_name(name, getattr(palette, colour))}"
    return values


def _write_drawings(folder: Path, palette: Palette) -> None:
    """Write the stylesheet's images. The colour is in the file's name because Qt caches images by name."""
    # On a full disk the arrows are missing from boxes that work all the same: no reason not to start.
    with contextlib.suppress(OSError):
        for name, colour_name in _STYLESHEET_ICONS.values():
            colour = getattr(palette, colour_name)
            (folder / _drawing_name(name, colour)).write_text(icons.svg_text(name, colour), encoding="utf-8")


def _drawing_name(name: str, colour: QColor) -> str:
    return f"{name}-{colour.name().removeprefix('#')}.svg"
