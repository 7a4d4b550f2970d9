"""Explains the actions: what they do, their key, and whether they can be used now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from workbench.ui.help.explaining.explanation import Explanation, Fact

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

translate = QCoreApplication.translate


def explain_action(action: QAction) -> Explanation:
    """Explain an action; one that is switched on or off, or can be chosen, with its present state."""
    name = action.text().replace("&", "").rstrip("…")
    title = name
    if action.isCheckable() and action.actionGroup() is not None:
        state = translate("Explain", "chosen") if action.isChecked() else translate("Explain", "not chosen")
        title = translate("Explain", "{name}: {value}").format(name=name, value=state)
    elif action.isCheckable():
        state = translate("Explain", "on") if action.isChecked() else translate("Explain", "off")
        title = translate("Explain", "{name}: {value}").format(name=name, value=state)
    facts = []
    if not action.shortcut().isEmpty():
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        facts.append(Fact(translate("Explain", "Key"), key))
    if not action.isEnabled():
        facts.append(Fact(translate("Explain", "Now"), translate("Explain", "It cannot be used in the present state.")))
    return Explanation(title, (action.statusTip() or action.toolTip(),), tuple(facts), topic=action.objectName())
