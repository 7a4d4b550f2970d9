"""The parser of the command line: a wrong word is answered with one sentence, in the user's language."""

from __future__ import annotations

import argparse
import contextlib
import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NoReturn

from workbench.cli.console import Status
from workbench.engine.errors import UsageError, localized, say
from workbench.engine.paths import resource_path
from workbench.engine.translation import LANGUAGES, language_of_system, translated, use_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

_LANGUAGE_OPTIONS: Final = ("--lang", "--language")

_OWN_SENTENCES: Final = {
    r"argument (?P<option>\S+): expected one argument": "{option} needs a value",
    r"argument (?P<option>\S+): expected at least one argument": "{option} needs at least one value",
    r"argument (?P<option>\S+): invalid choice: (?P<text>.*) \(choose from (?P<choices>.*)\)": (
        "{option} cannot be {text}: choose from {choices}"
    ),
    r"argument (?P<option>\S+): not allowed with argument (?P<other>.*)": "{option} cannot be given with {other}",
    r"argument (?P<option>\S+): (?P<problem>.*)": "{option}: {problem}",
    r"the following arguments are required: (?P<names>.*)": "these are missing: {names}",
    r"unrecognized arguments: (?P<words>.*)": "there is no such option: {words}",
}
"""What `argparse` says, for translation in the context `CommandLine`; in English its own words stay."""


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` that knows no abbreviations and says one sentence where its base prints its whole usage."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(**{"allow_abbrev": False, "formatter_class": _Help, **keywords})
        self.add_argument(
            *_LANGUAGE_OPTIONS,
            dest="language",
            choices=tuple(LANGUAGES),
            default=argparse.SUPPRESS,  # else a command would forget what was given before its name
            help="the language of window and sentences; what a training prints is English (default: the system's)",
        )

    def error(self, message: str) -> NoReturn:
        """End the process with status 2."""
        # The sentence for a value names the option already.
        message = _in_language(re.sub(r"^argument (\S+): (?=\1 )", "", message))
        say("{message} ({program} --help lists the options)", message=message.rstrip("."), program=self.prog)
        raise SystemExit(Status.BAD_USAGE)


def refused(problem: UsageError | str, **fields: object) -> argparse.ArgumentTypeError:
    """Why the text of an option is no value of it, for a function that argparse calls to read it.

    Args:
        problem: the problem, or its sentence as a template.
        **fields: the values of the template's placeholders.
    """
    return argparse.ArgumentTypeError(localized(UsageError(problem, **fields) if isinstance(problem, str) else problem))


def language_asked(words: Sequence[str]) -> str | None:
    """The language that the command line names, if it is one of the program's; the rest of it may be wrong."""
    for word, after in zip_longest(words, words[1:], fillvalue=""):
        option, equals, value = word.partition("=")
        if option in _LANGUAGE_OPTIONS:
            asked = value if equals else after
            return asked if asked in LANGUAGES else None
    return None


def first_word(words: Sequence[str]) -> str:
    """The first word of the command line that does not name a language; "" if there is none."""
    rest = iter(words)
    for word in rest:
        option, equals, _ = word.partition("=")
        if option not in _LANGUAGE_OPTIONS:
            return word
        if not equals:
            next(rest, None)
    return ""


def choose_language(words: Sequence[str]) -> str:
    """Make the language that the command line names, else the system's, that of this process; and return it."""
    code = language_asked(words) or language_of_system()
    with contextlib.suppress(FileNotFoundError):  # the texts stay English
        use_language(code, resource_path("translations"))
    return code


def _in_language(message: str) -> str:
    for pattern, template in _OWN_SENTENCES.items():
        found = re.fullmatch(pattern, message)
        if found is not None and (words := translated(template)) != template:
            return words.format(**found.groupdict())
    return message


class _Help(argparse.HelpFormatter):
    """Help in the language of this process."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Begin with the usage."""
        super().add_usage(usage, actions, groups, translated("usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """Begin a group of options."""
        super().start_section(None if heading is None else translated(heading))

    def add_text(self, text: str | None) -> None:
        """Add a paragraph."""
        super().add_text(None if text is None else translated(text))

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return translated(action.help) if action.help else action.help
