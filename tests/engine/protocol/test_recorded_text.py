"""What a recorded run printed is known from its history."""

import pytest

from workbench.engine.history.records import ScheduledChange
from workbench.engine.protocol.recorded_text import recorded_text
from workbench.engine.protocol.tutorial_text import tutorial_text
from workbench.engine.recipe import Recipe
from workbench.engine.training.trainer import Trainer

SAMPLES = 640


def trained(data, *changes, batch_size=64, epochs=2):
    recipe = Recipe(values={"epochs": epochs, "batch_size": batch_size})
    scheduled = [ScheduledChange(step, "batch_size", size) for step, size in changes]
    trainer = Trainer(recipe, data, scheduled=scheduled)
    return "".join(map(tutorial_text, trainer.run())), trainer.history


@pytest.mark.parametrize(
    ("batch_size", "changes"),
    [
        (64, ()),
        (3, ()),  # hundreds of batches, the last one smaller
        (2, ((320, 5),)),  # from the second epoch on
        (2, ((50, 1),)),  # within an epoch
        (1, ((150, 3), (230, 2), (320, 1))),
    ],
)
def test_that_it_is_the_text_that_was_printed(tiny_data, batch_size, changes):
    printed, history = trained(tiny_data, *changes, batch_size=batch_size)
    assert recorded_text(history, batch_size, SAMPLES) + "Done!\n" == printed


def test_that_of_a_long_run_the_last_epochs_are_printed(tiny_data):
    printed, history = trained(tiny_data, epochs=6)
    text = recorded_text(history, 64, SAMPLES, most_lines=12)
    assert text.startswith("Epoch 5\n")
    assert printed.endswith(text + "Done!\n")


def test_that_a_run_in_the_middle_of_an_epoch_ends_with_its_last_loss(tiny_data):
    printed, history = trained(tiny_data, batch_size=3)
    history.truncate(330)
    text = recorded_text(history, 3, SAMPLES)
    assert printed.startswith(text)
    assert text.splitlines()[-1].startswith("loss: ")


def test_that_a_run_without_a_step_has_no_text(tiny_data):
    _, history = trained(tiny_data)
    history.truncate(0)
    assert recorded_text(history, 64, SAMPLES).count("loss") == 0
