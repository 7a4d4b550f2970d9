"""The program's own line icons, drawn in any colour.

Each icon is an SVG of 24 x 24 units whose only colour is `currentColor`; `app.svg`, the application's icon, has colours
of its own. QtSvg knows no `currentColor`, so the colour is written into the text before drawing.
"""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from workbench.engine.paths import resource_path
from workbench.ui.style.zoom import scaled

APPLICATION_ICON = "app"

_SIZES = (16, 18, 20)  # menus and fields; tool bars; large buttons. Qt scales others, which blurs them
_APPLICATION_SIZES = (16, 24, 32, 48, 64, 128, 256)
_DISABLED_OPACITY = 0.45


class UnknownIconError(KeyError):
    """There is no icon of that name, the error's only argument."""

    def __str__(self) -> str:
        return f"no icon named {self.args[0]!r}; there are: {', '.join(icon_names())}"


@functools.cache
def icon_names() -> tuple[str, ...]:
    """Return the names of all icons, sorted."""
    return tuple(sorted(path.stem for path in resource_path("icons").glob("*.svg")))


def svg_text(name: str, colour: QColor) -> str:
    """Return the SVG of icon `name` with `currentColor` replaced by `colour`, whose transparency is left out.

    Raises:
        UnknownIconError: there is no such icon; the message lists the icons.
    """
    return _source(name).replace("currentColor", colour.name(QColor.NameFormat.HexRgb))


def icon(name: str, colour: QColor, *, disabled: QColor | None = None) -> QIcon:
    """Return icon `name` in `colour`, sharp at 16, 18 and 20 pixels on all present screens, at any zoom.

    Icons are cached, so a second call is cheap; after a change of theme, call it with the new colours.

    Args:
        name: one of `icon_names()`.
        colour: what `currentColor` stands for; may be transparent in part.
        disabled: colour while disabled; without it, `colour` made faint. Give it where the disabled control also
            changes its background, as the primary button does.

    Raises:
        UnknownIconError: there is no such icon; the message lists the icons.
    """
    if disabled is None:
        disabled = QColor(colour)
        disabled.setAlphaF(colour.alphaF() * _DISABLED_OPACITY)
    sizes = tuple(sorted({scaled(size) for size in _SIZES} | set(_SIZES)))
    return _cached_icon(name, colour.rgba(), disabled.rgba(), _screen_ratios(), sizes)


def application_icon() -> QIcon:
    """Return the icon of the program for title bars, docks and task switchers."""
    result = QIcon()
    for size in _APPLICATION_SIZES:
        result.addPixmap(_drawing(APPLICATION_ICON, size, 1.0))
    return result


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """Draw icon `name` in `colour`.

    Args:
        name: one of `icon_names()`.
        colour: what `currentColor` stands for; may be transparent in part.
        size: width and height in device-independent pixels.
        ratio: device pixels per device-independent pixel, as of `QWidget.devicePixelRatioF()`.

    Raises:
        UnknownIconError: there is no such icon; the message lists the icons.
    """
    drawing = _drawing(name, size, ratio)
    if name == APPLICATION_ICON:
        return drawing
    result = QPixmap(drawing)
    painter = QPainter(result)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(QRectF(0, 0, size, size), colour)
    painter.end()
    return result


@functools.cache
def _source(name: str) -> str:
    # Compared with the list before it becomes part of a path: a name must not lead into other folders.
    if name not in icon_names():
        raise UnknownIconError(name)
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


def _screen_ratios() -> tuple[float, ...]:
    """The ratios worth drawing for: drawing for 1, 2 and 3 always would take three times as long, at every start."""
    return tuple(sorted({1.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}))


@functools.lru_cache(maxsize=512)
def _cached_icon(name: str, rgba: int, disabled_rgba: int, ratios: tuple[float, ...], sizes: tuple[int, ...]) -> QIcon:
    result = QIcon()
    for mode, value in ((QIcon.Mode.Normal, rgba), (QIcon.Mode.Disabled, disabled_rgba)):
        for size in sizes:
            for ratio in ratios:
                result.addPixmap(pixmap(name, QColor.fromRgba(value), size, ratio), mode)
    return result


@functools.lru_cache(maxsize=512)
def _drawing(name: str, size: int, ratio: float) -> QPixmap:
    """The icon in black: filling a drawing with a colour takes a tenth of drawing it again."""
    renderer = QSvgRenderer(QByteArray(svg_text(name, QColor(Qt.GlobalColor.black)).encode()))
    pixels = round(size * ratio)
    drawing = QPixmap(pixels, pixels)
    drawing.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawing)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    drawing.setDevicePixelRatio(ratio)
    return drawing
