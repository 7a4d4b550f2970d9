"""What if: short futures of the run, of which the user may choose one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
)

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import UsageError
from workbench.engine.optim.optimizers import OPTIMIZERS
from workbench.engine.protocol.experiments.what_if import OPTIMIZER, STEPS, Fan, FutureEnd, Variant, WhatIf
from workbench.ui.panel_bases.experiment_panel import ExperimentPanel
from workbench.ui.plotting.charts.fan import FanChart
from workbench.ui.plotting.futures import smooth
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import label_of, plain_tool_tip, sentence_of
from workbench.ui.text.numbers import format_value, parse_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.protocol.experiments.what_if import FuturePath
    from workbench.ui.models.experiment_model import ExperimentModel, Trial
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.style.palette import Palette

RATE_FACTORS: Final = (0.1, 1 / 3, 1.0, 3.0, 10.0)
SIZE_FACTORS: Final = (0.25, 0.5, 1.0, 2.0, 4.0)
VARIED: Final = ("learning_rate", "batch_size", OPTIMIZER)
MOST_FUTURES: Final = 8
"""As many as there are colours."""
ROW_HEIGHT: Final = 24
LEAST_LETTERS: Final = 6
ENTRY_FRAME: Final = 24
"""Pixels of the entry that hold no text."""
LEAST_WIDTH: Final = 70
"""Pixels, of the entry of the values."""
LEAST_STEPS, MOST_STEPS = 5, 5000
SEPARATORS: Final = str.maketrans(";\n\t", "   ")


class WhatIfPanel(ExperimentPanel):
    """Asks for futures, draws them as a fan while they are trained, and lets the user choose one."""

    future_chosen = Signal(int)
    """The run is to become the future with this index."""

    def __init__(self, model: InspectionModel, experiments: ExperimentModel, parent: QWidget | None = None) -> None:
        super().__init__(model, experiments, "what_if", "fork", parent)
        self._listed: WhatIf | None = None

    def build(self) -> None:
        """Make the contents."""
        self._varied = QComboBox(self.content)
        self._varied.setObjectName("what_if_varied")
        self._varied.setAccessibleName(self.tr("What differs"))
        self._varied.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._varied.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._varied.setMinimumContentsLength(LEAST_LETTERS)
        for name in VARIED:
            self._varied.addItem(self.tr("Optimizer") if name == OPTIMIZER else label_of(TABLE[name]), name)
        self._varied.currentIndexChanged.connect(self._on_varied)
        self._values = QLineEdit(self.content)
        self._values.setObjectName("what_if_values")
        self._values.setAccessibleName(self.tr("Values to try"))
        self._values.setMinimumWidth(scaled(LEAST_WIDTH))
        self._values.installEventFilter(self)
        self._values.returnPressed.connect(self._begin)
        self._values.textEdited.connect(lambda _: self._show_problem(""))
        self._steps = QSpinBox(self.content)
        self._steps.setObjectName("what_if_steps")
        self._steps.setAccessibleName(self.tr("Steps of each future"))
        self._steps.setRange(LEAST_STEPS, MOST_STEPS)
        self._steps.setValue(STEPS)
        self._steps.setSuffix(self.tr(" steps"))
        self._steps.setGroupSeparatorShown(True)
        self._try = self.make_button(
            "try",
            self.tr("Try"),
            self.tr("Train a copy of the run for each value, on the same samples in the same order."),
        )
        self._try.clicked.connect(self._begin)
        self._cancel = self.make_cancel()
        self._text = self.make_text("text")
        self._chart = FanChart(self.content)
        self._chart.setAccessibleName(self.tr("Futures of the loss"))
        self._on_curve = QCheckBox(self.tr("Also over the loss curve"), self.content)
        self._on_curve.setObjectName("what_if_on_curve")
        tip = plain_tool_tip(self.tr("Draw the futures over the loss of the run, from the step they begin at."))
        self._on_curve.setToolTip(tip)
        self._on_curve.toggled.connect(self.experiments.set_on_curve)
        self._chart.setToolTip(tip)
        self._chart.clicked.connect(self._on_curve.toggle)
        self._table = self._made_table()
        self._choose = self.make_button("choose", "", "")
        self._choose.clicked.connect(self._on_choose)
        first, second = self.make_top_row(), QHBoxLayout()
        first.addWidget(self._varied, 1)
        first.addWidget(self._try)
        first.addWidget(self._cancel)
        second.addWidget(self._values, 1)
        second.addWidget(self._steps)
        column = self.column()
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self._text)
        column.addWidget(self._chart, 5)
        column.addWidget(self._on_curve)
        column.addWidget(self._table, 4)
        column.addWidget(self._choose)

    def show_state(self) -> None:
        """Show the futures by now."""
        experiments = self.experiments
        trial = experiments.trial(WhatIf)
        fan = trial.finding if trial is not None and isinstance(trial.finding, Fan) else None
        is_running = trial is not None and not trial.is_over
        self._values.setVisible(self._name != OPTIMIZER)
        self._show_values()
        self._try.setEnabled(experiments.can_begin and experiments.has_run)
        self._try.setVisible(not is_running)
        self._cancel.setVisible(is_running)
        self._cancel.setEnabled(not experiments.is_stopping)
        self._table.setVisible(fan is not None or is_running)
        self._list(trial, fan)
        self._chart.show_fan(fan, STEPS if self._listed is None else self._listed.steps, self._chosen)
        self._on_curve.setVisible(fan is not None)
        self._on_curve.setChecked(experiments.is_on_curve)
        self._show_text(trial)
        self._show_choice(trial, fan)

    def rows(self) -> Iterator[Sequence[object]] | None:
        """The losses of all futures, one step a row."""
        trial = self.experiments.trial(WhatIf)
        if trial is None or not isinstance(trial.finding, Fan) or not isinstance(trial.experiment, WhatIf):
            return None
        return self._rows(trial.experiment, trial.finding)

    def on_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        self._chart.set_palette(palette)
        self._listed = None
        self.show_state()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Name as many of the values as there is room for."""
        if event.type() is QEvent.Type.Resize and self._is_built:
            self._show_values()
        return super().eventFilter(watched, event)

    # What is tried

    @property
    def _name(self) -> str:
        return str(self._varied.currentData())

    def _on_varied(self) -> None:
        self._values.clear()
        self._show_problem("")
        self.show_state()

    def _begin(self) -> None:
        if not (self.experiments.can_begin and self.experiments.has_run):
            return
        try:
            variants = self._variants()
        except UsageError as problem:
            self._show_problem(sentence_of(problem))
            return
        self.run_requested.emit(WhatIf(variants, self._steps.value()))

    def _variants(self) -> tuple[Variant, ...]:
        """The futures to train.

        Raises:
            UsageError: the user typed something that is no value.
        """
        name = self._name
        if name == OPTIMIZER:
            return tuple(self._optimizer_variant(each) for each in OPTIMIZERS.names[:MOST_FUTURES])
        typed = self._values.text().translate(SEPARATORS).split()
        row = TABLE[name]
        values = [parse_value(row, each.strip(",")) for each in typed if each.strip(",")] or self._default_values()
        different = list(dict.fromkeys(values))
        if len(different) > MOST_FUTURES:
            raise UsageError("These are {count} values: give at most {most}.", count=len(different), most=MOST_FUTURES)
        return tuple(Variant(((name, value),)) for value in different)

    def _optimizer_variant(self, optimizer: str) -> Variant:
        """The run's own at its rate; another at the usual rate."""
        if optimizer == self.experiments.optimizer:
            return Variant((("learning_rate", self.experiments.value("learning_rate")),))
        rate = OPTIMIZERS[optimizer].defaults.get("learning_rate", TABLE["learning_rate"].default)
        return Variant((("learning_rate", rate),), optimizer)

    def _default_values(self) -> list[Value]:
        """The values around the one in force."""
        name = self._name
        row, own = TABLE[name], self.experiments.value(name)
        values: list[Value] = []
        for factor in RATE_FACTORS if name == "learning_rate" else SIZE_FACTORS:
            if factor == 1.0:
                values.append(own)
                continue
            value = float(f"{float(own) * factor:.2g}") if row.kind is float else max(1, round(float(own) * factor))
            if row.allows(value) and (row.kind is float or value <= max(1, self.experiments.train_count)):
                values.append(value)
        return list(dict.fromkeys(values))

    def _show_values(self) -> None:
        """Show which values are tried where none are typed: all of them, or the first and the last."""
        if self._name == OPTIMIZER:
            return
        texts = [format_value(TABLE[self._name], value) for value in self._default_values()]
        whole, entry = "  ".join(texts), self._values
        if entry.fontMetrics().horizontalAdvance(whole) > entry.width() - scaled(ENTRY_FRAME):
            whole = self.tr("{first} … {last}").format(first=texts[0], last=texts[-1])
        entry.setPlaceholderText(whole)
        entry.setToolTip(
            plain_tool_tip(
                self.tr("The values to try, with spaces between them. Where none are typed: {values}.").format(
                    values=" ".join(texts)
                )
            )
        )

    # What is shown

    def _made_table(self) -> QTableWidget:
        table = QTableWidget(0, 3, self.content)
        table.setObjectName("what_if_table")
        table.setAccessibleName(self.tr("Futures"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        table.itemSelectionChanged.connect(self._on_selected)
        table.cellActivated.connect(lambda *_: self._on_choose())
        table.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        self.take_what_is_left(table, header.sizeHint().height() + 3 * scaled(ROW_HEIGHT))
        return table

    @property
    def _chosen(self) -> int | None:
        rows = self._table.selectionModel().selectedRows()
        return rows[0].row() if rows else None

    def _list(self, trial: Trial | None, fan: Fan | None) -> None:
        """Fill the table."""
        experiment = None if trial is None else trial.experiment
        if isinstance(experiment, WhatIf) and experiment is not self._listed:
            self._listed = experiment
            self._table.clearSelection()
            self._table.scrollToTop()
            rows = len(experiment.variants) * scaled(ROW_HEIGHT)
            self._table.setMaximumHeight(self._table.horizontalHeader().sizeHint().height() + rows + 4)
            self._table.setRowCount(len(experiment.variants))
            self._table.setHorizontalHeaderLabels([self._heading(experiment), self.tr("Loss"), ""])
            for row, variant in enumerate(experiment.variants):
                name = QTableWidgetItem(self._variant_text(variant))
                if self._chart.is_coloured:
                    name.setData(Qt.ItemDataRole.DecorationRole, self._chart.colour(row))
                for column, item in enumerate((name, QTableWidgetItem(""), QTableWidgetItem(""))):
                    self._table.setItem(row, column, item)
        if fan is not None:
            for row, path in enumerate(fan.paths):
                for column, text in enumerate(self._path_texts(path), 1):
                    if (cell := self._table.item(row, column)) is not None:
                        cell.setText(text)
                        cell.setToolTip(plain_tool_tip(self._path_tip(path)))

    def _heading(self, experiment: WhatIf) -> str:
        names = {name for variant in experiment.variants for name, _ in variant.values}
        if any(variant.optimizer is not None for variant in experiment.variants):
            return self.tr("Optimizer")
        return label_of(TABLE[next(iter(names))]) if len(names) == 1 else self.tr("Setting")

    def _variant_text(self, variant: Variant) -> str:
        values = ", ".join(format_value(TABLE[name], value) for name, value in variant.values)
        if self._listed is None or all(each.optimizer is None for each in self._listed.variants):
            return values
        optimizer = OPTIMIZERS[variant.optimizer or self.experiments.optimizer]
        return self.tr("{optimizer} at {rate}").format(optimizer=label_of(optimizer), rate=values)

    def _path_texts(self, path: FuturePath) -> tuple[str, str]:
        """The last smooth loss, and what is to be said of a future."""
        loss = f"{smooth(path.losses)[-1]:.4g}" if len(path.losses) > 0 else ""
        match path.end:
            case FutureEnd.DIVERGED:
                return "", self.tr("diverged")
            case FutureEnd.STOPPED_EARLY:
                return loss, self.tr("stopped early")
            case _ if path.has_leapt:
                return loss, self.tr("loss leapt")
        return loss, ""

    def _path_tip(self, path: FuturePath) -> str:
        """What a future has come to, in a sentence; "" where there is nothing to add."""
        steps = f"{len(path.losses):,}"
        match path.end:
            case FutureEnd.DIVERGED:
                return self.tr("The loss became NaN or infinite after {steps} steps.").format(steps=steps)
            case FutureEnd.STOPPED_EARLY:
                return self.tr("Early stopping ends the run after {steps} steps.").format(steps=steps)
            case _ if path.has_leapt:
                return self.tr("The loss leapt so far that the guard would stop a run here.")
        return ""

    def _on_selected(self) -> None:
        self.experiments.look_at_future(self._chosen)
        if self._is_built:
            self.show_state()

    def _on_choose(self) -> None:
        if self._chosen is not None and self._choose.isEnabled():
            self.future_chosen.emit(self._chosen)

    def _show_text(self, trial: Trial | None) -> None:
        if not self.experiments.has_run:
            text = self.tr("How the run would go on with other values appears here when there is a run: press Train.")
        elif trial is None:
            text = self.tr("Try other values from step {step} on; the run itself stays as it is.").format(
                step=f"{self.experiments.step:,}"
            )
        elif trial.problem is not None or trial.was_cancelled:
            text = self.trial_problem(trial)
        elif not trial.is_over:
            text = self.tr("Training futures from step {step}; the run stands still.").format(step=f"{trial.step:,}")
        elif not self.experiments.is_of_run(trial):
            text = self.tr("From step {step} of another run: press Try for the futures of this one.").format(
                step=f"{trial.step:,}"
            )
        else:
            text = self.tr("From step {step}. Choose a row to go on as that future.").format(step=f"{trial.step:,}")
        self._text.setText(text)
        self.show_role(self._text, "error" if trial is not None and trial.problem is not None else "")
        self._chart.setAccessibleDescription(text)

    def _show_problem(self, text: str) -> None:
        if text:
            self._text.setText(text)
            self.show_role(self._text, "error")
        else:
            self._show_text(self.experiments.trial(WhatIf))

    def _show_choice(self, trial: Trial | None, fan: Fan | None) -> None:
        """Name what the button does with the chosen future, or why it does nothing."""
        chosen, experiment = self._chosen, None if trial is None else trial.experiment
        self._choose.setVisible(fan is not None and trial is not None and trial.is_over)
        self._choose.setEnabled(False)
        if trial is None or fan is None or chosen is None or not isinstance(experiment, WhatIf):
            self._choose.setText(self.tr("Choose a future"))
            self._choose.setToolTip("")
            return
        variant, path = experiment.variants[chosen], fan.paths[chosen]
        if variant.optimizer is not None:
            self._choose.setText(
                self.tr("Set {name} for a new run").format(name=label_of(OPTIMIZERS[variant.optimizer]))
            )
            self._choose.setToolTip(
                self.tr(
                    "The optimizer of a run is fixed. This puts it into the settings of the next run, which begins "
                    "with new weights; a paused run is stopped and kept."
                )
            )
            self._choose.setEnabled(self.experiments.can_begin)
            return
        self._choose.setText(self.tr("Go on with {value}").format(value=self._variant_text(variant)))
        is_whole = path.end is FutureEnd.REACHED
        can_become = self.experiments.can_become(trial)
        if not is_whole:
            tip = self.tr("This future did not come to its end, so the run cannot become it.")
        elif not can_become:
            tip = self.tr("The run is another one by now, or is busy: try the futures anew.")
        else:
            tip = self.tr(
                "The run becomes this future, already trained to step {step}, and pauses there. Where it has steps "
                "beyond step {start}, it becomes a branch."
            ).format(step=f"{trial.step + len(path.losses):,}", start=f"{trial.step:,}")
        self._choose.setToolTip(tip)
        self._choose.setEnabled(is_whole and can_become)

    def _rows(self, experiment: WhatIf, fan: Fan) -> Iterator[Sequence[object]]:
        yield "step", *(self._variant_text(variant) for variant in experiment.variants)
        for index in range(max((len(path.losses) for path in fan.paths), default=0)):
            losses = [float(path.losses[index]) if index < len(path.losses) else "" for path in fan.paths]
            yield fan.start + index, *losses
