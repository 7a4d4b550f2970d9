"""Loss and accuracy, live: the hero of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from workbench.ui.plotting.colours import PlotColours
from workbench.ui.plotting.empty_state import EmptyState
from workbench.ui.plotting.header import AccuracyHeader, LossHeader
from workbench.ui.theme import load_palette

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QShowEvent

    from workbench.engine.history import History
    from workbench.ui.plotting.legend import LegendButton
    from workbench.ui.plotting.stage import Stage
    from workbench.ui.theme import Palette

MARGIN: Final = 12
SPACING: Final = 6
BUILD_AFTER_MS: Final = 100
"""From showing the panel to building the plots, unless a run asks for them before: the window is painted first."""


class PlotsPanel(QFrame):
    """Two plots above one another over the same steps, with their legends, controls and readout.

    Before the first run a sentence stands in their place.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plots")
        self.setProperty("role", "card")
        self._colours = PlotColours.of(load_palette("light"))
        self._loss_header = LossHeader(self._colours, self)
        self._accuracy_header = AccuracyHeader(self._colours, self)
        self._accuracy_header.hide()
        self._empty = EmptyState(self.tr("Press Train to see loss and accuracy grow here."), self._colours, self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty)
        self._built_stage: Stage | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, SPACING, SPACING, SPACING)
        layout.setSpacing(SPACING)
        layout.addWidget(self._loss_header)
        layout.addWidget(self._pages, 1)

    @property
    def follows(self) -> bool:
        """Whether the whole run is shown as it grows; not so from a pan or zoom by hand until Reset view."""
        return self._stage.follows

    @property
    def mark_texts(self) -> list[str]:
        """What the marks of changes say, by step."""
        return self._stage.marks.texts

    @property
    def is_catching_up(self) -> bool:
        """Whether the smoothing of a long history is still on its way, slice by slice."""
        return self._stage.is_catching_up

    @property
    def nbytes(self) -> int:
        """Memory held by the series that are drawn, in bytes; the history's own included."""
        return self._stage.nbytes

    def build(self) -> None:
        """Build the plots now, for those who look for them before anything is shown."""
        self._build_stage()

    def begin(self, history: History, steps_per_epoch: int, planned_steps: int) -> None:
        """Show `history`, which may hold steps already, and follow it.

        Args:
            history: written by the training thread from now on.
            steps_per_epoch: batches in an epoch, at least 1.
            planned_steps: steps the whole run will have; 0 if unknown.
        """
        self._stage.begin(history, steps_per_epoch, planned_steps)
        self._pages.setCurrentWidget(self._stage)

    def clear(self) -> None:
        """Forget the run, and say how to begin one."""
        self._stage.clear()
        self._pages.setCurrentWidget(self._empty)

    def refresh(self) -> float:
        """Draw what is new; returns the seconds spent, those of painting since the last call included.

        An ordinary frame paints the pixel columns that gained steps and nothing else.
        """
        return self._built_stage.refresh() if self._built_stage is not None else 0.0

    def take_paint_seconds(self) -> float:
        """Time spent painting since this, or `refresh`, was last called."""
        return self._stage.take_paint_seconds()

    def redraw(self) -> None:
        """Paint everything anew, with the next paint event."""
        self._stage.redraw()

    def reload(self) -> None:
        """Draw everything anew, after the history was cut."""
        self._stage.reload()

    def set_planned_steps(self, planned_steps: int) -> None:
        """The run will have so many steps in all."""
        self._stage.set_planned_steps(planned_steps)

    def add_mark(self, step: int, name: str, text: str) -> None:
        """Mark a step with a plain text of its own."""
        self._stage.marks.add(step, name, text)
        self._stage.redraw()

    def add_change_mark(self, step: int, name: str, label: str, old_text: str, new_text: str) -> None:
        """Mark a change of a hyperparameter; changes of one name within a second become one mark.

        Args:
            step: the first step that used the new value.
            name: the hyperparameter's key.
            label: its name as people read it.
            old_text: the value before.
            new_text: the value from `step` on.
        """
        self._stage.marks.add_change(step, name, label, old_text, new_text)
        self._stage.redraw()

    def reset_view(self) -> None:
        """Show the whole run again, and follow it as it grows."""
        self._stage.reset_view()

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of `palette` from now on."""
        self._colours = PlotColours.of(palette)
        for part in (self._loss_header, self._accuracy_header, self._empty):
            part.set_colours(self._colours)
        if self._built_stage is not None:
            self._built_stage.set_colours(self._colours)

    def state(self) -> dict[str, bool | float]:
        """What is to be remembered from one day to the next."""
        shown = {name: switch.isChecked() for name, switch in self._switches.items()}
        return {"log_y": self._loss_header.is_log, "smoothing": self._loss_header.beta, **shown}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Set what `state()` once returned; what is missing or makes no sense stays as it is."""
        for name, switch in self._switches.items():
            if isinstance(shown := state.get(name), bool):
                switch.setChecked(shown)
        if isinstance(is_log := state.get("log_y"), bool):
            self._loss_header.set_log(is_log)
        if isinstance(beta := state.get("smoothing"), float):
            self._loss_header.set_beta(beta)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Have the plots ready soon, but not before the window is painted."""
        super().showEvent(event)
        if self._built_stage is None:
            QTimer.singleShot(BUILD_AFTER_MS, self, self._build_stage)

    @property
    def _switches(self) -> dict[str, LegendButton]:
        return {**self._loss_header.switches, **self._accuracy_header.switches}

    @property
    def _stage(self) -> Stage:
        """The plots, built when first asked for."""
        return self._built_stage or self._build_stage()

    def _build_stage(self) -> Stage:
        if self._built_stage is not None:
            return self._built_stage
        # pyqtgraph alone takes 0.25 s to import, half as long as the rest of the window takes to be shown.
        from workbench.ui.plotting.stage import Stage

        stage = Stage(self._accuracy_header, self._colours, self._loss_header.beta, self)
        self._accuracy_header.show()
        stage.set_log(self._loss_header.is_log)
        for name, switch in self._switches.items():
            stage.show_trace(name, switch.isChecked())
        for header in (self._loss_header, self._accuracy_header):
            header.trace_toggled.connect(stage.show_trace)
        self._loss_header.beta_changed.connect(stage.set_beta)
        self._loss_header.log_toggled.connect(stage.set_log)
        self._loss_header.reset_requested.connect(stage.reset_view)
        stage.follows_changed.connect(self._loss_header.set_follows)
        self._pages.addWidget(stage)
        self._built_stage = stage
        return stage
