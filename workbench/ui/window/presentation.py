"""Presentation: the curves over the whole screen, with the learning rate and the keys of the run, large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QToolBar,
    QToolButton,
    QWidget,
)

from workbench.engine.config.hyperparameters import TABLE
from workbench.ui.actions.action_rows import ACTIONS, translated
from workbench.ui.actions.qactions import FILLED_BUTTONS
from workbench.ui.style.zoom import scaled
from workbench.ui.system.later_turns import LaterTurns
from workbench.ui.text.engine_texts import help_of, label_of, plain_tool_tip
from workbench.ui.text.numbers import SliderScale, format_value
from workbench.ui.widgets.snapping_slider import SnappingSlider
from workbench.ui.widgets.style_variant import set_variant
from workbench.ui.window.workspaces import hide_unused_tab_bars

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QAction, QResizeEvent

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.teaching.texts import Target
    from workbench.ui.models.settings_model import SettingsModel
    from workbench.ui.window.workspaces import Workspaces

KEYS: Final = ("train", "pause", "stop")
RATE: Final = "learning_rate"
WIDEST: Final = "0.00123e-6"


class Enlargement(NamedTuple):
    """How large the bar is drawn.

    Attributes:
        letters: their size, as the stylesheet names it.
        icon: side of the icons in pixels, at the usual zoom.
        has_texts: whether the buttons show their texts beside the icons.
    """

    letters: str
    icon: int
    has_texts: bool


ENLARGEMENTS: Final = (
    Enlargement("large", 28, has_texts=True),
    Enlargement("middle", 22, has_texts=True),
    Enlargement("usual", 18, has_texts=True),
    Enlargement("usual", 18, has_texts=False),
    Enlargement("small", 18, has_texts=False),
)
"""From the largest to the smallest: the first that the screen has room for is taken."""


class FittingLine(QWidget):
    """Widgets side by side, drawn as large as its width allows.

    Its layout is to be set by who makes it; `prepare` is to be called before it is shown.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.enlargement = ENLARGEMENTS[0]
        self._least_width = 0

    def prepare(self) -> None:
        """Find out how narrow it can be, as letters and distances are now."""
        self._draw(ENLARGEMENTS[-1])
        self._least_width = self._needed_width()
        self._fit()
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As narrow as it can be at all, and as high as it is now."""
        return QSize(self._least_width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Choose the size that fits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for enlargement in ENLARGEMENTS:
            self._draw(enlargement)
            if self._needed_width() <= self.width():
                break

    def _draw(self, enlargement: Enlargement) -> None:
        self.enlargement = enlargement
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in self.findChildren(QToolButton):
            if button.defaultAction() is not None:
                set_variant(button, "letters", enlargement.letters)
                button.setIconSize(QSize(scaled(enlargement.icon), scaled(enlargement.icon)))
                button.setToolButtonStyle(style if enlargement.has_texts else Qt.ToolButtonStyle.ToolButtonIconOnly)
        for label in self.findChildren(QLabel):
            label.ensurePolished()
            set_variant(label, "letters", enlargement.letters)
            if label.property("widest"):
                label.setMinimumWidth(label.fontMetrics().horizontalAdvance(label.property("widest")))

    def _needed_width(self) -> int:
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        return layout.minimumSize().width()


class PresentationBar(QToolBar):
    """Train, Pause and Stop, and the learning rate with a wide slider, in letters for the last row of a classroom.

    Args:
        actions: by key.
        settings: hold the learning rate.
        window: gets the bar, at its lower edge; hidden at first.

    Attributes:
        leave_requested: the user wants to leave the presentation.
    """

    leave_requested = Signal()

    def __init__(self, actions: Mapping[str, QAction], settings: SettingsModel, window: QMainWindow) -> None:
        super().__init__(window)
        self._settings = settings
        self._is_on = False
        self._row = TABLE[RATE]
        self.setWindowTitle(self.tr("Presentation"))
        self.setObjectName("presentation_bar")
        self.setMovable(False)
        # The action F11 shows and hides it.
        self.toggleViewAction().setVisible(False)
        self._content = content = FittingLine(self)
        line = QHBoxLayout(content)
        line.setContentsMargins(8, 4, 8, 4)
        line.setSpacing(scaled(12))
        for key in KEYS:
            line.addWidget(self._button(key, actions[key]))
        line.addSpacing(scaled(16))
        name = QLabel(label_of(self._row), content)
        name.setObjectName("presentation_rate_name")
        self._value = QLabel(content)
        self._value.setObjectName("presentation_rate_value")
        self._value.setProperty("widest", WIDEST)
        self._slider = SnappingSlider(SliderScale(self._row), content)
        self._slider.setObjectName("presentation_rate")
        self._slider.setAccessibleName(label_of(self._row))
        self._slider.setToolTip(plain_tool_tip(help_of(self._row)))
        name.setBuddy(self._slider)
        line.addWidget(name)
        line.addWidget(self._value)
        line.addWidget(self._slider, 1)
        line.addSpacing(scaled(16))
        line.addWidget(self._leave_button())
        self.addWidget(content)
        window.addToolBar(Qt.ToolBarArea.BottomToolBarArea, self)
        self._slider.value_picked.connect(lambda value: settings.edit(RATE, value))
        settings.value_changed.connect(self._on_value_changed)
        self._show(settings.value(RATE))
        self.set_on(False)

    def widget_of(self, target: Target) -> QWidget | None:
        """The widget of the bar for a target; None for one that is not in the bar."""
        kind, key = target
        if target == ("control", RATE):
            return self._slider
        return self.findChild(QToolButton, f"presentation_{key}") if kind == "action" else None

    def set_on(self, is_on: bool) -> None:
        """Show the bar, or hide it."""
        self._is_on = is_on
        if is_on:
            self._content.prepare()
        super().setVisible(is_on)

    def setVisible(self, visible: bool) -> None:  # noqa: N802
        """Show or hide it as `set_on` has said: what a stored arrangement of the window says is passed over."""
        del visible
        super().setVisible(self._is_on)

    def _on_value_changed(self, name: str, value: Value) -> None:
        if name == RATE:
            self._show(value)

    def _show(self, value: Value) -> None:
        text = format_value(self._row, value)
        self._value.setText(text)
        self._slider.show_value(float(value))
        self._slider.setAccessibleDescription(text)

    def _button(self, key: str, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"presentation_{key}")
        button.setAccessibleName(translated(ACTIONS[key].text))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if variant := FILLED_BUTTONS.get(key):
            button.setProperty(variant, True)
        button.setDefaultAction(action)
        return button

    def _leave_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("presentation_leave")
        button.setText(self.tr("Leave"))
        button.setAccessibleName(self.tr("Leave the presentation"))
        button.setToolTip(self.tr("Show the whole window again, as it was (Esc)."))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(self.leave_requested)
        return button


@dataclass(frozen=True, slots=True)
class _Before:
    """What the window was like."""

    state: Qt.WindowState
    geometry: QRect
    least: QSize
    visible: tuple[QWidget, ...]
    focus: QWidget | None


class Presentation(QObject):
    """Shows the curves alone over the whole screen; leaving it puts every panel and bar back exactly.

    Args:
        window: with its panels and bars.
        bar: shown at its lower edge meanwhile.
        workspaces: place the panels again.
        actions: all of the window; their keys work although the menus are hidden.

    Attributes:
        bar: with the controls.
        changed: whether it is on from now on.
    """

    changed = Signal(bool)

    def __init__(
        self, window: QMainWindow, bar: PresentationBar, workspaces: Workspaces, actions: Mapping[str, QAction]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspaces = workspaces
        self.bar = bar
        self._actions = list(actions.values())
        self._before: _Before | None = None
        bar.leave_requested.connect(self.leave)

    @property
    def is_on(self) -> bool:
        """Whether the curves are shown alone."""
        return self._before is not None

    @property
    def least_before(self) -> QSize | None:
        """The least size of the window with everything that is hidden now; None while nothing is."""
        return None if self._before is None else self._before.least

    def toggle(self) -> None:
        """Begin, or leave."""
        if self.is_on:
            self.leave()
        else:
            self.begin()

    def begin(self) -> None:
        """Hide everything but the curves and their figures, and take the whole screen."""
        if self.is_on:
            return
        window = self._window
        self._workspaces.keep()
        others: list[QWidget] = [
            *(bar for bar in window.findChildren(QToolBar) if bar is not self.bar),
            window.menuBar(),
            window.statusBar(),
        ]
        shown = tuple(widget for widget in others if not widget.isHidden())
        focus = window.focusWidget()
        least = window.minimumSizeHint()
        self._before = _Before(window.windowState(), window.geometry(), least, shown, focus)
        LaterTurns.of(window).draw_later()
        # The keys of actions in a hidden menu do not work; those of the window itself do.
        window.addActions(self._actions)
        for widget in (*shown, *window.findChildren(QDockWidget)):
            # Some bars pass over what their own method is told.
            QWidget.setVisible(widget, False)
        hide_unused_tab_bars(window)
        self.bar.set_on(True)
        window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)
        window.setFocus()
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        self.changed.emit(True)

    def leave(self) -> None:
        """Show the window as it was before."""
        before, self._before = self._before, None
        if before is None:
            return
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        window = self._window
        LaterTurns.of(window).draw_later()
        self.bar.set_on(False)
        for action in self._actions:
            window.removeAction(action)
        window.setWindowState(before.state)
        if not before.state & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen):
            layout = window.layout()
            assert layout is not None
            layout.activate()  # the bar, which may be wider than the window was, needs no room any more
            window.setGeometry(before.geometry)
        for widget in before.visible:
            widget.show()
        self._workspaces.show()
        if before.focus is not None and before.focus.isVisible():
            before.focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Leave with Esc, wherever the focus is; not from within a dialog or an open menu."""
        is_key = event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            is_here = isinstance(watched, QWidget) and watched.window() is self._window
            if is_here and QApplication.activePopupWidget() is None and QApplication.activeModalWidget() is None:
                self.leave()
                return True
        return False
