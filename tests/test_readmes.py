"""The READMEs in both languages say the same: headings, commands, pictures; their links and the changelog hold."""

from __future__ import annotations

import re
import tomllib
from itertools import chain, pairwise
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.ko.md")
PAGES = (*READMES, "CHANGELOG.md", "workbench/README.md", "tests/benchmarks/README.md")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)\s]+)\)")


def text_of(page):
    return (ROOT / page).read_text(encoding="utf-8")


def prose_of(page):
    """The page without its code, in which # begins a comment."""
    return BLOCK.sub("", text_of(page))


def anchors_of(page):
    """The names under which GitHub links to the headings of a page: letters, digits and hyphens of their texts."""
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for _, title in HEADING.findall(prose_of(page))}


def test_that_both_languages_have_the_same_headings_in_the_same_depths():
    english, korean = ([len(marks) for marks, _ in HEADING.findall(prose_of(page))] for page in READMES)
    assert len(english) > 15
    assert english == korean


def test_that_both_languages_have_the_same_code_and_commands():
    english, korean = (BLOCK.findall(text_of(page)) for page in READMES)
    assert len(english) > 8
    assert english == korean


def test_that_both_languages_show_the_same_pictures():
    english, korean = (PICTURE.findall(text_of(page)) for page in READMES)
    assert len(english) > 5
    assert sorted(english) == sorted(korean)


def test_that_both_languages_have_tables_of_the_same_size_and_figures():
    def tables(page):
        rows = [line for line in prose_of(page).splitlines() if line.startswith("|")]
        return [(row.count("|"), re.findall(r"`--[\w-]+`|\d+\.\d+", row)) for row in rows]

    english, korean = map(tables, READMES)
    assert english == korean


@pytest.mark.parametrize("page", PAGES)
def test_that_every_file_and_heading_a_page_links_to_exists(page):
    for target in LINK.findall(prose_of(page)):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        linked = (ROOT / page).parent / path if path else ROOT / page
        assert linked.exists(), f"{page} links to {target}"
        if anchor:
            assert anchor in anchors_of(linked.relative_to(ROOT) if path else page), f"{page} links to {target}"


def test_that_each_language_links_to_the_other_in_its_first_lines():
    english, korean = (text_of(page).split("\n## ")[0] for page in READMES)
    assert "(README.ko.md)" in english
    assert "(README.md)" in korean


def test_that_the_first_command_needs_no_python():
    for page in READMES:
        _, first = BLOCK.findall(text_of(page))[0]
        assert first.startswith("uv tool install ")
        assert "--torch-backend auto" in first


def test_that_every_dependency_has_its_reason_in_both_languages():
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    needed = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = [re.match(r"[\w-]+", requirement)[0] for requirement in needed]
    for page in READMES:
        listed = [
            cell for line in prose_of(page).splitlines() if line.startswith("| ") for cell in [line.split("|")[1]]
        ]
        words = {word.lower() for cell in listed for word in re.findall(r"[\w-]+", cell)}
        assert [name for name in names if name.lower() not in words] == []


def test_that_pictures_are_whole_and_small():
    for path in sorted((ROOT / "resources" / "screenshots").iterdir()):
        with Image.open(path) as picture:
            picture.load()
            if path.suffix == ".png":
                assert path.stat().st_size < 150_000, path.name
                continue
            assert path.stat().st_size < 2_000_000, path.name
            assert 640 <= picture.width <= 960
            assert picture.n_frames > 20


def test_that_the_changelog_begins_with_what_is_newest():
    page = text_of("CHANGELOG.md")
    headings = [title for marks, title in HEADING.findall(page) if marks == "##"]
    assert headings[0] == "[Unreleased]"
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    assert version in page, "the version of pyproject.toml has no place in the changelog"
    for section in re.split(r"^### ", page, flags=re.MULTILINE)[1:]:
        dates = re.findall(r"^- (\d{4}-\d\d-\d\d): ", section, re.MULTILINE)
        assert dates
        assert all(newer >= older for newer, older in pairwise(dates))
