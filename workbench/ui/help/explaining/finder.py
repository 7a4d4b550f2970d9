"""Finder: what a widget, or a place in it, stands for, so that it can be explained."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QDockWidget, QMenu, QMenuBar, QTabBar, QToolButton, QWidget

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.recipe import REGISTRIES
from workbench.ui.help.explaining.action_texts import explain_action
from workbench.ui.help.explaining.explanation import Explanation
from workbench.ui.help.explaining.panel_texts import panel_help
from workbench.ui.help.explaining.widget_texts import explain_widget, plain
from workbench.ui.plotting.interaction.found import CurveKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction

    from workbench.ui.help.explaining.curve_texts import CurveTexts
    from workbench.ui.help.explaining.explanation import Subject
    from workbench.ui.help.explaining.settings_texts import SettingsTexts
    from workbench.ui.panels.curves import CurvesPanel

translate = QCoreApplication.translate

PLOTS = ("loss_plot", "accuracy_plot", "learning_rate_plot", "difference_plot")
DEVICE = "device"


class Finder:
    """Finds what is explained for a place of the window.

    Args:
        settings: explain the settings.
        curves: explain what the plots show.
        plots: the panel with the plots.
        panels: by key; those in docks are found by their docks.
    """

    def __init__(
        self,
        settings: SettingsTexts,
        curves: CurveTexts,
        plots: CurvesPanel,
        panels: Mapping[str, QWidget],
    ) -> None:
        self._settings = settings
        self._curves = curves
        self._plots = plots
        self._panels = dict(panels)
        self._keys = {id(panel): key for key, panel in panels.items()}

    def subject_at(self, widget: QWidget, position: QPoint) -> Subject | None:
        """What the thing at a position of `widget` is; None where nothing can be said.

        A part of a setting, of a plot or of the button of an action stands for the whole; else the innermost counts.
        """
        for find in (self._named, self._unnamed):
            place: QWidget | None = widget
            point = position
            while place is not None:
                if (subject := find(place, point)) is not None:
                    return subject
                point = place.mapToParent(point)
                place = None if place.isWindow() else place.parentWidget()
        return None

    def subject_of_action(self, action: QAction) -> Subject:
        """What an entry of a menu is."""
        return partial(explain_action, action)

    def subject_in_dialog(self, widget: QWidget) -> Subject:
        """What a widget of a dialog is that shows no value: its name, or the dialog's, and its tool tip."""

        def explain() -> Explanation:
            title = widget.accessibleName() or widget.window().windowTitle()
            return Explanation(title, (plain(widget.toolTip()), widget.accessibleDescription()))

        return explain

    def explain_panel(self, key: str) -> Explanation:
        """Explain a panel: what it is for."""
        panel = self._panels[key]
        dock = panel.parentWidget()
        while dock is not None and not isinstance(dock, QDockWidget):
            dock = dock.parentWidget()
        title = dock.windowTitle() if isinstance(dock, QDockWidget) else ""
        return Explanation(title or panel.accessibleName() or title_of(key), (panel_help(key),), topic=key)

    def _named(self, widget: QWidget, point: QPoint) -> Subject | None:
        """What a widget is that stands for a setting, a curve or an action."""
        name = widget.objectName()
        if name in TABLE:
            return partial(self._settings.row, name)
        if name in REGISTRIES:
            return partial(self._settings.choice, name)
        if name == DEVICE:
            return self._settings.device
        if name in PLOTS:
            return self._plot(name, point)
        if (kind := next((kind for kind in CurveKind if kind.value == name), None)) is not None:
            is_on: Callable[[], bool] = getattr(widget, "isChecked", lambda: True)
            return lambda: self._curves.switch(self._plots.built_stack, kind, is_on=is_on())
        if isinstance(widget, QToolButton) and (action := widget.defaultAction()) is not None:
            return partial(explain_action, action)
        return None

    def _unnamed(self, widget: QWidget, point: QPoint) -> Subject | None:
        """What a panel, an entry of a menu, a tab or any other widget is."""
        if (key := self._keys.get(id(widget))) is not None:
            return partial(self.explain_panel, key)
        if isinstance(widget, QMenuBar | QMenu):
            chosen = widget.actionAt(point)
            return None if chosen is None else partial(explain_action, chosen)
        if isinstance(widget, QTabBar):
            return self._tab(widget, point)
        if isinstance(widget, QDockWidget):
            key = widget.objectName().removesuffix("_dock")
            return partial(self.explain_panel, key) if key in self._panels else None
        if explain_widget(widget, point) is None:
            return None
        return partial(self._explain_part, widget, point)

    def _explain_part(self, widget: QWidget, point: QPoint) -> Explanation:
        """Explain a part of a panel; where it says nothing about itself, by what the panel is for."""
        explained = explain_widget(widget, point)
        if explained is None:  # the place is empty meanwhile
            return Explanation(widget.accessibleName() or widget.objectName(), ())
        around: QWidget | None = widget
        while around is not None and id(around) not in self._keys:
            around = around.parentWidget()
        if explained.sentences or around is None:
            return explained
        return replace(explained, sentences=(panel_help(self._keys[id(around)]),))

    def _plot(self, name: str, point: QPoint) -> Subject | None:
        """A value, point or mark at a place of a plot, or the plot as a whole."""
        stack = self._plots.built_stack
        if stack is None:
            return None
        plot = next(plot for plot in stack.plots if plot.objectName() == name)
        found = stack.found.at(plot, point)
        if found is None:
            return partial(self._curves.plot, stack, name)
        return self._curves.subject(found, stack)

    def _tab(self, bar: QTabBar, point: QPoint) -> Subject | None:
        index = bar.tabAt(point)
        if index < 0:
            return None
        title = bar.tabText(index).replace("&", "")
        for key in self._panels:
            dock = bar.window().findChild(QDockWidget, f"{key}_dock")
            if isinstance(dock, QDockWidget) and dock.windowTitle() == title:
                return partial(self.explain_panel, key)
        return None


def title_of(key: str) -> str:
    """What a panel without a dock is called; the key itself where it has none of these names."""
    titles = {
        "plots": translate("Explain", "Curves"),
        "figures": translate("Explain", "Figures"),
        "status": translate("Explain", "Status"),
        "notice": translate("Explain", "Notice"),
        "look_back": translate("Explain", "Look back"),
        "hints": translate("Explain", "Hints"),
        "controls": translate("Explain", "Settings"),
    }
    return titles.get(key, key)
