"""RunPrompts: asks how many steps or epochs, which step, whether to discard the run. The answers are remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.protocol.commands import AddEpochs, RunSteps
from workbench.ui.dialogs import message_boxes, number_dialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from workbench.ui.controllers.run_controller import RunController
    from workbench.ui.models.run_model import RunModel

MIB: Final = 1 << 20
DEFAULT_BUDGET_MIB: Final = 1024
LEAST_BUDGET_MIB: Final = 16
MOST_BUDGET_MIB: Final = 1 << 20
MOST_STEPS_AT_ONCE: Final = 1_000_000


class RunPrompts(QObject):
    """Asks over the window, and has the controller do what the user answers; nothing waits meanwhile.

    Args:
        run: the current run.
        controller: does what the user answers.
        window: the questions appear over it.
    """

    budget_chosen = Signal(int)
    """How many MiB the snapshots may take."""

    def __init__(self, run: RunModel, controller: RunController, window: QWidget) -> None:
        super().__init__(window)
        self._run = run
        self._controller = controller
        self._window = window
        self._steps = 100
        self._epochs = 1
        self._budget = DEFAULT_BUDGET_MIB

    @property
    def budget(self) -> int:
        """How many MiB the snapshots may take."""
        return self._budget

    @budget.setter
    def budget(self, mebibytes: int) -> None:
        self._budget = min(max(mebibytes, LEAST_BUDGET_MIB), MOST_BUDGET_MIB)

    def state(self) -> dict[str, Any]:
        """The last answers, for JSON."""
        return {"steps": self._steps, "epochs": self._epochs, "budget": self._budget}

    def restore(self, state: dict[str, Any]) -> None:
        """Take over what `state` returned. Values that are not allowed are passed over."""
        if type(steps := state.get("steps")) is int and 1 <= steps <= MOST_STEPS_AT_ONCE:
            self._steps = steps
        if type(epochs := state.get("epochs")) is int and 1 <= epochs <= TABLE["epochs"].maximum:
            self._epochs = epochs
        if type(budget := state.get("budget")) is int:
            self.budget = budget

    def run_steps(self) -> None:
        """Ask how many steps to train before the run pauses again."""

        def run(count: int) -> None:
            self._steps = count
            self._controller.train_on(RunSteps(count))

        question = self.tr("Number of batches to train before the run pauses:")
        limits = (1, MOST_STEPS_AT_ONCE)
        self._ask("run_steps", self.tr("Run steps"), question, self._steps, limits, run)

    def add_epochs(self) -> None:
        """Ask how many epochs to add."""

        def add(count: int) -> None:
            self._epochs = count
            self._controller.train_on(AddEpochs(count))

        question = self.tr("Number of epochs to add:")
        limits = (1, max(1, int(TABLE["epochs"].maximum) - int(self._run.values["epochs"])))
        self._ask("continue_run", self.tr("Add epochs"), question, self._epochs, limits, add)

    def go_to_step(self) -> None:
        """Ask which step to go to."""
        last = self._run.last_step
        question = self.tr(
            "Go to a step from 0 to {last}. Weights, optimizer and random state will be the same as they were then."
        ).format(last=f"{last:,}")
        self._ask("go_to_step", self.tr("Go to step"), question, self._run.step, (0, last), self._controller.go_to)

    def snapshot_budget(self) -> None:
        """Ask how much memory the snapshots may take."""

        def choose(mebibytes: int) -> None:
            self.budget = mebibytes
            self.budget_chosen.emit(self._budget)

        title = self.tr("Memory for snapshots")
        question = self.tr(
            "Going back to a step starts from the nearest snapshot before it. More memory keeps more of them, "
            "and going back is quicker. A snapshot of the tutorial's network takes 2.6 MiB, with Adam three times "
            "as much."
        )
        limits = (LEAST_BUDGET_MIB, MOST_BUDGET_MIB)
        suffix, button = self.tr(" MiB"), self.tr("Set")
        self._ask("snapshot_budget", title, question, self._budget, limits, choose, suffix=suffix, button=button)

    def discard(self, name: str) -> None:
        """Ask whether to delete the current run, which is called `name`."""
        message_boxes.ask_before_discarding(self._window, name, self._controller.discard)

    def _ask(
        self,
        action: str,
        title: str,
        question: str,
        value: int,
        limits: tuple[int, int],
        accepted: Callable[[int], None],
        suffix: str = "",
        button: str = "",
    ) -> None:
        """Ask for a number, unless the dialog of this action is open already."""
        name = f"{action}_dialog"
        if self._window.findChild(QObject, name) is None:
            number_dialog.ask_number(
                self._window,
                name,
                title,
                question,
                value=value,
                limits=limits,
                accepted=accepted,
                suffix=suffix,
                button=button,
            )
