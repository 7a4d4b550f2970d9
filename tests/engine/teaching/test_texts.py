import pytest

from workbench.engine.teaching.texts import Text, TextError, read_table


def read(tmp_path, content, take):
    path = tmp_path / "texts.toml"
    path.write_text(content, encoding="utf-8")
    return read_table(path, take)


def test_that_a_text_is_read_in_both_languages(tmp_path):
    text = read(tmp_path, 'title = { en = "Loss", ko = "손실" }', lambda table: table.text("title"))
    assert text == Text("Loss", "손실")
    assert (text.in_language("en"), text.in_language("ko"), text.in_language("fr")) == ("Loss", "손실", "Loss")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "is missing"),
        ('title = { en = "Loss" }', "has no text in 'ko'"),
        ('title = { en = "Loss", ko = " " }', "has no text in 'ko'"),
        ('title = { en = "Loss", ko = "손실", fr = "Perte" }', "has a language"),
        ('title = { en = "{loss}", ko = "{lost}" }', "other placeholders"),
        ('title = { en = "{loss", ko = "{loss" }', "no text to fill in"),
        ('title = "Loss"', "is no dict"),
        ('title = { en = "Loss", ko = "손실" }\nmore = 1', "more is not known"),
        ("title = {", "cannot be read"),
    ],
)
def test_that_a_faulty_text_is_refused_with_its_place(tmp_path, content, why):
    with pytest.raises(TextError, match=why) as refused:
        read(tmp_path, content, lambda table: table.text("title"))
    assert str(refused.value).startswith("texts.toml: ")


@pytest.mark.parametrize("word", ["learning_rate", "control:", "control:lerning_rate", "thing:x"])
def test_that_a_text_points_to_something_that_there_is(tmp_path, word):
    with pytest.raises(TextError, match="points to"):
        read(tmp_path, f'at = "{word}"', lambda table: table.target("at"))


def test_that_a_text_may_point_to_controls_panels_and_actions(tmp_path):
    targets = read(
        tmp_path,
        'at = ["control:learning_rate", "control:optimizer", "panel:log", "action:train"]',
        lambda table: table.targets("at"),
    )
    assert targets == (("control", "learning_rate"), ("control", "optimizer"), ("panel", "log"), ("action", "train"))
