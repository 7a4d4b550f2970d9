import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import Qt, QTextDocument

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.errors import UsageError
from workbench.engine.models.registry import MODELS
from workbench.ui.text.engine_texts import help_of, label_of, plain_tool_tip, range_text, refusal_of, sentence_of


class Translator(QTranslator):
    def __init__(self, texts):
        super().__init__()
        self.texts = texts

    def isEmpty(self):  # noqa: N802
        return False

    def translate(self, context, text, _disambiguation=None, _n=-1):
        return self.texts.get((context, text))


@pytest.fixture
def translated(qapp):
    installed = []

    def install(texts):
        translator = Translator(texts)
        QCoreApplication.installTranslator(translator)
        installed.append(translator)

    yield install
    for translator in installed:
        QCoreApplication.removeTranslator(translator)


def shown(tool_tip):
    document = QTextDocument()
    document.setHtml(tool_tip)
    return document.toPlainText()


def test_that_labels_and_helps_are_translated_in_their_contexts(translated):
    row, model = TABLE["epochs"], MODELS["mlp"]
    assert label_of(row) == "Epochs"
    translated(
        {
            ("Hyperparameters", "Epochs"): "에포크",
            ("Hyperparameters", row.help): "반복 횟수",
            ("Registries", model.label): "다층 퍼셉트론",
        }
    )
    assert (label_of(row), help_of(row), label_of(model)) == ("에포크", "반복 횟수", "다층 퍼셉트론")


def test_that_a_problem_is_translated_before_it_is_filled_in(translated):
    problem = UsageError("There is no {what}.", what="model")
    assert sentence_of(problem) == "There is no model."
    translated({("Problems", "There is no {what}."): "{what}이(가) 없습니다."})
    assert sentence_of(problem) == "model이(가) 없습니다."


@pytest.mark.parametrize("slip", ["{wat}", "{0}", "{what", "}"])
def test_that_a_wrong_placeholder_in_a_translation_shows_the_english_sentence(translated, slip):
    translated({("Problems", "There is no {what}."): slip})
    assert sentence_of(UsageError("There is no {what}.", what="model")) == "There is no model."


@pytest.mark.parametrize(
    "text", ["a T-shirt <new> & <b>bold</b>", '<img src="/etc/passwd">', "1 < 2", "long words " * 20 + "<end>"]
)
def test_that_a_tool_tip_shows_every_character_of_its_text(text):
    tool_tip = plain_tool_tip(text)
    assert Qt.mightBeRichText(tool_tip)
    assert shown(tool_tip) == text.strip()


def test_that_a_tool_tip_keeps_paragraphs_apart_and_leaves_out_empty_ones():
    assert shown(plain_tool_tip("One.", "", "Two.")) == "One.\nTwo."
    assert plain_tool_tip("") == ""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("learning_rate", "1e-6 to 10"),
        ("weight_decay", "0, or 1e-6 to 1"),
        ("momentum", "0 to below 1"),
        ("epochs", "whole, 1 to 1000"),
    ],
)
def test_that_a_range_is_described_in_a_few_words(name, text):
    assert range_text(TABLE[name]) == text


def test_that_a_refusal_names_the_text_the_control_and_an_example():
    sentence = sentence_of(refusal_of(TABLE["learning_rate"], " fast "))
    assert sentence == "“fast” is not a value for Learning rate: give a number (1e-6 to 10), such as 0.001."
