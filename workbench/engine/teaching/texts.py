"""Texts in each language of the program, and the reader of the TOML files that hold them."""

from __future__ import annotations

import string
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from workbench.engine.config.hyperparameters import TABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

LANGUAGES: Final = ("en", "ko")
Target = tuple[Literal["control", "panel", "action"], str]
"""Something in the window that a text is about: what kind of thing, and its key."""
_TARGETS: Final = ("control", "panel", "action")
T = TypeVar("T")


class TextError(ValueError):
    """A file of texts has a missing, unknown or malformed entry; the message names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Text:
    """The same text in each language; placeholders in braces are the same in all of them."""

    en: str
    ko: str

    def in_language(self, language: str) -> str:
        """The text in `language`, English where the program does not have that one."""
        return self.ko if language == "ko" else self.en

    @property
    def placeholders(self) -> frozenset[str]:
        """The names in braces."""
        return placeholders_of(self.en)


def placeholders_of(text: str) -> frozenset[str]:
    """The names in braces in `text`.

    Raises:
        ValueError: the braces do not match.
    """
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


class Table:
    """One table of a TOML file, which says where a value is wrong.

    Args:
        path: of the file, for messages.
        content: the table.
        where: its place in the file, for messages.
    """

    def __init__(self, path: Path, content: Mapping[str, Any], where: str = "") -> None:
        self._path = path
        self._content = dict(content)
        self._where = where

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value of `key`, which is a `kind`; `default` where it is missing.

        Raises:
            TextError: it is missing and has no default, or is of another kind.
        """
        if key not in self._content:
            if default is not None:
                return default
            raise self.error(key, "is missing")
        value = self._content.pop(key)
        # A whole number is a number, too; True is none.
        if kind is float and type(value) is int:
            value = float(value)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.error(key, f"is no {kind.__name__}")
        return value

    def text(self, key: str) -> Text:
        """The text `key`, a table with one string for each language.

        Raises:
            TextError: it is missing, a language is missing or empty, or the placeholders differ.
        """
        found = self.take(key, dict)
        for language in LANGUAGES:
            if not isinstance(found.get(language), str) or not found[language].strip():
                raise self.error(key, f"has no text in {language!r}")
        if set(found) != set(LANGUAGES):
            raise self.error(key, f"has a language that is not one of {', '.join(LANGUAGES)}")
        text = Text(**{language: found[language].strip() for language in LANGUAGES})
        try:
            differs = placeholders_of(text.en) != placeholders_of(text.ko)
        except ValueError as error:
            raise self.error(key, f"is no text to fill in: {error}") from None
        if differs:
            raise self.error(key, "has other placeholders in one language than in the other")
        return text

    def target(self, key: str) -> Target | None:
        """What `key` points to, such as `control:learning_rate`; None where it is missing.

        Raises:
            TextError: there is no such kind, or no hyperparameter of that name.
        """
        word = self.take(key, str, "")
        return self._target(key, word) if word else None

    def targets(self, key: str) -> tuple[Target, ...]:
        """As `target`, for a list; empty where it is missing."""
        return tuple(self._target(key, str(word)) for word in self.take(key, list, []))

    def tables(self, key: str) -> Iterable[Table]:
        """The tables in the list `key`."""
        for number, content in enumerate(self.take(key, list, [])):
            if not isinstance(content, dict):
                raise self.error(key, "is no list of tables")
            yield Table(self._path, content, f"{self._where}{key}[{number}].")

    def end(self) -> None:
        """Nothing else is expected.

        Raises:
            TextError: a key was not taken.
        """
        for key in self._content:
            raise self.error(key, "is not known")

    def error(self, key: str, what: str) -> TextError:
        """The error that says what is wrong with `key`."""
        return TextError(f"{self._path.name}: {self._where}{key} {what}")

    def _target(self, key: str, word: str) -> Target:
        kind, colon, name = word.partition(":")
        if not colon or kind not in _TARGETS or not name:
            raise self.error(key, f"points to {word!r}: expected control:…, panel:… or action:…")
        if kind == "control" and name not in TABLE and name not in _CHOICES:
            raise self.error(key, f"points to {word!r}, which is no hyperparameter and no choice")
        target: Target = (kind, name)  # type: ignore[assignment]  # checked above
        return target


_CHOICES: Final = ("dataset", "model", "loss", "optimizer", "schedule")


def read_table(path: Path, read: Callable[[Table], T]) -> T:
    """Read a file with `read`, which takes every key of it.

    Raises:
        TextError: the file cannot be read, is no TOML, or a key is missing, unknown or malformed.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # not there, not UTF-8, not TOML
        raise TextError(f"{path.name}: cannot be read: {error}") from error
    table = Table(path, document)
    found = read(table)
    table.end()
    return found
