"""The window's furniture: docks, menus and tool bar, made from lists; nothing here knows what they do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QTabWidget, QToolBar, QToolButton, QVBoxLayout, QWidget

from workbench.ui.actions.action_rows import ACTIONS, ICON_ONLY, MENUS, PANELS, RESUME, SEPARATOR, TOOL_BAR, translated
from workbench.ui.style.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow, QMenu

    from workbench.ui.style.theme import Palette

FILLED_BUTTONS: Final = {"train": "primary", "stop": "danger"}
LEFT, BOTTOM = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
WIDTHS: Final = {"log_dock": 420, "data_dock": 520}
"""Of the groups of docks below the plots, by their first: they share what there is in this proportion."""

Panels = Mapping[str, tuple[str, QWidget]]
"""Title and widget, by the name of the dock."""


def place_centre(window: QMainWindow, notice: QWidget, plots: QWidget) -> None:
    """Put the plots in the middle, and the notice above them."""
    centre = QWidget(window)
    layout = QVBoxLayout(centre)
    layout.setContentsMargins(8, 8, 8, 0)
    layout.addWidget(notice)
    layout.addWidget(plots, 1)
    window.setCentralWidget(centre)


def place_docks(window: QMainWindow, left: Panels, bottom: Sequence[Panels]) -> None:
    """Put each panel into a dock of its own: one above the other on the left, group beside group at the bottom.

    Those of a group lie behind one another, with tabs; the first is in front.
    """
    # The settings reach down beside the log: they are the taller of the two.
    window.setCorner(Qt.Corner.BottomLeftCorner, LEFT)
    for name, (title, panel) in left.items():
        window.addDockWidget(LEFT, _dock(window, name, title, panel))
    for group in bottom:
        docks = [_dock(window, name, title, panel) for name, (title, panel) in group.items()]
        window.addDockWidget(BOTTOM, docks[0])
        for dock in docks:
            # The tab says it already; what a title bar could do besides, the menu View does.
            dock.setTitleBarWidget(QWidget(dock))
        for dock in docks[1:]:
            window.tabifyDockWidget(docks[0], dock)
        docks[0].raise_()
    window.setTabPosition(BOTTOM, QTabWidget.TabPosition.North)
    size_docks(window)


def size_docks(window: QMainWindow) -> None:
    """Give the docks their first sizes: the plots get the rest, which is most of the window."""
    docks = {dock.objectName(): dock for dock in window.findChildren(QDockWidget)}
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    window.resizeDocks([docks["controls_dock"]], [330], across)
    window.resizeDocks([docks[name] for name in WIDTHS], list(WIDTHS.values()), across)
    window.resizeDocks([docks["log_dock"]], [220], down)


def _dock(window: QMainWindow, name: str, title: str, panel: QWidget) -> QDockWidget:
    dock = QDockWidget(title, window)
    dock.setObjectName(name)
    dock.setWidget(panel)
    dock.toggleViewAction().setObjectName(f"show_{name}")
    return dock


def fill_menus(window: QMainWindow, actions: Mapping[str, QAction]) -> None:
    """Make the menu bar from `MENUS`."""
    for title, keys in MENUS:
        menu = window.menuBar().addMenu(translated(title))
        menu.setToolTipsVisible(True)
        for key in keys:
            _add_to_menu(window, menu, key, actions)


def fill_tool_bar(window: QMainWindow, actions: Mapping[str, QAction]) -> None:
    """Make the tool bar from `TOOL_BAR`; its buttons are called by their action's key and `_button`."""
    bar = QToolBar(QCoreApplication.translate("MainWindow", "Tools"), window)
    bar.setObjectName("tool_bar")
    bar.setMovable(False)
    bar.setIconSize(QSize(18, 18))
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    # Without it nobody would find Train again.
    bar.toggleViewAction().setEnabled(False)
    window.addToolBar(bar)
    for key in TOOL_BAR:
        if key == SEPARATOR:
            bar.addSeparator()
            continue
        bar.addAction(actions[key])
        button = bar.widgetForAction(actions[key])
        if isinstance(button, QToolButton):
            button.setObjectName(f"{key}_button")
            button.setAccessibleName(translated(ACTIONS[key].text))
            # Set before the first show: the stylesheet reads it then.
            if variant := FILLED_BUTTONS.get(key):
                button.setProperty(variant, True)
            if key in ICON_ONLY:
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)


def keep_widths(window: QMainWindow, actions: Mapping[str, QAction]) -> None:
    """Let the button of `pause` be as wide as either of its texts needs: what stands beside it must not jump.

    To be called when the icons are there.
    """
    action = actions["pause"]
    button = window.findChild(QToolButton, "pause_button")
    assert button is not None
    text, widths = action.text(), []
    button.ensurePolished()
    for each in (translated(ACTIONS["pause"].text), translated(RESUME[0])):
        action.setText(each)
        widths.append(button.sizeHint().width())
    action.setText(text)
    button.setMinimumWidth(max(widths))


def tint_icons(actions: Mapping[str, QAction], palette: Palette, *, resume: bool) -> None:
    """Draw the actions' icons in the colours of `palette`; that of `pause` says Resume if so."""
    for key, action in actions.items():
        name = RESUME[2] if key == "pause" and resume else ACTIONS[key].icon
        if name:
            colour = palette.text_on_accent if key in FILLED_BUTTONS else palette.text
            action.setIcon(icon(name, colour, disabled=palette.text_disabled))


def _add_to_menu(window: QMainWindow, menu: QMenu, key: str, actions: Mapping[str, QAction]) -> None:
    if key == SEPARATOR:
        menu.addSeparator()
    elif key == PANELS:
        menu.addActions([dock.toggleViewAction() for dock in window.findChildren(QDockWidget)])
    else:
        menu.addAction(actions[key])
