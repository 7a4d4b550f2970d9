"""The bases of all experiments and of what they find. A subclass is a frozen dataclass with plain values."""

from __future__ import annotations


class Experiment:
    """What to try on a copy of a run, step after step; it can be cancelled, and leaves no trace in the run."""

    __slots__ = ()


class Finding:
    """What an experiment has found by now."""

    __slots__ = ()
