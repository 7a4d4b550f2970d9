"""Finds texts that have less room than they need."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QStyle, QStyleOptionComboBox, QTabBar

from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.wrapped_label import WrappedLabel


def clipped_texts(window):
    """The texts of visible labels, buttons, combo boxes, entries and tabs that are cut, with the widgets' names."""
    return [
        f"{widget.objectName() or type(widget).__name__}: {text}"
        for kind in (QLabel, QAbstractButton, QComboBox, QLineEdit, QTabBar)
        for widget in window.findChildren(kind)
        if _is_seen(widget)
        for text in _cut(widget)
    ]


def _is_seen(widget):
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def _cut(widget):
    metrics = widget.fontMetrics()
    match widget:
        case WrappedLabel():
            whole = widget._lines(widget.contentsRect().width(), len(widget.text()) + 1)
            return [widget.text()] if widget.text() and widget.shown_lines != whole else []
        case ElidedLabel():
            return [widget.text()] if widget.is_cut else []
        case QLabel():
            room = widget.contentsRect()
            if widget.wordWrap():
                needs = widget.heightForWidth(widget.width()) > widget.height()
            else:
                needs = bool(widget.text()) and metrics.horizontalAdvance(widget.text()) > room.width()
            return [widget.text()] if needs else []
        case QComboBox():
            option = QStyleOptionComboBox()
            widget.initStyleOption(option)
            part = QStyle.SubControl.SC_ComboBoxEditField
            room = widget.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, widget)
            return [widget.currentText()] if metrics.horizontalAdvance(widget.currentText()) > room.width() else []
        case QLineEdit():
            text = widget.text() or widget.placeholderText()
            return [text] if metrics.horizontalAdvance(text) > widget.width() - 8 else []
        case QTabBar():
            tabs = range(widget.count())
            return [
                widget.tabText(tab)
                for tab in tabs
                if metrics.horizontalAdvance(widget.tabText(tab)) > widget.tabRect(tab).width() - 4
            ]
    text = widget.text().replace("&", "")
    is_plain = not getattr(widget, "toolButtonStyle", None) or bool(widget.icon().isNull())
    return [text] if is_plain and text and metrics.horizontalAdvance(text) > widget.width() else []
