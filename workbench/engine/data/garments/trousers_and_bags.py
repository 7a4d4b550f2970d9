"""Trousers and bags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.engine.data.garments.canvas import CLOTH, DARK, LIGHT, LINING, MIDDLE, NOTHING, SEAM, SHADE

if TYPE_CHECKING:
    from workbench.engine.data.garments.canvas import Pen
    from workbench.engine.data.garments.random_stream import Chance


def draw_trouser(pen: Pen, chance: Chance) -> None:
    """Two legs, narrow or wide, seldom short; a waistband, a fly, pockets, creases."""
    waist, top, bottom = chance.between(3.6, 5), chance.between(0.4, 1.6), chance.between(25, 28)
    if chance.happens(0.08):  # shorts
        bottom = chance.between(15, 19)
    hip, crotch = waist + chance.between(0.5, 1.4), top + chance.between(7.5, 9.5)
    stand, knee, ankle = chance.between(0.2, 1.4), chance.between(3.8, 5), chance.between(2.6, 4.8)
    inner, outer, middle = stand + 0.3, stand + 0.4 + ankle, (crotch + bottom) / 2
    leg = [(hip, crotch - 2), (stand * 0.5 + 0.4 + knee, middle), (outer, bottom), (inner, bottom)]
    pen.pair([(0, top), (waist, top), *leg, (0.35 + stand * 0.5, middle), (0, crotch)], CLOTH)
    if chance.happens(0.4):  # creases
        pen.pair([(3.1, crotch), (3.5, crotch), (inner + ankle * 0.55, bottom), (inner + ankle * 0.4, bottom)], SEAM)
    pen.across(top + 1.4, waist, LINING)
    if chance.happens(0.75):  # the fly and a button
        pen.down(MIDDLE + 0.2, top + 1.5, crotch, LINING)
        pen.spot(MIDDLE, top + 0.6, LIGHT, 0.6)
    if chance.happens(0.6):  # pockets
        near, far = waist * 0.5, hip * 0.96
        pen.pair([(near, top + 1.6), (far, top + 4), (far, top + 4.6), (near, top + 2.3)], LINING)
    if chance.happens(0.3):  # turned up
        pen.pair([(inner, bottom - 1.4), (outer, bottom - 1.4), (outer, bottom), (inner, bottom)], SEAM)


def draw_bag(pen: Pen, chance: Chance) -> None:
    """A body, round or angular, with a handle, a shoulder strap or nothing, and something in front."""
    half, top, bottom = chance.between(9, 12.8), chance.between(8.5, 12.5), chance.between(22, 26.5)
    side, corner = half + chance.between(-2, 1.2), chance.between(0.4, 3)
    _handle(pen, chance, side, top)
    shoulder = [(side - corner, top), (side, top + corner)]
    pen.whole([*shoulder, (half, bottom - corner), (half - corner, bottom)], CLOTH)
    match chance.one_of(("flap", "flap", "zip", "pocket", "belts", "plain")):
        case "flap":
            low = top + chance.between(4, 8)
            pen.whole([shoulder[1], (half * 0.84, low + 0.7), (0, low + 2)], LINING)
            pen.whole([*shoulder, (half * 0.84, low), (0, low + 1.2)], SHADE)
            pen.spot(MIDDLE, low + 0.6, LIGHT, 1)
        case "zip":
            pen.across(top + 2, half * 0.85, chance.one_of((DARK, LIGHT)), 0.7)
            pen.spot(MIDDLE + half * 0.7, top + 3.2, LIGHT, 0.7)
        case "pocket":
            pen.pocket(MIDDLE, top + 4.5, min(4.4, (bottom - top) / 2 - 3))
        case "belts":
            x = half * 0.45
            pen.pair([(x, top), (x + 1.4, top), (x + 1.4, bottom), (x, bottom)], LINING)
            pen.pair([(x - 0.3, top + 4), (x + 1.7, top + 4), (x + 1.7, top + 5.6), (x - 0.3, top + 5.6)], LIGHT)
        case _:
            pen.across(top + 0.6, side - corner, SEAM, 0.8)
    if chance.happens(0.3):
        pen.across(bottom - 2, half - 0.3, LINING)


def _handle(pen: Pen, chance: Chance, side: float, top: float) -> None:
    """How the bag is carried; drawn before the body, which covers its ends."""
    tone = chance.one_of((CLOTH, SHADE, SEAM))
    match chance.one_of(("round", "straight", "shoulder", "shoulder", "none")):
        case "round":
            radius, tall = chance.between(3.6, 6.5), chance.between(0.9, 1.4)
            pen.spot(MIDDLE, top, tone, radius, tall)
            pen.spot(MIDDLE, top, NOTHING, radius - chance.between(0.9, 1.5), tall)
        case "straight":
            x, high = chance.between(3, 5.5), chance.between(2, 5)
            outside, inside = [(0, high), (x - 1, high), (x + 0.6, top)], [(x - 0.8, top), (x - 2, high + 1.3)]
            pen.pair([*outside, *inside, (0, high + 1.3)], tone)
        case "shoulder":
            y = top + chance.between(-6, 4)
            left = [(MIDDLE - side, top + 1), (MIDDLE - 0.6 - side, y)]
            right = [(MIDDLE + 0.6 + side, y), (MIDDLE + side, top + 1)]
            pen.line([*left, (MIDDLE, y - 2), *right], tone, 1)
        case _:
            pass
