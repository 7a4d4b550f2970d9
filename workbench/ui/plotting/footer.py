"""Footer: the readout and the name of the axis of steps, below the plots, or over that axis in a low window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from workbench.ui.plotting.interaction.readout import Readout
from workbench.ui.plotting.plot_rows import SPACING
from workbench.ui.plotting.render.plot import RIGHT_MARGIN

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from workbench.ui.plotting.render.colours import PlotColours
    from workbench.ui.plotting.render.plot import Plot


class Footer(QWidget):
    """A line of its own below the plots. In a low window, where the plots need its height, it has none.

    The name of the axis then stands at the left of its numbers, and the readout over them: it names the step itself.

    Args:
        axis_width: pixels from the left edge to the plots.
        steps_height: pixels that the axis of steps takes.
        colours: see `set_colours`.
        parent: holds the plots.
    """

    def __init__(self, axis_width: int, steps_height: int, colours: PlotColours, parent: QWidget) -> None:
        super().__init__(parent)
        self._axis_width, self._steps_height = axis_width, steps_height
        self._is_over_axis = False
        self._lowest: Plot | None = None
        self._step = QLabel(self.tr("Step"), self)
        self._step.setTextFormat(Qt.TextFormat.PlainText)
        self._step.setProperty("role", "muted")
        self._step.setObjectName("axis_of_steps")
        self.readout = Readout(self)
        self.readout.setObjectName("readout")
        self.readout.setAccessibleDescription(self.tr("Values under the pointer"))
        self.set_colours(colours)

    @property
    def room(self) -> int:
        """The pixels of height that it takes from the plots."""
        return 0 if self._is_over_axis else SPACING + self.readout.sizeHint().height()

    def set_over_axis(self, is_over_axis: bool) -> None:
        """Lie over the axis of steps, or below it."""
        self._is_over_axis = is_over_axis
        self.readout.set_covering(is_over_axis)

    def set_colours(self, colours: PlotColours) -> None:
        """Draw in these colours from now on."""
        self.readout.set_ground(colours.panel)

    def follow(self, lowest: Plot) -> None:
        """Name the axis of this plot, the only one that shows it."""
        if lowest is not self._lowest:
            if self._lowest is not None:
                self._lowest.removeEventFilter(self)
            self._lowest = lowest
            lowest.installEventFilter(self)
        self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Go along with the axis."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self.place()
        return super().eventFilter(watched, event)

    def place(self) -> None:
        """Stand at the lower edge of the parent, or at that of the lowest plot."""
        parent, lowest = self.parentWidget(), self._lowest
        if lowest is None or parent is None:
            return
        width = parent.width()
        own = self._steps_height if self._is_over_axis else self.readout.sizeHint().height()
        bottom = lowest.geometry().bottom() + 1 if self._is_over_axis else parent.height()
        self.setGeometry(0, bottom - own, width, own)
        step = self._step.sizeHint().width()
        right = width - RIGHT_MARGIN
        if self._is_over_axis:
            self._step.setGeometry(0, 0, min(step, self._axis_width), own)
            self.readout.setContentsMargins(self._axis_width, 0, RIGHT_MARGIN, 0)
            self.readout.setGeometry(0, 0, width, own)
        else:
            self._step.setGeometry(right - step, 0, step, own)
            self.readout.setContentsMargins(0, 0, 0, 0)
            self.readout.setGeometry(QRect(self._axis_width, 0, max(0, right - step - SPACING - self._axis_width), own))
        self.raise_()
