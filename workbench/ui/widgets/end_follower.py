"""EndFollower: keeps the end of a growing list or text in sight, unless the user reads above it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QAbstractScrollArea


class EndFollower(QObject):
    """Scrolls to the end with new contents, and where the area becomes lower: the user has not scrolled then.

    Args:
        area: scrolls.
        is_at_end: whether the end is in sight; None where it is at the very bottom.
        show_end: brings the end into sight; None as above.
    """

    def __init__(
        self,
        area: QAbstractScrollArea,
        is_at_end: Callable[[], bool] | None = None,
        show_end: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(area)
        self._bar = area.verticalScrollBar()
        self._is_at_end = is_at_end or self._is_at_bottom
        self._show_end = show_end or self._scroll_to_bottom
        self._follows = True
        self._is_held = False
        self._bar.valueChanged.connect(self._on_scrolled)
        # The range grows with the contents, and where the area becomes lower.
        self._bar.rangeChanged.connect(self.update)

    @property
    def follows(self) -> bool:
        """Whether the user has the end in sight."""
        return self._follows

    def begin(self) -> None:
        """Follow the end of other contents, wherever the user has scrolled to."""
        self._follows = True
        self.update()

    def update(self) -> None:
        """Bring the end into sight if it was before."""
        if self._follows and not self._is_held:
            with self.held():
                self._show_end()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Take no scrolling inside for the user's: the contents are replaced there."""
        was_held, self._is_held = self._is_held, True
        try:
            yield
        finally:
            self._is_held = was_held
        self._follows = self._follows or self._is_at_end()

    def _on_scrolled(self) -> None:
        if not self._is_held:
            self._follows = self._is_at_end()

    def _is_at_bottom(self) -> bool:
        return self._bar.value() >= self._bar.maximum() - 1

    def _scroll_to_bottom(self) -> None:
        self._bar.setValue(self._bar.maximum())
