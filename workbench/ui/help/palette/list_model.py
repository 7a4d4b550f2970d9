"""The entries of the palette as a list that Qt shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from workbench.ui.help.palette.entry import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from workbench.ui.help.palette.entry import Entry

Index = QModelIndex | QPersistentModelIndex


class EntryModel(QAbstractListModel):
    """Shows entries; those that cannot be used can still be selected, so that their reason is read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: Sequence[Entry] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """List these."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """The number of entries."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title, and all that is painted as the text for a screen reader."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(entry)
        return None

    def spoken(self, entry: Entry) -> str:
        """All that is painted of an entry, in one line."""
        parts = (entry.title, self.kind_text(entry.kind), entry.why_not or entry.detail, entry.shortcut)
        return ", ".join(part for part in parts if part)

    def kind_text(self, kind: Kind) -> str:
        """What an entry is about, in a word."""
        match kind:
            case Kind.ACTION:
                return self.tr("Action")
            case Kind.SETTING:
                return self.tr("Setting")
            case Kind.CHOICE:
                return self.tr("Choice")
            case Kind.PANEL:
                return self.tr("Panel")
            case Kind.RUN:
                return self.tr("Run")
            case Kind.FILE:
                return self.tr("File")
