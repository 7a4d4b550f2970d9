"""The scenes: what is done in the window, and when a picture of it is taken."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QTableView

from tests.screenshots.stage import SETTLE_S, Stage
from tests.screenshots.steering import steer
from workbench.ui.models.session_state import SessionState

if TYPE_CHECKING:
    from collections.abc import Callable

EPOCH: Final = 938
"""Steps of an epoch of Fashion-MNIST in batches of 64."""


def dark(folder: Path) -> None:
    """One run while it trains with a changed rate, presented, finished, explained, and gone back in."""
    stage = Stage(folder, "--theme", "dark", "--epochs", "8", "--learning-rate", "0.01")
    stage.press("train")
    stage.train_to(2 * EPOCH)
    stage.set(learning_rate=0.05)
    stage.train_to(5 * EPOCH - EPOCH // 3)
    stage.shoot("training-dark")
    stage.press("presentation")
    stage.train_to(6 * EPOCH)
    stage.shoot("presentation-dark")
    stage.press("presentation")
    stage.until(lambda: stage.window.state is SessionState.READY)
    stage.shoot("finished-dark")
    stage.press("workspace_understand")
    stage.wait(2)
    stage.click(stage.find("take_test_image"))
    stage.wait(1)
    stage.shoot("understand-dark")
    stage.press("workspace_train")
    stage.wait(SETTLE_S)
    stage.go_to(3 * EPOCH + EPOCH // 2)
    stage.shoot("travelled-dark")
    stage.leave()


def light(folder: Path) -> None:
    """The window before the first run."""
    stage = Stage(folder, "--theme", "light")
    stage.shoot("idle-light")
    stage.leave()


def compared(folder: Path) -> None:
    """Three runs over one another."""
    stage = Stage(folder, "--theme", "light", "--epochs", "3", "--learning-rate", "0.01")
    stage.train_to_the_end()
    stage.set(learning_rate=0.1)
    stage.train_to_the_end()
    stage.set(optimizer="adam", learning_rate=0.001)
    stage.train_to_the_end()
    stage.press("workspace_compare")
    stage.wait(1)
    table = stage.find("runs_table")
    assert isinstance(table, QTableView)
    rows = table.model().rowCount()
    for row in range(rows):
        choose = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        table.selectionModel().select(table.model().index(row, 0), choose)
    stage.wait(0.2)
    stage.click(stage.find("run_overlay_button"))
    stage.wait(2)
    stage.shoot("compared-light")
    stage.leave()


def spirals(folder: Path) -> None:
    """Two spirals, and what the network says everywhere in the plane."""
    words = ("--dataset", "spirals", "--optimizer", "adam", "--learning-rate", "0.003", "--epochs", "40")
    stage = Stage(folder, "--theme", "light", *words)
    stage.train_to_the_end()
    stage.press("workspace_understand")
    stage.show_panel("decision_boundary")
    stage.wait(2)
    stage.shoot("spirals-light")
    stage.leave()


def korean(folder: Path) -> None:
    """The window in Korean while it trains."""
    stage = Stage(folder, "--theme", "light", "--lang", "ko", "--epochs", "5", "--learning-rate", "0.05")
    stage.press("train")
    stage.train_to(3 * EPOCH + EPOCH // 2)
    stage.shoot("korean-light")
    stage.leave()


def steering(folder: Path) -> None:
    """The animation: the learning rate is dragged until the loss diverges, and back, while the run trains."""
    stage = Stage(folder, "--theme", "dark", "--epochs", "20", "--learning-rate", "0.02")
    steer(stage, folder / "steering-dark.webp")
    stage.leave()


SCENES: Final[dict[str, Callable[[Path], None]]] = {
    scene.__name__: scene for scene in (dark, light, compared, spirals, korean, steering)
}

if __name__ == "__main__":
    SCENES[sys.argv[1]](Path(sys.argv[2]))
