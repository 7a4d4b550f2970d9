"""What the palette offers besides the settings: actions, panels, runs and files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from workbench.ui.actions.action_rows import ACTIONS
from workbench.ui.actions.mnemonics import without_mnemonic
from workbench.ui.help.palette.aliases import ALIASES
from workbench.ui.help.palette.entry import Entry, Kind, names_for
from workbench.ui.text.engine_texts import sentence_of
from workbench.ui.text.metric_texts import UNKNOWN, metric_text
from workbench.ui.text.run_texts import numbered, status_text, title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from PySide6.QtGui import QAction

    from workbench.engine.store.run_store import RunSummary

MOST_RUNS: Final = 200
"""The newest; with more, each letter typed would take longer than a frame."""

COMMAND_PALETTE: Final = "command_palette"
"""The action that opens the palette is no use in it."""


class PanelEntry(NamedTuple):
    """A panel, for the palette.

    Attributes:
        key: of its dock.
        title: in the user's language.
        shortcut: its key, as the system writes it; "" for none.
    """

    key: str
    title: str
    shortcut: str = ""


def action_entries(actions: Mapping[str, QAction], why_not: Callable[[str], str]) -> list[Entry]:
    """One for each action."""
    entries = []
    for key, action in actions.items():
        if key == COMMAND_PALETTE:
            continue
        title = without_mnemonic(action.text()).rstrip("…")
        entries.append(
            Entry(
                key=f"action:{key}",
                kind=Kind.ACTION,
                title=title,
                detail=action.statusTip(),
                shortcut=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
                act=action.trigger,
                why_not="" if action.isEnabled() else why_not(key),
                names=names_for(title, key, ACTIONS[key].text, *ALIASES.get(key, ())),
            )
        )
    return entries


def panel_entries(panels: Iterable[PanelEntry], show: Callable[[str], None]) -> list[Entry]:
    """One for each panel: it comes to the front and takes the keyboard."""
    translate = QCoreApplication.translate
    return [
        Entry(
            key=f"panel:{panel.key}",
            kind=Kind.PANEL,
            title=translate("Palette", "Panel: {title}").format(title=panel.title),
            shortcut=panel.shortcut,
            act=partial(show, panel.key),
            names=names_for(panel.title, panel.key.removesuffix("_dock"), "panel", *ALIASES.get(panel.key, ())),
        )
        for panel in panels
    ]


def run_entries(runs: Sequence[RunSummary], open_run: Callable[[str], None]) -> list[Entry]:
    """One for each of the newest runs of the store."""
    translate = QCoreApplication.translate
    newest = sorted(runs, key=lambda run: run.number, reverse=True)[:MOST_RUNS]
    entries = []
    for run in newest:
        if run.problem is not None:
            detail, why_not = status_text(run.status), sentence_of(run.problem)
        else:
            figure = UNKNOWN if run.metric is None else metric_text(run.recipe.task.metric, run.metric)
            detail, why_not = translate("Palette", "{status} · {figure}"), ""
            detail = detail.format(status=status_text(run.status), figure=figure)
        entries.append(
            Entry(
                key=f"run:{run.identity.id}",
                kind=Kind.RUN,
                title=translate("Palette", "Open {run}").format(run=title_of(run)),
                detail=detail,
                act=partial(open_run, run.identity.id),
                why_not=why_not,
                names=names_for(title_of(run), numbered(run.number), run.note),
            )
        )
    return entries


def file_entries(paths: Iterable[Path], choose: Callable[[Path], None]) -> list[Entry]:
    """One for each file that was opened or saved last."""
    translate = QCoreApplication.translate
    return [
        Entry(
            key=f"file:{path}",
            kind=Kind.FILE,
            title=translate("Palette", "Open {file}").format(file=path.name),
            detail=str(path.parent),
            act=partial(choose, path),
            names=names_for(path.name, str(path.parent)),
        )
        for path in paths
    ]
