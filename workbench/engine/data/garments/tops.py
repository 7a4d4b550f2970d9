"""What is worn above: T-shirts, pullovers, shirts, coats, dresses. They share one cut, so that they look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workbench.engine.data.garments.canvas import CLOTH, DARK, LIGHT, LINING, MIDDLE, NOTHING, SEAM, SHADE

if TYPE_CHECKING:
    from workbench.engine.data.garments.canvas import Pen
    from workbench.engine.data.garments.random_stream import Chance

_CONTRAST = (LIGHT, DARK)


class _Cut(NamedTuple):
    """The measures of a top: heights from above, widths from the middle line."""

    top: float
    bottom: float
    neck: float
    shoulder: float
    chest: float
    waist: float
    hem: float


class _Sleeve(NamedTuple):
    """The measures of a sleeve."""

    length: float
    spread: float  # how far its end stands off
    cuff: float  # how wide its end is


def draw_t_shirt(pen: Pen, chance: Chance) -> None:
    """Short sleeves, seldom long or none; a round or V-shaped neck; often a print."""
    top, bottom, neck = chance.between(1, 2.5), chance.between(23.5, 27), chance.between(2.4, 3.8)
    chest = chance.between(6, 7.8)
    waist, hem = chest - chance.between(-0.2, 1), chest + chance.between(-0.8, 0.8)
    cut = _Cut(top, bottom, neck, chest + chance.between(-0.2, 0.5), chest, waist, hem)
    if chance.happens(0.13):  # a tank top
        pen.pair([(neck, top), (neck + 1.6, top), (chest, 10), (chest - 3, 11)], CLOTH)
        pen.whole([(chest * 0.8, 8), (chest, 10), (waist, 17), (hem, bottom)], CLOTH)
        pen.bowl(MIDDLE, 7.5, neck + 0.3, chance.between(1, 3), NOTHING)
    else:
        sleeve = _Sleeve(chance.between(3.5, 7), chance.between(2, 3.4), chance.between(3.6, 4.8))
        if chance.happens(0.12):
            sleeve = _Sleeve(chance.between(12, 18), chance.between(2, 3), chance.between(2.6, 3.2))
        _sleeves(pen, cut, sleeve, chance.one_of((SHADE, SHADE, SEAM, LIGHT)))
        _body(pen, cut)
        _neckline(pen, chance, cut)
    if chance.happens(0.5):
        _print(pen, chance, cut)


def draw_pullover(pen: Pen, chance: Chance) -> None:
    """Long sleeves, ribs, and any neck from V to hood."""
    top, bottom, neck = chance.between(1.4, 2.8), chance.between(23.5, 27), chance.between(2.4, 3.6)
    chest = chance.between(5.9, 7.2)
    cut = _Cut(top, bottom, neck, chest, chest, chest, chest - chance.between(-0.3, 0.7))
    length = chance.between(8, 12) if chance.happens(0.1) else chance.between(17.5, 21.5)
    sleeve = _Sleeve(length, chance.between(2, 3.4), chance.between(2.8, 3.6))
    _sleeves(pen, cut, sleeve, chance.one_of((SEAM, LINING, SHADE)))
    _body(pen, cut)
    if chance.happens(0.7):  # ribs at the hem
        pen.whole([(cut.hem, bottom - 2), (cut.hem * 0.94, bottom)], SHADE)
        pen.across(bottom - 2, cut.hem, LINING)
    match chance.one_of(("hood", "turtleneck", "plain", "plain", "plain", "zip", "band")):
        case "hood":
            _hood(pen, cut)
            pen.whole([(2.6, 16.5), (4.4, 22)], SEAM)
            pen.whole([(2.2, 17), (3.8, 21.5)], SHADE)
            pen.pair([(1.2, top + 3), (1.7, top + 3), (1.7, top + 7), (1.2, top + 7)], LIGHT)
        case "turtleneck":
            pen.whole([(neck, top - 1.4), (neck + 0.5, top + 1.4)], SHADE)
            pen.across(top + 1.4, neck + 0.5, LINING)
        case "zip":  # a short one
            _collar(pen, cut, 2, SHADE)
            pen.down(MIDDLE, top + 1, top + 9, DARK, 0.7)
        case "band":
            _neckline(pen, chance, cut)
            pen.across(10.5, chest, chance.one_of(_CONTRAST), chance.between(1, 4))
        case _:
            _neckline(pen, chance, cut)
            if chance.happens(0.4):
                _print(pen, chance, cut)


def draw_shirt(pen: Pen, chance: Chance) -> None:
    """A collar, buttons all the way down, a curved hem; a third with short sleeves, some without a collar."""
    top, bottom, neck = chance.between(1.8, 3), chance.between(23.5, 27), chance.between(2, 2.8)
    chest = chance.between(5.6, 7.2)
    waist, hem = chest - chance.between(-0.2, 1), chest + chance.between(-0.6, 0.6)
    cut = _Cut(top, bottom, neck, chest + chance.between(-0.3, 0.4), chest, waist, hem)
    sleeve = _Sleeve(chance.between(15, 21), chance.between(2, 3.2), chance.between(2.6, 3.2))
    if chance.happens(0.32):
        sleeve = _Sleeve(chance.between(4, 8), chance.between(2, 3.2), chance.between(3.4, 4.4))
    _sleeves(pen, cut, sleeve, chance.one_of((SHADE, SEAM, LIGHT)))
    _body(pen, cut)
    pen.pair([(hem * 0.55, bottom), (hem + 0.6, bottom - 2.2), (hem + 0.6, bottom + 0.2)], NOTHING)
    if chance.happens(0.15):  # a blouse
        _neckline(pen, chance, cut)
        pen.down(MIDDLE, top + 2, top + chance.between(6, 10), LINING, 0.6)
        return
    pen.down(MIDDLE, top + 2, bottom, chance.one_of((SEAM, LIGHT, SHADE)), 1.5)
    pen.down(MIDDLE + 0.9, top + 2, bottom, LINING, 0.4)
    pen.buttons(MIDDLE, top + 5, bottom - 2.5, chance.one_of((5, 6, 7)), chance.one_of(_CONTRAST))
    _collar(pen, cut, chance.between(2.4, 3.4), chance.one_of((CLOTH, LIGHT, SHADE)))
    for side in (1, -1)[: chance.one_of((0, 1, 2))]:
        pen.pocket(MIDDLE + side * chest * 0.55, top + 6.8, 1.7)


def draw_coat(pen: Pen, chance: Chance) -> None:
    """Wide and long, open in front with a zip or buttons; lapels, a hood or a collar; pockets."""
    top, bottom, neck = chance.between(1.4, 2.6), chance.between(24, 28), chance.between(2.4, 3.4)
    chest = chance.between(6.2, 7.6)
    waist, hem = chest - chance.between(-0.2, 1), chest + chance.between(-0.4, 1)
    cut = _Cut(top, bottom, neck, chest + 0.2, chest, waist, hem)
    sleeve = _Sleeve(chance.between(17.5, 21.5), chance.between(1.9, 3), chance.between(3, 3.8))
    _sleeves(pen, cut, sleeve, chance.one_of((SHADE, SEAM, DARK)))
    _body(pen, cut)
    _front(pen, chance, cut)
    match chance.one_of(("lapels", "hood", "collar", "stand-up collar")):
        case "lapels":
            _lapels(pen, cut, chance.between(5.5, 9))
        case "hood":
            _hood(pen, cut)
        case "collar":
            _collar(pen, cut, chance.between(2.5, 4), SHADE)
        case _:
            pen.whole([(neck, top - 1.2), (neck + 0.8, top + 1.6)], SHADE)
            pen.across(top + 1.5, neck + 0.8, LINING)
    if chance.happens(0.75):  # pockets
        y = chance.between(16, 18.5)
        pen.pair([(2.4, y), (5.4, y - 1), (5.4, y), (2.4, y + 1)], chance.one_of((LINING, DARK)))
    if chance.happens(0.2):  # a belt
        pen.across(14.5, waist, DARK, 1.4)


def draw_dress(pen: Pen, chance: Chance) -> None:
    """Narrow above, a skirt below, now wide, now straight; on straps, sleeveless or with sleeves of any length."""
    top, bottom, neck = chance.between(0.8, 2.2), chance.between(25, 28), chance.between(1.8, 3)
    chest, middle = chance.between(3.9, 5.6), top + chance.between(9, 13)
    waist, hem = chest - chance.between(0.2, 1.4), chest + chance.between(-0.3, 4)
    kind = chance.one_of(("sleeveless", "short", "short", "short", "long", "straps"))
    if kind in ("short", "long"):
        length = chance.between(14, 18) if kind == "long" else chance.between(2.5, 6)
        bodice = _Cut(top, middle + 2, neck, chest + 0.2, chest, waist, waist)
        _sleeves(pen, bodice, _Sleeve(length, 2.3, 2.8), SHADE)
        _body(pen, bodice)
    if kind == "straps":
        pen.pair([(neck, top - 1), (neck + 0.9, top - 1), (chest, top + 6), (chest - 1.6, top + 6)], CLOTH)
        pen.whole([(chest - 0.4, top + 5), (chest, top + 7), (waist, middle)], CLOTH)
    else:
        cut = _Cut(top, bottom, neck, neck + 1.7, chest, waist, hem)
        pen.whole([(neck, top), (cut.shoulder, top + 0.5), (chest, top + 6), (waist, middle)], CLOTH)
        _neckline(pen, chance, cut, chance.one_of((DARK, NOTHING)))
    knees = (0.48 * waist + 0.58 * hem, (middle + bottom) / 2)
    pen.whole([(waist, middle), knees, (hem, bottom - 0.5), (hem * 0.5, bottom)], CLOTH)
    if chance.happens(0.6):  # pleats
        for share in (-0.6, -0.2, 0.2, 0.6):
            above, below = (MIDDLE + share * waist, middle + 1.5), (MIDDLE + share * hem * 1.2, bottom - 0.5)
            pen.line([above, below], SEAM)
    if chance.happens(0.55):  # a belt
        pen.across(middle, waist, chance.one_of((DARK, LINING, LIGHT)), chance.between(0.6, 1.6))
    if chance.happens(0.2):  # a border
        pen.across(bottom - 2.5, hem * 0.92, chance.one_of(_CONTRAST), 0.7)


def _sleeves(pen: Pen, cut: _Cut, sleeve: _Sleeve, trim: int) -> None:
    """Both sleeves, their ends in the tone `trim`; drawn before the body, which covers where they begin."""
    end, low, half = cut.shoulder + sleeve.spread, cut.top + 2 + sleeve.length, sleeve.cuff / 2
    shoulder = [(cut.shoulder - 2, cut.top + 0.7), (cut.shoulder + 0.9, cut.top + 2)]
    elbow = (cut.shoulder + 0.75 * sleeve.spread + half, cut.top + 2 + sleeve.length * 0.5)
    edge = [(end + half, low - 0.3), (end - half, low + 0.5)]
    pen.pair([*shoulder, elbow, *edge, (cut.chest - 1, _armpit(cut))], SHADE)
    pen.pair([*edge, (end - half, low - 0.7), (end + half, low - 1.5)], trim)


def _body(pen: Pen, cut: _Cut) -> None:
    waist = (cut.waist, cut.top + 0.6 * (cut.bottom - cut.top))
    hem = [(cut.hem, cut.bottom - 0.4), (cut.hem * 0.5, cut.bottom)]
    pen.whole([(cut.neck, cut.top), (cut.shoulder, cut.top + 1.4), (cut.chest, _armpit(cut)), waist, *hem], CLOTH)


def _armpit(cut: _Cut) -> float:
    return cut.top + 6.5


def _front(pen: Pen, chance: Chance, cut: _Cut) -> None:
    """How a coat is closed."""
    match chance.one_of(("zip", "zip", "buttons", "double-breasted")):
        case "zip":
            pen.down(MIDDLE, cut.top + 1, cut.bottom, DARK, 1)
            pen.down(MIDDLE - 0.6, cut.top + 2, cut.bottom, LIGHT, 0.4)
        case "buttons":
            pen.down(MIDDLE - 0.6, cut.top + 1, cut.bottom, LINING, 0.6)
            count, tone = chance.one_of((3, 4, 5)), chance.one_of(_CONTRAST)
            pen.buttons(MIDDLE + 0.9, cut.top + 7, cut.bottom - 6, count, tone)
        case _:
            pen.down(MIDDLE - 1.6, cut.top + 1, cut.bottom, LINING, 0.6)
            tone = chance.one_of(_CONTRAST)
            for x in (MIDDLE - 0.6, MIDDLE + 2.8):
                pen.buttons(x, cut.top + 9, cut.bottom - 7, 3, tone)


def _neckline(pen: Pen, chance: Chance, cut: _Cut, inside: int = DARK) -> None:
    """A round or V-shaped neck with its edge."""
    if chance.happens(0.3):
        depth = chance.between(3, 6)
        pen.whole([(cut.neck + 0.8, cut.top), (0, cut.top + depth + 1.1)], SHADE)
        pen.whole([(cut.neck, cut.top), (0, cut.top + depth)], inside)
    else:
        depth = chance.between(1.4, 3.6)
        pen.bowl(MIDDLE, cut.top, cut.neck + 0.8, depth + 0.9, SHADE)
        pen.bowl(MIDDLE, cut.top, cut.neck, depth, inside)


def _collar(pen: Pen, cut: _Cut, length: float, tone: int) -> None:
    """Two flaps that meet `length` below the neck."""
    neck, top, tip = cut.neck, cut.top, cut.top + length
    edge = [(neck + 1.4, top + 0.6), (2.2, tip + 0.8), (0, tip - 0.2)]
    pen.whole([(neck, top - 0.9), (0, tip)], DARK)
    pen.pair([(neck - 0.6, top - 1.2), *edge], tone)
    pen.pair([*edge, (1.6, tip + 1.2), (2.3, tip + 1.4)], LINING)


def _lapels(pen: Pen, cut: _Cut, length: float) -> None:
    neck, top, tip = cut.neck, cut.top, cut.top + length
    edge = [(neck + 2, top + 2.6), (neck + 0.6, top + 4), (0, tip + 0.4)]
    pen.whole([(neck, top - 0.4), (0, tip)], DARK)
    pen.pair([(neck - 0.8, top - 0.8), *edge], SHADE)
    pen.pair([*edge, (0, tip + 1.4), (neck + 1.6, top + 4.2)], LINING)


def _hood(pen: Pen, cut: _Cut) -> None:
    pen.spot(MIDDLE, cut.top + 0.6, SHADE, cut.neck + 2.2, 0.72)
    pen.spot(MIDDLE, cut.top + 1.1, DARK, cut.neck + 0.5, 0.66)


def _print(pen: Pen, chance: Chance, cut: _Cut) -> None:
    """A picture or words on the chest."""
    y, size, tone = cut.top + chance.between(8, 10.5), chance.between(2, 3.4), chance.one_of(_CONTRAST)
    match chance.one_of(("ring", "disc", "words", "words", "box", "badge")):
        case "ring":
            pen.spot(MIDDLE, y, tone, size)
            pen.spot(MIDDLE, y, CLOTH, size * 0.6)
        case "disc":
            pen.spot(MIDDLE, y, tone, size, 1.1)
        case "words":
            for row in range(chance.one_of((1, 2, 3))):
                half, line = size * chance.between(0.7, 1.4), y + 2 * row
                for letter in range(int(half * 1.6)):
                    x = MIDDLE - half + letter * 1.25
                    pen.line([(x, line), (x + 0.7, line)], tone, 1.2)
        case "box":
            pen.whole([(size, y - size), (size, y + size * 0.7)], tone)
            pen.whole([(size * 0.5, y - size * 0.5), (size * 0.5, y)], SEAM)
        case _:
            pen.spot(MIDDLE + cut.chest * 0.5, cut.top + 6.5, tone, 0.9)
