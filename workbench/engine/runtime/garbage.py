"""Python's garbage collector, which stops every thread while it looks for objects that refer to each other in a circle.

Each object that it knows costs it time: with torch and the window there are 260,000, and to look at all took 60 to 140
ms, in which the event loop stood still, whichever thread had set it off. Source: the module gc of Python's library.
"""

from __future__ import annotations

import gc


def pass_over_present_objects() -> None:
    """Have the collector pass over the objects there are now: modules, classes, a window, which stay.

    Those that nothing refers to are freed as ever; circles among them are kept until `look_at_all_objects`. If it
    passes over some already, nothing changes: what was left by then may be garbage.
    """
    if gc.get_freeze_count() == 0:
        gc.freeze()


def look_at_all_objects() -> None:
    """Have the collector look at every object again: some of those that it passed over may be left by now."""
    gc.unfreeze()
