"""The colours of the plots, derived once from the palette of the theme."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from workbench.ui.style.contrast import LEAST_OF_GRAPHICS, contrast

if TYPE_CHECKING:
    from workbench.ui.style.palette import Palette

EPOCH_SHARE = 0.8
LINK_SHARE = 0.45
MARK_SHARE = 0.6
LABEL_OPACITY = 0.85
GHOST_SHARE = 0.55
PLANNED_SHARE = 0.6
SHARE_STEP = 0.02
OVERLAYS = 8
"""Runs that can lie over the current one, each in a colour of its own."""


@dataclass(frozen=True, slots=True)
class PlotColours:
    """Opaque colours where strokes overlap: a translucent raw trace would grow darker with every stroke on top."""

    panel: QColor  # around the plot
    background: QColor  # behind the traces
    text: QColor  # titles and readout
    text_muted: QColor  # numbers at the axes, epochs
    grid: QColor  # horizontal lines
    epoch: QColor  # vertical lines where epochs begin
    border: QColor  # edge of the plot
    accent: QColor  # keyboard focus, current step
    training: QColor  # the strong training line
    training_faint: QColor  # the raw training values
    test: QColor  # points of the evaluations
    test_faint: QColor  # the thin line that joins them
    validation: QColor  # points of the evaluations on held-out samples
    validation_faint: QColor  # the thin line that joins them
    mark: QColor  # texts of hyperparameter changes
    mark_line: QColor  # their lines
    label: QColor  # behind the texts of marks, translucent
    crosshair: QColor  # the line under the pointer
    ghost: QColor  # smoothed line of the steps recorded beyond the current one
    ghost_test: QColor  # their evaluations
    planned: QColor  # the learning rate of steps to come
    incident: QColor  # line and text of a refused loss
    on_accent: QColor  # text on accent
    overlays: tuple[QColor, ...]  # the lines of other runs, by slot

    @classmethod
    def of(cls, palette: Palette) -> PlotColours:
        """Derive them from `palette`."""
        background = palette.plot_background
        label = QColor(background)
        label.setAlphaF(LABEL_OPACITY)
        overlays = tuple(getattr(palette, f"overlay_{number}") for number in range(1, OVERLAYS + 1))
        return cls(
            panel=palette.panel,
            background=background,
            text=palette.text,
            text_muted=palette.text_muted,
            grid=palette.grid,
            epoch=blend(palette.border, background, EPOCH_SHARE),
            border=palette.border,
            accent=palette.accent,
            training=palette.trace_training,
            training_faint=palette.trace_training_faint,
            test=palette.trace_test,
            test_faint=visible_blend(palette.trace_test, background, LINK_SHARE),
            validation=palette.trace_validation,
            validation_faint=visible_blend(palette.trace_validation, background, LINK_SHARE),
            mark=palette.mark,
            mark_line=visible_blend(palette.mark, background, MARK_SHARE),
            label=label,
            crosshair=palette.crosshair,
            ghost=visible_blend(palette.trace_training, background, GHOST_SHARE),
            ghost_test=visible_blend(palette.trace_test, background, GHOST_SHARE),
            planned=visible_blend(palette.trace_training, background, PLANNED_SHARE),
            incident=palette.danger_text,
            on_accent=palette.text_on_accent,
            overlays=overlays,
        )


def visible_blend(colour: QColor, ground: QColor, share: float) -> QColor:
    """As `blend`, with as much more of `colour` as it needs to be seen: fainter than `colour`, but never lost."""
    return blend(colour, ground, _visible_share(colour.rgb(), ground.rgb(), share))


@functools.cache
def _visible_share(colour: int, ground: int, share: float) -> float:
    """At least `share`. Each chart asks for the same few: to try them takes longer than the rest of its palette."""
    while share < 1.0 and contrast(blend(QColor(colour), QColor(ground), share), QColor(ground)) < LEAST_OF_GRAPHICS:
        share += SHARE_STEP
    return min(share, 1.0)


def blend(colour: QColor, ground: QColor, share: float) -> QColor:
    """The opaque colour that `colour` at opacity `share` makes on `ground`."""
    return QColor(
        *(round(share * c + (1.0 - share) * g) for c, g in zip(_channels(colour), _channels(ground), strict=True))
    )


def _channels(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
