"""The look of the program: a palette, filled into one stylesheet and one QPalette.

Widgets contain no colours and no style strings. They read `Theme.palette` for colours to draw with, listen to
`Theme.palette_changed`, and choose variants by dynamic properties (listed at the top of `stylesheet.qss`).
"""

from __future__ import annotations

import contextlib
import re
import string
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDir, QObject, Qt, QTemporaryDir, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QStyleFactory

from workbench.engine.paths import resource_path
from workbench.engine.translation import current_language
from workbench.ui.style import icons
from workbench.ui.style.palette import COLOUR_NAMES, Palette, ThemeError, load_palette
from workbench.ui.style.tokens import TEXT_NAMES, TOKEN_NAMES, tokens
from workbench.ui.style.zoom import USUAL, scaled, set_zoom, zoom

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

MODES = ("system", "light", "dark")

HANGUL_FAMILIES: Final = (
    "Pretendard",
    "Noto Sans KR",
    "Noto Sans CJK KR",
    "Source Han Sans KR",
    "NanumBarunGothic",  # the point of NanumGothic looks like a comma in small sizes
    "NanumSquareRound",
    "NanumGothic",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "UnDotum",
)
"""Fonts for windows with Latin and Korean letters, on the systems that people have."""
_SMALLEST_FONT = 10.0  # points; systems without a desktop offer 9, which is small for a panel full of numbers
_LEAST_MARGIN = 5  # pixels above and below the text of a control
_PIXELS = re.compile(r"(border-radius: )?(?<![\w}])(\d+)px")  # a distance that the template itself names
_ROUNDER = 0.9  # Qt draws no round corner where a radius is more than half the side, which rounding may make it
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


def stylesheet(palette: Palette) -> str:
    """Return the application's stylesheet in the colours of `palette`.

    Raises:
        ThemeError: the template names something that no theme has.
    """
    path = resource_path("themes", "stylesheet.qss")
    text = path.read_text(encoding="utf-8")
    # What the placeholders stand for is at the present zoom already.
    template = string.Template(_PIXELS.sub(_scaled_pixels, text))
    try:
        return template.substitute(_stylesheet_values(palette))
    except (KeyError, ValueError) as error:
        raise ThemeError(f"{path.name}: no theme has what it asks for: {error}") from error


def _scaled_pixels(found: re.Match[str]) -> str:
    """A distance of the template at the present zoom."""
    pixels = int(found[2])
    if found[1] and zoom() != USUAL:
        return f"{found[1]}{int(pixels * zoom() / USUAL * _ROUNDER)}px"
    return f"{found[1] or ''}{scaled(pixels)}px"


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
    """Return the system's font for windows, at least 10 points large, at the present zoom.

    Where the window is in Korean and that font has no Hangul, it is a font that has: otherwise letters, digits and
    arrows of one line would come from two families.
    """
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if current_language() == "ko" and (family := _family_with_hangul(font.family())):
        font.setFamily(family)
    font.setPointSizeF(max(font.pointSizeF(), _SMALLEST_FONT) * zoom() / USUAL)
    return font


