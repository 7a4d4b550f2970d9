"""The base of the panels that try something on a copy of the run: a button to begin, one to cancel, what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from workbench.ui.panel_bases.inspection_panel import InspectionPanel
from workbench.ui.panel_bases.panel_menu import MARGIN, SIDE
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import sentence_of
from workbench.ui.widgets.style_variant import set_variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbench.ui.models.experiment_model import ExperimentModel, Trial
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.style.palette import Palette

SPACING = 8


class ExperimentPanel(InspectionPanel):
    """Asks for experiments, and shows what they find, while they go on. Its contents are there without a run as well.

    A subclass makes its contents, in `content`, in `build`, and shows the present state in `show_state`.

    Args:
        model: what is looked at.
        experiments: what was found.
        name: the object name.
        icon: of the empty panel.
        parent: Qt's parent.
    """

    run_requested = Signal(object)
    """An `Experiment`, on the run in its present state."""
    new_requested = Signal(object)
    """An `Experiment`, on a new network of the present settings."""
    cancel_requested = Signal()

    def __init__(
        self,
        model: InspectionModel,
        experiments: ExperimentModel,
        name: str,
        icon: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, name, icon, parent)
        self.experiments = experiments
        self._colours: Palette | None = None
        self._stack.setCurrentWidget(self._area)
        experiments.changed.connect(self._on_changed)

    # For subclasses

    def show_state(self) -> None:
        """Show what was found and what can be tried."""
        raise NotImplementedError

    def on_palette(self, palette: Palette) -> None:
        """Draw the contents, which are built, in these colours."""

    def table(self) -> Iterable[Sequence[object]] | None:
        """The rows of what was found: it is shown whether there is a run or not."""
        return self.rows()

    def make_button(self, name: str, text: str, tip: str) -> QPushButton:
        """A button of the panel."""
        button = QPushButton(text, self.content)
        button.setObjectName(f"{self.objectName()}_{name}")
        button.setToolTip(tip)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return button

    def make_cancel(self) -> QPushButton:
        """The button that ends the experiment under way; seen while there is one."""
        button = self.make_button("cancel", self.tr("Cancel"), self.tr("End it here; what was found stays."))
        button.clicked.connect(self.cancel_requested)
        button.hide()
        return button

    def make_text(self, name: str, role: str = "") -> QLabel:
        """A wrapped sentence, that the pointer can select."""
        label = QLabel(self.content)
        label.setObjectName(f"{self.objectName()}_{name}")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if role:
            label.setProperty("role", role)
        return label

    def make_explanation(self, text: str) -> QScrollArea:
        """Sentences on how to read what is shown, which scroll where there is little room."""
        label = self.make_text("explanation", "muted")
        label.setText(text)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea(self.content)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(label)
        area.setAccessibleName(self.tr("How to read it"))
        self.take_what_is_left(area, 2 * label.fontMetrics().lineSpacing())
        return area

    @staticmethod
    def take_what_is_left(widget: QWidget, least: int) -> None:
        """Let `widget` have the room that is left, at least `least` pixels of height, whatever it would like."""
        widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        widget.setMinimumHeight(least)

    def make_top_row(self) -> QHBoxLayout:
        """The first row of the contents, which leaves room for the button of the menu."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, scaled(SIDE) + MARGIN, 0)
        return row

    def column(self) -> QVBoxLayout:
        """The layout of the contents."""
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        return column

    def trial_problem(self, trial: Trial | None) -> str:
        """Why an experiment failed, or that it was cancelled; "" where neither is so."""
        if trial is None or not trial.is_over:
            return ""
        if trial.problem is not None:
            return sentence_of(trial.problem)
        return self.tr("Cancelled: this is what was found by then.") if trial.was_cancelled else ""

    def set_palette(self, palette: Palette) -> None:
        """Draw in the colours of `palette`."""
        super().set_palette(palette)
        self._colours = palette
        if self._is_built:
            self.on_palette(palette)

    def ensure_built(self) -> None:
        """Have the contents, in the colours of the theme."""
        is_new = not self._is_built
        super().ensure_built()
        if is_new and self._colours is not None:
            self.on_palette(self._colours)

    @staticmethod
    def show_role(label: QLabel, role: str) -> None:
        """Let a sentence look like an error, a success, or as usual ("")."""
        set_variant(label, "role", role)

    # Internals

    def _refresh(self) -> None:
        """Show the contents, also where there is no run."""
        self._is_stale = not self.is_seen
        if self._is_stale:
            return
        self._stack.setCurrentWidget(self._area)
        self.show_state()

    def _on_changed(self, _kind: object) -> None:
        self._refresh()
