"""Brings the catalogs up to date: `python -m tests.translations`.

New texts are added as unfinished, texts that the program does not say any more are taken out. It prints how many are
unfinished.
"""

from __future__ import annotations

from pathlib import Path

from tests.translations.catalog_file import entries_of, updated, write_entries
from tests.translations.extraction import texts_of_program
from workbench.engine.translation import ENGLISH, LANGUAGES

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Update the catalog of each language."""
    texts = texts_of_program(ROOT / "workbench")
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        file = ROOT / "resources" / "translations" / f"workbench_{language}.ts"
        entries = updated(entries_of(file), texts)
        write_entries(file, language, entries)
        unfinished = sum(not entry.is_finished for entry in entries.values())
        print(f"{file.name}: {len(entries)} texts, {unfinished} unfinished")  # noqa: T201


if __name__ == "__main__":
    main()
