"""Says what is in a run file and what differs here, before its run is trained again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout

from workbench.engine.recipe import REGISTRIES
from workbench.ui.text.engine_texts import label_of, sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from workbench.engine.errors import UserError
    from workbench.engine.exporters.run_record import RunRecord

WIDTH: Final = 560
SHOWN: Final = ("dataset", "model", "optimizer")
_LONG_WORD: Final = re.compile(r"(\S{40})(?=\S)")


def ask_before_verifying(
    parent: QWidget,
    file: str,
    record: RunRecord,
    differences: Sequence[UserError],
    *,
    threads: int | None = None,
    is_training: bool,
    accepted: Callable[[int | None], None],
) -> QDialog:
    """Ask whether to train the run again. The dialog opens and the function returns.

    Args:
        parent: the window.
        file: the name of the run file.
        record: what is in it.
        differences: why it may come out otherwise here.
        threads: how many trained it, if that is offered, because here are others.
        is_training: whether a run trains now, which is stopped then.
        accepted: called if the user agrees, with the number of threads, if that is chosen.
    """
    translate = QCoreApplication.translate
    dialog = QDialog(parent)
    dialog.setObjectName("verify_dialog")
    dialog.setWindowTitle(translate("Dialogs", "Open run file"))
    dialog.setMinimumWidth(WIDTH)
    heading = _label(translate("Dialogs", "Train the run of {file} again?").format(file=file), "verify_heading")
    heading.setProperty("role", "heading")
    about = translate(
        "Dialogs",
        "{choices}: {steps} steps with {changes} changes. It is trained again from its first step over the recorded "
        "curve, and every loss, every evaluation and the last weights are compared bit for bit.",
    ).format(
        choices=" · ".join(_choices(record)),
        steps=f"{record.steps:,}",
        changes=f"{len(record.history.changes):,}",
    )
    lines: list[QWidget] = [_label(about, "verify_about")]
    as_recorded: QCheckBox | None = None
    if differences:
        text = translate("Dialogs", "Here the result may differ from the recorded one:")
        lines.append(_label(text, "verify_differs"))
        for index, each in enumerate(differences):
            reason = _label(f"• {sentence_of(each)}", f"verify_difference_{index}")
            reason.setProperty("role", "warning")
            lines.append(reason)
        if threads is not None:
            text = translate("Dialogs", "Train with the recording's number of threads ({count})")
            as_recorded = QCheckBox(text.format(count=threads))
            as_recorded.setObjectName("verify_threads")
            lines.append(as_recorded)
    else:
        text = translate(
            "Dialogs",
            "PyTorch, threads, processor and device are those that it was recorded with: every bit should come out "
            "the same.",
        )
        lines.append(_label(text, "verify_same"))
    if is_training:
        text = translate("Dialogs", "The run that trains now is stopped; it is kept, and can be continued.")
        lines.append(_label(text, "verify_stops"))
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, dialog)
    train = buttons.addButton(translate("Dialogs", "Train it again"), QDialogButtonBox.ButtonRole.AcceptRole)
    train.setObjectName("verify_train")
    train.setDefault(True)
    buttons.button(QDialogButtonBox.StandardButton.Cancel).setObjectName("verify_cancel")
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    dialog.accepted.connect(lambda: accepted(threads if as_recorded is not None and as_recorded.isChecked() else None))
    layout = QVBoxLayout(dialog)
    layout.setSpacing(12)
    layout.addWidget(heading)
    for line in lines:
        layout.addWidget(line)
    layout.addStretch()
    layout.addWidget(buttons)
    dialog.resize(WIDTH, layout.totalHeightForWidth(WIDTH))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def _choices(record: RunRecord) -> list[str]:
    recipe = record.recipe
    texts = []
    for name in SHOWN:
        key = recipe.choices()[name]
        if name == "model" and recipe.network is not None:
            texts.append(recipe.network.name)
        elif name == "dataset" and recipe.source is not None:
            texts.append(recipe.source.path)
        else:
            texts.append(label_of(REGISTRIES[name][key]))
    if (weights := recipe.initial_weights) is not None:
        texts.append(QCoreApplication.translate("Dialogs", "from the weights of {file}").format(file=weights.file_name))
    return texts


def _label(text: str, name: str) -> QLabel:
    # A stranger's file may name a processor without a space in it: the label would be as wide as that.
    label = QLabel(_LONG_WORD.sub("\\1\u200b", text))
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
