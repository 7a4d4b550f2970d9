"""The user's language: which one it is, and the translations of the program's English texts into it.

The translations are in Qt's own format (`.ts`, which Qt Linguist edits). The window gives them to Qt with a translator
of its own (`ui/text/translation`), and the command line, which works without Qt, takes them from here: one file is the
source of both, and there is nothing to compile.

A text that has no translation, an unfinished one, or one whose placeholders differ from those of the English text stays
English: a fault in a translation must not stop the program.
"""

from __future__ import annotations

import locale
import os
import string
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LANGUAGES: Final = {"en": "English", "ko": "한국어"}
"""The languages of the program by their codes (ISO 639), each named in itself."""
ENGLISH: Final = "en"


class Catalog:
    """The translations of one language.

    Args:
        by_context: for each context and English text, the translation.
    """

    def __init__(self, by_context: Mapping[tuple[str, str], str]) -> None:
        self._by_context = dict(by_context)
        # A base class names its texts, but Qt asks with the name of the class that inherits them.
        self._anywhere = {source: text for (_, source), text in reversed(self._by_context.items())}

    def find(self, context: str, source: str) -> str:
        """The translation of `source`: that of the context, else that of any other; "" where there is none."""
        return self._by_context.get((context, source)) or self._anywhere.get(source, "")


class _Language:
    """The language of this process."""

    def __init__(self) -> None:
        self.code = ENGLISH
        self.catalog = Catalog({})


_CURRENT: Final = _Language()


def use_language(code: str, folder: Path) -> Catalog:
    """Make `code` the language of this process, and return its catalog.

    Args:
        code: one of `LANGUAGES`.
        folder: of the translations; where its file cannot be read, the texts stay English.
    """
    _CURRENT.code = code
    _CURRENT.catalog = Catalog({} if code == ENGLISH else read_translations(folder / f"workbench_{code}.ts"))
    return _CURRENT.catalog


def current_language() -> str:
    """The language of this process, one of `LANGUAGES`."""
    return _CURRENT.code


def translated(source: str, context: str = "CommandLine") -> str:
    """`source` in the language of this process; `source` itself where there is no translation."""
    return _CURRENT.catalog.find(context, source) or source


def language_of_system() -> str:
    """The language that the environment asks for (LC_ALL, LC_MESSAGES, LANG); English where it is none of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return _known(value)
    try:
        return _known(locale.getlocale()[0] or "")
    except ValueError:
        return ENGLISH


def read_translations(file: Path) -> dict[tuple[str, str], str]:
    """The finished translations of a `.ts` file by context and English text; {} where it cannot be read."""
    try:
        root = ElementTree.parse(file).getroot()
    except (OSError, ElementTree.ParseError):
        return {}
    return {
        (context, source): text
        for context, source, text, is_finished in messages(root)
        if text and is_finished and fits(source, text)
    }


def messages(root: ElementTree.Element) -> Iterator[tuple[str, str, str, bool]]:
    """The context, the English text, the translation of each message, and whether the translation is finished."""
    for context in root.iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            text = "" if translation is None else translation.text or ""
            is_finished = translation is not None and translation.get("type") is None
            yield name, message.findtext("source", ""), text, is_finished


def fits(source: str, text: str) -> bool:
    """Whether a translation takes what the English text takes."""
    names = placeholders(text)
    return names is not None and names == placeholders(source)


def placeholders(text: str) -> set[str] | None:
    """The names in braces that `str.format` would fill; None where it would refuse the text."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def _known(value: str) -> str:
    code = value.partition(".")[0].partition("_")[0].partition("-")[0].lower()
    return code if code in LANGUAGES else ENGLISH
