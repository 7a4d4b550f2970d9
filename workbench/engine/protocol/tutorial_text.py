"""The text that the tutorial prints, character for character, from events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.engine.protocol.events import EpochStarted, EpochTested, LossReported, Outcome, RunEnded

if TYPE_CHECKING:
    from workbench.engine.protocol.events import Event


def tutorial_text(event: Event) -> str:
    """The lines that the tutorial prints for `event`, with their line ends; empty where it prints nothing."""
    match event:
        case EpochStarted(epoch=epoch):
            return f"Epoch {epoch}\n{'-' * 31}\n"
        case LossReported(loss=loss, current=current, size=size):
            return f"loss: {loss:>7f}  [{current:>5d}/{size:>5d}]\n"
        case EpochTested(evaluation=evaluation) if evaluation.r2 is not None:
            return f"Test Error: \n Avg loss: {evaluation.average_loss:>8f} \n\n"  # the tutorial has no regression
        case EpochTested(evaluation=evaluation):
            accuracy = f"{100 * evaluation.metric:>0.1f}"
            return f"Test Error: \n Accuracy: {accuracy}%, Avg loss: {evaluation.average_loss:>8f} \n\n"
        case RunEnded(outcome=Outcome.FINISHED):
            return "Done!\n"
        case _:
            return ""
