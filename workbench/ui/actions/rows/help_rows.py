"""Actions that find, explain and teach."""

from __future__ import annotations

from typing import Final

from workbench.ui.actions.rows.action_row import ActionRow

HELP_ROWS: Final = (
    ActionRow(
        key="command_palette",
        text="Command palette…",
        tip="Find any action, setting, panel, run or recent file by typing a few letters of it; lr 0.01 sets a value.",
        shortcut="Ctrl+K",
        icon="keyboard",
    ),
    ActionRow(
        key="guide",
        text="Guide…",
        tip="Read about every setting, choice, action and panel in one window, and search all of it.",
        icon="info",
    ),
    ActionRow(
        key="tour",
        text="Tour",
        tip="Six short steps at the real controls: train, steer, go back, save. Esc ends it.",
    ),
    ActionRow(
        key="tutorial",
        text="Tutorial",
        tip="Read PyTorch's tutorial in short, section by section: what a section describes lights up.",
    ),
    ActionRow(
        key="glossary",
        text="Glossary",
        tip="Look up the terms of training in English and Korean, and see the control that each belongs to.",
    ),
    ActionRow(
        key="lessons",
        text="Lessons",
        tip="Ready-made experiments: each sets the controls, trains, and checks what was seen.",
    ),
    ActionRow(
        key="explain_this",
        text="Explain this",
        tip="Click on any control, curve, number or mark to have it explained with its present value; Esc leaves.",
        shortcut="F1",
        icon="question",
        checkable=True,
    ),
    ActionRow(
        key="explain_focus",
        text="Explain what has the focus",
        tip="Explain the control or plot that the keyboard acts on, with its present value.",
        shortcut="Shift+F1",
    ),
    ActionRow(
        key="shortcuts",
        text="Keyboard shortcuts",
        tip="List the keyboard shortcuts.",
        shortcut="Ctrl+F1",
        icon="keyboard",
    ),
    ActionRow(key="about", text="About", tip="Show the versions and the licence.", icon="info"),
)
