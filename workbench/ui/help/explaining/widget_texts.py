"""Explains any widget by what it tells screen readers and tool tips: its name, value and description."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QTableView,
    QTreeView,
    QWidget,
)

from workbench.ui.help.explaining.explanation import Explanation
from workbench.ui.help.explaining.panel_texts import figure_help

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

translate = QCoreApplication.translate

LONGEST_VALUE: Final = 160
"""Characters of a value in a title: a label may hold a whole text."""
_PARAGRAPH: Final = re.compile(r"</p>|<br\s*/?>")
_TAG: Final = re.compile(r"<[^>]*>")


def plain(text: str) -> str:
    """A tool tip without its markup; its paragraphs are lines."""
    if not text.lstrip().startswith("<"):
        return text.strip()
    broken = _PARAGRAPH.sub("\n", text)
    return html.unescape(_TAG.sub("", broken)).strip()


def explain_widget(widget: QWidget, position: QPoint) -> Explanation | None:
    """Explain a widget that has a value or a text, or something to say about this position; None for any other."""
    view = widget if isinstance(widget, QAbstractItemView) else widget.parentWidget()
    if isinstance(view, QHeaderView):
        return _explain_header(view, position)
    if isinstance(view, QAbstractItemView) and widget is view.viewport():
        return _explain_cell(view, view.indexAt(position))
    told = _told_at(widget, position)
    value = _value_of(widget)
    if value is None and not told:
        return None
    name = widget.accessibleName()
    if isinstance(widget, QAbstractButton) and not name:
        name = widget.text().replace("&", "")
    empty = widget.placeholderText() if isinstance(widget, QLineEdit) and not value else ""
    return _explanation(name, value or "", [told, plain(widget.whatsThis()), plain(widget.toolTip()), empty], widget)


def _explanation(name: str, value: str, sentences: list[str], widget: QWidget) -> Explanation | None:
    helped = figure_help(widget.objectName())
    said = dict.fromkeys(text for text in (*sentences, helped, widget.accessibleDescription()) if text)
    said.pop(name, None)
    said.pop(value, None)
    # A tool tip may have the description as one of its paragraphs.
    kept = [text for text in said if not any(text != other and text in other for other in said)]
    if name and value and name != value:
        title = translate("Explain", "{name}: {value}").format(name=name, value=_short(value))
    else:
        title = _short(name or value)
    if not title and kept:
        title, kept = _short(kept[0].splitlines()[0]), [kept[0].partition("\n")[2], *kept[1:]]
    kept = ["\n".join(line for line in text.splitlines() if line != title) for text in kept]
    return Explanation(title, tuple(text for text in kept if text), topic=widget.objectName()) if title else None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_VALUE else line[: LONGEST_VALUE - 1] + "…"


def _value_of(widget: QWidget) -> str | None:
    """What a widget shows, as text; None for one that shows no value."""
    match widget:
        case QComboBox():
            return widget.currentText()
        case QAbstractSpinBox() | QLineEdit():
            return widget.text()
        case QAbstractButton():
            if widget.isCheckable():
                return translate("Explain", "on") if widget.isChecked() else translate("Explain", "off")
            return widget.text().replace("&", "")
        case QAbstractSlider():
            # The position says nothing where the slider stands for other numbers: its description then has them.
            return widget.accessibleDescription() or f"{widget.value():,}"
        case QProgressBar():
            share = 100 * widget.value() / widget.maximum() if widget.maximum() else 0.0
            return translate("Explain", "{percent} %").format(percent=f"{share:.0f}")
        case QLabel() if widget.text():
            return plain(widget.text())
    return None


def _told_at(widget: QWidget, position: QPoint) -> str:
    """What the tool tip says about this place of the widget: charts have one for each bar, cell and point.

    The widget is asked as Qt asks it when the pointer rests there, if it answers that by itself; Qt's own answer is the
    tool tip of the whole widget, or of one around it. The tool tip is hidden again before it is painted.
    """
    view = widget.parentWidget()
    if _answers(widget, "event"):
        asked, receive = widget, widget.event
    elif isinstance(view, QAbstractScrollArea) and view.viewport() is widget and _answers(view, "viewportEvent"):
        asked, receive = view, view.viewportEvent
    else:
        return ""
    _hide_tool_tips()
    receive(QHelpEvent(QEvent.Type.ToolTip, position, widget.mapToGlobal(position)))
    told = "".join(label.text() for label in _tool_tips())
    _hide_tool_tips()
    return "" if told == asked.toolTip() else plain(told)


def _tool_tips() -> list[QLabel]:
    """The labels of Qt's tool tips that are shown: its own function also tells the text of the last one that was."""
    labels = [top for top in QApplication.topLevelWidgets() if top.objectName() == "qtooltip_label"]
    return [label for label in labels if isinstance(label, QLabel) and label.isVisible()]


def _hide_tool_tips() -> None:
    for label in _tool_tips():
        label.hide()


def _answers(widget: QWidget, method: str) -> bool:
    """Whether a class of this program has a method of its own for events."""
    return any(method in vars(kind) and kind.__module__.startswith("workbench.") for kind in type(widget).__mro__)


def _explain_cell(view: QAbstractItemView, index: QModelIndex) -> Explanation | None:
    """Explain an entry of a table, a list or a tree: its row and column, its text, and its tool tip."""
    if not index.isValid():
        return None
    model = view.model()
    value = _text(model, index, Qt.ItemDataRole.DisplayRole) or _text(model, index, Qt.ItemDataRole.AccessibleTextRole)
    # A list has one column, whose header is a number.
    is_table = isinstance(view, QTableView | QTreeView)
    column = model.headerData(index.column(), Qt.Orientation.Horizontal) if is_table else None
    first = model.index(index.row(), 0, index.parent())
    row = _text(model, first, Qt.ItemDataRole.DisplayRole) if index.column() > 0 else ""
    name = " · ".join(part for part in (row, str(column or "")) if part)
    tip = plain(_text(model, index, Qt.ItemDataRole.ToolTipRole))
    role = Qt.ItemDataRole.ToolTipRole
    heading = plain(str(model.headerData(index.column(), Qt.Orientation.Horizontal, role) or "")) if is_table else ""
    return _explanation(name or view.accessibleName(), value, [tip, heading], view)


def _explain_header(view: QHeaderView, position: QPoint) -> Explanation | None:
    section = view.logicalIndexAt(position)
    if section < 0 or view.model() is None:
        return None
    title = str(view.model().headerData(section, view.orientation()) or "")
    tip = str(view.model().headerData(section, view.orientation(), Qt.ItemDataRole.ToolTipRole) or "")
    return _explanation(title, "", [plain(tip)], view)


def _text(model: QAbstractItemModel, index: QModelIndex, role: Qt.ItemDataRole) -> str:
    value = model.data(index, role)
    return value if isinstance(value, str) else ""
