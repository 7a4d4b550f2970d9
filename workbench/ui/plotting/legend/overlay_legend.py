"""The row that names the runs in the plots, each with its line: the current one, its recorded future, other runs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from workbench.engine.config.tasks import ACCURACY
from workbench.ui.plotting.legend.legend_button import HeaderButton
from workbench.ui.plotting.legend.line_swatch import CURRENT, GHOST, SWATCH, LineSwatch, overlay_line
from workbench.ui.style.icons import icon
from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.text.metric_texts import name_in_text
from workbench.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from workbench.engine.config.tasks import Metric
    from workbench.ui.plotting.curves.overlay_slots import Overlay, PlacedOverlay
    from workbench.ui.plotting.render.colours import PlotColours

GAP: Final = 6
CHIP_GAP: Final = 12
ROW_GAP: Final = 2
WIDEST_NAME: Final = 200
LEAST_NAME: Final = 80
"""A row in which a name would have to be shorter is broken, `MOST_ROWS` permitting."""
MOST_ROWS: Final = 3
CLOSE_ICON: Final = QSize(12, 12)


class LegendChip(QWidget):
    """A swatch, a name that is elided in a full row, and perhaps a button.

    Attributes:
        name: the whole name; its maximum width limits what is shown.
        close_button: removes the run from the plots; None for a curve that cannot be removed.
    """

    def __init__(
        self, text: str, swatch: LineSwatch, colours: PlotColours, parent: QWidget, close: QToolButton | None = None
    ) -> None:
        super().__init__(parent)
        self._swatch = swatch
        self.close_button = close
        self.name = ElidedLabel(text, self)
        self.set_name(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(swatch)
        row.addWidget(self.name)
        if close is not None:
            row.addWidget(close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_colours(colours)

    @property
    def frame_width(self) -> int:
        """The width of everything but the name, in pixels."""
        close = GAP + self.close_button.sizeHint().width() if self.close_button is not None else 0
        return SWATCH.width() + GAP + close

    def set_name(self, text: str, explained: str = "") -> None:
        """Show another name; `explained` says more of it, in the tooltip and to a screen reader."""
        self.name.setText(text)
        self.name.setToolTip(plain_tool_tip(explained or text))
        self.name.setAccessibleName(explained or text)

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        self._swatch.set_colours(colours)
        if self.close_button is not None:
            self.close_button.setIcon(icon("close", colours.text_muted))


class OverlayLegend(QWidget):
    """Hidden while there is no curve to name beside the current run's; with other runs, that one is named as well.

    Attributes:
        overlay_removed: the user removes the run with this key from the plots.
        difference: whether the difference curves are asked for; they are only there where runs share their beginning.
    """

    overlay_removed = Signal(str)

    def __init__(self, colours: PlotColours, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overlay_legend")
        self._colours = colours
        self._chips: list[LegendChip] = []
        self._current = LegendChip("", LineSwatch(CURRENT), colours, self)
        self._current.setObjectName("legend_current")
        self._current.hide()
        self._ghost = LegendChip(self.tr("Recorded before"), LineSwatch(GHOST), colours, self)
        self._ghost.setObjectName("legend_ghost")
        self._names_ghost = self._ghost_is_elsewhere = False
        self._metric: Metric = ACCURACY
        self._ghost.hide()
        self._difference_tip = self.tr(
            "Show by how much the training loss differs from that of runs with the same beginning"
        )
        self.difference = HeaderButton("show_difference", self.tr("Difference"), self._difference_tip, self)
        self._compares = False
        self.difference.hide()
        # Never shown: it says how high a row of runs will be.
        self._unused_close = _close_button(self)
        self._unused_close.hide()
        column = QVBoxLayout()
        column.setSpacing(ROW_GAP)
        self._rows = [QHBoxLayout() for _ in range(MOST_ROWS)]
        for layout in self._rows:
            layout.setSpacing(CHIP_GAP)
            layout.addStretch(1)
            column.addLayout(layout)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(CHIP_GAP)
        whole.addLayout(column, 1)
        whole.addWidget(self.difference, 0, Qt.AlignmentFlag.AlignTop)
        self.set_colours(colours)
        self._is_kept_hidden = self._is_low = False
        self.hide()

    @property
    def row_height(self) -> int:
        """The height of one row of runs, in pixels, whether any are named or not."""
        return max(part.sizeHint().height() for part in (self.difference, self._ghost, self._unused_close))

    @property
    def ghost_name(self) -> str:
        """What the recorded future is called."""
        return self._ghost.name.text()

    def set_ghost(self, shown: bool, *, is_parent: bool = False) -> None:
        """Name the recorded future, or not; beside a branch it is the run that the branch has left."""
        self._ghost.set_name(self.tr("Parent run") if is_parent else self.tr("Recorded before"))
        self._names_ghost = shown
        self._show_if_needed()

    def set_ghost_elsewhere(self, is_elsewhere: bool) -> None:
        """Say whether another row names the recorded future."""
        self._ghost_is_elsewhere = is_elsewhere
        self._show_if_needed()

    def set_current(self, name: str) -> None:
        """Name the current run so, where other runs are named; "" does not name it."""
        self._current.set_name(name, self.tr("{name}, the current run").format(name=name) if name else "")
        self._show_if_needed()

    def set_overlays(self, overlays: Sequence[PlacedOverlay], metric: Metric = ACCURACY) -> None:
        """Name these runs; those that have another metric than `metric`, the current run's, say so in their tooltip."""
        self._metric = metric
        for chip in self._chips:
            self._take_out(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._overlay_chip(*placed) for placed in overlays]
        self._compares = bool(overlays)
        self.difference.setVisible(self._compares)
        # Where it cannot be pressed it says why, rather than being missing without a word.
        has_common = any(placed.overlay.branch_step is not None for placed in overlays)
        self.difference.setEnabled(has_common)
        why = self.tr("None of these runs begins as the current one does: only branches do.")
        self.difference.setToolTip(plain_tool_tip(self._difference_tip if has_common else why))
        self._show_if_needed()

    def set_kept_hidden(self, is_kept_hidden: bool) -> None:
        """Stay hidden, whatever is named."""
        self._is_kept_hidden = is_kept_hidden
        self._show_if_needed()

    def set_low(self, is_low: bool) -> None:
        """Say whether the window is low: the recorded future alone has no row there, which would cost a plot."""
        if is_low != self._is_low:
            self._is_low = is_low
            self._show_if_needed()

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        self._colours = colours
        self.difference.setIcon(icon("difference", colours.text_muted))
        for chip in (self._current, self._ghost, *self._chips):
            chip.set_colours(colours)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the room anew."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Spread the chips over as few rows as let their names be read, and let the longest names give way."""
        chips = [
            *([self._current] if self._names_current else []),
            *([self._ghost] if self._has_ghost else []),
            *self._chips,
        ]
        button = self.difference.sizeHint().width() + CHIP_GAP if self._compares else 0
        for count in range(1, MOST_ROWS + 1):
            size = max(1, math.ceil(len(chips) / count))
            rows = [chips[start : start + size] for start in range(0, len(chips), size)]
            limits = [_name_limit(row, self.width() - button) for row in rows]
            if min(limits, default=WIDEST_NAME) >= LEAST_NAME:
                break
        for row, limit, layout in zip(rows, limits, self._rows, strict=False):
            for place, chip in enumerate(row):
                chip.name.setMaximumWidth(limit)
                if layout.indexOf(chip) != place:
                    self._take_out(chip)
                    layout.insertWidget(place, chip)

    def _take_out(self, chip: LegendChip) -> None:
        for layout in self._rows:
            layout.removeWidget(chip)

    def _overlay_chip(self, overlay: Overlay, slot: int) -> LegendChip:
        tip = self.tr("Take {name} out of the plots").format(name=overlay.label)
        close = _close_button(self)
        close.setObjectName(f"remove_{overlay.key}")
        close.setToolTip(plain_tool_tip(tip))
        close.setAccessibleName(tip)
        close.clicked.connect(lambda: self.overlay_removed.emit(overlay.key))
        chip = LegendChip(overlay.label, LineSwatch(overlay_line(slot)), self._colours, self, close)
        if overlay.metric != self._metric:
            chip.name.setToolTip(plain_tool_tip(overlay.label, self._why_loss_alone(overlay.metric)))
        chip.setObjectName(f"legend_{overlay.key}")
        return chip

    def _why_loss_alone(self, metric: Metric) -> str:
        text = self.tr("Only its loss is drawn: it is measured by its {theirs}, and the current run by its {own}.")
        return text.format(theirs=name_in_text(metric), own=name_in_text(self._metric))

    @property
    def _names_current(self) -> bool:
        return bool(self._chips) and bool(self._current.name.text())

    @property
    def _has_ghost(self) -> bool:
        return self._names_ghost and not self._ghost_is_elsewhere

    def _show_if_needed(self) -> None:
        self._current.setVisible(self._names_current)
        self._ghost.setVisible(self._has_ghost)
        has_row = bool(self._chips) or (self._has_ghost and not self._is_low)
        self.setVisible(has_row and not self._is_kept_hidden)
        self._share_room()


def _close_button(parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setAutoRaise(True)
    button.setIconSize(CLOSE_ICON)
    return button


def _name_limit(chips: Sequence[LegendChip], room: int) -> int:
    """How wide a name in a row of so much room may be: the longest give way, where a box layout would cut all."""
    room -= sum(chip.frame_width + CHIP_GAP for chip in chips)
    names = sorted(min(chip.name.sizeHint().width(), WIDEST_NAME) for chip in chips)
    for index, width in enumerate(names):
        limit = max(0, room // (len(names) - index))
        if width > limit:
            return limit
        room -= width
    return WIDEST_NAME
