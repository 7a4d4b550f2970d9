"""The files of texts: complete in both languages, in correct Korean, and about what there is."""

import re

import pytest

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.paths import resource_path
from workbench.engine.teaching.glossary import glossary, read_glossary
from workbench.engine.teaching.lessons import lessons
from workbench.engine.teaching.texts import TextError
from workbench.engine.teaching.tutorial import ORIGINALS, read_tutorial, tutorial

FILES = [
    *sorted(resource_path("lessons").glob("*.toml")),
    resource_path("glossary.toml"),
    resource_path("tutorial.toml"),
]
PARTICLE = re.compile(r"\}[”\"’')]*(은|는|이|가|을|를|과|와|으로|로|이나|나|이며|며|이고|고)(?![가-힣])")
"""A particle whose form depends on the word before it: after a placeholder it would be wrong half the time."""
HANGUL = re.compile("[가-힣]")
POLITE = re.compile(r"(니다|세요)[.:]$")


def texts():
    for lesson in lessons():
        yield from (lesson.aim, lesson.watch)
        for check in lesson.checks:
            yield from (check.claim, check.seen, check.not_seen)
    yield from (term.definition for term in glossary())
    yield from (section.text for section in tutorial())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_that_no_particle_depends_on_what_fills_a_placeholder(path):
    assert not PARTICLE.search(path.read_text(encoding="utf-8"))


def test_that_every_text_is_written_in_its_language_and_in_whole_sentences():
    for text in texts():
        assert HANGUL.search(text.ko)
        assert not HANGUL.search(text.en)
        assert text.en.endswith(".")
        for paragraph in text.ko.split("\n\n"):
            assert POLITE.search(paragraph.strip()), paragraph


def test_that_paragraphs_stand_beside_each_other_in_both_languages():
    for section in tutorial():
        assert section.text.en.count("\n\n") == section.text.ko.count("\n\n")


def test_that_every_term_is_there_once_in_each_language():
    for language in ("en", "ko"):
        names = [term.name.in_language(language) for term in glossary()]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("epoch", "에폭"),
        ("learning rate", "학습률"),
        ("gradient", "변화도(gradient)"),
        ("layer", "계층"),
        ("optimizer", "옵티마이저"),
        ("overfitting", "과적합"),
        ("confusion matrix", "혼동 행렬"),
    ],
)
def test_that_terms_are_those_of_the_korean_tutorials(english, korean):
    assert {term.name.en: term.name.ko for term in glossary()}[english] == korean


def test_that_the_glossary_leads_to_every_control_that_steers():
    steering = {"learning_rate", "batch_size", "epochs", "momentum", "weight_decay", "dropout", "seed", "shuffle"}
    assert steering <= {term.target[1] for term in glossary() if term.target is not None}


def test_that_the_tutorial_comes_to_each_of_its_hyperparameters_and_links_to_the_original():
    first = [section.targets[0] for section in tutorial()]
    for name in ("epochs", "batch_size", "learning_rate", "loss", "optimizer"):
        assert ("control", name) in first
    assert all(address.startswith("https://") for address in ORIGINALS.values())


def test_that_hardly_a_sentence_of_the_tutorial_is_the_original_s():
    text = " ".join(section.text.en for section in tutorial())
    for sentence in (
        "Training a model is an iterative process",
        "number of data samples propagated through the network",
        "how much to update models parameters",
        "Optimization is the process of adjusting model parameters",
    ):
        assert sentence not in text


def test_that_a_faulty_term_or_section_is_refused(tmp_path):
    file = tmp_path / "texts.toml"
    file.write_text('[[terms]]\nname = { en = "loss", ko = "손실" }\n', encoding="utf-8")
    with pytest.raises(TextError, match="definition is missing"):
        read_glossary(file)
    file.write_text(
        '[[sections]]\ntitle = { en = "A", ko = "가" }\ntext = { en = "A.", ko = "가." }\n', encoding="utf-8"
    )
    with pytest.raises(TextError, match="describes is empty"):
        read_tutorial(file)


def test_that_controls_that_texts_point_to_are_in_the_table():
    named = [target for section in tutorial() for target in section.targets]
    named += [term.target for term in glossary() if term.target is not None]
    controls = {key for kind, key in named if kind == "control"}
    assert controls <= {*TABLE, "dataset", "model", "loss", "optimizer", "schedule"}
