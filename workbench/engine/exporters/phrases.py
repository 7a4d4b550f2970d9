"""The words of an export that people read: in the language of this process."""

from __future__ import annotations

from workbench.engine.translation import translated


def phrase(source: str, context: str = "Report", /, **fields: object) -> str:
    """`source` in the language of this process, with its placeholders filled in.

    Args:
        source: the English text; a label that comes without fields may hold any character.
        context: of its translation.
        **fields: the values of the placeholders.
    """
    words = translated(source, context)
    return words.format(**fields) if fields else words
