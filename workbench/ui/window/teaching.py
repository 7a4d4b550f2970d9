"""What teaches: the panels that are read beside the curves, and what they do in the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDockWidget, QMainWindow, QToolButton
from shiboken6 import isValid

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.recipe import REGISTRIES
from workbench.ui.actions.action_rows import ACTIONS
from workbench.ui.controllers.notifications import SETTINGS
from workbench.ui.help.explaining.finder import title_of
from workbench.ui.help.guide.entries import guide_groups
from workbench.ui.help.guide.guide import Guide
from workbench.ui.help.tour.tour import Tour
from workbench.ui.panel_bases.reading_panel import ReadingPanel
from workbench.ui.system.later_turns import LaterTurns
from workbench.ui.text.engine_texts import label_of
from workbench.ui.widgets.glow import Glow
from workbench.ui.window.central_column import CentralColumn
from workbench.ui.window.docks import BOTTOM, RIGHT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.engine.teaching.texts import Target
    from workbench.ui.help.guide.entries import GuideGroup
    from workbench.ui.style.palette import Palette
    from workbench.ui.window.panel_access import PanelAccess
    from workbench.ui.window.parts import Parts
    from workbench.ui.window.presentation import Presentation

NATIVE: Final = QKeySequence.SequenceFormat.NativeText
CURVES: Final = ("panel", "plots")
READING: Final = ("lessons", "tutorial", "glossary")
"""The panels that are read, which have actions of the same names."""
FIRST_TOPIC: Final = "learning_rate"
"""Of the guide: the settings begin with those of drawn points, which few people use."""
WIDTH: Final = 340
ROOMY: Final = 1200
"""From this width of the window on, the panels that are read reach down to the status bar; else they stand beside the
curves alone, because the panels below those need the whole width. Beside a strip of curves they could not be read."""


class Teaching(QObject):
    """Opens the panels that are read, and connects them.

    Args:
        parts: panels, controllers and actions.
        panels: brings panels to the front.
        window: with its panels placed.
    """

    def __init__(self, parts: Parts, panels: PanelAccess, window: QWidget) -> None:
        super().__init__(window)
        assert isinstance(window, QMainWindow)
        self._parts = parts
        self._window = window
        self._panels = panels
        window.installEventFilter(self)
        for row in parts.panels.rows:
            if isinstance(row.panel, ReadingPanel):
                row.panel.close_requested.connect(partial(self._close, row.key))
        for key in READING:
            parts.actions[key].triggered.connect(lambda _checked=False, key=key: self.open(key))
        parts.panels.lessons.begin_requested.connect(parts.lessons.begin)
        parts.lessons.panel_needed.connect(self._show_also)
        parts.lessons.curves_needed.connect(self._show_curves)
        parts.lessons.failed.connect(lambda problem: parts.notifications.show_problem(problem, topic=SETTINGS))
        self._glow = Glow(window)
        for panel in (parts.panels.tutorial, parts.panels.glossary):
            panel.set_names(self.name_of)
            panel.target_requested.connect(self.light)
        self._guide: Guide | None = None
        self._presentation: Presentation | None = None
        parts.actions["guide"].triggered.connect(lambda: self.open_guide())
        panels_of_window = (row.key for row in parts.panels.rows)
        parts.explain_mode.set_topics(frozenset({*TABLE, *REGISTRIES, *ACTIONS, *panels_of_window}))
        parts.explain_mode.read_on_requested.connect(self.open_guide)
        self._tour = Tour(parts.tour_model, parts.run_model, parts.run_settings, self.find, window)
        self._connect_tour()
        self._connect_empty()
        for dock in self._docks():
            # Its key and the menu View show a panel of this kind where it is read, not below the curves.
            panels.prepare(dock.objectName(), partial(self._place, dock))

    def connect_presentation(self, presentation: Presentation) -> None:
        """Point at what the presentation shows while it is on."""
        self._presentation = presentation
        self._tour.keep_clear_of(presentation.bar)
        presentation.changed.connect(self._tour.point_again)

    def open(self, key: str) -> None:
        """Show the panel with this key at the right of everything else, in front of others of its kind."""
        self._panels.show(f"{key}_dock")

    def open_guide(self, topic: str = "") -> None:
        """Show the guide, at a topic where one is given; it is built anew each time, in the language of the window."""
        if self._guide is None or not isValid(self._guide):
            self._guide = Guide(self._guide_groups(), self._window)
            self._guide.target_requested.connect(self.light)
            topic = topic or FIRST_TOPIC
        self._guide.show()
        if topic:  # only now it is known what is in sight
            self._guide.open_topic(topic)
        self._guide.raise_()
        self._guide.activateWindow()

    def light(self, target: Target) -> None:
        """Bring a target into sight, and let it glow for a moment."""
        if (widget := self.find(target)) is not None:
            # What was hidden has its place only after it was laid out.
            QTimer.singleShot(0, widget, lambda: self._glow.light(widget))

    def name_of(self, target: Target) -> str:
        """What a target is called in the window."""
        kind, key = target
        match kind:
            case "control":
                return label_of(TABLE[key] if key in TABLE else REGISTRIES[key])
            case "panel":
                dock = self._window.findChild(QDockWidget, f"{key}_dock")
                return title_of(key) if dock is None else dock.windowTitle().replace("&", "")
            case "action":
                return self._parts.actions[key].text().replace("&", "").rstrip("…")

    def find(self, target: Target) -> QWidget | None:
        """The widget of a target, brought into sight without taking the keyboard; None where there is none now."""
        kind, key = target
        if (presentation := self._presentation) is not None and presentation.is_on and target != CURVES:
            return presentation.bar.widget_of(target)  # everything else is hidden, and stays so
        match kind:
            case "control":
                return self._find_control(key)
            case "panel":
                return self._find_panel(key)
            case "action":
                # An action without a button is in a menu.
                return self._window.findChild(QToolButton, f"{key}_button") or self._window.menuBar()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._glow.set_palette(palette)
        self._tour.set_palette(palette)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the window able to become narrow."""
        is_resized = event.type() is QEvent.Type.Resize and watched is self._window
        if is_resized and any(not dock.isHidden() for dock in self._docks()):
            self._set_corner()
        return super().eventFilter(watched, event)

    # Internals

    def _guide_groups(self) -> list[GuideGroup]:
        panels = []
        for row in self._parts.panels.rows:
            keys = self._panels.shortcut(self._dock(row.key)).toString(NATIVE) if row.title else ""
            panels.append((row.key, self.name_of(("panel", row.key)), keys))
        return guide_groups(panels)

    def _connect_tour(self) -> None:
        parts = self._parts
        parts.actions["tour"].triggered.connect(self._start_tour)
        parts.weights.weights_saved.connect(lambda *_: self._tour.on_saved())
        self._tour.lessons_requested.connect(lambda: self.open("lessons"))

    def _connect_empty(self) -> None:
        """The page that is shown before the first run."""
        parts, empty = self._parts, self._parts.panels.plots.empty
        empty.action_requested.connect(lambda key: parts.actions[key].trigger())
        empty.continue_requested.connect(self._continue_last)
        for key, show in (("train", empty.set_can_train), ("open_data", empty.set_can_open_data)):
            show(parts.actions[key].isEnabled())
            parts.actions[key].enabledChanged.connect(show)
        parts.tour_model.changed.connect(self._offer_tour)
        parts.library.runs_changed.connect(self._offer_last)
        self._offer_tour()

    def _offer_tour(self) -> None:
        self._parts.panels.plots.empty.offer_tour(not self._parts.tour_model.was_offered)

    def _last_run(self) -> str | None:
        """The run that was trained last, if it can be opened."""
        runs = [run for run in self._parts.library.runs if run.problem is None and run.steps]
        return max(runs, key=lambda run: run.number).identity.id if runs else None

    def _offer_last(self) -> None:
        last = self._last_run()
        self._parts.panels.plots.empty.set_last_run("" if last is None else self._parts.library.title(last))

    def _continue_last(self) -> None:
        if (last := self._last_run()) is not None:
            self._parts.run_actions.open(last)

    def _start_tour(self) -> None:
        # Its steps are at the settings and the curves.
        self._parts.actions["workspace_train"].trigger()
        self._parts.tour_model.end()
        self._parts.tour_model.start()

    def _bring(self, key: str) -> None:
        """Show a dock, in front of others, and leave the keyboard where it is."""
        dock = self._dock(key)
        if dock.visibleRegion().isEmpty():
            dock.show()
            dock.raise_()

    def _bring_panel(self, key: str) -> None:
        """Show a panel, in the workspace that it belongs to; who reads about it goes on reading."""
        focus = self._window.focusWidget()
        self._show_also(key)

        def give_back() -> None:
            if focus is not None and isValid(focus) and focus.isVisible():
                focus.setFocus(Qt.FocusReason.OtherFocusReason)

        # The panel takes the keyboard once it is laid out.
        QTimer.singleShot(0, self, give_back)

    def _find_control(self, name: str) -> QWidget | None:
        """A control; where the present choices do not have it, the choice on which it depends."""
        self._bring("controls")
        controls = self._parts.panels.controls
        found = controls.reveal(name)
        if found is None and name in TABLE and (choice := TABLE[name].of_choice) is not None:
            found = controls.reveal(choice)
        return found

    def _find_panel(self, key: str) -> QWidget | None:
        for row in self._parts.panels.rows:
            if row.key == key:
                if row.title and self._dock(key).visibleRegion().isEmpty():
                    self._bring_panel(key)
                return row.panel
        return None

    def _set_corner(self) -> None:
        centre = self._window.centralWidget()
        is_low = isinstance(centre, CentralColumn) and centre.is_strip
        area = RIGHT if self._window.width() >= ROOMY or is_low else BOTTOM
        if self._window.corner(Qt.Corner.BottomRightCorner) != area:
            self._window.setCorner(Qt.Corner.BottomRightCorner, area)

    def _place(self, dock: QDockWidget) -> None:
        window = self._window
        if dock.isFloating() or not dock.isHidden():
            return
        LaterTurns.of(window).draw_later()
        self._set_corner()
        others = [other for other in self._docks() if other is not dock and not other.isHidden()]
        shown = [other for other in others if not other.isFloating() and window.dockWidgetArea(other) != BOTTOM]
        if shown:
            window.tabifyDockWidget(shown[0], dock)
        else:
            window.addDockWidget(RIGHT, dock)
            dock.show()
            window.resizeDocks([dock], [WIDTH], Qt.Orientation.Horizontal)

    def _close(self, key: str) -> None:
        self._dock(key).hide()

    def _show_also(self, key: str) -> None:
        """Show another panel; what is read stays where it is, also where that takes another workspace."""
        read = [dock for dock in self._docks() if not dock.isHidden()]
        read.sort(key=lambda dock: not dock.visibleRegion().isEmpty())  # the one in front comes last
        self._panels.show(f"{key}_dock")
        self._show_again(read)

    def _show_curves(self) -> None:
        """Show the curves in full beside what is read, if there is only a strip of them."""
        centre = self._window.centralWidget()
        if isinstance(centre, CentralColumn) and centre.is_strip:
            read = [dock for dock in self._docks() if not dock.isHidden()]
            self._parts.actions["workspace_train"].trigger()
            self._show_again(read)

    def _show_again(self, read: list[QDockWidget]) -> None:
        for dock in read:
            self._place(dock)
            dock.show()
            dock.raise_()

    def _docks(self) -> list[QDockWidget]:
        rows = self._parts.panels.rows
        return [self._dock(row.key) for row in rows if isinstance(row.panel, ReadingPanel)]

    def _dock(self, key: str) -> QDockWidget:
        dock = self._window.findChild(QDockWidget, f"{key}_dock")
        assert dock is not None
        return dock
