"""What each panel is for, and what the figures of the status bar are."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def panel_help(key: str) -> str:
    """What the panel with this key is for; "" where there is no such panel."""
    return _panels().get(key, "")


def figure_help(name: str) -> str:
    """What the figure in the label with this object name is; "" for another label."""
    return _figures().get(name, "")


def _panels() -> dict[str, str]:
    return {
        "notice": translate("Explain", "Says what has happened and what can be done about it."),
        "controls": translate(
            "Explain",
            "What is trained and how: the data, the network, and the hyperparameters. Those that apply while training "
            "steer the run from its next batch or epoch on.",
        ),
        "figures": translate(
            "Explain", "The result in large figures: how good the network is now, and how far the run has come."
        ),
        "plots": translate(
            "Explain",
            "The curves of the run over its steps. The wheel zooms, dragging pans; marks show what was changed.",
        ),
        "look_back": translate(
            "Explain", "Looks back: the panels below show what the network knew after the chosen epoch."
        ),
        "log": translate("Explain", "The text that the tutorial's program prints for the same training."),
        "journal": translate(
            "Explain", "Every change of a hyperparameter in this run, and each time the guard stepped in."
        ),
        "data": translate("Explain", "The samples that the network is trained on, as it sees them."),
        "network": translate("Explain", "The layers of the chosen network, their outputs and parameters."),
        "runs": translate("Explain", "All runs that were ever trained and are kept, with their settings and results."),
        "branches": translate("Explain", "Which run branched off which, and at which step."),
        "run_values": translate(
            "Explain",
            "What each run in the plots had at the step that is pointed at, or at the newest step: loss, accuracy, "
            "learning rate.",
        ),
        "confusion_matrix": translate(
            "Explain",
            "Which class is predicted as which: rows are true classes, columns predicted ones. For numbers: predicted "
            "against true ones.",
        ),
        "classes": translate("Explain", "How many samples of each class are found, over the epochs."),
        "calibration": translate("Explain", "How often the network is right when it is sure."),
        "test_map": translate(
            "Explain",
            "All test samples in the two main directions of a layer's activations: near points look alike to the "
            "network.",
        ),
        "layers": translate(
            "Explain", "What happens in each layer: weights, gradients, sizes of the updates, units that give nothing."
        ),
        "decision_boundary": translate("Explain", "What the network says at each place of the plane, with the points."),
        "draw_pad": translate("Explain", "Draw or change a sample, and see at once what the network makes of it."),
        "hints": translate("Explain", "What the curves may mean, the figures this rests on, and one thing to do."),
        "what_if": translate("Explain", "Short futures of the run with other values, side by side."),
        "lr_finder": translate(
            "Explain", "Trains a copy with a growing learning rate, and marks where the loss falls fastest."
        ),
        "checks": translate("Explain", "Whether the first loss is that of guessing, and the network can learn at all."),
        "gallery": translate("Explain", "Test samples with what the network says of them, the most interesting first."),
        "suspected_labels": translate(
            "Explain", "Samples whose own label had a low probability in all epochs: the label may be wrong."
        ),
        "spike": translate("Explain", "The samples of one batch, each with its loss: click on the curve to choose it."),
        "lessons": translate(
            "Explain", "Ready-made experiments: each sets the controls, says what to watch, and checks what was seen."
        ),
        "tutorial": translate(
            "Explain",
            "The sections of PyTorch's tutorial in other words: what a section describes lights up in the window.",
        ),
        "glossary": translate(
            "Explain", "The terms of training in English and Korean, and the control that each belongs to."
        ),
        "status": translate("Explain", "The state of the run, its progress, its speed, and where it is computed."),
    }


def _figures() -> dict[str, str]:
    return {
        "status_state": translate("Explain", "What the program is doing, and where the run is."),
        "status_progress": translate("Explain", "The share of the planned samples that are trained."),
        "status_speed": translate("Explain", "Training samples per second, as a mean over the last three seconds."),
        "status_time_left": translate(
            "Explain", "The time until the last planned epoch, at the speed of the last half minute."
        ),
        "status_result": translate("Explain", "The mean absolute error and R² of the last test."),
        "status_machine": translate("Explain", "The device and the number of threads that compute the run."),
        "figure_loss": translate(
            "Explain", "The smoothed training loss of the last step, and its change since the epoch before."
        ),
        "figure_training": translate("Explain", "The result on the training samples of this epoch so far."),
        "figure_test": translate("Explain", "The result of the last test, on samples that are never trained on."),
        "figure_best": translate("Explain", "The best result of a test of this run, and the epoch that it closed."),
        "readout": translate("Explain", "The values under the pointer."),
    }
