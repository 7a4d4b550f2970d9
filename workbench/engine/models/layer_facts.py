"""LayerFacts: one layer of a network, as a table shows it. Nothing here imports torch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """A layer of a network.

    Attributes:
        name: where it is in the network, as in the keys of its weights; "" for the network itself.
        kind: its class.
        shape: of its output for one sample; empty where it gives something else than a tensor.
        parameters: numbers in it that training adjusts.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    parameters: int
