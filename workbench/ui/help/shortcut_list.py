"""The dialog that lists every key; it is searched by what a key does and by the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from workbench.ui.actions.action_rows import ACTIONS, translated
from workbench.ui.actions.menu_lists import MENUS, SUBMENUS
from workbench.ui.actions.mnemonics import without_mnemonic
from workbench.ui.help.palette.fuzzy import plain
from workbench.ui.help.widget_keys import KeyGroup, widget_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

SIZE: Final = QSize(620, 560)
SMALLEST: Final = QSize(320, 220)
WHAT, KEY = 0, 1


class ShortcutList(QDialog):
    """Lists groups of keys, and hides those that do not fit what is typed.

    Args:
        groups: of keys.
        parent: it opens over this.
    """

    def __init__(self, groups: Iterable[KeyGroup], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts_dialog")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._filter = QLineEdit(self)
        self._filter.setObjectName("shortcuts_filter")
        self._filter.setAccessibleName(self.tr("Search"))
        self._filter.setPlaceholderText(self.tr("Search for what you want to do, or for a key"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self.search)
        self._tree = QTreeWidget(self)
        self._tree.setObjectName("shortcuts_list")
        self._tree.setAccessibleName(self.tr("Keyboard shortcuts"))
        self._tree.setColumnCount(2)
        self._tree.setHeaderLabels([self.tr("What it does"), self.tr("Keys")])
        self._tree.setRootIsDecorated(False)
        self._tree.setItemsExpandable(False)
        self._tree.setIndentation(12)
        self._tree.setUniformRowHeights(True)
        self._tree.header().setSectionsMovable(False)
        self._tree.header().setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        self._tree.header().setSectionResizeMode(KEY, QHeaderView.ResizeMode.ResizeToContents)
        self._tree.header().setStretchLastSection(False)
        for group in groups:
            self._add(group)
        self._tree.expandAll()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self._filter)
        column.addWidget(self._tree, 1)
        column.addWidget(buttons)
        self.setMinimumSize(SMALLEST)
        room = parent.window().size().expandedTo(SMALLEST)
        self.resize(SIZE.boundedTo(room))
        self._filter.setFocus()

    def search(self, text: str) -> None:
        """Show the keys that contain each word of `text`, in what they do, the key, or the title of their group."""
        words = plain(text).split()
        for index in range(self._tree.topLevelItemCount()):
            group = self._tree.topLevelItem(index)
            if group is None:
                continue
            is_empty = True
            for item in filter(None, map(group.child, range(group.childCount()))):
                found = plain(f"{group.text(WHAT)} {item.text(WHAT)} {item.text(KEY)}")
                item.setHidden(not all(word in found for word in words))
                is_empty = is_empty and item.isHidden()
            group.setHidden(is_empty)

    def _add(self, group: KeyGroup) -> None:
        if not group.rows:
            return
        title = QTreeWidgetItem(self._tree, [group.title, ""])
        title.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = title.font(WHAT)
        font.setBold(True)
        title.setFont(WHAT, font)
        title.setFirstColumnSpanned(True)
        for what, keys in group.rows:
            QTreeWidgetItem(title, [what, keys])


def show_shortcuts(parent: QWidget, panels: Iterable[tuple[str, str]] = ()) -> ShortcutList:
    """List every key of the window.

    Args:
        parent: the window.
        panels: the title of each panel, and its key as the system writes it.
    """
    group = KeyGroup(QCoreApplication.translate("Keys", "Panels"), tuple((title, key) for title, key in panels if key))
    dialog = ShortcutList([*_actions(), group, *widget_keys()], parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def _actions() -> list[KeyGroup]:
    """The actions with a key, by their menus."""
    groups = []
    for title, keys in MENUS:
        listed = [each for key in keys for each in (SUBMENUS[key][1] if key in SUBMENUS else (key,))]
        rows = tuple(
            (translated(ACTIONS[key].text).rstrip("…"), _native(ACTIONS[key].shortcut))
            for key in listed
            if key in ACTIONS and ACTIONS[key].shortcut
        )
        groups.append(KeyGroup(without_mnemonic(translated(title)), rows))
    return groups


def _native(shortcut: str) -> str:
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
