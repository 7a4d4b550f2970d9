"""The colours of the plots, worked out once from the palette of the theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from workbench.ui.style.palette import Palette

EPOCH_SHARE = 0.8
LINK_SHARE = 0.45
MARK_SHARE = 0.6
LABEL_OPACITY = 0.85
GHOST_SHARE = 0.55
PLANNED_SHARE = 0.6
OVERLAYS = 8
"""Runs that can lie over the present one, each in a colour of its own."""


@dataclass(frozen=True, slots=True)
class PlotColours:
    """Opaque colours where strokes overlap: a translucent raw trace would grow darker with every stroke on top.

    Attributes:
        panel: around the plot.
        background: behind the traces.
        text: titles and readout.
        text_muted: numbers at the axes, epochs.
        grid: horizontal lines.
        epoch: vertical lines where epochs begin.
        border: edge of the plot.
        accent: keyboard focus.
        training: the strong training line.
        training_faint: the raw training values.
        test: points of the evaluations.
        test_faint: the thin line that joins them.
        mark: the texts of hyperparameter changes.
        mark_line: the lines they stand at.
        label: behind the text of marks, translucent.
        crosshair: the line under the pointer.
        ghost: the smoothed line of what was recorded beyond the present step.
        ghost_test: its evaluations.
        planned: what the learning rate will be.
        incident: the line and the text of a loss that was not let pass.
        on_accent: text on accent.
        overlays: the lines of other runs, by their place.
    """

    panel: QColor
    background: QColor
    text: QColor
    text_muted: QColor
    grid: QColor
    epoch: QColor
    border: QColor
    accent: QColor
    training: QColor
    training_faint: QColor
    test: QColor
    test_faint: QColor
    mark: QColor
    mark_line: QColor
    label: QColor
    crosshair: QColor
    ghost: QColor
    ghost_test: QColor
    planned: QColor
    incident: QColor
    on_accent: QColor
    overlays: tuple[QColor, ...]

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
            test_faint=blend(palette.trace_test, background, LINK_SHARE),
            mark=palette.mark,
            mark_line=blend(palette.mark, background, MARK_SHARE),
            label=label,
            crosshair=palette.crosshair,
            ghost=blend(palette.trace_training, background, GHOST_SHARE),
            ghost_test=blend(palette.trace_test, background, GHOST_SHARE),
            planned=blend(palette.trace_training, background, PLANNED_SHARE),
            incident=palette.danger_text,
            on_accent=palette.text_on_accent,
            overlays=overlays,
        )


def blend(colour: QColor, ground: QColor, share: float) -> QColor:
    """The opaque colour that `colour` at opacity `share` makes on `ground`."""
    return QColor(
        *(round(share * c + (1.0 - share) * g) for c, g in zip(_channels(colour), _channels(ground), strict=True))
    )


def _channels(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()
