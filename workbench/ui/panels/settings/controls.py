"""The controls of the settings: one for each row of the table, and the order in which they stand."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from workbench.engine.config.hyperparameters import TABLE, Section
from workbench.engine.recipe import OF_CHOICES
from workbench.engine.runtime.acceleration import why_not
from workbench.ui.style.tokens import tokens
from workbench.ui.text.engine_texts import sentence_of
from workbench.ui.widgets.check_control import CheckControl
from workbench.ui.widgets.choice_grid import ChoiceGrid
from workbench.ui.widgets.choice_settings import ChoiceSettings
from workbench.ui.widgets.elided_label import ElidedLabel
from workbench.ui.widgets.folded_group import FoldedGroup
from workbench.ui.widgets.initial_weights_row import InitialWeightsRow
from workbench.ui.widgets.layer_editor import LayerEditor
from workbench.ui.widgets.network_arguments import NetworkArguments
from workbench.ui.widgets.option_control import OptionControl
from workbench.ui.widgets.prominent_control import ProminentControl
from workbench.ui.widgets.rate_line import SchedulePreview
from workbench.ui.widgets.seed_control import SeedControl
from workbench.ui.widgets.slider_control import SliderControl

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout

    from workbench.engine.config.hyperparameters import Hyperparameter
    from workbench.ui.style.palette import Palette
    from workbench.ui.widgets.hyperparameter_control import HyperparameterControl

translate = QCoreApplication.translate

STEERS_MOST: Final = "learning_rate"
"""The one prominent control."""
STEER: Final = ("batch_size", "epochs")
"""Stand below it, before what belongs to the schedule and the optimizer."""


class SettingsControls:
    """What stands in the column of the settings; it knows no model.

    Args:
        parent: of the group that folds.

    Attributes:
        of_rows: the control of each row of the table, by name.
        choices: of data, network, loss, optimizer and schedule.
        arguments: of a network of the user's own.
        initial_weights: names the file from which the next run starts.
        own_rows: the controls that the chosen rows accept, by choice.
        augmentation: those for images.
        previews: of the schedule: beside its choice; and where its settings are moved, for when the choices are folded.
        trained: the group that folds to a line.
    """

    def __init__(self, parent: QWidget) -> None:
        self.of_rows = {row.name: _control_for(row) for row in TABLE.values()}
        self.choices = ChoiceGrid()
        self.arguments = NetworkArguments()
        self.initial_weights = InitialWeightsRow()
        self.own_rows = {choice: ChoiceSettings(choice, self._of_choice(choice)) for choice in OF_CHOICES}
        self.augmentation = ChoiceSettings(
            "augmentation", {control.row.name: control for control in self.of(Section.AUGMENTATION)}
        )
        self.previews = SchedulePreview("schedule_preview"), SchedulePreview("schedule_settings_preview")
        self.trained = FoldedGroup("trained_fold", translate("SettingsPanel", "What is trained"), parent)

    def of(self, section: Section) -> list[HyperparameterControl]:
        """The controls of a section of the table."""
        return [control for control in self.of_rows.values() if control.row.section is section]

    def set_palette(self, palette: Palette) -> None:
        """Draw the icons in these colours."""
        for part in (self.trained, self.choices, self.arguments, self.initial_weights, *self.previews):
            part.set_palette(palette)
        for control in self.of_rows.values():
            control.set_palette(palette)

    def finish(self) -> None:
        """Leave what is being typed: the last good values stay."""
        for control in self.of_rows.values():
            control.finish()
        self.arguments.finish()

    def set_locked(self, locked: bool) -> None:
        """Lock what waits for the next run, or unlock it again."""
        self.choices.set_locked(locked)
        for control in self.of_rows.values():
            control.set_locked(locked and not control.row.is_live)
        self.arguments.set_locked(locked)
        self.initial_weights.set_locked(locked)

    def place(self, column: QVBoxLayout) -> None:
        """Put all of them into `column`."""
        between = tokens().margin
        trained = self.trained
        trained.add_mark(self.choices.lock)
        self.choices.add_below("schedule", self.previews[0])
        self.own_rows["schedule"].add_picture(self.previews[1])
        for part in (self.choices, self.own_rows["dataset"], self.own_rows["model"], self.arguments):
            trained.column.addWidget(part)
        column.addWidget(trained)
        column.addWidget(self.initial_weights)
        column.addWidget(self.of_rows[STEERS_MOST])
        for name in STEER:
            column.addWidget(self.of_rows[name])
        for section in self._own_sections():
            column.addWidget(section)
        column.addSpacing(between)
        column.addWidget(_heading(translate("SettingsPanel", "More about the run")))
        for control in self._further():
            column.addWidget(control)
        column.addSpacing(between)
        column.addWidget(_heading(translate("SettingsPanel", "Validation")))
        for control in self.of(Section.VALIDATION):
            column.addWidget(control)
        column.addWidget(self.augmentation)
        column.addSpacing(between)
        column.addWidget(_heading(translate("SettingsPanel", "Speed (results may differ)")))
        for control in self.of(Section.SPEED):
            if problem := why_not(control.row.name):
                control.set_unavailable(sentence_of(problem))
            column.addWidget(control)
        column.addStretch()

    def order_tabs(self, first: QWidget) -> None:
        """Let the Tab key pass them from top to bottom, after `first`."""
        own = [control for section in self._own_sections() for control in section.shown]
        chain: list[QWidget] = [first, self.trained.button, *self.choices.controls.values()]
        for control in [
            *self.own_rows["dataset"].shown,
            *self.own_rows["model"].shown,
            *self.arguments.controls,
        ]:
            chain += control.focus_chain()
        chain.append(self.initial_weights.button)
        for control in [
            self.of_rows[STEERS_MOST],
            *(self.of_rows[name] for name in STEER),
            *own,
            *self._further(),
            *self.of(Section.VALIDATION),
            *self.augmentation.shown,
            *self.of(Section.SPEED),
        ]:
            chain += control.focus_chain()
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _of_choice(self, choice: str) -> dict[str, HyperparameterControl]:
        return {name: control for name, control in self.of_rows.items() if control.row.of_choice == choice}

    def _own_sections(self) -> list[ChoiceSettings]:
        """From top to bottom: the schedule's, which multiply the learning rate, come nearest to it."""
        return [self.own_rows[choice] for choice in reversed(OF_CHOICES) if choice not in ("dataset", "model")]

    def _further(self) -> list[HyperparameterControl]:
        """The hyperparameters of every run that are set less often."""
        return [each for each in self.of(Section.RUN) if each.row.name not in (STEERS_MOST, *STEER)]


def _control_for(row: Hyperparameter) -> HyperparameterControl:
    if row.kind is bool:
        return CheckControl(row)
    if row.choices:
        return OptionControl(row)
    if row.kind is str:
        return LayerEditor(row)  # the only text of the table
    if row.name == STEERS_MOST:
        return ProminentControl(row)
    return SliderControl(row) if row.slider else SeedControl(row)


def _heading(text: str) -> ElidedLabel:
    label = ElidedLabel(text)
    label.setProperty("role", "heading")
    return label
