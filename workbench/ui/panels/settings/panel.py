"""The panel of the settings: what is trained, and how. Built from the table and the registries."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from workbench.engine.config.hyperparameters import TABLE, Section
from workbench.engine.data.datasets import OWN_FILES
from workbench.engine.models.initial_weights import INITIAL_WEIGHTS
from workbench.engine.models.network_source import NETWORK, OWN
from workbench.engine.models.registry import MODELS
from workbench.engine.optim.losses import losses_for
from workbench.engine.recipe import OF_CHOICES, REGISTRIES, only_for_images
from workbench.engine.runtime.devices import CPU, why_no_graph_for
from workbench.ui.models.schedule_plan import SchedulePlanModel
from workbench.ui.models.settings_folds import SettingsFolds
from workbench.ui.panels.settings.controls import STEERS_MOST, SettingsControls
from workbench.ui.style.tokens import tokens
from workbench.ui.text.engine_texts import help_of, label_of, sentence_of
from workbench.ui.widgets.device_rows import DEVICE, device_rows
from workbench.ui.widgets.folding_column import FoldingColumn
from workbench.ui.widgets.prominent_control import ProminentControl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.runtime.devices import Device
    from workbench.ui.models.settings_model import SettingsModel
    from workbench.ui.style.palette import Palette
    from workbench.ui.widgets.rate_line import RateTrace


class SettingsPanel(FoldingColumn):
    """A column of controls: in one line, what is trained; then what steers a run, the learning rate first.

    It shows a SettingsModel, and passes the user's edits on to it.

    Args:
        settings: of the next run.
        parent: the widget it belongs to.
        folds: which parts are folded; a model of its own where None.
    """

    def __init__(
        self, settings: SettingsModel, parent: QWidget | None = None, folds: SettingsFolds | None = None
    ) -> None:
        super().__init__(self.tr("Settings"), parent)
        self.setObjectName("controls")
        self.setAccessibleName(self.tr("Settings"))
        self._settings = settings
        self._folds = SettingsFolds(self) if folds is None else folds
        self._is_running = False
        self._parameter_count: int | None = None
        self._network_problem = ""
        self._devices: tuple[Device, ...] = ()
        self._parts = SettingsControls(self)
        self._controls, self._choices = self._parts.of_rows, self._parts.choices
        self._plan = SchedulePlanModel(settings, self)
        self._parts.place(self._column)
        self._add_to_rail(STEERS_MOST, "learning_rate", label_of(TABLE[STEERS_MOST]))
        self._connect()
        self._show_settings()
        self._show_folds()

    def set_dataset_facts(self, text: str) -> None:
        """Say something about the chosen data set, such as how many images it has."""
        self._choices.set_facts("dataset", text)

    def set_own_validation(self, count: int) -> None:
        """Say how many samples for validation the chosen data bring: where there are any, none are held out."""
        reason = ""
        if count:
            reason = self.tr("These data bring {count} samples for validation of their own, so none are held out.")
        self._controls["validation_share"].set_unavailable(reason.format(count=f"{count:,}"))

    def set_parameter_count(self, count: int | None) -> None:
        """Say how many numbers training adjusts in the chosen model with these data; None where that is not known."""
        self._parameter_count = count
        self._show_model_facts()

    def set_network_problem(self, text: str) -> None:
        """Say why the chosen model and these data do not fit; "" where they do, or where that is not known."""
        self._network_problem = text
        self._show_model_facts()

    def set_initial_weights_problem(self, text: str) -> None:
        """Say why the chosen network cannot start from the chosen weights; "" where it can, or there are none."""
        self._parts.initial_weights.show_problem(text)

    def set_devices(self, devices: Sequence[Device]) -> None:
        """Say which devices this machine has: there is a choice among them where there is more than the CPU."""
        self._devices = tuple(devices)
        self._show_device()

    def set_automatic_threads(self, count: int) -> None:
        """Say how many threads PyTorch uses where it is left to PyTorch."""
        self._controls["threads"].set_automatic(count)

    def set_running(self, running: bool) -> None:
        """Lock what waits for the next run, or unlock it again."""
        if running == self._is_running:
            return
        self._is_running = running
        # The run began with the last good values: from now on the controls show those.
        self._parts.finish()
        for control in self._controls.values():
            control.set_applied(control.value() if running and control.row.is_live else None)
        self._parts.set_locked(running)

    def set_applied(self, name: str, value: Value) -> None:
        """Say which value the run uses now; while the control shows another one, that one is marked as pending."""
        if self._is_running and TABLE[name].is_live:
            self._controls[name].set_applied(value)

    def show_applied(self, values: Mapping[str, Value]) -> None:
        """Say which values the run uses now, of all its hyperparameters."""
        for name, value in values.items():
            self.set_applied(name, value)

    def reveal(self, name: str) -> QWidget | None:
        """The control of a hyperparameter or a choice, scrolled into sight; None where the choices have none.

        Where what is trained is folded to a line, that line stands for its choices.
        """
        choice = self._choices.controls.get(name)
        control: QWidget | None = self._controls.get(name) or choice
        if choice is not None and not choice.isVisibleTo(self._parts.trained):
            control = self._parts.trained
        elif control is None or not control.isVisibleTo(self._content):
            return None
        self._folds.fold_column(False)
        self._scroll_area.ensureWidgetVisible(control, 0, 2 * tokens().margin)
        return control

    @property
    def rate_trace(self) -> RateTrace:
        """The learning rate of the run so far, as a small line."""
        control = self._controls[STEERS_MOST]
        assert isinstance(control, ProminentControl)
        return control.trace

    def why_disabled(self, name: str) -> str:
        """Why the control of a hyperparameter or a choice cannot be used now, in a sentence; "" where it can."""
        if name in TABLE:
            spec = self._settings.spec
            if TABLE[name].section is Section.AUGMENTATION and spec is not None and not spec.is_image:
                return sentence_of(only_for_images(name))
            return self._controls[name].why_disabled
        control = self._choices.controls.get(name)
        return "" if control is None else control.why_disabled

    def set_palette(self, palette: Palette) -> None:
        """Draw the icons in these colours."""
        super().set_palette(palette)
        self._parts.set_palette(palette)

    def _connect(self) -> None:
        self._choices.chosen.connect(self._settings.edit)
        for name, control in self._controls.items():
            control.value_changed.connect(partial(self._settings.edit, name))
            control.draft_changed.connect(partial(self._settings.set_draft, name))
        self._settings.value_changed.connect(self._on_value_changed)
        self._settings.choice_changed.connect(self._on_choice_changed)
        self._settings.network_changed.connect(self._show_network)
        self._settings.initial_weights_changed.connect(self._show_initial_weights)
        self._parts.arguments.arguments_changed.connect(self._set_arguments)
        self._parts.initial_weights.removal_requested.connect(lambda: self._settings.edit(INITIAL_WEIGHTS, None))
        self._settings.device_changed.connect(self._show_device)
        self._settings.changed.connect(self._show_summary)
        self._plan.changed.connect(self._show_plan)
        self._parts.trained.fold_requested.connect(self._folds.fold_choices)
        self.fold_requested.connect(self._folds.fold_column)
        self.shortcut_requested.connect(self._on_shortcut_requested)
        self._folds.changed.connect(self._show_folds)

    def _on_value_changed(self, name: str, value: Value) -> None:
        self._controls[name].show_value(value)
        if name == "compile":
            self._show_graph()
        if TABLE[name].of_choice == "model":
            self._show_model_facts()

    def _on_choice_changed(self, name: str, key: str) -> None:
        if name == "dataset":
            self._show_data()
        self._choices.controls[name].show_choice(key)
        if name == "dataset":
            self.set_dataset_facts("")  # the facts shown are those of another data set
            self.set_own_validation(0)
            self._show_augmentation()
        if name in ("dataset", "model"):
            self._show_network()
        if name in OF_CHOICES:
            self._show_own_rows(name)
            self._parts.order_tabs(self._fold)
        if name == "optimizer":
            self._show_graph()

    def _on_shortcut_requested(self, name: str) -> None:
        """Unfold the column, and give the control of this name the keyboard."""
        self._folds.fold_column(False)
        self._controls[name].focus_chain()[0].setFocus()

    def _show_data(self) -> None:
        """Name the user's own files, and offer the losses for the chosen data."""
        if (files := self._settings.own_files) is not None:
            text = self.tr("Your own data: {path}").format(path=files.source.path)
            self._choices.controls["dataset"].offer_own(OWN_FILES, files.name, text)
        self._choices.controls["loss"].offer(losses_for(self._settings.task))

    def _show_settings(self) -> None:
        self._show_data()
        for name, key in self._settings.choices().items():
            self._choices.controls[name].show_choice(key)
        for name, value in self._settings.values().items():
            self._controls[name].show_value(value)
        for choice in OF_CHOICES:
            self._show_own_rows(choice)
        self._show_augmentation()
        self._show_network()
        self._show_device()
        self._show_initial_weights()
        self._show_summary()
        self._show_plan()

    def _show_initial_weights(self) -> None:
        """Name the file whose weights the next run starts from."""
        self._parts.initial_weights.show_weights(self._settings.initial_weights)

    def _show_plan(self) -> None:
        """Draw what the schedule makes of the learning rate."""
        for preview in self._parts.previews:
            preview.show_plan(self._plan.plan)
        self._parts.previews[0].setVisible(self._parts.previews[0].has_course)

    def _show_folds(self) -> None:
        self.set_folded(self._folds.is_column_folded)
        # What is wrong with the choices must be seen.
        self._parts.trained.set_folded(self._folds.are_choices_folded and not self._choices.has_problem)
        self._parts.previews[1].setVisible(self._parts.trained.is_folded)

    def _show_summary(self) -> None:
        """Sum up what is trained: the data and the layers; in a second line the optimizer, loss and schedule."""
        choices = self._choices.controls
        spec = self._settings.spec
        model = short = choices["model"].currentText()
        if spec is not None:
            layers = MODELS[self._settings.choices()["model"]].layers(spec, self._settings.values())
            if " → " in layers:
                sizes = layers.split(" → ")
                # The data have given the first and the last size.
                model, short = "–".join(sizes), "–".join(sizes[1:-1] or sizes)
        texts = {name: control.currentText() or control.placeholderText() for name, control in choices.items()}
        title = self.tr("{dataset} · {network}")
        self._parts.trained.set_summary(
            title.format(dataset=texts["dataset"], network=model),
            self.tr("{optimizer} · {loss} · {schedule}").format(
                optimizer=texts["optimizer"], loss=texts["loss"], schedule=texts["schedule"]
            ),
            title.format(dataset=texts["dataset"], network=short),
        )

    def _show_network(self) -> None:
        """Show the network of the user's own, if one is chosen, and the facts of the model."""
        network = self._settings.network
        is_chosen = self._settings.choices()["model"] == OWN
        if network is not None:
            label = self.tr("{name} ({file})").format(name=network.name, file=network.file_name)
            self._choices.controls["model"].offer_own(OWN, label, help_of(MODELS[OWN]))
        self._parts.arguments.show_network(network if is_chosen else None)
        self._parts.order_tabs(self._fold)
        self._show_model_facts()

    def _show_device(self) -> None:
        """Show the choice among devices where there is one, also to leave a device that is not here."""
        rows, chosen = device_rows(self._devices, self._settings.device)
        control = self._choices.controls.get(DEVICE)
        if control is not None and not rows.is_retired(chosen):
            control.show_choice(chosen)
        elif len(self._devices) > 1 or (self._devices and chosen != CPU):
            self._choices.offer_devices(rows, chosen)
            self._parts.order_tabs(self._fold)
        self._show_graph()

    def _show_graph(self) -> None:
        """Say why there can be no CUDA graph with these settings."""
        settings = self._settings
        is_compiled = bool(settings.value("compile"))
        problem = why_no_graph_for(settings.device, settings.choices()["optimizer"], is_compiled=is_compiled)
        self._controls["cuda_graph"].set_unavailable("" if problem is None else sentence_of(problem))

    def _set_arguments(self, arguments: dict[str, Value]) -> None:
        if (network := self._settings.network) is not None:
            self._settings.edit(NETWORK, network.with_arguments(arguments))

    def _show_model_facts(self) -> None:
        row = MODELS[self._settings.choices()["model"]]
        spec = self._settings.spec
        refusal = None if spec is None else row.refusal(spec)
        self._choices.set_problem(self._network_problem if refusal is None else sentence_of(refusal))
        self._show_folds()
        if spec is None:
            self._choices.set_facts("model", "")
            return
        count = self._parameter_count
        facts = row.layers(spec, self._settings.values())
        if count is not None:
            facts = self.tr("{layers} · {count} parameters").format(layers=facts, count=f"{count:,}")
        self._choices.set_facts("model", facts)

    def _show_own_rows(self, choice: str) -> None:
        """Show the hyperparameters that the chosen row accepts, in its order and with its values; hide the others."""
        accepted = self._settings.accepted(choice)
        for name in accepted:
            self._controls[name].set_default(self._settings.default(name))
            self._controls[name].show_value(self._settings.value(name))
        row = REGISTRIES[choice][self._settings.choices()[choice]]
        heading = self.tr("{choice} settings").format(choice=label_of(row))
        self._parts.own_rows[choice].show_rows(heading, accepted)

    def _show_augmentation(self) -> None:
        """Show the rows for images, unless the chosen data set has none."""
        spec = self._settings.spec
        rows = [control.row.name for control in self._parts.of(Section.AUGMENTATION)]
        self._parts.augmentation.show_rows(self.tr("Augmentation"), rows if spec is None or spec.is_image else ())
