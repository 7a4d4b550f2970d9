"""Actions that train a run, go to its steps and try something on it."""

from __future__ import annotations

from typing import Final

from workbench.ui.actions.rows.action_row import ActionRow
from workbench.ui.models.session_state import CAN_CONTINUE, CAN_DISCARD, CAN_PAUSE, CAN_STOP, CAN_TRAIN, CAN_TRAVEL

RUN_ROWS: Final = (
    ActionRow(
        key="train",
        text="Train",
        tip="Start a new run with the settings on the left.",
        shortcut="Ctrl+R",
        icon="train",
        enabled_in=CAN_TRAIN,
        needs=("fitting",),
    ),
    ActionRow(
        key="pause",
        text="Pause",
        tip="Pause after the current batch and keep the model; press again to resume.",
        shortcut="Space",
        icon="pause",
        enabled_in=CAN_PAUSE,
        needs=("trainable", "steps_left"),
    ),
    ActionRow(
        key="step",
        text="Step",
        tip="Train one batch, then pause; after the last planned epoch, this plans one more epoch.",
        shortcut=".",
        icon="step",
        enabled_in=CAN_CONTINUE,
        needs=("trainable",),
    ),
    ActionRow(
        key="step_epoch",
        text="Step one epoch",
        tip="Train to the end of the current epoch, test, then pause.",
        shortcut="Ctrl+E",
        icon="step_epoch",
        enabled_in=CAN_CONTINUE,
        needs=("trainable",),
    ),
    ActionRow(
        key="run_steps",
        text="Run steps…",
        tip="Train a number of batches, then pause.",
        shortcut="Ctrl+Shift+E",
        icon="run_steps",
        enabled_in=CAN_CONTINUE,
        needs=("trainable",),
    ),
    ActionRow(
        key="continue_run",
        text="Add epochs…",
        tip="Add epochs to this run and continue training; also after the run has finished.",
        shortcut="Ctrl+Shift+R",
        icon="plus",
        enabled_in=CAN_CONTINUE,
        needs=("trainable",),
    ),
    ActionRow(
        key="stop",
        text="Stop",
        tip="End the run after the current batch; the run is kept, and you can continue it.",
        shortcut="Ctrl+.",
        icon="stop",
        enabled_in=CAN_STOP,
    ),
    ActionRow(
        key="discard_run",
        text="Discard run…",
        tip="Stop the run and delete it.",
        icon="trash",
        enabled_in=CAN_DISCARD,
        needs=("run",),
    ),
    ActionRow(
        key="go_to_step",
        text="Go to step…",
        tip="Go to another recorded step of this run, earlier or later.",
        shortcut="Ctrl+G",
        icon="rewind",
        enabled_in=CAN_TRAVEL,
        needs=("run",),
    ),
    ActionRow(
        key="go_to_newest",
        text="Go to the newest step",
        tip="Go to the last recorded step of this run.",
        shortcut="Ctrl+Shift+G",
        icon="newest",
        enabled_in=CAN_TRAVEL,
        needs=("run", "recording"),
    ),
    ActionRow(
        key="find_learning_rate",
        text="Find learning rate…",
        tip="See on a copy of the run, or on a new network, which learning rates make the loss fall.",
        shortcut="Ctrl+L",
        icon="learning_rate",
    ),
    ActionRow(
        key="what_if",
        text="What if…",
        tip="Train short futures of the run with other values, and go on as one of them if you like.",
        shortcut="Ctrl+Shift+L",
        icon="fork",
    ),
    ActionRow(
        key="check_network",
        text="Check the network…",
        tip="Check the first loss, and whether the network can learn 20 samples, before a long run.",
        icon="check",
    ),
)
