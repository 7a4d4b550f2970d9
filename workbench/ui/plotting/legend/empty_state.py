"""The page shown instead of the plots before the first run: what there is to begin with."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QPushButton, QWidget

from workbench.ui.text.engine_texts import plain_tool_tip
from workbench.ui.widgets.empty_message import EmptyMessage
from workbench.ui.widgets.style_variant import set_variant

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from workbench.ui.plotting.render.colours import PlotColours

DRAWING: Final = QSize(220, 84)
STROKE: Final = 3.0
SEGMENTS: Final = 48
BEND: Final = 3.2
GAP: Final = 8
ROOM_FOR_DRAWING: Final = 230
ROOM_FOR_BUTTONS: Final = 120
"""Logical pixels of height: the strip of the curves is lower, and shows the sentence alone."""
SIDE: Final = 24
LONGEST_TITLE: Final = 110
"""Logical pixels of a run's title."""


class EmptyState(EmptyMessage):
    """A sentence in the middle, under the hint of a falling and a rising curve, with buttons for the first steps."""

    action_requested = Signal(str)
    """The user wants to do what the action with this key does."""
    continue_requested = Signal()
    """The user wants to go on with the run that was trained last."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__("plots_empty", "", text, parent, picture_size=DRAWING)
        self._plain_text = text
        self._has_last = False
        self._box = QWidget(self)
        self._buttons = [
            self._button("train", self.tr("Train"), self.tr("Start a new run with the settings on the left.")),
            self._button(
                "tour",
                self.tr("Take the tour"),
                self.tr("Six short steps at the real controls. Esc ends it at any time."),
            ),
            self._button(
                "lessons", self.tr("Lessons"), self.tr("Ready-made experiments, each of which shows one thing.")
            ),
            self._button(
                "open_data",
                self.tr("Open your own data"),
                self.tr("Train on a table, a folder of pictures, or arrays of your own."),
            ),
        ]
        self._continue = QPushButton(self._box)
        self._continue.setObjectName("empty_continue")
        self._continue.setAutoDefault(False)
        self._continue.clicked.connect(self.continue_requested)
        self._continue.hide()
        self._grid = QGridLayout(self._box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self._columns = 0
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        layout.setContentsMargins(SIDE, 0, SIDE, 0)
        # Above the stretch at the end, which keeps all of it in the middle.
        layout.insertWidget(layout.count() - 1, self._box, 0, Qt.AlignmentFlag.AlignHCenter)
        self._buttons[0].setProperty("primary", True)

    @property
    def buttons(self) -> list[QPushButton]:
        """Those that can be pressed, in their order."""
        return [*self._buttons, *([self._continue] if self._has_last else [])]

    def offer_tour(self, is_offered: bool) -> None:
        """Say whether the user is new here: the tour then comes first."""
        for button in self._buttons[:2]:
            set_variant(button, "primary", (button.objectName() == "empty_tour") == is_offered)
        self.set_text(
            self.tr("New here? The tour shows in two minutes how to train, steer and save. Or press Train.")
            if is_offered
            else self._plain_text
        )

    def set_last_run(self, title: str) -> None:
        """Offer to continue the run of this title; "" for none."""
        self._has_last = bool(title)
        short = self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, LONGEST_TITLE)
        self._continue.setText(self.tr("Continue {run}").format(run=short))
        self._continue.setToolTip(
            plain_tool_tip(
                self.tr("Open {run} at its end: it was trained last, and can be continued.").format(run=title)
            )
        )
        self._arrange()

    def set_can_train(self, can_train: bool) -> None:
        """Say whether a run can begin now."""
        self._buttons[0].setEnabled(can_train)

    def set_can_open_data(self, can_open: bool) -> None:
        """Say whether data can be opened now."""
        self._buttons[3].setEnabled(can_open)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show what has room."""
        super().resizeEvent(event)
        self._arrange()

    def set_colours(self, colours: PlotColours) -> None:
        """Draw the loss falling and the accuracy rising, in the faint colours of their traces."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap(DRAWING * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        width, height = DRAWING.width() - 2 * STROKE, DRAWING.height() - 2 * STROKE
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(STROKE, STROKE)
        shares = np.linspace(0.0, 1.0, SEGMENTS + 1).tolist()
        for end, start, colour in ((1.0, 0.0, colours.training_faint), (0.1, 0.9, colours.test_faint)):
            painter.setPen(QPen(colour, STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            rows = [end + (start - end) * math.exp(-BEND * share) for share in shares]
            points = [QPointF(x * width, y * height) for x, y in zip(shares, rows, strict=True)]
            painter.drawPolyline(QPolygonF(points))
        painter.end()
        self._icon.setPixmap(picture)

    def _arrange(self) -> None:
        """Show what has room: the buttons in as many columns as fit, the drawing only where it is high enough."""
        self._icon.setVisible(self.height() >= ROOM_FOR_DRAWING)
        has_room = self.height() >= ROOM_FOR_BUTTONS
        self._box.setVisible(has_room)
        if not has_room:
            return
        buttons = self.buttons
        widest = max(button.sizeHint().width() for button in buttons)
        most = max(1, (self.width() - 2 * SIDE + GAP) // (widest + GAP))
        rows = -(-len(buttons) // most)
        columns = -(-len(buttons) // rows)  # rows of the same length
        self._continue.setVisible(self._has_last)
        if columns == self._columns and self._grid.count() == len(buttons):
            return
        self._columns = columns
        for button in [*self._buttons, self._continue]:
            self._grid.removeWidget(button)
        for place, button in enumerate(buttons):
            button.setMinimumWidth(widest)
            self._grid.addWidget(button, place // columns, place % columns)
        for first, second in pairwise(buttons):
            QWidget.setTabOrder(first, second)

    def _button(self, key: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self._box)
        button.setObjectName(f"empty_{key}")
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.action_requested.emit(key))
        return button
