"""Actions on files: weights, checkpoints, run files, exports, own data and networks."""

from __future__ import annotations

from typing import Final

from workbench.ui.actions.rows.action_row import ActionRow
from workbench.ui.models.session_state import CAN_OPEN, CAN_TRAIN, CAN_USE_WEIGHTS

FILE_ROWS: Final = (
    ActionRow(
        key="save_weights",
        text="Save weights…",
        tip="Write the trained weights to a .pt or .safetensors file; also while training.",
        shortcut="Ctrl+S",
        icon="save",
        enabled_in=CAN_USE_WEIGHTS,
        needs=("weights",),
    ),
    ActionRow(
        key="load_weights",
        text="Test weights…",
        tip="Test the weights in a file and show how good they are.",
        shortcut="Ctrl+O",
        icon="open",
        enabled_in=CAN_USE_WEIGHTS,
    ),
    ActionRow(
        key="start_from_weights",
        text="Start from weights…",
        tip="Let the next run start from the weights in a file instead of those that its seed draws.",
        icon="open",
        enabled_in=CAN_TRAIN,
    ),
    ActionRow(
        key="save_checkpoint",
        text="Save checkpoint…",
        tip="Write the whole state of the run to a file: weights, optimizer, random state, curves and journal.",
        shortcut="Ctrl+Shift+S",
        icon="save",
        enabled_in=CAN_USE_WEIGHTS,
        needs=("run",),
    ),
    ActionRow(
        key="open_checkpoint",
        text="Open checkpoint…",
        tip="Open the run in a checkpoint file, at the step where it was saved.",
        shortcut="Ctrl+Shift+O",
        icon="open",
        enabled_in=CAN_OPEN,
    ),
    ActionRow(
        key="export",
        text="Export…",
        tip="Save the run in other forms: a run file, a Python script, a table, a network for other programs.",
        shortcut="Ctrl+Shift+X",
        icon="download",
        enabled_in=CAN_USE_WEIGHTS,
        needs=("run",),
    ),
    ActionRow(
        key="save_run",
        text="Save run…",
        tip="Write a small file with which anyone can train this run again and compare every bit.",
        icon="save",
        enabled_in=CAN_USE_WEIGHTS,
        needs=("run",),
    ),
    ActionRow(
        key="open_run_file",
        text="Open run file…",
        tip="Train the run in a run file again, and see whether every bit comes out as recorded.",
        icon="open",
        enabled_in=CAN_OPEN,
    ),
    ActionRow(
        key="open_data",
        text="Open data set…",
        tip="Train on your own files: a table, a folder of pictures for each class, or arrays.",
        shortcut="Ctrl+D",
        icon="data",
        enabled_in=CAN_TRAIN,
    ),
    ActionRow(
        key="open_network",
        text="Open network…",
        tip="Train a network of your own: a class or function of a Python file that is, or returns, an nn.Module.",
        icon="open",
        enabled_in=CAN_TRAIN,
    ),
    ActionRow(key="quit", text="Quit", tip="Close the window.", shortcut="Ctrl+Q", icon="quit"),
)
