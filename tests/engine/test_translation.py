"""Which language the program speaks, and what happens to a translation that is missing or wrong."""

import pytest

from workbench.engine.errors import UserError, localized, say
from workbench.engine.paths import resource_path
from workbench.engine.translation import (
    LANGUAGES,
    Catalog,
    current_language,
    language_of_system,
    placeholders,
    read_translations,
    translated,
    use_language,
)

FILE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
    <context>
        <name>Problems</name>
        <message><source>{path} is gone.</source><translation>{path} 파일이 없습니다.</translation></message>
        <message><source>{path} is wrong.</source><translation>{file} 파일이 잘못되었습니다.</translation></message>
        <message><source>Broken {</source><translation>고장 {</translation></message>
        <message><source>Half</source><translation type="unfinished">절반</translation></message>
        <message><source>Nothing</source><translation></translation></message>
    </context>
    <context>
        <name>CommandLine</name>
        <message><source>run saved to {path}</source><translation>실행 저장: {path}</translation></message>
    </context>
</TS>
"""


@pytest.fixture
def korean(tmp_path):
    """A catalog of a few texts is in use; English again afterwards."""
    (tmp_path / "workbench_ko.ts").write_text(FILE, encoding="utf-8")
    yield use_language("ko", tmp_path)
    use_language("en", tmp_path)


def test_a_sentence_is_filled_in_after_it_is_translated(korean):
    assert localized(UserError("{path} is gone.", path="a.pt")) == "a.pt 파일이 없습니다."
    assert str(UserError("{path} is gone.", path="a.pt")) == "a.pt is gone."


def test_a_sentence_in_a_sentence_is_translated_too(korean):
    inner = UserError("{path} is gone.", path="a.pt")
    assert localized(UserError("Not kept: {reason}", reason=inner)) == "Not kept: a.pt 파일이 없습니다."


@pytest.mark.parametrize("source", ["{path} is wrong.", "Broken {", "Half", "Nothing", "Never heard"])
def test_a_text_stays_english_where_its_translation_is_wrong_unfinished_or_missing(korean, source):
    assert translated(source, "Problems") == source


def test_a_text_of_another_context_is_found(korean):
    assert translated("{path} is gone.", "SomeClass") == "{path} 파일이 없습니다."


def test_what_is_said_on_standard_error_is_in_the_language(korean, capsys):
    say("run saved to {path}", path="x.run")
    say(UserError("{path} is gone.", path="a.pt"))
    say("{file}: {checked}", file="a.csv", checked=UserError("{path} is gone.", path="a.pt"))
    assert capsys.readouterr().err == ("실행 저장: x.run\na.pt 파일이 없습니다.\na.csv: a.pt 파일이 없습니다.\n")
    assert current_language() == "ko"


def test_a_file_that_is_not_there_or_broken_leaves_english(tmp_path):
    broken = tmp_path / "workbench_ko.ts"
    assert read_translations(broken) == {}
    broken.write_text("<TS><context>", encoding="utf-8")
    assert read_translations(broken) == {}


def test_the_nearer_context_wins():
    catalog = Catalog({("A", "Train"): "학습", ("B", "Train"): "학습 시작"})
    assert catalog.find("B", "Train") == "학습 시작"
    assert catalog.find("A", "Train") == "학습"
    assert catalog.find("C", "Train") in {"학습", "학습 시작"}
    assert catalog.find("C", "Stop") == ""


@pytest.mark.parametrize(
    ("values", "language"),
    [
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LC_ALL": "ko_KR.UTF-8", "LANG": "de_DE.UTF-8"}, "ko"),
        ({"LC_ALL": "C.UTF-8", "LANG": "ko_KR.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_MESSAGES": "ko", "LANG": "en_US"}, "ko"),
        ({"LANG": "\udcff"}, "en"),
    ],
)
def test_the_language_follows_the_environment(monkeypatch, values, language):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    assert language_of_system() == language


def test_placeholders_are_those_that_format_fills():
    assert placeholders("{a} of {b:,} {{c}}") == {"a", "b"}
    assert placeholders("}") is None


def test_the_catalogs_of_all_languages_can_be_read():
    for code in LANGUAGES:
        if code != "en":
            assert len(read_translations(resource_path("translations") / f"workbench_{code}.ts")) > 500
