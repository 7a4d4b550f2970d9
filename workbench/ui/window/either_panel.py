"""EitherPanel: panels that share a dock, because each of them is for other data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QDockWidget, QStackedWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.panel_bases.inspection_panel import InspectionPanel
    from workbench.ui.style.palette import Palette


class EitherPanel(QStackedWidget):
    """Shows the first panel that is for the data that are looked at, under its own title.

    Args:
        model: what is looked at.
        rows: the panels, and the title of the dock with each, for translation in the context `Panels`.
        parent: Qt's parent.

    Attributes:
        panels: all of them.
    """

    def __init__(
        self, model: InspectionModel, rows: Sequence[tuple[InspectionPanel, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._titles = [title for _, title in rows]
        self.panels = [panel for panel, _ in rows]
        self.setObjectName("_or_".join(panel.objectName() for panel in self.panels))
        for panel in self.panels:
            self.addWidget(panel)
        model.subject_changed.connect(self._choose)

    def set_palette(self, palette: Palette) -> None:
        """Draw all of them in these colours."""
        for panel in self.panels:
            panel.set_palette(palette)

    def event(self, event: QEvent) -> bool:
        """Let the panels hear of it when the dock comes before the others behind its tab bar, as a panel of its own."""
        if event.type() is QEvent.Type.ParentChange and isinstance(dock := self.parentWidget(), QDockWidget):
            dock.visibilityChanged.connect(lambda _: QTimer.singleShot(0, self, self._come_into_sight))
        return super().event(event)

    def _come_into_sight(self) -> None:
        for panel in self.panels:
            panel.come_into_sight()

    def _choose(self) -> None:
        """Without data, the panel that is shown stays."""
        place = next((place for place, panel in enumerate(self.panels) if panel.is_meant), self.currentIndex())
        self.setCurrentIndex(place)
        dock = self.parentWidget()
        if isinstance(dock, QDockWidget):
            dock.setWindowTitle(QCoreApplication.translate("Panels", self._titles[place]))
