"""What the garments are drawn with.

Coordinates are those of the finished picture, x and y from 0 to 28, on a canvas of `FINE` pixels for each of its own.
Points are rounded to whole fine pixels before Pillow sees them, to leave it as little as possible to decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.engine.data.garments.random_stream import Chance

    Point = tuple[float, float]

SIDE = 28
FINE = 4  # fine pixels to a pixel, each way
MARGIN = 1  # pixels around the picture, into which a photograph may be moved
CANVAS = (SIDE + 2 * MARGIN) * FINE
MIDDLE = SIDE / 2

# Odd tones are cloth and take its colour and pattern; even ones are details and keep something of their own.
NOTHING, DARK, LINING, SEAM, LIGHT = 0, 24, 70, 110, 254
CLOTH, SHADE = 191, 161

# Twelve points written out: sine and cosine differ in the last bit from one C library to the next.
_ARC = ((1.0, 0.0), (0.866, 0.5), (0.5, 0.866))
_CIRCLE = (*_ARC, *((-b, a) for a, b in _ARC), *((-a, -b) for a, b in _ARC), *((b, -a) for a, b in _ARC))


class Pen:
    """Draws one garment, a little stretched and sheared.

    Attributes:
        image: the drawing, Pillow mode "L", CANVAS x CANVAS.
        heel: how far the heel of a shoe, drawn flat and with its toes at the left, is to be lifted.
    """

    def __init__(self, chance: Chance) -> None:
        # Here, not above: listing the data sets must not cost the import of Pillow.
        from PIL import Image, ImageDraw

        self.image = Image.new("L", (CANVAS, CANVAS))
        self.heel = 0.0
        self._draw = ImageDraw.Draw(self.image)
        self._scale_x, self._scale_y = FINE * chance.between(0.95, 1.07), FINE * chance.between(0.95, 1.07)
        self._shear_x, self._shear_y = FINE * chance.between(-0.05, 0.05), FINE * chance.between(-0.04, 0.04)

    def fill(self, points: Sequence[Point], tone: int) -> None:
        """A polygon."""
        self._draw.polygon(self._placed(points), fill=tone)

    def line(self, points: Sequence[Point], tone: int, width: float = 0.5) -> None:
        """An open line."""
        self._draw.line(self._placed(points), fill=tone, width=max(1, round(width * FINE)))

    def across(self, y: float, half: float, tone: int, width: float = 0.5) -> None:
        """A line from side to side, `2 * half` long."""
        self.line([(MIDDLE - half, y), (MIDDLE + half, y)], tone, width)

    def down(self, x: float, top: float, bottom: float, tone: int, width: float = 0.5) -> None:
        """An upright line."""
        self.line([(x, top), (x, bottom)], tone, width)

    def spot(self, x: float, y: float, tone: int, radius: float = 0.5, tall: float = 1.0) -> None:
        """An ellipse, `tall` times as high as wide."""
        self.fill([(x + radius * a, y + radius * tall * b) for a, b in _CIRCLE], tone)

    def bowl(self, x: float, y: float, half: float, depth: float, tone: int) -> None:
        """Half an ellipse, `2 * half` wide, hanging from `y`, or standing on it if `depth` is negative."""
        self.fill([(x + half * a, y + depth * b) for a, b in _CIRCLE if b >= 0], tone)

    def pair(self, half: Sequence[Point], tone: int) -> None:
        """A polygon at the right of the middle line, x counted from there, and its mirror image."""
        self.fill([(MIDDLE + x, y) for x, y in half], tone)
        self.fill([(MIDDLE - x, y) for x, y in half], tone)

    def whole(self, half: Sequence[Point], tone: int) -> None:
        """One symmetric polygon, given by its right side from above, x counted from the middle line."""
        self.fill([(MIDDLE + x, y) for x, y in half] + [(MIDDLE - x, y) for x, y in reversed(half)], tone)

    def buttons(self, x: float, top: float, bottom: float, count: int, tone: int) -> None:
        """An upright row of at least two."""
        for index in range(count):
            self.spot(x, top + (bottom - top) * index / (count - 1), tone)

    def pocket(self, x: float, y: float, half: float) -> None:
        """A patch pocket, `2 * half` wide, under the middle of its upper edge."""
        for inset, tone in ((0.0, LINING), (0.5, CLOTH)):
            side, high, low = half - inset, y + 1.4 * inset, y + 2 * half - inset
            self.fill([(x - side, high), (x + side, high), (x + side, low), (x, low + 0.7), (x - side, low)], tone)

    def _placed(self, points: Sequence[Point]) -> list[Point]:
        if self.heel:  # nothing at the toes, all of it from x = 21 on
            points = [(x, y - self.heel * min(1.0, max(0.0, (x - 8) / 13))) for x, y in points]
        xx, xy, yx, yy = self._scale_x, self._shear_x, self._shear_y, self._scale_y
        # The middle stays in the middle. The half makes int() round: this runs 1,700,000 times for one data set.
        left, top = CANVAS / 2 - (xx + xy) * MIDDLE + 0.5, CANVAS / 2 - (yx + yy) * MIDDLE + 0.5
        return [(int(left + xx * x + xy * y), int(top + yx * x + yy * y)) for x, y in points]