def fixed_font() -> QFont:
    """Return the system's monospaced font in the size of `ui_font`, for the log and for numbers in columns."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    # With the hint, glyphs that the family lacks (Korean, say) come from another monospaced family where there is one.
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPointSizeF(ui_font().pointSizeF())
    return font


def _family_with_hangul(family: str) -> str:
    """The first of `HANGUL_FAMILIES` that is installed, where `family` has no Hangul; else ""."""
    if QFontDatabase.WritingSystem.Korean in QFontDatabase.writingSystems(family):
        return ""
    installed = set(QFontDatabase.families())
    return next((each for each in HANGUL_FAMILIES if each in installed), "")


class Theme(QObject):
    """Chooses the light or the dark palette and applies it to the application, also while it runs.

    In mode "system" it follows the system's colour scheme.
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
        """The palette in use."""
        return load_palette(self._name)

    def set_mode(self, mode: str) -> None:
        """Follow the system, or use the light or the dark palette from now on.

        Raises:
            ValueError: `mode` is none of `MODES`.
        """
        if mode not in MODES:
            raise ValueError(f"unknown theme mode {mode!r}; there are: {', '.join(MODES)}")
        self._mode = mode
        hints = QGuiApplication.styleHints()
        # The system draws title bars and native dialogs, and reads this where it supports it.
        if mode == "system":
            hints.unsetColorScheme()
            self._use(_theme_name(hints.colorScheme()))
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if mode == "dark" else Qt.ColorScheme.Light)
            self._use(mode)

    def set_zoom(self, percent: int) -> None:
        """Draw letters and controls in another size from now on, in per cent; see `zoom.set_zoom`."""
        set_zoom(percent)
        if self._application is not None:
            self._application.setFont(ui_font())
            self._apply_palette(self._application)

    def apply(self, application: QApplication) -> None:
        """Use the palette in `application`, and each palette chosen later."""
        self._application = application
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(ui_font())
        self._apply_palette(application)

    @Slot(Qt.ColorScheme)
    def _on_color_scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        if self._mode == "system":
            self._use(_theme_name(scheme))

    def _use(self, name: str) -> None:
        if name == self._name:
            return
        self._name = name
        if self._application is not None:
            self._apply_palette(self._application)
        self.palette_changed.emit(self.palette)

    def _apply_palette(self, application: QApplication) -> None:
        if self._drawings.isValid():
            _write_drawings(Path(self._drawings.path()), self.palette)
            QDir.setSearchPaths(_DRAWINGS, [self._drawings.path()])
        application.setPalette(widget_palette(self.palette))
        application.setStyleSheet(stylesheet(self.palette))


def _theme_name(scheme: Qt.ColorScheme) -> str:
    """Systems that do not say what they prefer get the light theme."""
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def _stylesheet_values(palette: Palette) -> dict[str, str]:
    values = {name: getattr(palette, name).name() for name in COLOUR_NAMES}
    sizes = tokens()
    values.update({name: str(getattr(sizes, name)) for name in TOKEN_NAMES})
    points = ui_font().pointSizeF()
    values.update({name: f"{points * getattr(sizes, name) / 100:.1f}" for name in TEXT_NAMES})
    # People who need large letters have a large system font: controls grow with it.
    control_height = max(sizes.control_height, QFontMetrics(ui_font()).height() + 2 * _LEAST_MARGIN)
    # Qt's min-height leaves out the border, which is one pixel wide, and two around the widget in focus.
    values["control_inner"] = str(control_height - 2)
    values["control_focused"] = str(control_height - 4)
    large = QFont(ui_font())
    large.setPointSizeF(points * sizes.text_large / 100)
    control_large = QFontMetrics(large).height() + _LEAST_MARGIN
    values["control_large"] = str(control_large)
    values["control_large_focused"] = str(control_large - 2)
    # A line edit insets its text by two pixels of its own.
    values["line_padding"] = str(sizes.padding - 2)
    values["line_padding_focused"] = str(sizes.padding - 3)
    values["padding_focused"] = str(sizes.padding - 1)
    for placeholder, (name, colour) in _STYLESHEET_ICONS.items():
        values[placeholder] = f"{_DRAWINGS}:{_drawing_name(name, getattr(palette, colour))}"
    return values


def _write_drawings(folder: Path, palette: Palette) -> None:
    """Write the stylesheet's images. The colour is in the file's name because Qt caches images by name."""
    # On a full disk the arrows of boxes are missing, but the boxes work: the program can start.
    with contextlib.suppress(OSError):
        for name, colour_name in _STYLESHEET_ICONS.values():
            colour = getattr(palette, colour_name)
            (folder / _drawing_name(name, colour)).write_text(icons.svg_text(name, colour), encoding="utf-8")


def _drawing_name(name: str, colour: QColor) -> str:
    return f"{name}-{colour.name().removeprefix('#')}.svg"
