"""What the guide says: built from the rows of the tables and their help texts, so that it cannot differ from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.recipe import REGISTRIES
from workbench.engine.teaching.glossary import glossary
from workbench.engine.teaching.lessons import lessons
from workbench.ui.actions.action_rows import ACTIONS, translated
from workbench.ui.help.explaining.panel_texts import panel_help
from workbench.ui.text.engine_texts import help_of, label_of, live_text, range_text
from workbench.ui.text.numbers import value_in_words
from workbench.ui.text.teaching_texts import claim_text, in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbench.engine.config.hyperparameters import Hyperparameter
    from workbench.engine.teaching.texts import Target

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an entry.

    Attributes:
        text: plain.
        heading: before it, in bold; "" for none.
    """

    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """An entry of the guide.

    Attributes:
        topic: its key: the name of the row, action or panel.
        title: what it is called in the window.
        paragraphs: what there is to say.
        target: where it is in the window; None for nothing that can be shown.
    """

    topic: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    target: Target | None = None

    @property
    def text(self) -> str:
        """All of it, for the search."""
        return "\n".join([self.title, *(f"{each.heading} {each.text}" for each in self.paragraphs)])


@dataclass(frozen=True, slots=True)
class GuideGroup:
    """Entries of one kind under a heading."""

    title: str
    entries: tuple[GuideEntry, ...]


def guide_groups(panels: Iterable[tuple[str, str, str]]) -> list[GuideGroup]:
    """The whole guide.

    Args:
        panels: of each panel the key, the title and the key of the keyboard that shows it, in the user's language.
    """
    return [
        GuideGroup(translate("Guide", "Settings"), tuple(_setting(row) for row in TABLE.values())),
        GuideGroup(translate("Guide", "Choices"), tuple(_choice(name) for name in REGISTRIES)),
        GuideGroup(translate("Guide", "Actions"), tuple(_action(key) for key in ACTIONS)),
        GuideGroup(translate("Guide", "Panels"), tuple(_panel(*panel) for panel in panels)),
        GuideGroup(translate("Guide", "Lessons"), tuple(_lessons())),
        GuideGroup(translate("Guide", "Terms"), tuple(_terms())),
    ]


def topics_of(groups: Sequence[GuideGroup]) -> dict[str, GuideEntry]:
    """The entries by topic; of those with the same topic the first, so that a setting comes before a term."""
    topics: dict[str, GuideEntry] = {}
    for group in groups:
        for entry in group.entries:
            topics.setdefault(entry.topic, entry)
    return topics


def _setting(row: Hyperparameter) -> GuideEntry:
    facts = [Paragraph(value_in_words(row, row.default), translate("Guide", "Usual value"))]
    if row.choices:
        facts.append(Paragraph(", ".join(row.choices), translate("Guide", "Allowed")))
    elif row.kind in (int, float):
        facts.append(Paragraph(range_text(row), translate("Guide", "Allowed")))
    when = live_text(row) or translate("Guide", "With the next run.")
    facts.append(Paragraph(when, translate("Guide", "Takes effect")))
    return GuideEntry(row.name, label_of(row), (Paragraph(help_of(row)), *facts), ("control", row.name))


def _choice(name: str) -> GuideEntry:
    registry = REGISTRIES[name]
    rows = tuple(Paragraph(help_of(row), label_of(row)) for row in registry)
    return GuideEntry(name, label_of(registry), rows, ("control", name))


def _action(key: str) -> GuideEntry:
    row = ACTIONS[key]
    paragraphs = [Paragraph(translated(row.tip))]
    if row.shortcut:
        keys = QKeySequence(row.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        paragraphs.append(Paragraph(keys, translate("Guide", "Key")))
    return GuideEntry(key, translated(row.text).rstrip("…"), tuple(paragraphs), ("action", key))


def _panel(key: str, title: str, shortcut: str) -> GuideEntry:
    paragraphs = [Paragraph(panel_help(key))]
    if shortcut:
        paragraphs.append(Paragraph(shortcut, translate("Guide", "Key")))
    return GuideEntry(key, title, tuple(paragraphs), ("panel", key))


def _lessons() -> Iterable[GuideEntry]:
    for lesson in lessons():
        claims = tuple(
            Paragraph(claim_text(check), translate("Guide", "What should be seen")) for check in lesson.checks
        )
        paragraphs = (Paragraph(in_language(lesson.aim)), Paragraph(in_language(lesson.watch)), *claims)
        yield GuideEntry(f"lesson:{lesson.key}", in_language(lesson.title), paragraphs)


def _terms() -> Iterable[GuideEntry]:
    for term in glossary():
        paragraphs = (Paragraph(term.definition.en, term.name.en), Paragraph(term.definition.ko, term.name.ko))
        yield GuideEntry(f"term:{term.name.en}", in_language(term.name), paragraphs, term.target)
