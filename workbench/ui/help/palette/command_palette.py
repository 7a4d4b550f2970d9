"""The list that floats over the window: type what you want, Enter does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from workbench.ui.help.palette.delegate import EntryDelegate
from workbench.ui.help.palette.list_model import EntryModel
from workbench.ui.help.palette.ranking import ranked
from workbench.ui.system.announcing import announce
from workbench.ui.widgets.style_variant import set_variant
from workbench.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.ui.help.palette.entry import Entry
    from workbench.ui.help.palette.memory import PaletteMemory
    from workbench.ui.style.palette import Palette

WIDTH: Final = 620
TOP: Final = 48
MARGIN: Final = 10
SPACING: Final = 6
MOST_ROWS: Final = 8

_MOVES: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: MOST_ROWS,
    Qt.Key.Key_PageUp: -MOST_ROWS,
}


class CommandPalette(QFrame):
    """Offers entries, which are made anew each time it opens. Escape, or a click elsewhere, closes it.

    Args:
        entries: makes all of them.
        entries_for: makes those that follow from what is typed, such as a value for a setting, by the text.
        refusals: what to answer where nothing fits, by the text.
        memory: which were used last.
        window: it floats over this.
    """

    closed = Signal()

    def __init__(
        self,
        entries: Callable[[], list[Entry]],
        entries_for: Callable[[str], list[Entry]],
        refusals: Callable[[str], list[Entry]],
        memory: PaletteMemory,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._make = entries
        self._make_for = entries_for
        self._refusals = refusals
        self._memory = memory
        self._entries: list[Entry] = []
        self._before: QWidget | None = None
        self.setObjectName("command_palette")
        self.setAccessibleName(self.tr("Command palette"))
        self.setProperty("role", "floating")
        self._field = QLineEdit(self)
        self._field.setObjectName("command_palette_field")
        self._field.setAccessibleName(self.tr("What do you want to do?"))
        self._field.setPlaceholderText(self.tr("An action, a panel, a run, or a setting and its value: lr 0.01"))
        self._field.setToolTip("")
        self._field.setMaxLength(200)
        self._field.setClearButtonEnabled(True)
        self._model = EntryModel(self)
        self._list = QListView(self)
        self._list.setObjectName("command_palette_list")
        self._list.setAccessibleName(self.tr("Matches"))
        self._list.setModel(self._model)
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._delegate = EntryDelegate(self._model, self._list)
        self._list.setItemDelegate(self._delegate)
        self._message = WrappedLabel(self)
        self._message.setObjectName("command_palette_message")
        self._message.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(SPACING)
        column.addWidget(self._field)
        column.addWidget(self._list)
        column.addWidget(self._message)
        self.hide()
        self._field.textEdited.connect(self._search)
        self._field.textChanged.connect(lambda _: self._say(""))
        self._field.installEventFilter(self)
        window.installEventFilter(self)
        self._list.clicked.connect(lambda _: self.choose())
        self._list.selectionModel().currentChanged.connect(lambda *_: self._announce())
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._delegate.set_palette(palette)
        self._list.viewport().update()

    @property
    def shown(self) -> Sequence[Entry]:
        """The entries that are listed, the best first."""
        return self._model.entries

    def open(self) -> None:
        """Show it with an empty field; where it is open already, close it."""
        if self.isVisible():
            self.close_palette()
            return
        self._before = QApplication.focusWidget()
        self._entries = self._make()
        self._field.clear()
        self._search()
        self.show()
        self.raise_()
        self._place()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_palette(self) -> None:
        """Hide it, and give the keyboard back to where it was."""
        if self.isHidden():
            return
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.window().setFocus(Qt.FocusReason.OtherFocusReason)
        self._entries = []
        self.closed.emit()

    def choose(self) -> None:
        """Do what is selected, or say why it cannot be done."""
        entry = self._selected()
        if entry is None:
            return
        if entry.why_not:
            self._say(entry.why_not)
            return
        if entry.completes:
            self._field.setText(entry.completes)
            self._search()
            self._say(self.tr("Type its value, then press Enter."), is_problem=False)
            return
        self._memory.add(entry.key)
        self.close_palette()
        # Not before the key that chose it is handled: what opens now must not take that key for its own.
        QTimer.singleShot(0, self, entry.act)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keys of the field move in the list; with the window, the palette changes its place."""
        if watched is self.parentWidget() and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self._field and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _on_key(self, key: Qt.Key) -> bool:
        if key in _MOVES:
            self._move(_MOVES[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.choose()
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self._complete()
        else:
            return False
        return True

    def _complete(self) -> None:
        """Put what is selected into the field, so that it can be typed on."""
        if (entry := self._selected()) is not None:
            self._field.setText(entry.completes or entry.title)
            self._search()

    def _search(self) -> None:
        typed = self._field.text()
        found = ranked(self._entries, typed, self._memory.keys)
        values = self._make_for(typed)
        keys = {entry.key for entry in values}
        found = [*values, *(entry for entry in found if entry.key not in keys)] or self._refusals(typed)
        self._model.show_entries(found)
        if found:
            self._list.setCurrentIndex(self._model.index(0))
            self._list.scrollToTop()
        elif typed:
            self._say(self.tr("Nothing matches."), is_problem=False)
        if self.isVisible():
            self._place()

    def _move(self, count: int) -> None:
        last = self._model.rowCount() - 1
        row = min(max(self._list.currentIndex().row() + count, 0), last)
        if row >= 0:
            self._list.setCurrentIndex(self._model.index(row))
            self._say("")

    def _selected(self) -> Entry | None:
        row = self._list.currentIndex().row()
        return self._model.entries[row] if 0 <= row < len(self._model.entries) else None

    def _announce(self) -> None:
        if self.isVisible() and (entry := self._selected()) is not None:
            announce(self._field, self._model.spoken(entry))

    def _say(self, text: str, *, is_problem: bool = True) -> None:
        set_variant(self._message, "role", "error" if is_problem else "muted")
        set_variant(self._field, "invalid", bool(text) and is_problem)
        self._message.setText(text)
        self._message.setVisible(bool(text))
        if text:
            announce(self._message, text, is_urgent=is_problem)
        if self.isVisible():
            self._place()

    def _place(self) -> None:
        """As high as its entries, as far as the window allows; in the middle of its width."""
        window = self.window()
        width = min(WIDTH, window.width() - 2 * MARGIN)
        rows = min(self._model.rowCount(), MOST_ROWS)
        self._list.setVisible(rows > 0)
        if rows:
            self._list.ensurePolished()  # its frame is the stylesheet's
            around = 2 * self._list.frameWidth()
            rest = self._field.sizeHint().height() + TOP + 4 * MARGIN
            height = rows * self._list.sizeHintForRow(0) + around
            self._list.setFixedHeight(max(0, min(height, window.height() - rest)))
        self.setFixedWidth(width)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        height = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        self.setGeometry((window.width() - width) // 2, TOP, width, min(height, window.height() - TOP))

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        # Without a focus, another window has it: the user comes back.
        if new is not None and self.isVisible() and not self.isAncestorOf(new) and new.window() is self.window():
            self._before = None
            self.hide()
            self._entries = []
            self.closed.emit()
