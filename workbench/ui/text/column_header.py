"""The header of a column of figures: title, tool tip, and the side at which the column's texts stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from workbench.ui.text.engine_texts import plain_tool_tip


@dataclass(frozen=True, slots=True)
class ColumnHeader:
    """What a model of a table answers for a header.

    Attributes:
        title: above the column.
        tip: what the column shows, in a sentence.
        is_number: whether it holds numbers, which stand at the right; names stand at the left.
    """

    title: str
    tip: str
    is_number: bool = True

    @property
    def alignment(self) -> Qt.AlignmentFlag:
        """Of the title and the cells."""
        side = Qt.AlignmentFlag.AlignRight if self.is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def data(self, role: int) -> Any:
        """As `headerData` returns it; None for a role without an answer."""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.title
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tool_tip(self.tip)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.alignment
        return None
