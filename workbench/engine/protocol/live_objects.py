"""Live histories, predictions and run progress by number.

The window draws from the History, the PredictionLog and the RunProgress that the training thread goes on writing. An
event names such an object by its number and holds only plain values itself, so that it can be sent to another process
as well.
"""

from __future__ import annotations

import itertools
import threading
import weakref
from collections import deque
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from workbench.engine.history.history import History
    from workbench.engine.protocol.prediction_log import PredictionLog
    from workbench.engine.protocol.run_progress import RunProgress

T = TypeVar("T")

RECENT: Final = 2
"""How many objects are kept that were numbered last: a run that branches off drops its parent's history at once."""


class LiveObjects(Generic[T]):
    """Numbers objects, and finds them by number as long as another part of the program keeps them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._unused = itertools.count(1)
        self._numbers: weakref.WeakKeyDictionary[T, int] = weakref.WeakKeyDictionary()
        self._objects: weakref.WeakValueDictionary[int, T] = weakref.WeakValueDictionary()
        self._recent: deque[T] = deque(maxlen=RECENT)

    def number_of(self, live: T) -> int:
        """The number of an object: always the same for one object, never used again for another."""
        with self._lock:
            number = self._numbers.setdefault(live, next(self._unused))
            self._objects[number] = live
            self._recent.append(live)
            return number

    def find(self, number: int) -> T:
        """The object with that number.

        Raises:
            KeyError: it is gone, or there never was one.
        """
        with self._lock:
            return self._objects[number]


HISTORIES: Final[LiveObjects[History]] = LiveObjects()
PROGRESS: Final[LiveObjects[RunProgress]] = LiveObjects()
PREDICTIONS: Final[LiveObjects[PredictionLog]] = LiveObjects()
