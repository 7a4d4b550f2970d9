"""The controls: what is trained, and how. Built from the table and the registries."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from workbench.engine.config.hyperparameters import TABLE, Section, defaults, hyperparameter
from workbench.engine.errors import UsageError
from workbench.engine.models.registry import MODELS
from workbench.engine.recipe import OF_CHOICES, REGISTRIES, Recipe, names_for
from workbench.engine.runtime.acceleration import why_not
from workbench.ui.models.settings_model import OwnValues, allowed, dictionary
from workbench.ui.text.engine_texts import label_of, sentence_of
from workbench.ui.widgets.check_control import CheckControl
from workbench.ui.widgets.choice_grid import ChoiceGrid
from workbench.ui.widgets.choice_settings import ChoiceSettings
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.seed_control import SeedControl
from workbench.ui.widgets.slider_control import SliderControl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.engine.config.hyperparameters import Hyperparameter, Value
    from workbench.ui.style.theme import Palette
    from workbench.ui.widgets.hyperparameter_control import HyperparameterControl

STATE_VERSION: Final = 2

_MARGIN: Final = 12
_RIGHT_MARGIN: Final = 16
_BAR_WIDTH: Final = 12
"""Taken from the right margin while the scroll bar shows, so that nothing moves when it comes and goes."""
_BETWEEN_ROWS: Final = 9
_BETWEEN_SECTIONS: Final = 12
_NARROWEST: Final = 320
_PREFERRED: Final = QSize(330, 620)


class SettingsPanel(QFrame):
    """A column of controls that scrolls.

    Signals are emitted for what a person does; setters of the panel only show.
    """

    value_change_requested = Signal(str, object)
    choice_change_requested = Signal(str, str)
    edited = Signal(str, object, object)
    """After either of them: the hyperparameter or choice, what it was before, what it is now; `apply_edit` undoes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("controls")
        self.setAccessibleName(self.tr("Settings"))
        self.setProperty("role", "panel")
        self._is_running = False
        self._is_applying = False
        self._parameter_counts: dict[str, int] = {}
        self._own_values = OwnValues()
        self._controls = {row.name: _control_for(row) for row in TABLE.values()}
        self._choices = ChoiceGrid()
        self._own_rows = {choice: ChoiceSettings(choice, self._of_choice(choice)) for choice in OF_CHOICES}
        self._content = self._build_content()
        self._scroll_area = self._build_scroll_area()
        self._choices.choice_changed.connect(self._on_choice_changed)
        for name, control in self._controls.items():
            control.value_replaced.connect(partial(self._on_value_replaced, name))
        self._show_own_rows()
        self._show_model_facts()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    @property
    def dataset_was_chosen(self) -> bool:
        """Whether anybody has chosen the data set; one that was chosen is never swapped for another."""
        return self._choices.controls["dataset"].was_chosen

    def values(self) -> dict[str, Value]:
        """The values of the choices made, by name; what has been typed and not applied yet counts."""
        names = names_for(self.choices())
        for name in names:
            self._controls[name].commit()
        return {name: self._controls[name].value() for name in names}

    def choices(self) -> dict[str, str]:
        """What is chosen from each registry, by name."""
        return {name: control.value() for name, control in self._choices.controls.items()}

    def recipe(self, device: str = "cpu") -> Recipe:
        """All settings, as a recipe for `device`.

        Raises:
            UsageError: something has been typed that is no value.
        """
        for name in names_for(self.choices()):
            if sentence := self._controls[name].refusal():
                raise UsageError("{sentence}", sentence=sentence)
        return Recipe(**self.choices(), values=self.values(), device=device)

    def set_value(self, name: str, value: Value) -> None:
        """Show a value, without a request. One that the choices made do not take is kept for those that do.

        Raises:
            UsageError: there is no such hyperparameter, or it does not allow the value.
        """
        checked = hyperparameter(name).checked(value)
        choices = self.choices()
        self._own_values.keep(name, checked, choices)
        if name in names_for(choices):
            with QSignalBlocker(self._controls[name]):
                self._controls[name].setValue(checked)

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show the values in force, without requests; none of them is pending then.

        Raises:
            UsageError: as `set_value`.
        """
        for name, value in values.items():
            self.set_value(name, value)
            self.set_applied(name, value)

    def show_recipe(self, recipe: Recipe, values: Mapping[str, Value]) -> None:
        """Show all choices and values of a run that was opened, without requests.

        Its data set counts as somebody's choice only if one had been chosen before.

        Args:
            recipe: what the run began with.
            values: those in force by now.
        """
        if recipe.dataset != self.choices()["dataset"]:
            self.set_dataset_facts("")
        for name, key in recipe.choices().items():
            self.set_choice(name, key)
        self.show_values({**recipe.values, **values})

    def set_choice(self, name: str, key: str) -> None:
        """Show a choice, without a request; it does not count as anybody's.

        Raises:
            UsageError: there is no such row.
        """
        self._choices.controls[name].show_choice(key)
        self._after_choice(name)

    def choose(self, name: str, key: str) -> None:
        """Choose as a person does.

        Raises:
            UsageError: there is no such row.
        """
        self._choices.controls[name].setValue(key)

    def apply_edit(self, name: str, value: object) -> None:
        """Undo or redo what `edited` told: set a hyperparameter or a choice as a person does, without telling again.

        Raises:
            UsageError: there is nothing of that name, or it does not allow the value.
        """
        self._is_applying = True
        try:
            if name in REGISTRIES:
                self.choose(name, str(value))
            elif name in names_for(self.choices()):
                self._controls[name].setValue(hyperparameter(name).checked(value))
            else:
                self.set_value(name, hyperparameter(name).checked(value))
        finally:
            self._is_applying = False

    def set_dataset_facts(self, text: str) -> None:
        """Say something about the chosen data set, such as how many images it has."""
        self._choices.set_facts("dataset", text)

    def set_parameter_count(self, model_name: str, count: int) -> None:
        """Tell how many numbers training adjusts in a model."""
        self._parameter_counts[model_name] = count
        self._show_model_facts()

    def set_running(self, running: bool) -> None:
        """Lock what waits for the next run, or unlock it again."""
        if running == self._is_running:
            return
        self._is_running = running
        self._choices.set_locked(running)
        for control in self._controls.values():
            # The run began with the last good values: from now on, those are what is to be seen.
            control.finish()
            control.set_applied(control.value() if running and control.row.is_live else None)
            control.set_locked(running and not control.row.is_live)

    def set_applied(self, name: str, value: Value) -> None:
        """Tell which value the run uses now; while it is not the one shown, that one shows as pending."""
        if self._is_running and TABLE[name].is_live:
            self._controls[name].set_applied(value)

    def set_palette(self, palette: Palette) -> None:
        """Draw the icons in these colours."""
        self._choices.set_palette(palette)
        for control in self._controls.values():
            control.set_palette(palette)

    def reset_to_defaults(self) -> None:
        """Return to the tutorial's settings, as if a person had; during a run, only what applies while running."""
        self._reset_values()
        if self._is_running:
            return
        for name, registry in REGISTRIES.items():
            self.choose(name, registry.default)
        self._choices.controls["dataset"].forget_choice()
        self._reset_values()  # those that came with the choices
        self._own_values.reset()

    def state(self) -> dict[str, Any]:
        """Everything set here, for JSON."""
        values = self.values()
        choices = self.choices()
        if not self.dataset_was_chosen:
            # It may be a stand-in: the default gets another chance next time.
            del choices["dataset"]
        return {
            "version": STATE_VERSION,
            "choices": choices,
            "values": {name: value for name, value in values.items() if TABLE[name].of_choice is None},
            "own_values": self._own_values.state(),
        }

    def restore(self, state: object) -> None:
        """Show what `state` returned once, without requests. What is unknown or not allowed in it is passed over."""
        stored = dictionary(state)
        own_values = stored.get("own_values")
        if stored.get("version") == 1:  # when optimizers alone had values of their own
            own_values = {"optimizer": own_values}
        elif stored.get("version") != STATE_VERSION:
            return
        self._own_values.restore(own_values)
        shared = tuple(name for name, row in TABLE.items() if row.of_choice is None)
        for name, value in allowed(dictionary(stored.get("values")), shared).items():
            self.set_value(name, value)
        choices = dictionary(stored.get("choices"))
        for name, registry in REGISTRIES.items():
            if choices.get(name) in registry.names:
                with QSignalBlocker(self._choices):
                    self.choose(name, choices[name])
                self._after_choice(name)
        self._show_own_rows()

    def sizeHint(self) -> QSize:  # noqa: N802
        """A column beside the plots."""
        return _PREFERRED

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As narrow as the controls allow with a scroll bar beside them: there is none below."""
        return QSize(max(_NARROWEST, self._content.minimumSizeHint().width() + _BAR_WIDTH), 2 * _MARGIN)

    def _on_value_replaced(self, name: str, old: Value, new: Value) -> None:
        choices = self.choices()
        if name not in names_for(choices):
            return  # hidden: nobody's wish
        self._own_values.keep(name, new, choices)
        self.value_change_requested.emit(name, new)
        self._tell_edited(name, old, new)

    def _on_choice_changed(self, name: str, old: str, new: str) -> None:
        if name == "dataset":
            self.set_dataset_facts("")  # those of another one
        self._after_choice(name)
        self.choice_change_requested.emit(name, new)
        self._tell_edited(name, old, new)

    def _tell_edited(self, name: str, old: object, new: object) -> None:
        if not self._is_applying:
            self.edited.emit(name, old, new)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        # QScrollArea does this by itself only while the focus moves within it, not when it comes in from elsewhere.
        if new is not None and self._content.isAncestorOf(new):
            self._scroll_area.ensureWidgetVisible(new, 0, 2 * _MARGIN)

    def _on_scroll_range_changed(self, _minimum: int, maximum: int) -> None:
        right = _RIGHT_MARGIN - (_BAR_WIDTH if maximum > 0 else 0)
        layout = self._content.layout()
        assert layout is not None
        layout.setContentsMargins(_MARGIN, _MARGIN, right, _MARGIN)

    def _after_choice(self, name: str) -> None:
        if name == "model":
            self._show_model_facts()
        if name in OF_CHOICES:
            self._show_own_rows()

    def _reset_values(self) -> None:
        for name in names_for(self.choices()):
            if self._controls[name].isEnabled():
                self._controls[name].reset()

    def _show_model_facts(self) -> None:
        row = MODELS[self._choices.controls["model"].value()]
        count = self._parameter_counts.get(row.name)
        facts = row.layers
        if count is not None:
            facts = self.tr("{layers} · {count} parameters").format(layers=row.layers, count=f"{count:,}")
        self._choices.set_facts("model", facts)

    def _show_own_rows(self) -> None:
        """Show the rows that what is chosen accepts, in its order and with its values; hide the others."""
        for choice, section in self._own_rows.items():
            row = REGISTRIES[choice][self._choices.controls[choice].value()]
            for name, default in defaults(row.accepts, row.defaults).items():
                control = self._controls[name]
                control.set_default(default)
                with QSignalBlocker(control):
                    control.setValue(self._own_values.of(choice, row.name)[name])
            section.show_rows(self.tr("{choice} settings").format(choice=label_of(row)), row.accepts)
        self._order_tabs()

    def _of(self, section: Section) -> list[HyperparameterControl]:
        return [control for control in self._controls.values() if control.row.section is section]

    def _of_choice(self, choice: str) -> dict[str, HyperparameterControl]:
        return {name: control for name, control in self._controls.items() if control.row.of_choice == choice}

    def _order_tabs(self) -> None:
        own = [control for section in self._own_sections() for control in section.shown]
        chain: list[QWidget] = list(self._choices.controls.values())
        for control in [*self._of(Section.RUN), *own, *self._of(Section.SPEED)]:
            chain += control.focus_chain()
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)

    def _own_sections(self) -> list[ChoiceSettings]:
        """From top to bottom: the schedule's, which multiply the learning rate, come nearest to it."""
        return [self._own_rows[choice] for choice in reversed(OF_CHOICES)]

    def _build_content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(_MARGIN, _MARGIN, _RIGHT_MARGIN, _MARGIN)
        column.setSpacing(_BETWEEN_ROWS)
        column.addWidget(self._choices)
        column.addSpacing(_BETWEEN_SECTIONS)
        column.addWidget(_heading(self.tr("Hyperparameters")))
        for control in self._of(Section.RUN):
            column.addWidget(control)
        for section in self._own_sections():
            column.addWidget(section)
        column.addSpacing(_BETWEEN_SECTIONS)
        column.addWidget(_heading(self.tr("Speed, at the cost of parity")))
        for control in self._of(Section.SPEED):
            if problem := why_not(control.row.name):
                control.set_unavailable(sentence_of(problem))
            column.addWidget(control)
        column.addStretch()
        return content

    def _build_scroll_area(self) -> QScrollArea:
        area = QScrollArea(self)
        area.setObjectName("controls_scroll_area")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Otherwise the Tab key would stop at the area itself.
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._content)
        # The panel's own colour is to show, also behind the scroll bar.
        area.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)
        area.verticalScrollBar().rangeChanged.connect(self._on_scroll_range_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        return area


def _control_for(row: Hyperparameter) -> HyperparameterControl:
    if row.kind is bool:
        return CheckControl(row)
    return SliderControl(row) if row.slider else SeedControl(row)


def _heading(text: str) -> ElidedLabel:
    label = ElidedLabel(text)
    label.setProperty("role", "heading")
    return label
