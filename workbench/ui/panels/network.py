"""The network panel: the layers of the network that is chosen, before it is trained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLabel, QStackedWidget, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import sentence_of
from workbench.ui.widgets.copied_cells import let_copy
from workbench.ui.widgets.empty_message import EmptyMessage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbench.engine.models.layer_facts import LayerFacts
    from workbench.engine.protocol.events import NetworkDescribed
    from workbench.ui.style.palette import Palette

_SPACING: Final = 6
_LEAST_HEIGHT: Final = 44
"""Of the table in pixels, its header and a part of a row: Qt's own would take the plots' room in a low window."""


class NetworkPanel(QWidget):
    """A line for each layer, in the order in which a sample passes them: what it is, its output, its parameters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network")
        self._empty = EmptyMessage("network_empty", "sliders", parent=self)
        self._summary = QLabel(self)
        self._summary.setObjectName("network_summary")
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setWordWrap(True)
        self._summary.setProperty("role", "muted")
        self._table = self._create_table()
        shown = QWidget(self)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        column.addWidget(self._summary)
        column.addWidget(self._table, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(shown)
        layout = QVBoxLayout(self)
        layout.addWidget(self._stack)
        self.show_nothing()

    @property
    def text(self) -> str:
        """The sentence that stands in the place of the layers or above them."""
        label = self._summary if self._stack.currentIndex() else self._empty.findChild(QLabel, "network_empty")
        assert isinstance(label, QLabel)
        return label.text()

    def show_nothing(self) -> None:
        """Say that there is no network to show yet."""
        self._show_message(self.tr("The layers of the network appear here as soon as the data's shape is known."))

    def show_network(self, event: NetworkDescribed) -> None:
        """Show the layers, or why the network and the data do not fit."""
        if event.problem is not None:
            self._show_message(sentence_of(event.problem))
            return
        if event.count is None:
            self.show_nothing()
            return
        shape = _text_of(event.asked.spec.sample_shape)
        words = self.tr("Input {shape} · {layers} layers · {count} parameters")
        self._summary.setText(words.format(shape=shape, layers=len(event.layers), count=f"{event.count:,}"))
        self._fill(event.layers)
        self._stack.setCurrentIndex(1)

    def set_palette(self, palette: Palette) -> None:
        """Draw the icon in this theme."""
        self._empty.set_palette(palette)

    def _show_message(self, text: str) -> None:
        self._empty.set_text(text)
        self._stack.setCurrentIndex(0)

    def _fill(self, layers: Iterable[LayerFacts]) -> None:
        rows = [(f"{each.kind}  {each.name}".strip(), _text_of(each.shape), _count(each)) for each in layers]
        self._table.setRowCount(len(rows))
        for line, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self._table.setItem(line, column, item)

    def _create_table(self) -> QTableWidget:
        table = QTableWidget(0, 3, self)
        table.setObjectName("network_table")
        table.setAccessibleName(self.tr("Layers of the network"))
        table.setHorizontalHeaderLabels([self.tr("Layer"), self.tr("Output"), self.tr("Parameters")])
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.setMinimumHeight(scaled(_LEAST_HEIGHT))
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        first = QTableWidgetItem(self.tr("Layer"))
        first.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setHorizontalHeaderItem(0, first)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        let_copy(table)
        return table


def _text_of(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))


def _count(layer: LayerFacts) -> str:
    return f"{layer.parameters:,}" if layer.parameters else ""
