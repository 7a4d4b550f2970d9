"""Figures of classes as texts; a dash where one is not defined."""

from __future__ import annotations

import math

from workbench.ui.text.metric_texts import UNKNOWN


def share_text(share: float) -> str:
    """A share in percent with one digit after the point: `87.3%`, `100%`."""
    if math.isnan(share):
        return UNKNOWN
    return f"{share:.0%}" if share in {0.0, 1.0} else f"{share:.1%}"


def figure_text(figure: float) -> str:
    """A number from 0 to 1 with three digits after the point: `0.873`."""
    return UNKNOWN if math.isnan(figure) else f"{figure:.3f}"
