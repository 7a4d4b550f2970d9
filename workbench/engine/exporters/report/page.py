"""Writes the report of a run as one HTML page: no script, no other file, no network."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import UserError
from workbench.engine.exporters.csv_points import points_of
from workbench.engine.exporters.phrases import phrase
from workbench.engine.exporters.report import sections
from workbench.engine.exporters.report.markup import escaped
from workbench.engine.exporters.report.style import style_in
from workbench.engine.exporters.report.test_set import test_set
from workbench.engine.files.safe_files import check_writable, read_whole, write_whole
from workbench.engine.translation import current_language

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.run_record import RunRecord

MOST_BYTES: Final = 1 << 30
_VOID: Final = frozenset({"meta", "img", "br"})
_TAGS: Final = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "section", "footer", "h1", "h2", "h3", "p"),
    *("dl", "dt", "dd", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "b", "code", "figure"),
    *("span", "figcaption", "img", "svg", "rect", "polyline", "circle", "text"),
}
_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""What a browser may load for the page: nothing. A second wall behind the escaping of every text."""


def write_report(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    """Write the report, read it again, and check that it refers to nothing outside and holds nothing that runs.

    Raises:
        UserError: the file cannot be written, or does not hold what was written.
        CancelledError: the user cancelled.
    """
    check_writable(path)
    page = report_text(record, context)
    check_page(page)
    write_whole(page.encode(), path)
    if read_whole(path, MOST_BYTES).decode() != page:
        raise UserError("{path} does not hold what was written: try another disk.", path=path)
    return UserError("a page of {size:,} bytes about {points}", size=len(page.encode()), points=points_of(record))


def report_text(record: RunRecord, context: ExportContext) -> str:
    """The page, in the language of this process."""
    language = current_language()
    parts = [
        sections.heading(record),
        sections.curves(record, context),
        sections.tests(record),
        test_set(record, context),
        sections.journal(record),
        sections.recipe(record),
        sections.environment(record),
    ]
    title = escaped(record.name or record.run.id)
    version = record.environment.get("program", "")
    program = escaped(phrase("Written by training-workbench {version}", version=version).rstrip())
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style_in(language)}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(parts)
        + f"\n<footer><p>{program}</p></footer>\n</main>\n</body>\n</html>\n"
    )


def check_page(page: str) -> None:
    """Check that a page holds the elements of a report alone, closed in their order, and refers to nothing outside.

    Raises:
        ValueError: it does not: a text was not escaped.
    """
    checker = _Checker()
    checker.feed(page)
    checker.close()
    if checker.open:
        raise ValueError(f"elements are not closed: {checker.open}")


class _Checker(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check the element; the names are those of the base class."""
        if tag not in _TAGS:
            raise ValueError(f"an element {tag} has no place in a report")
        for name, value in attrs:
            is_link = name in ("href", "xlink:href", "action", "srcset", "background")
            is_outside = name == "src" and not (value or "").startswith("data:image/png;base64,")
            if name.startswith("on") or is_link or is_outside:
                raise ValueError(f"an attribute {name} has no place in a report")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Check an element without content."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Check that the element that was opened last is closed."""
        if not self.open or self.open.pop() != tag:
            raise ValueError(f"an element {tag} is closed at another place")
