"""Which texts of a window are cut: measured from the fonts against the room that each widget has for its text."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from workbench.ui.widgets.wrapped_label import WrappedLabel

SLACK = 1
"""Pixels by which a text may be wider than measured: fonts are measured in fractions of pixels."""
SORT_ARROW = 18


class Cut(NamedTuple):
    """A text without enough room.

    Attributes:
        name: of the widget, or of the nearest one around it that has a name.
        text: the whole text.
        needed: pixels that it needs, in the direction in which it lacks them.
        room: pixels that it has.
    """

    name: str
    text: str
    needed: int
    room: int


def cut_texts(window: QWidget) -> list[Cut]:
    """The texts that can be seen in `window`, or in a part of one, and are cut or elided, whatever the language.

    What is scrolled out of sight, or lies behind another tab, does not count.
    """
    found: list[Cut] = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty() or widget.window() is not window.window():
            continue
        if isinstance(widget, QLabel):
            found += _of_label(widget)
        elif isinstance(widget, QTabBar):
            found += _of_tabs(widget)
        elif isinstance(widget, QHeaderView):
            found += _of_header(widget)
        elif isinstance(widget, QComboBox):
            found += _of_combo(widget)
        elif isinstance(widget, (QCheckBox, QRadioButton)):
            found += _of_check(widget)
        elif isinstance(widget, QAbstractButton):
            found += _of_button(widget)
    return found


def _cut(widget: QWidget, text: str, needed: float, room: float) -> list[Cut]:
    if needed <= room + SLACK:
        return []
    named = widget
    while not named.objectName() and named.parentWidget() is not None:
        named = named.parentWidget()
    return [Cut(named.objectName(), text, round(needed), round(room))]


def _width(widget: QWidget, text: str) -> int:
    plain = text.replace("&&", "\0").replace("&", "").replace("\0", "&")
    return max((widget.fontMetrics().horizontalAdvance(line) for line in plain.splitlines()), default=0)


def _of_label(label: QLabel) -> list[Cut]:
    text, room = label.text(), label.contentsRect()
    if not text or not label.pixmap().isNull():
        return []
    if label.wordWrap() or isinstance(label, WrappedLabel):
        margins = label.height() - room.height()
        return _cut(label, text, label.heightForWidth(label.width()) - margins, room.height())
    indent = max(0, label.indent()) + 2 * label.margin()
    return _cut(label, text, label.fontMetrics().horizontalAdvance(text) + indent, room.width()) or _cut(
        label, text, label.fontMetrics().height() - 2, room.height()
    )


def _of_button(button: QAbstractButton) -> list[Cut]:
    is_icon = isinstance(button, QToolButton) and button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    if not button.text() or is_icon:
        return []
    return _cut(button, button.text(), button.minimumSizeHint().width(), button.width()) or _cut(
        button, button.text(), _width(button, button.text()), button.width()
    )


def _of_check(box: QAbstractButton) -> list[Cut]:
    option = QStyleOptionButton()
    option.initFrom(box)
    option.text = box.text()
    element = (
        QStyle.SubElement.SE_CheckBoxContents
        if isinstance(box, QCheckBox)
        else QStyle.SubElement.SE_RadioButtonContents
    )
    return _cut(box, box.text(), _width(box, box.text()), box.style().subElementRect(element, option, box).width())


def _of_combo(box: QComboBox) -> list[Cut]:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    text = box.currentText() or box.placeholderText()
    return _cut(box, text, box.fontMetrics().horizontalAdvance(text), field.width())


def _of_tabs(bar: QTabBar) -> list[Cut]:
    found: list[Cut] = []
    for index in range(bar.count()):
        if bar.isTabVisible(index) and not (seen := bar.tabRect(index).intersected(bar.rect())).isEmpty():
            found += _cut(bar, bar.tabText(index), _width(bar, bar.tabText(index)), seen.width())
    return found


def _of_header(header: QHeaderView) -> list[Cut]:
    found: list[Cut] = []
    if header.orientation() is not Qt.Orientation.Horizontal or header.model() is None:
        return []
    for section in range(header.count()):
        text = header.model().headerData(section, Qt.Orientation.Horizontal)
        place = QRect(header.sectionViewportPosition(section), 0, header.sectionSize(section), header.height())
        if not isinstance(text, str) or header.isSectionHidden(section) or not header.viewport().rect().contains(place):
            continue
        is_sorted = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
        needed = header.fontMetrics().horizontalAdvance(text) + (SORT_ARROW if is_sorted else 0)
        found += _cut(header, text, needed, place.width())
    return found
