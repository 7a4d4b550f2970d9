"""The drawings behind the built-in data set: ten kinds of garments, no two of a kind alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from workbench.engine.data.garments.canvas import CANVAS, Pen
from workbench.engine.data.garments.shoes import draw_ankle_boot, draw_sandal, draw_sneaker
from workbench.engine.data.garments.tops import draw_coat, draw_dress, draw_pullover, draw_shirt, draw_t_shirt
from workbench.engine.data.garments.trousers_and_bags import draw_bag, draw_trouser

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from workbench.engine.data.garments.random_stream import Chance

    Drawer = Callable[[Pen, Chance], None]

DRAWERS: dict[str, Drawer] = {
    "T-shirt/top": draw_t_shirt,
    "Trouser": draw_trouser,
    "Pullover": draw_pullover,
    "Dress": draw_dress,
    "Coat": draw_coat,
    "Sandal": draw_sandal,
    "Shirt": draw_shirt,
    "Sneaker": draw_sneaker,
    "Bag": draw_bag,
    "Ankle boot": draw_ankle_boot,
}
"""Who draws which class, in the order of Fashion-MNIST's labels."""

# Some garments pass for their neighbours in the shop too: their label is a matter of opinion, and no network is always
# right. Without them the tutorial's network reached 98 % with Adam.
_SOLD_AS: dict[str, tuple[Drawer, ...]] = {
    "T-shirt/top": (draw_shirt, draw_pullover, draw_dress),
    "Pullover": (draw_coat, draw_shirt, draw_t_shirt),
    "Dress": (draw_t_shirt, draw_dress),
    "Coat": (draw_pullover, draw_shirt),
    "Shirt": (draw_t_shirt, draw_pullover, draw_coat),
    "Sneaker": (draw_ankle_boot,),
    "Ankle boot": (draw_sneaker,),
}
_AMBIGUOUS = 0.07


def drawings(class_name: str, count: int, chance: Chance) -> NDArray[np.uint8]:
    """`count` drawings of one class in the tones of `pen`, uint8 (count, CANVAS, CANVAS)."""
    result = np.empty((count, CANVAS, CANVAS), np.uint8)
    own = DRAWERS[class_name]
    for index in range(count):
        draw = chance.one_of(_SOLD_AS.get(class_name, (own,))) if chance.happens(_AMBIGUOUS) else own
        pen = Pen(chance)
        draw(pen, chance)
        result[index] = np.asarray(pen.image)
    return result
