"""Sandals, sneakers and ankle boots, seen from the side, toes at the left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.engine.data.garments.canvas import CLOTH, DARK, LIGHT, LINING, NOTHING, SEAM, SHADE

if TYPE_CHECKING:
    from workbench.engine.data.garments.canvas import Pen, Point
    from workbench.engine.data.garments.random_stream import Chance


def draw_sandal(pen: Pen, chance: Chance) -> None:
    """Straps over the toes, mostly one round the ankle; flat, with a heel or a wedge."""
    pen.heel = chance.between(0, 1) + (chance.between(3, 10) if chance.happens(0.5) else 0)
    ground, thick = 18 + pen.heel * 0.35, chance.between(0.9, 2.2)
    high, width = ground - thick + 0.2, chance.between(0.9, 1.7)
    strap = chance.one_of((CLOTH, CLOTH, SHADE, LIGHT))
    kind = chance.one_of(("plain", "plain", "slingback", "T-strap", "slide"))
    if kind == "slide":  # one broad strap
        pen.bowl(9.5, high, 5.6, -4.4, strap)
        pen.bowl(12.2, high, 2.8, -2.8, DARK)
    else:
        ankle = high - chance.between(4.5, 7.5)
        _ankle_strap(pen, chance, high, ankle, strap, width)
        if kind == "slingback":
            pen.line([(21.8, high), (19.4, ankle + 0.4)], strap, width)
        elif kind == "T-strap":
            pen.line([(5.5, high - 2.4), (12, high - 2.8), (19.4, ankle)], strap, width)
        for x in (6.5, 11.5)[: chance.one_of((1, 1, 2))]:
            pen.bowl(x, high, 3.4, -3.6, strap)
            pen.bowl(x + 0.6, high, 3.2 - width, -1.9, NOTHING)
    if chance.happens(0.4):
        pen.line([(4, high), (10, high - 3)], strap, width)
    _sole(pen, chance, ground, thick, chance.one_of((CLOTH, SHADE, SEAM, LIGHT)))


def draw_sneaker(pen: Pen, chance: Chance) -> None:
    """Laces, a thick sole, often a cap, a heel counter and a mark at the side; some are high ones."""
    ground, full = chance.between(19.5, 21.5), chance.between(-0.4, 1.2)
    collar, low = ground - chance.between(8, 10), ground - 1.6
    if chance.happens(0.22):  # a high one
        collar -= chance.between(2, 4)
    tongue, rim = (14.6, collar - 1.2), [(16.8, collar + 0.6), (20.5, collar + 1.9), (24.6, collar - 0.2)]
    toe = [(1, low), (1.3, low - 1.7 - full), (3.4, low - 3.2 - full), (7.5, low - 4.2 - full)]
    pen.fill([*toe, tongue, *rim, (26.8, collar + 0.5), (26.6, collar + 3), (27.2, low)], CLOTH)
    pen.fill([tongue, *rim, (20, collar)], DARK)
    if chance.happens(0.5):  # the cap
        pen.fill([*toe[:3], (5.6, low - 2.4), (6, low)], chance.one_of((LIGHT, SHADE, SEAM)))
    if chance.happens(0.6):  # the counter
        counter = [(23.2, collar + 1.6), (24.8, collar), (26.8, collar + 0.6), (27.2, low), (23.6, low)]
        pen.fill(counter, chance.one_of((SHADE, SEAM, LIGHT, DARK)))
    _mark(pen, chance, low)
    tone = chance.one_of((LIGHT, LIGHT, DARK))
    _laces(pen, (8.6, low - 4 - full), (14, collar), chance.one_of((3, 4, 5)), tone)
    _sole(pen, chance, ground, chance.between(1.4, 2.4), chance.one_of((LIGHT, LIGHT, SEAM, CLOTH, DARK)))


def draw_ankle_boot(pen: Pen, chance: Chance) -> None:
    """A shaft above the ankle, flat or with a heel; elastic, laces, a zip, a buckle or plain."""
    pen.heel = chance.between(5, 9) if chance.happens(0.35) else chance.between(0, 2.5)
    ground = chance.between(23, 25) + pen.heel * 0.15
    low, shaft = ground - 1, ground - chance.between(11.5, 16.5) + pen.heel * 0.2
    front, back = chance.between(12.5, 15.5), chance.between(25.6, 27)
    toe = [(1, low), (1.4, low - 2.2), (4, low - 3.8), (8.6, low - 5.2), (front - 0.6, low - 7.6)]
    # Along the sole it needs points where the lift begins and ends: only points are lifted, not what lies between.
    bottom = [(27, low), (21, low), (8, low)]
    pen.fill([*toe, (front, shaft + 0.5), (back, shaft), (back - 0.8, low - 6), *bottom], CLOTH)
    pen.fill([(front, shaft + 0.5), (back, shaft), (back - 1, shaft + 1.1), (front + 1, shaft + 1.5)], DARK)
    if chance.happens(0.4):  # the cap
        pen.fill([*toe[:3], (6.8, low - 3), (7.4, low)], SEAM)
    match chance.one_of(("elastic", "elastic", "laces", "zip", "buckle", "seam")):
        case "elastic":
            pen.fill([(17.5, shaft + 1.4), (22.5, shaft + 1.3), (21, shaft + 7.4), (19.2, shaft + 7.4)], LINING)
        case "laces":
            _laces(pen, (9.2, low - 5.2), (front + 0.8, shaft + 1.6), 6, chance.one_of((LIGHT, DARK)))
            pen.line([(10, low - 2.4), (front + 3.4, low - 5.6), (front + 3.6, shaft + 1)], LINING)
        case "zip":
            pen.line([(20, shaft + 1), (20.5, low - 2)], chance.one_of((LIGHT, DARK)), 0.8)
        case "buckle":
            pen.line([(front - 1, low - 7), (26, low - 6)], DARK, 1.3)
            pen.line([(18.8, low - 7), (20.8, low - 6.8)], LIGHT, 2)
        case _:
            pen.line([(15.5, low), (17.5, low - 5), (26, low - 5.4)], LINING)
    if chance.happens(0.2):  # fur
        pen.line([(front - 0.6, shaft + 0.8), (back + 0.4, shaft + 0.4)], LIGHT, 2)
    _sole(pen, chance, ground, chance.between(0.8, 1.8), chance.one_of((LINING, DARK, SEAM, LIGHT)))


def _ankle_strap(pen: Pen, chance: Chance, high: float, ankle: float, tone: int, width: float) -> None:
    if chance.happens(0.6):
        pen.fill([(23.5, high), (24.6, ankle), (26.6, ankle), (27, high)], tone)
    else:
        pen.line([(25, high), (25.9, ankle)], tone, width)
    pen.spot(22.6, ankle, tone, 3.7, 0.36)
    pen.spot(22.4, ankle - 0.1, DARK, 2.8, 0.2)


def _mark(pen: Pen, chance: Chance, low: float) -> None:
    """What a maker puts on the side; none that a maker has."""
    tone = chance.one_of((LIGHT, DARK))
    match chance.one_of(("stripes", "ring", "zigzag", "seam")):
        case "stripes":
            for index in range(chance.one_of((1, 2, 4))):
                pen.line([(12.5 + index * 2.2, low), (15.5 + index * 2, low - 4.4)], tone, 0.9)
        case "ring":
            pen.spot(20, low - 3, tone, 1.7)
            pen.spot(20, low - 3, CLOTH, 0.7)
        case "zigzag":
            pen.line([(12, low - 1.4), (15, low - 3.6), (18, low - 1.4), (21, low - 3.6), (23, low - 1.4)], tone, 0.8)
        case _:
            pen.line([(8.5, low - 3.5), (13.5, low - 1.2), (23.5, low - 1.6)], LINING)


def _laces(pen: Pen, start: Point, end: Point, count: int, tone: int) -> None:
    for index in range(count):
        share = index / (count - 1)
        x, y = start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
        pen.line([(x - 1, y - 0.4), (x + 1.6, y + 1.4)], tone, 0.6)


def _sole(pen: Pen, chance: Chance, ground: float, thick: float, tone: int) -> None:
    """The sole from toe to heel, and what carries the heel: a wedge, a block or a thin one."""
    heel, high = pen.heel, ground - thick
    edge = [(0.9, high), (8, high), (15, high), (21, high), (27.2, high)]
    if heel > 2.5 and chance.happens(0.25):  # a wedge
        pen.fill([*edge, (26.8, ground + heel), (1.6, ground)], tone)
        return
    pen.fill([*edge, (27, ground), (21, ground), (15, ground), (8, ground), (1.6, ground)], tone)
    if heel > 0.8:
        back = chance.between(25, 26)
        front = back - (chance.between(1.3, 3) if heel > 4 else chance.between(4, 6))
        foot = [(back + 0.8, ground + heel), (front, ground + heel)]
        pen.fill([(min(front - 1.2, 22), ground - 0.2), (27, ground - 0.2), *foot], tone)
