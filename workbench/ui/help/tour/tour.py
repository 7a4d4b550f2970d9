"""Tour: shows the card and the glow of each step, and goes on when the user has done what it asks for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDockWidget

from workbench.ui.help.tour.step_texts import text_of
from workbench.ui.models.session_state import SessionState
from workbench.ui.models.tour_model import COUNT, TourStep
from workbench.ui.widgets.glow import Glow
from workbench.ui.widgets.pointing_card import PointingCard

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from workbench.engine.teaching.texts import Target
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.models.settings_model import SettingsModel
    from workbench.ui.models.tour_model import TourModel
    from workbench.ui.style.palette import Palette

EVERY_MS: Final = 300
"""Between two looks at the run, in the steps in which the user looks on."""
READING_S: Final = 5.0
"""Time to read a step in which the user looks on."""
STEPS_TO_WATCH: Final = 60
"""Batches after which there is something to see."""
RATE: Final = "learning_rate"


class Tour(QObject):
    """Follows what the user does. Nothing is blocked, and no key but Esc is taken.

    Args:
        model: the present step.
        run: the current run.
        settings: of the run; their edits move the tour on.
        find: the widget of a target, brought into sight; None where there is none.
        window: over which the card lies.
    """

    lessons_requested = Signal()
    """The user wants to go on with the lessons."""

    def __init__(
        self,
        model: TourModel,
        run: RunModel,
        settings: SettingsModel,
        find: Callable[[Target], QWidget | None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._model = model
        self._run = run
        self._find = find
        self._since = 0.0
        self._first_step = 0
        self._incidents = 0
        self._shown: tuple[object, ...] = ()
        self._glow = Glow(window)
        self._card = PointingCard(window)
        self._card.set_close_text(self.tr("End the tour (Esc)"))
        self._card.closed.connect(model.end)
        self._card.pressed.connect(self._on_pressed)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        self._escape.setEnabled(False)
        self._escape.activated.connect(model.end)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._look)
        model.changed.connect(self._on_step)
        run.started.connect(self._on_started)
        run.resumed.connect(lambda: model.advance(TourStep.TRAIN))
        run.travelled.connect(self._on_travelled)
        run.discarded.connect(self._on_discarded)
        run.changed.connect(self._show)
        settings.value_edited.connect(self._on_edited)
        for dock in window.findChildren(QDockWidget):
            # One that is placed anew lies over all others, and is not said to have been raised.
            dock.visibilityChanged.connect(self._raise_soon)
            dock.installEventFilter(self)
        self._on_step()

    def on_saved(self) -> None:
        """The user has saved the weights."""
        self._model.advance(TourStep.SAVE)

    def keep_clear_of(self, bar: QWidget) -> None:
        """Never let the card cover this bar at the lower edge of the window."""
        self._card.keep_clear_of(bar)

    def point_again(self) -> None:
        """Point at the control of the present step again: another one has taken its place."""
        self._shown = ()
        self._show()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._glow.set_palette(palette)
        self._card.set_palette(palette)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let no dock that is raised cover the card."""
        if event.type() is QEvent.Type.ZOrderChange:
            self._raise_soon()
        return super().eventFilter(watched, event)

    # Internals

    def _raise_soon(self) -> None:
        if self._card.isVisible():
            QTimer.singleShot(0, self._card, self._card.raise_)

    def _on_step(self) -> None:
        """Another step is the present one."""
        step = self._model.step
        self._escape.setEnabled(step is not None)
        self._shown = ()
        if step is None:
            self._timer.stop()
            self._card.stop()
            self._glow.stop()
            return
        self._since = time.monotonic()
        self._incidents = self._incident_count()
        if step is TourStep.TRAIN:
            self._first_step = self._run.step
            if self._run.state is SessionState.TRAINING:
                self._model.advance(step)
                return
        if step is TourStep.WATCH:
            self._first_step = self._run.step
        if step in {TourStep.WATCH, TourStep.MARK}:
            self._timer.start()
        else:
            self._timer.stop()
        self._show()

    def _show(self) -> None:
        """Show the card of the present step, as it is in the present state of the run."""
        step = self._model.step
        if step is None:
            return
        title, text, target = text_of(step, self._run.state, can_go_on=self._can_go_on())
        if (step, title, text, target) == self._shown:
            return
        self._shown = (step, title, text, target)
        is_end = step is TourStep.END
        count = "" if is_end else self.tr("{number} of {count}").format(number=self._model.number, count=COUNT)
        self._card.say(title, text, count, self.tr("Lessons") if is_end else "")
        widget = None if target is None else self._find(target)
        self._card.point_at(widget)
        if widget is None:
            self._glow.stop()
        else:
            self._glow.light(widget, None)

    def _look(self) -> None:
        """In the steps in which the user looks on: whether there was something to see, and time to read."""
        self._show()
        if time.monotonic() - self._since < READING_S:
            return
        match self._model.step:
            case TourStep.WATCH:
                has_seen = self._run.step - self._first_step >= STEPS_TO_WATCH
                if has_seen or not self._run.state.is_running:
                    self._model.advance(TourStep.WATCH)
            case TourStep.MARK:
                if self._has_mark():
                    self._model.advance(TourStep.MARK)

    def _on_started(self, is_opened: bool) -> None:
        if not is_opened:
            self._model.advance(TourStep.TRAIN)

    def _on_edited(self, name: str) -> None:
        if name == RATE:
            self._model.advance(TourStep.RATE)

    def _on_travelled(self) -> None:
        """The user has gone to another step; the divergence guard goes back by itself, which is not what is asked."""
        if self._incident_count() == self._incidents:
            self._model.advance(TourStep.BACK)

    def _on_discarded(self) -> None:
        """Without a run there is nothing to watch, to mark or to save."""
        if self._model.step not in {None, TourStep.END}:
            self._model.go_to(TourStep.TRAIN)

    def _on_pressed(self) -> None:
        self._model.end()
        self.lessons_requested.emit()

    def _has_mark(self) -> bool:
        history = self._run.history
        return history is not None and any(
            change.name == RATE and change.step >= self._first_step for change in history.changes
        )

    def _can_go_on(self) -> bool:
        return self._run.steps_left or self._has_mark()

    def _incident_count(self) -> int:
        return 0 if self._run.history is None else len(self._run.history.spikes)
