"""The engine's English texts in the user's language, and text that Qt must not take for HTML."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication

from workbench.engine.config.hyperparameters import Hyperparameter, TakesEffect
from workbench.engine.errors import UsageError, UserError, sentence_in
from workbench.ui.text.numbers import format_number, format_value

if TYPE_CHECKING:
    from workbench.engine.config.registry import Registry, Row

_ONE_LINE: Final = 48


def label_of(row: Row | Registry[Any]) -> str:
    """What people read for a hyperparameter, a registry or a row of a registry."""
    return QCoreApplication.translate(_context(row), row.label)


def help_of(row: Row) -> str:
    """What a hyperparameter or a row of a registry does, and when to choose it."""
    return QCoreApplication.translate(_context(row), row.help)


def sentence_of(problem: UserError) -> str:
    """What went wrong and what to do: the translated template, filled in."""
    return sentence_in(lambda template: QCoreApplication.translate("Problems", template), problem)


def live_text(row: Hyperparameter) -> str:
    """When a change made during a run takes effect; "" for a row that takes effect at the next run."""
    match row.takes_effect:
        case TakesEffect.NEXT_BATCH:
            return QCoreApplication.translate("Controls", "Applies while training: from the next batch.")
        case TakesEffect.NEXT_EPOCH:
            return QCoreApplication.translate("Controls", "Applies while training: from the next epoch.")
        case TakesEffect.NEXT_RUN:
            return ""


def locked_text() -> str:
    """Why a control cannot be changed during a run."""
    return QCoreApplication.translate(
        "Controls", "Locked while training: takes effect at the next run. Press Stop to change it."
    )


def range_text(row: Hyperparameter) -> str:
    """What a row allows, in a few words: `1e-6 to 10`."""
    translate = QCoreApplication.translate
    if row.zero_below:
        template = translate("Controls", "0, or {minimum} to {maximum}")
    elif row.excluded_maximum:
        template = translate("Controls", "{minimum} to below {maximum}")
    elif row.kind is int:
        template = translate("Controls", "whole, {minimum} to {maximum}")
    else:
        template = translate("Controls", "{minimum} to {maximum}")
    return template.format(minimum=format_number(row.minimum), maximum=format_number(row.offered_maximum))


def refusal_of(row: Hyperparameter, text: str) -> UsageError:
    """What to answer where a user typed `text`, which is not a value of `row`."""
    return UsageError(
        "“{text}” is not a value for {label}: give a number ({range}), such as {example}.",
        text=text.strip(),
        label=label_of(row),
        range=range_text(row),
        example=format_value(row, row.default),
    )


def plain_tool_tip(*paragraphs: str) -> str:
    """Text for a tool tip or What's This: shown literally, wrapped at a readable width.

    Qt guesses whether a tool tip is HTML. It shows plain text in one endless line, and drops words in angle brackets
    from HTML. So this gives Qt HTML in which the whole text is escaped.
    """
    return "".join(_paragraph(html.escape(text, quote=False)) for text in paragraphs if text)


def _paragraph(text: str) -> str:
    # Without <nobr>, Qt breaks even a few words into a narrow column.
    return f"<p><nobr>{text}</nobr></p>" if len(text) <= _ONE_LINE else f"<p>{text}</p>"


def _context(row: Row | Registry[Any]) -> str:
    return "Hyperparameters" if isinstance(row, Hyperparameter) else "Registries"
