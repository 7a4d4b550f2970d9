from __future__ import annotations

import itertools

import pytest

from workbench.ui.plotting.curves.overlay_slots import DASHES
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.style.palette import load_palette

NAMES = ("light", "dark")

# (what is read, what it is read on): WCAG 2.1 asks for 4.5 : 1 of text and for 3 : 1 of graphics and focus rings.
SURFACES = ("window", "panel", "raised", "plot_background")
TEXTS = [
    *((text, surface) for text in ("text", "text_muted", "accent_text") for surface in SURFACES),
    *((text, surface) for text in ("danger_text", "success", "warning") for surface in ("window", "panel", "raised")),
    *(("text", fill) for fill in ("raised_hover", "raised_pressed", "selection")),
    *(("text", fill) for fill in ("accent_soft", "danger_soft", "warning_soft")),
    *(("text_on_accent", fill) for fill in ("accent", "accent_hover", "accent_pressed")),
    *(("text_on_accent", fill) for fill in ("danger", "danger_hover", "danger_pressed")),
    ("accent_text", "accent_soft"),
    ("danger_text", "danger_soft"),
    ("tooltip_text", "tooltip"),
    ("mark", "plot_background"),
    ("danger_text", "plot_background"),
]
OVERLAYS = [f"overlay_{number}" for number in range(1, 9)]
GRAPHICS = [
    *(("text_disabled", surface) for surface in ("window", "panel", "raised")),
    *(("focus", surface) for surface in ("window", "panel", "raised")),
    *(
        (trace, "plot_background")
        for trace in ("trace_training", "trace_test", "trace_validation", "crosshair", *OVERLAYS)
    ),
    *((line, "panel") for line in ("trace_training", *OVERLAYS)),
    ("trace_training", "raised"),
    *(("accent", surface) for surface in ("window", "panel")),
]

# Machado, Oliveira and Fernandes (2009), severity 1, for linear RGB.
COLOUR_BLINDNESS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
    "none": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
}


def linear(colour):
    """Linear red, green and blue of an sRGB colour."""
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]


def luminance(colour):
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def lab(rgb):
    """CIE L*a*b* (D65) of linear RGB."""
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    xyz = [sum(a * b for a, b in zip(row, rgb, strict=True)) / w for row, w in zip(rows, white, strict=True)]
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in xyz)
    return (116 * y - 16, 500 * (x - y), 200 * (y - z))


def difference(one, other, kind):
    """The distance of two colours in L*a*b* as seen with a kind of colour blindness; about 2 is just noticeable."""

    def seen(colour):
        rgb = linear(colour)
        rows = COLOUR_BLINDNESS[kind]
        return lab([min(1.0, max(0.0, sum(a * b for a, b in zip(row, rgb, strict=True)))) for row in rows])

    return sum((a - b) ** 2 for a, b in zip(seen(one), seen(other), strict=True)) ** 0.5


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("text", "surface"), TEXTS)
def test_that_text_can_be_read_on_what_it_is_written_on(name, text, surface):
    palette = load_palette(name)
    assert contrast(getattr(palette, text), getattr(palette, surface)) >= 4.5


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("shape", "surface"), GRAPHICS)
def test_that_curves_focus_rings_and_disabled_text_stand_out(name, shape, surface):
    palette = load_palette(name)
    assert contrast(getattr(palette, shape), getattr(palette, surface)) >= 3.0


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", COLOUR_BLINDNESS)
def test_that_the_curves_of_a_run_can_be_distinguished_with_any_colour_vision(name, kind):
    palette = load_palette(name)
    curves = (palette.trace_training, palette.trace_test, palette.trace_validation)
    assert min(difference(one, other, kind) for one, other in itertools.combinations(curves, 2)) > 25


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", COLOUR_BLINDNESS)
def test_that_other_runs_can_be_distinguished_from_the_current_one_and_each_other_with_any_colour_vision(name, kind):
    palette = load_palette(name)
    curves = [getattr(palette, curve) for curve in ("trace_training", "trace_test", "trace_validation", *OVERLAYS)]
    closest = min(difference(one, other, kind) for one, other in itertools.combinations(curves, 2))
    assert closest > 13


@pytest.mark.parametrize("name", NAMES)
def test_that_the_faint_curve_is_visible_yet_fainter_than_the_strong_one(name):
    palette = load_palette(name)
    faint = contrast(palette.trace_training_faint, palette.plot_background)
    assert 3.0 <= faint < contrast(palette.trace_training, palette.plot_background) / 1.8


DERIVED = ("training_faint", "test_faint", "validation_faint", "mark_line", "ghost", "ghost_test", "planned")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("trace", DERIVED)
def test_that_lines_derived_from_the_colours_of_the_theme_are_seen_on_the_plot_and_beside_it(name, trace):
    palette = load_palette(name)
    colour = getattr(PlotColours.of(palette), trace)
    assert contrast(colour, palette.plot_background) >= 3.0
    # The legend stands on the panel, whose ground differs a little.
    assert contrast(colour, palette.panel) >= 2.6


def test_that_each_other_run_has_a_dash_of_its_own():
    assert len(set(DASHES)) == len(DASHES) == len(OVERLAYS)
