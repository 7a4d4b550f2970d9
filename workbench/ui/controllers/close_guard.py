"""CloseGuard: asks before the window closes and weights would be lost; saves them without asking after a signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from workbench.engine.errors import say
from workbench.ui.dialogs import message_boxes
from workbench.ui.text.engine_texts import sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from workbench.engine.errors import UserError
    from workbench.engine.protocol.events import RecordFailed
    from workbench.ui.controllers.weights_files import WeightsFiles
    from workbench.ui.system.preferences import Settings

RESCUE_WITHIN_MS = 1000


class CloseGuard(QObject):
    """Decides whether the window may close.

    Runs are kept in the store as they go. Only where that does not work are there weights to lose.

    Args:
        weights: knows whether they are saved.
        settings: where rescued weights are remembered.
        close: closes the window.
        window: the question appears over it.
    """

    def __init__(self, weights: WeightsFiles, settings: Settings, close: Callable[[], object], window: QWidget) -> None:
        super().__init__(window)
        self._weights = weights
        self._settings = settings
        self._close = close
        self._window = window
        self._is_saving = False
        # Why runs are not kept; None while they are.
        self._unkept: UserError | None = None
        self.is_leaving = False
        """Whether the window closes without a question."""
        weights.weights_saved.connect(self._on_saved)
        weights.save_failed.connect(self._stay)
        weights.save_cancelled.connect(self._stay)

    def take_over(self, other: CloseGuard) -> None:
        """Know what `other` knows, which this takes the place of."""
        self._unkept = other._unkept

    def on_record_failed(self, event: RecordFailed) -> None:
        """What is trained is not kept: weights that are not saved will be lost when the window closes."""
        self._unkept = event.problem

    def on_record_recovered(self) -> None:
        """Everything is kept again."""
        self._unkept = None

    def may_close(self, *, running: bool) -> bool:
        """Whether to close now. If not, a question has been asked, and the answer may close the window."""
        if self.is_leaving or self._unkept is None or not self._weights.is_unsaved:
            self.is_leaving = True
            return True
        if self._window.findChild(QObject, "close_dialog") is None:
            reason = sentence_of(self._unkept)
            message_boxes.ask_before_closing(self._window, reason, running=running, save=self._save, leave=self.leave)
        return False

    def leave(self) -> None:
        """Close without asking."""
        self.is_leaving = True
        self._close()

    def leave_at_once(self) -> None:
        """Close without a question, after a signal; weights that are not saved go to a file of their own first."""
        if self.is_leaving or not self._weights.is_unsaved:
            self.leave()
            return
        self._weights.weights_saved.disconnect(self._on_saved)
        self._weights.weights_saved.connect(self._on_rescued)
        self._weights.rescue()
        # If the batch or the disk takes longer, close without them: the sender of the signal may kill the process.
        QTimer.singleShot(RESCUE_WITHIN_MS, self, self.leave)

    def _save(self) -> None:
        self._is_saving = True
        self._weights.ask_and_save()

    def _on_saved(self) -> None:
        if self._is_saving:
            self.leave()

    def _on_rescued(self, path: Path) -> None:
        say("weights saved to {path}", path=path)
        self._settings.write("rescued", {"path": str(path)})
        self.leave()

    def _stay(self) -> None:
        self._is_saving = False
