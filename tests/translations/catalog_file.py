"""Reads and writes the `.ts` file of a language; what is translated stays, what is not said any more goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

from workbench.engine.translation import messages

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Entry(NamedTuple):
    """A translation, and whether somebody has said that it is right."""

    text: str
    is_finished: bool


def entries_of(file: Path) -> dict[tuple[str, str], Entry]:
    """The entries of a file by context and English text; {} where there is no file."""
    if not file.exists():
        return {}
    root = ElementTree.parse(file).getroot()
    return {(context, source): Entry(text, finished) for context, source, text, finished in messages(root)}


def updated(known: Mapping[tuple[str, str], Entry], texts: Mapping[str, set[str]]) -> dict[tuple[str, str], Entry]:
    """The entries for `texts` (by context): the known ones, else the same text of another context, else unfinished."""
    anywhere = {source: entry for (_, source), entry in known.items() if entry.is_finished and entry.text}
    return {
        (context, source): known.get((context, source)) or anywhere.get(source) or Entry("", is_finished=False)
        for context in sorted(texts)
        for source in sorted(texts[context])
    }


def write_entries(file: Path, language: str, entries: Mapping[tuple[str, str], Entry]) -> None:
    """Write a `.ts` file of Qt Linguist's format, in an order that stays the same."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    place: ElementTree.Element | None = None
    name = None
    for (context, source), entry in sorted(entries.items()):
        if context != name or place is None:
            name, place = context, ElementTree.SubElement(root, "context")
            ElementTree.SubElement(place, "name").text = context
        message = ElementTree.SubElement(place, "message")
        ElementTree.SubElement(message, "source").text = source
        translation = ElementTree.SubElement(message, "translation")
        translation.text = entry.text or None
        if not entry.is_finished:
            translation.set("type", "unfinished")
    ElementTree.indent(root, "    ")
    body = ElementTree.tostring(root, encoding="unicode", short_empty_elements=False)
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")
