"""Every widget that can be operated has a name, in all workspaces and dialogs; no text is read with its marks."""

import re

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QDockWidget, QWidget

from tests.end_to_end.opened_dialogs import DIALOGS, opened_by
from tests.end_to_end.test_accessibility_tree import ROLE, TEXT, label_of, walk
from workbench.ui.window.workspaces import WORKSPACES

OPERABLE = {
    ROLE.Button,
    ROLE.CheckBox,
    ROLE.RadioButton,
    ROLE.ComboBox,
    ROLE.EditableText,
    ROLE.Slider,
    ROLE.SpinBox,
    ROLE.List,
    ROLE.Table,
    ROLE.Tree,
    ROLE.PageTabList,
    ROLE.PageTab,
    ROLE.MenuItem,
    ROLE.Chart,
    ROLE.ButtonMenu,
    ROLE.Link,
}
FILLER = {ROLE.Client, ROLE.LayeredPane, ROLE.Grouping, ROLE.Pane, ROLE.Canvas}
MARKS = re.compile(r"</?(p|nobr|b|i|br|html|body|table)\b")


def described(node):
    widget = node.object()
    where = []
    while isinstance(widget, QWidget):
        where.append(widget.objectName() or type(widget).__name__)
        widget = widget.parentWidget()
    return f"{node.role().name} in {' < '.join(where[:4])}"


def is_shown(node):
    state = node.state()
    return not state.invisible


def faults_of(root):
    """What a screen reader could not name, or would read with marks."""
    faults = []
    for node in walk(root):
        widget = node.object()
        name, description = node.text(TEXT.Name), node.text(TEXT.Description)
        if isinstance(widget, QWidget) and not widget.isVisible():
            continue
        named = bool(label_of(node) if isinstance(widget, QComboBox) else name)
        takes_keys = isinstance(widget, QWidget) and takes_focus(widget)
        if not named and is_shown(node) and (node.role() in OPERABLE or takes_keys):
            faults.append(f"no name: {described(node)}")
        if MARKS.search(name) or MARKS.search(description):
            faults.append(f"marks: {described(node)}: {name} {description}")
    return faults


def takes_focus(widget):
    return widget.isEnabled() and widget.focusPolicy().value & 1 and widget.focusProxy() is None


def settled_faults(qtbot, widget):
    root = QAccessible.queryAccessibleInterface(widget)
    list(walk(root))  # only what has been asked for is described
    qtbot.wait(20)
    return faults_of(root)


def test_that_every_widget_of_every_workspace_has_a_name(person):
    person.window.resize(1600, 900)
    person.train(epochs=1)
    for workspace in WORKSPACES:
        person.press(f"workspace_{workspace.key}")
        person.qtbot.wait(300)
        faults = set(settled_faults(person.qtbot, person.window))
        # Another panel that comes to the front changes what is seen of itself alone.
        for dock in [dock for dock in person.window.findChildren(QDockWidget) if not dock.isHidden()]:
            dock.raise_()
            person.qtbot.wait(50)
            faults |= set(settled_faults(person.qtbot, dock))
        assert not faults, "\n".join([workspace.key, *sorted(faults)])


def test_that_every_widget_of_every_dialog_has_a_name(person):
    person.train(epochs=1)
    for action in DIALOGS:
        for dialog in opened_by(person, action):
            faults = settled_faults(person.qtbot, dialog)
            assert not faults, "\n".join([action, *sorted(set(faults))])
            dialog.close()
    person.press("command_palette")
    person.qtbot.wait(50)
    assert settled_faults(person.qtbot, person.find("command_palette_field").parentWidget()) == []
