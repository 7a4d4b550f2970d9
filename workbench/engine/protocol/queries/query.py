"""The base classes of all queries and answers."""

from __future__ import annotations


class Query:
    """Asks for something that is computed from the weights of a run at one step. Frozen: equal ones ask the same."""

    __slots__ = ()


class Answer:
    """What was computed for a query; a frozen dataclass of plain values and arrays."""

    __slots__ = ()
