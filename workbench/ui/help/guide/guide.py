"""The window of the guide: a list that is searched as one types, and the page of what is chosen."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from workbench.ui.style.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QKeyEvent

    from workbench.ui.help.guide.entries import GuideEntry, GuideGroup

FIRST_SIZE: Final = QSize(820, 560)
WIDTHS: Final = [300, 520]
ENTRY: Final = Qt.ItemDataRole.UserRole


class Guide(QDialog):
    """Everything that the window can do, in the words of its tool tips. It stays open beside the window.

    Args:
        groups: what it says.
        parent: the window.
    """

    target_requested = Signal(object)
    """The user wants to see this target in the window."""

    def __init__(self, groups: Sequence[GuideGroup], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("guide")
        self.setWindowTitle(self.tr("Guide"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self._entry: GuideEntry | None = None
        self._search = _SearchField(self)
        self._search.setObjectName("guide_search")
        self._search.setPlaceholderText(self.tr("Search the guide"))
        self._search.setAccessibleName(self.tr("Search the guide"))
        self._search.setToolTip(self.tr("Shows what contains every word that you type."))
        self._search.setClearButtonEnabled(True)
        self._list = self._build_list(groups)
        self._nothing = QLabel(self.tr("Nothing in the guide contains this."), self)
        self._nothing.setObjectName("guide_nothing")
        self._nothing.setProperty("role", "muted")
        self._nothing.hide()
        self._page = QTextBrowser(self)
        self._page.setObjectName("guide_page")
        self._page.setAccessibleName(self.tr("Page of the guide"))
        self._page.setOpenLinks(False)
        self._show = QPushButton(self.tr("Show me"), self)
        self._show.setObjectName("guide_show")
        self._show.setToolTip(self.tr("Light this up in the window."))
        self._show.setAutoDefault(False)
        self._show.clicked.connect(self._on_show)
        self._place()
        self._search.textChanged.connect(self.search)
        self._search.down_pressed.connect(self._go_to_list)
        self._search.returnPressed.connect(self._go_to_list)
        self._list.currentItemChanged.connect(self._on_current)
        self._list.itemActivated.connect(lambda *_: self._on_show())
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self._search.setFocus)
        self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize() * 0.9))
        self._choose_first()

    @property
    def entry(self) -> GuideEntry | None:
        """The entry that is read."""
        return self._entry

    def search(self, text: str) -> None:
        """Show the entries that hold every word of `text`."""
        words = text.casefold().split()
        for group in self._groups():
            shown = 0
            for item in _children(group):
                entry: GuideEntry = item.data(0, ENTRY)
                holds = all(word in entry.text.casefold() for word in words)
                item.setHidden(not holds)
                shown += holds
            group.setHidden(shown == 0)
        found = any(not group.isHidden() for group in self._groups())
        self._nothing.setVisible(not found)
        current = self._list.currentItem()
        if words or current is None or current.isHidden():
            self._choose_first(words)

    def open_topic(self, topic: str) -> None:
        """Show the first entry of this topic."""
        self._search.clear()
        for group in self._groups():
            for item in _children(group):
                if item.data(0, ENTRY).topic == topic:
                    self._list.setCurrentItem(item)
                    self._list.scrollToItem(item)
                    return

    def _build_list(self, groups: Sequence[GuideGroup]) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setObjectName("guide_list")
        tree.setAccessibleName(self.tr("Contents of the guide"))
        tree.setHeaderHidden(True)
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        for group in groups:
            top = QTreeWidgetItem([group.title])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            bold = top.font(0)
            bold.setBold(True)
            top.setFont(0, bold)
            for entry in group.entries:
                item = QTreeWidgetItem([entry.title])
                item.setData(0, ENTRY, entry)
                item.setToolTip(0, entry.title)
                top.addChild(item)
            tree.addTopLevelItem(top)
            top.setExpanded(True)
        return tree

    def _place(self) -> None:
        sizes = tokens()
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.spacing)
        column.addWidget(self._search)
        column.addWidget(self._nothing)
        column.addWidget(self._list, 1)
        right = QWidget(self)
        page = QVBoxLayout(right)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(sizes.spacing)
        page.addWidget(self._page, 1)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self._show)
        page.addLayout(foot)
        splitter = QSplitter(self)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes(WIDTHS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.margin, sizes.margin, sizes.margin, sizes.margin)
        layout.addWidget(splitter)

    def _groups(self) -> Iterator[QTreeWidgetItem]:
        for index in range(self._list.topLevelItemCount()):
            item = self._list.topLevelItem(index)
            assert item is not None
            yield item

    def _choose_first(self, words: Sequence[str] = ()) -> None:
        """Read the first entry with all of these words in its title, else the first that is shown."""
        shown = [item for group in self._groups() for item in _children(group) if not item.isHidden()]
        named = [item for item in shown if all(word in item.text(0).casefold() for word in words)]
        if shown:
            self._list.setCurrentItem((named or shown)[0])
        else:
            self._list.setCurrentIndex(QModelIndex())

    def _go_to_list(self) -> None:
        if self._list.currentItem() is not None:
            self._list.setFocus()

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        self._entry = None if item is None else item.data(0, ENTRY)
        self._page.setHtml("" if self._entry is None else page_of(self._entry))
        self._show.setEnabled(self._entry is not None and self._entry.target is not None)

    def _on_show(self) -> None:
        if self._entry is not None and self._entry.target is not None:
            self.target_requested.emit(self._entry.target)


class _SearchField(QLineEdit):
    """The search, from which the down key leads into the list."""

    down_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Leave for the list with the down key."""
        if event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)


def page_of(entry: GuideEntry) -> str:
    """The page of an entry as HTML in which every text is escaped."""
    parts = [f"<h3>{html.escape(entry.title)}</h3>"]
    for paragraph in entry.paragraphs:
        heading = f"<b>{html.escape(paragraph.heading)}</b><br>" if paragraph.heading else ""
        parts.append(f"<p>{heading}{html.escape(paragraph.text)}</p>")
    return "".join(parts)


def _children(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    for index in range(item.childCount()):
        child = item.child(index)
        assert child is not None
        yield child
