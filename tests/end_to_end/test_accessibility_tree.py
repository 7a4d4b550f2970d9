"""A whole training through the accessibility tree alone: no mouse, no key, no name of a widget."""

import math

import pytest
import torch
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QFileDialog

ROLE, TEXT = QAccessible.Role, QAccessible.Text


def walk(node):
    """A node and all below it."""
    yield node
    for index in range(node.childCount()):
        child = node.child(index)
        if child is not None and child.isValid():
            yield from walk(child)


class Tree:
    """What a screen reader sees of a window, and does with it."""

    def __init__(self, window):
        self.root = QAccessible.queryAccessibleInterface(window)

    def all(self, role=None):
        return [node for node in walk(self.root) if role is None or node.role() == role]

    def find(self, role, name):
        found = [node for node in self.all(role) if node.text(TEXT.Name) == name and not node.state().invisible]
        assert found, f"no {role} is called {name}: {[node.text(TEXT.Name) for node in self.all(role)]}"
        return found[0]

    def press(self, name, role=ROLE.Button):
        node = self.find(role, name)
        assert not node.state().disabled, f"{name} is disabled"
        actions = node.actionInterface()
        assert "Press" in actions.actionNames()
        actions.doAction("Press")

    def value(self, role, name):
        return self.find(role, name).valueInterface().currentValue()

    def set(self, name, value):
        self.find(ROLE.Slider, name).valueInterface().setCurrentValue(value)

    def texts(self, role):
        return [node.text(TEXT.Name) for node in self.all(role)]


@pytest.fixture
def tree(person):
    person.window.resize(1400, 800)  # so that every button of the tool bar is seen
    return Tree(person.window)


def test_that_a_run_is_set_trained_read_paused_resumed_stopped_and_saved(person, tree, tmp_path):
    tree.set("Learning rate, slider", 0.05)
    tree.set("Epochs, slider", 500)
    assert tree.value(ROLE.Slider, "Learning rate, slider") == 0.05
    tree.press("Train")
    person.wait_until_training()
    person.wait_for(lambda: tree.value(ROLE.Chart, "Loss") is not None)
    assert 0 < tree.value(ROLE.Chart, "Loss") < 10
    assert "accuracy" in tree.find(ROLE.Chart, "Loss").text(TEXT.Value)
    tree.press("Pause")
    person.wait_until_paused()
    steps = len(person.window.history)
    assert f"at step {steps:,} of" in tree.find(ROLE.Chart, "Loss").text(TEXT.Description)
    assert any("Paused" in text for text in tree.texts(ROLE.StaticText))
    tree.press("Resume")
    person.wait_until_training()
    tree.find(ROLE.Button, "Pause")
    tree.set("Learning rate, slider", 0.01)
    person.wait_for(lambda: any(change.new == 0.01 for change in person.window.history.changes))
    tree.press("Stop")
    person.wait_until_ready()
    assert math.isfinite(tree.value(ROLE.Chart, "Loss"))

    target = tmp_path / "by ear.pt"

    def save():
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(10, save)
            return
        fields = Tree(dialog)
        names = [node for node in fields.all(ROLE.EditableText) if node.object().objectName() == "fileNameEdit"]
        names[0].setText(TEXT.Value, str(target))
        fields.press("Save")

    QTimer.singleShot(0, save)
    tree.press("Save weights")
    person.wait_for(target.exists)
    person.wait_for(lambda: str(target) in person.notice)
    assert set(torch.load(target, weights_only=True)) >= {"linear_relu_stack.0.weight"}


def test_that_a_text_set_through_the_tree_counts_and_a_bad_one_is_said(person, tree):
    entry = tree.find(ROLE.EditableText, "Learning rate")
    entry.setText(TEXT.Value, "0.02")
    person.wait_for(lambda: person.control("learning_rate").value() == 0.02)
    assert tree.value(ROLE.Slider, "Learning rate, slider") == 0.02
    help_text = entry.text(TEXT.Description)
    entry.setText(TEXT.Value, "fast")
    person.wait_for(lambda: "not a value for Learning rate" in entry.text(TEXT.Description))
    assert person.control("learning_rate").value() == 0.02
    entry.setText(TEXT.Value, "0.03")
    person.wait_for(lambda: person.control("learning_rate").value() == 0.03)
    assert entry.text(TEXT.Description) == help_text


def test_that_the_status_bar_says_its_texts(person, tree):
    person.train(epochs=1)
    texts = tree.texts(ROLE.StaticText)
    assert any(text.startswith("Finished after") for text in texts)
    assert any("thread" in text for text in texts)
    assert "State" not in texts


def label_of(box):
    return [label.text(TEXT.Name) for label, _ in box.relations(QAccessible.RelationFlag.Label)]


def test_that_a_choice_is_labelled_and_its_value_is_the_row(person, tree):
    # On Linux the name of a drop-down is its value, too.
    boxes = {tuple(label_of(box)): box for box in tree.all(ROLE.ComboBox)}
    assert boxes["Optimizer",].text(TEXT.Value) == "SGD"
    person.set(optimizer="adam")
    assert boxes["Optimizer",].text(TEXT.Value) == "Adam"
    tree.all()
    person.wait_for(lambda: all(label_of(box) for box in tree.all(ROLE.ComboBox)))
