"""The branches panel: the relatives of the current run, and where each branched off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from workbench.ui.models.run_tree import branch_lanes
from workbench.ui.plotting.branches.branch_view import BranchView
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.metric_texts import metric_text, named_metric_text
from workbench.ui.text.run_texts import (
    branch_text,
    loss_text,
    parent_text,
    status_text,
    summary_traits,
    title_of,
)
from workbench.ui.widgets.empty_message import EmptyMessage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QColor

    from workbench.engine.history.records import Change
    from workbench.engine.store.run_store import RunSummary
    from workbench.ui.models.run_tree import Lane
    from workbench.ui.style.palette import Palette

SPACING: Final = 6


class BranchesPanel(QWidget):
    """The tree of branches: shows them, and lets the user open and overlay runs.

    Attributes:
        open_requested: the user wants to open a run (its id).
        overlay_requested: of the runs shown, the user wants exactly these (a list of ids) drawn over the plots.
    """

    open_requested = Signal(str)
    overlay_requested = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("branches")
        self._known: tuple[object, ...] = ()
        how = self.tr("Go back to any step and change a control there: the run goes on as a branch, and both are kept.")
        self._empty = EmptyMessage("branches_empty", "fork", how, self)
        self._hint = QLabel(how, self)
        self._hint.setObjectName("branches_hint")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        self._hint.setProperty("role", "muted")
        self._view = BranchView(self)
        self._view.opened.connect(self.open_requested)
        self._view.ticked.connect(self.overlay_requested)
        self._view.menu_asked.connect(self._show_menu)
        family = QWidget(self)
        inner = QVBoxLayout(family)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(SPACING - 2)
        self._hint.setContentsMargins(SPACING, 0, SPACING, 2)
        inner.addWidget(self._view, 1)
        inner.addWidget(self._hint)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(family)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def set_family(
        self,
        runs: Sequence[RunSummary],
        current: str | None,
        step: int,
        changes: Mapping[str, Sequence[Change]] | None = None,
    ) -> None:
        """Draw the relatives of a run.

        Args:
            runs: all runs, or at least all relatives; unrelated runs are left out.
            current: the current run; None where there is none.
            step: the step it is at.
            changes: for the id of a branch, the changes made where it left its parent; where they are not known, the
                difference of the settings, or the step, is shown instead.
        """
        lanes = branch_lanes(runs, current)
        texts = [_text(lane, (changes or {}).get(lane.summary.identity.id, ())) for lane in lanes]
        known = (lanes, texts, current)
        if known != self._known:
            self._known = known
            self._view.set_lanes(
                lanes, texts, [self._tip(lane, text) for lane, text in zip(lanes, texts, strict=True)], current
            )
            self._hint.setVisible(len(lanes) == 1)
            self._pages.setCurrentIndex(1 if lanes else 0)
        self._view.set_step(step)

    def set_step(self, step: int) -> None:
        """Move the dot of the current run; cheap enough for every frame."""
        self._view.set_step(step)

    def set_overlaid(self, runs: Mapping[str, QColor | None]) -> None:
        """Tick the runs that are drawn over the plots, each in its colour there; untick the others."""
        self._view.set_ticked(runs)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._view.set_palette(palette)
        self._empty.set_palette(palette)

    def _tip(self, lane: Lane, text: str) -> str:
        run = lane.summary
        metric = run.recipe.task.metric
        figures = self.tr("{state} · {steps} steps · {result} · best {best} · loss {loss}").format(
            state=status_text(run.status),
            steps=f"{run.steps:,}",
            result=named_metric_text(metric, run.metric),
            best=metric_text(metric, run.best_metric),
            loss=loss_text(run.loss),
        )
        origin = ""
        if run.identity.parent is not None:
            where = parent_text(lane.parent, run.identity.parent_step)
            origin = self.tr("Branched off {where}").format(where=where)
        return plain_tool_tip(title_of(run), origin, text, figures, run.note)

    def _show_menu(self, place: QPoint) -> None:
        run = self._view.selected
        if run is None:
            return
        menu = QMenu(self)
        menu.setObjectName("branches_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open"), lambda: self.open_requested.emit(run)).setObjectName("branch_open")
        overlay = menu.addAction(self.tr("Overlay"), lambda: self._view.toggle(run))
        overlay.setObjectName("branch_overlay")
        overlay.setCheckable(True)
        overlay.setChecked(run in self._view.ticked_runs)
        overlay.setEnabled(run != self._known[-1])
        menu.popup(place)


def _text(lane: Lane, changes: Sequence[Change]) -> str:
    """The few words that describe a lane."""
    translate = QCoreApplication.translate
    run = lane.summary
    if run.identity.parent is None:
        traits = summary_traits(run)
        return " · ".join(trait.text for trait in traits) or translate("Runs", "as in the tutorial")
    step = f"{run.identity.parent_step or 0:,}"
    return branch_text(run, lane.parent, changes) or translate("Runs", "from step {step}").format(step=step)
