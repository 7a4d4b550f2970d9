"""Notifications: the sentences across the top of the window, with the questions some of them ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import say
from workbench.engine.models.trusted_code import NotTrustedError
from workbench.engine.protocol.commands import Resume
from workbench.engine.protocol.queries.first_bad import FirstBad
from workbench.ui.panels.notification_bar import Choice, Kind
from workbench.ui.text.engine_texts import label_of, sentence_of
from workbench.ui.text.first_bad_texts import first_bad_text, short_first_bad_text
from workbench.ui.text.metric_texts import r2_text, three_digits
from workbench.ui.text.numbers import format_value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from workbench.engine.errors import UserError
    from workbench.engine.protocol.events import (
        DivergenceStopped,
        Inspected,
        RunDiscarded,
        RunResumed,
        RunStarted,
        RunVerified,
        StoppedEarly,
        WeightsEvaluated,
    )
    from workbench.ui.controllers.run_controller import RunController
    from workbench.ui.controllers.undo import UndoHistory
    from workbench.ui.controllers.undo_steps import Edit
    from workbench.ui.panels.notification_bar import NotificationBar

GOOD_NEWS_S: Final = 8.0
GUARD: Final = "guard"
DATA: Final = "data"
"""Of notices about a data set that could not be loaded: another one makes them stale."""
SETTINGS: Final = "settings"
ZOOM: Final = "zoom"
"""Of notices about settings with which no run can start: other ones make them stale."""
SOUND: Final = "sound"
"""Of notices that the sound cannot be heard: an output that is connected makes them stale."""
STUCK: Final = "stuck"
UNTRAINABLE: Final = "untrainable"
"""Of notices about a current run that can only be looked at: another run makes them stale."""


@dataclass(frozen=True, slots=True)
class ContinuedAsItWas:
    """After the guard had stopped a run, the user let it go on without a change.

    Attributes:
        event: why it was stopped.
        place: the run and its step then; None where there was no run.
    """

    event: DivergenceStopped
    place: tuple[str, int] | None


class Notifications(QObject):
    """Says what has happened in one sentence each.

    Args:
        panel: shows the sentences.
        controller: does what the user answers about the run.
        undo: does what the user answers about an undo.
        parent: the window.
    """

    start_requested = Signal(object)
    """The user wants the next run to start from the weights in the file of this path."""
    trust_requested = Signal(object)
    """The user wants to read the code of a `NetworkSource`, and to allow it."""

    def __init__(
        self, panel: NotificationBar, controller: RunController, undo: UndoHistory, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._controller = controller
        self._undo = undo
        self._stopped: DivergenceStopped | None = None
        undo.handle(ContinuedAsItWas, lambda _: self._as_it_was, self._continue_again, self._ask_again)

    def show_problem(self, problem: UserError, details: str = "", *, topic: str = "") -> None:
        """Say what went wrong, and what the user can do; with a topic, until `withdraw` is told that it has gone."""
        if isinstance(problem, NotTrustedError):
            ask = partial(self.trust_requested.emit, problem.network)
            choices = [Choice("trust_code", self.tr("Read the code and allow it…"), ask)]
            self._panel.show_notice(sentence_of(problem), Kind.WARNING, choices=choices, topic=topic)
            return
        self._panel.show_notice(sentence_of(problem), Kind.ERROR, details, topic=topic)

    def withdraw(self, topic: str) -> None:
        """Remove a notice whose cause has gone."""
        self._panel.withdraw(topic)

    def show_approximate(self, problem: UserError | None) -> None:
        """Say that going back to a step is only approximate in this run, where it is."""
        if problem is not None:
            self._panel.show_notice(sentence_of(problem), Kind.WARNING)

    def ask_after_guard(self, event: DivergenceStopped) -> None:
        """The guard returned the run to a step before a bad loss: ask how it continues."""
        controller, self._stopped = self._controller, event
        rate = format_value(TABLE["learning_rate"], controller.slower_rate)
        choices = [
            Choice("slower", self.tr("Continue at rate {rate}").format(rate=rate), controller.resume_slower),
            Choice("as_it_was", self._as_it_was, lambda: self._undo.do(ContinuedAsItWas(event, controller.place))),
            Choice("stay", self.tr("Stay paused")),
        ]
        self._panel.show_notice(sentence_of(event.problem), Kind.WARNING, choices=choices, topic=GUARD)

    def show_first_bad(self, event: Inspected, class_names: Sequence[str]) -> None:
        """Say in the question of the guard, while it stands, what went first; the details say all that is known."""
        found, stopped = event.answer, self._stopped
        if not isinstance(found, FirstBad) or stopped is None or found.step != stopped.incident.step:
            return
        if text := short_first_bad_text(found, class_names):
            # The mark in the plot shows the loss. Few words: all of the question is to be seen in a small window, too.
            words = self.tr("{found} The run went back to step {step}. How should training continue?")
            sentence = words.format(found=text, step=f"{stopped.incident.returned_to:,}")
            self._panel.amend(GUARD, sentence, first_bad_text(found, class_names))

    def show_stopped_early(self, event: StoppedEarly) -> None:
        """Say that early stopping has returned the run to its best epoch."""
        self._panel.show_notice(sentence_of(event.notice))

    def withdraw_guard(self, _event: RunResumed | RunStarted | RunDiscarded) -> None:
        """Remove the question of the guard: the run trains on, or there is another current run or none."""
        self._stopped = None
        self._panel.withdraw(GUARD)

    def ask_how_to_undo(self, edit: Edit) -> None:
        """Ask whether a change that the run has used is undone from here on, or by going back to before it."""
        undo, row = self._undo, TABLE[edit.name]
        sentence = self.tr(
            "The run has used {label} {new} from step {step} on. Set it back to {old} from here on, or return to where "
            "it was changed?"
        )
        old, new = (format_value(row, row.checked(value)) for value in (edit.old, edit.new))
        step = f"{edit.step:,}"
        self._panel.show_notice(
            sentence.format(label=label_of(row), old=old, new=new, step=step),
            choices=[
                Choice("set_back", self.tr("Set back from here on"), lambda: undo.set_back(edit)),
                Choice("return", self.tr("Return to step {step}").format(step=step), lambda: undo.return_before(edit)),
            ],
        )

    def show_stuck(self) -> None:
        """Say that a call of the network's own code has not returned, so that nothing else is done."""
        sentence = self.tr(
            "The code of the network has not returned for a while, and until it does, Pause and Stop have to wait. If "
            "it never does, close the window and open it again: what was trained before is kept."
        )
        self._panel.show_notice(sentence, Kind.WARNING, topic=STUCK)

    def show_differed(self, step: int) -> None:
        """Say that the run was trained again, and that its losses differ from the recorded ones."""
        sentence = self.tr(
            "Trained again, the run differs from the recording from step {step} on: it was recorded on another "
            "machine, or with another torch or number of threads. Going on from here makes it a branch."
        )
        self._panel.show_notice(sentence.format(step=f"{step:,}"), Kind.WARNING)

    def show_graph_given_up(self, problem: UserError) -> None:
        """Say why the run trains without the CUDA graph that its settings ask for."""
        self._panel.show_notice(sentence_of(problem), Kind.WARNING)

    def show_replaced(self, sentence: str) -> None:
        """Say that the built-in data replace the default ones; the whole sentence is in the details."""
        text = self.tr(
            "Fashion-MNIST could not be downloaded: the built-in part of it is used. Details says what to do."
        )
        self._panel.show_notice(text, Kind.WARNING, sentence, topic=DATA)
        say(sentence)

    def show_weights_saved(self, path: Path) -> None:
        """Say where the weights are."""
        self._panel.show_notice(self.tr("Weights saved to {path}.").format(path=path), seconds=GOOD_NEWS_S)

    def show_saved(self, path: Path) -> None:
        """Say where a picture or a table was saved."""
        self._panel.show_notice(self.tr("Saved to {path}.").format(path=path), seconds=GOOD_NEWS_S)

    def show_checkpoint_saved(self, path: Path) -> None:
        """Say where the checkpoint is."""
        self._panel.show_notice(self.tr("Checkpoint saved to {path}.").format(path=path), seconds=GOOD_NEWS_S)

    def show_run_saved(self, path: Path, checked: UserError) -> None:
        """Say where the run file is, and what was checked."""
        text = self.tr("Run saved to {path}: {checked}.").format(path=path, checked=sentence_of(checked))
        self._panel.show_notice(text, seconds=GOOD_NEWS_S)

    def show_verified(self, event: RunVerified) -> None:
        """Say whether a run that was trained again came out as recorded."""
        steps, name = f"{event.steps:,}", event.name
        if event.is_left:
            text = self.tr("The run was changed at step {step}, so the rest of it is not compared with {name}.")
            self._panel.show_notice(text.format(step=steps, name=name))
            return
        if event.differs_at is None and not event.has_other_weights:
            text = self.tr("{name} is verified: {steps} steps, weights sha256 {sha256}.")
            self._panel.show_notice(text.format(name=name, steps=steps, sha256=event.weights_sha256))
            return
        if event.reasons:
            why = " ".join(sentence_of(each) for each in event.reasons)
        else:
            why = self.tr(
                "Everything that is known to matter is the same here: another part of the run was trained elsewhere, "
                "or the recording itself is wrong."
            )
        if event.difference is None:
            step, what = steps, self.tr("all losses are as recorded, but the weights are not")
        else:
            step, what = f"{event.differs_at:,}", sentence_of(event.difference)
        text = self.tr("{name} differs at step {step}: {what}. {why}")
        self._panel.show_notice(text.format(name=name, step=step, what=what, why=why), Kind.WARNING)

    def show_rescued(self, path: str) -> None:
        """Say that weights were saved when the program was ended last time."""
        text = self.tr("The weights of the last run were saved to {path} when the program was ended.")
        self._panel.show_notice(text.format(path=path))

    def show_evaluated(self, event: WeightsEvaluated, *, can_start: bool = False) -> None:
        """Say how good the weights of a file are, and whether its numbers were converted.

        Where `can_start`, offer to let the next run start from them.
        """
        name, loss = self._converted(event.path.name, event.converted), f"{event.average_loss:.6f}"
        if event.r2 is None:
            text = self.tr("{name}: accuracy {accuracy} %, average loss {loss} on the test samples.")
            sentence = text.format(name=name, accuracy=f"{100 * event.metric:.1f}", loss=loss)
        else:
            text = self.tr("{name}: mean absolute error {error}, {r2}, average loss {loss} on the test samples.")
            error, r2 = three_digits(event.metric), r2_text(event.r2)
            sentence = text.format(name=name, error=error, r2=r2, loss=loss)
        start = partial(self.start_requested.emit, event.path)
        choices = [Choice("start_from_weights", self.tr("Start from these weights"), start)] if can_start else []
        self._panel.show_notice(sentence, choices=choices)

    def show_start(self, path: Path, converted: tuple[str, str] | None = None) -> None:
        """Say that the next run starts from the weights of a file, and whether its numbers were converted."""
        text = self.tr("The next run starts from the weights of {name}: press Train.")
        name = self._converted(path.name, converted)
        self._panel.show_notice(text.format(name=name), seconds=GOOD_NEWS_S, topic=SETTINGS)

    def show_wait_for_export(self) -> None:
        """Say why the language or the zoom stays as it is."""
        self._panel.show_notice(
            self.tr("An export is being written: wait for its end or cancel it, then try again."),
            Kind.WARNING,
        )

    def show_zoom_refused(self, asked: int, present: int, *, is_presenting: bool) -> None:
        """Say why the window is not drawn larger, and what to do."""
        if is_presenting:
            text = self.tr(
                "At {asked} % the window would not fit this screen after the presentation, so it stays at {present} %."
            )
        else:
            text = self.tr(
                "At {asked} % the window would not fit this screen, so it stays at {present} %: the presentation (F11) "
                "shows the curves and the learning rate large."
            )
        self._panel.show_notice(text.format(asked=asked, present=present), topic=ZOOM)

    def show_zoom_reduced(self, wanted: int, present: int) -> None:
        """Say why the window is drawn smaller than last time."""
        text = self.tr(
            "At {wanted} %, as last set, the window would not fit this screen, so everything is drawn at {present} %."
        )
        self._panel.show_notice(text.format(wanted=wanted, present=present), topic=ZOOM)

    @property
    def stopped(self) -> DivergenceStopped | None:
        """What the user is asked about after the guard; None where nothing is asked."""
        return self._stopped

    def show_kept_again(self) -> None:
        """Say that runs are kept again, with what was trained meanwhile."""
        self._panel.show_notice(self.tr("Runs are kept again, with what was trained meanwhile."), seconds=GOOD_NEWS_S)

    def show_crashed(self, reason: str) -> None:
        """Say that the training side has ended because of a defect."""
        text = self.tr("Training could not go on ({reason}): close the window and open it again.")
        self._panel.show_notice(text.format(reason=reason), Kind.ERROR)

    def _converted(self, name: str, kinds: tuple[str, str] | None) -> str:
        """The name of a file of weights, and how its numbers were converted, if they were."""
        if kinds is None:
            return name
        found, made = kinds
        return self.tr("{name}, converted from {found} to {made}").format(name=name, found=found, made=made)

    # Undo

    @property
    def _as_it_was(self) -> str:
        return self.tr("Continue as it was")

    def _continue_again(self, _step: ContinuedAsItWas) -> None:
        self._controller.train_on(Resume(allow_spike=True))

    def _ask_again(self, step: ContinuedAsItWas) -> None:
        if step.place is not None:
            self._controller.return_to(*step.place)
            self.ask_after_guard(step.event)
