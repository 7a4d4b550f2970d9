"""What the card of each step of the tour says, and what it points at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from workbench.ui.models.session_state import SessionState
from workbench.ui.models.tour_model import TourStep

if TYPE_CHECKING:
    from workbench.engine.teaching.texts import Target

translate = QCoreApplication.translate


class StepText(NamedTuple):
    """A step.

    Attributes:
        title: a few words.
        text: what to do, and what it shows.
        target: what it points at; None for nothing.
    """

    title: str
    text: str
    target: Target | None


def text_of(step: TourStep, state: SessionState, *, can_go_on: bool) -> StepText:
    """The text of a step.

    Args:
        step: which one.
        state: of the session: what is to be pressed depends on it.
        can_go_on: whether the run has planned steps that are not trained yet.
    """
    match step:
        case TourStep.TRAIN:
            return _train(state)
        case TourStep.WATCH:
            return StepText(
                translate("Tour", "Watch the loss"),
                translate(
                    "Tour",
                    "The faint line is the loss of every batch, the strong one is smoothed. It falls while the network "
                    "learns; after each epoch a point shows the loss of the test images.",
                ),
                ("panel", "plots"),
            )
        case TourStep.RATE:
            return StepText(
                translate("Tour", "Drag the learning rate"),
                translate(
                    "Tour",
                    "Move this slider while it trains: the very next batch uses the new rate. Try one that is ten "
                    "times as large.",
                ),
                ("control", "learning_rate"),
            )
        case TourStep.MARK:
            return _mark(can_go_on=can_go_on)
        case TourStep.BACK:
            return StepText(
                translate("Tour", "Go back in time"),
                translate(
                    "Tour",
                    "Double-click the curve somewhere before your mark: the run returns to that step, with its "
                    "weights, bit for bit. What was recorded after it stays as a faint curve.",
                ),
                ("panel", "plots"),
            )
        case TourStep.SAVE:
            return StepText(
                translate("Tour", "Save the weights"),
                translate(
                    "Tour",
                    "The file loads into the tutorial's own class with torch.load. It can also be saved while a run "
                    "trains.",
                ),
                ("action", "save_weights"),
            )
        case TourStep.END:
            return StepText(
                translate("Tour", "That was the tour"),
                translate(
                    "Tour",
                    "You have trained, steered, gone back and saved. The lessons go on from here, each with one idea. "
                    "Help > Tour shows this again.",
                ),
                None,
            )


def _train(state: SessionState) -> StepText:
    if state is SessionState.PAUSED:
        text = translate("Tour", "A run is paused. Press Resume to train on, and watch what happens.")
        return StepText(translate("Tour", "Press Resume"), text, ("action", "pause"))
    text = translate(
        "Tour",
        "A network is trained with the settings on the left: those of the tutorial, if nothing was changed. The curves "
        "begin at once.",
    )
    return StepText(translate("Tour", "Press Train"), text, ("action", "train"))


def _mark(*, can_go_on: bool) -> StepText:
    if can_go_on:
        text = translate(
            "Tour",
            "Your change is marked on the curve, at the first step that used it. Every change leaves such a mark, "
            "and a line in the journal.",
        )
        return StepText(translate("Tour", "See the mark"), text, ("panel", "plots"))
    text = translate(
        "Tour",
        "The run has reached its end. Choose Run > Add epochs to train on with the new rate: its mark appears at the "
        "first step that uses it.",
    )
    return StepText(translate("Tour", "See the mark"), text, ("panel", "plots"))
