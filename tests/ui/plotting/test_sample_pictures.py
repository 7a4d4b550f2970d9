"""Pictures of samples of any form."""

import numpy as np
import pytest

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import DataSpec
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.sample_pictures import SamplePictures, as_bytes
from workbench.ui.style.palette import load_palette

NAMES = ("a", "b")


def pictures_of(sample_shape, inputs, targets, task=Task.CLASSIFICATION, target_names=()):
    names = NAMES if task is Task.CLASSIFICATION else ()
    pictures = SamplePictures(DataSpec(task, sample_shape, names, target_names), inputs, targets)
    pictures.set_colours(PlotColours.of(load_palette("light")))
    return pictures


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("size", [(8, 8), (28, 20), (224, 224)])
def test_that_an_image_is_shown_pixel_by_pixel(qapp, channels, size):
    random = np.random.default_rng(0)
    images = random.integers(0, 256, (2, channels, *size), dtype=np.uint8)
    image = pictures_of((channels, *size), images, np.array([0, 1])).image(1)
    assert (image.width(), image.height()) == (size[1], size[0])
    colour = image.pixelColor(3, 5)
    expected = [int(images[1, min(place, channels - 1), 5, 3]) for place in range(3)]
    assert [colour.red(), colour.green(), colour.blue()] == expected


def test_that_floats_become_the_bytes_they_came_from():
    levels = np.arange(256, dtype=np.uint8).reshape(1, 16, 16)
    assert np.array_equal(as_bytes(levels.astype(np.float32) / 255), levels)
    assert as_bytes(np.array([[[np.nan, -1.0, 2.0, np.inf]]], np.float32)).tolist() == [[[0, 0, 255, 255]]]


def test_that_a_point_is_ringed_where_it_lies_among_the_others(qapp):
    points = np.array([[0, 0], [1, 1], [0, 1], [1, 0]], np.float32)
    pictures = pictures_of((2,), points, np.array([0, 1, 0, 1]))
    first, second = pictures.image(0), pictures.image(1)
    assert first != second
    side = first.width()
    inside = second.pixelColor(round(0.95 * side), round(0.05 * side))
    assert inside != first.pixelColor(round(0.95 * side), round(0.05 * side))


def test_that_a_predicted_number_is_drawn_beside_the_true_one(qapp):
    points, numbers = np.linspace(0, 1, 20, dtype=np.float32)[:, None], np.linspace(0, 1, 20)[:, None]
    pictures = pictures_of((1,), points, numbers, Task.REGRESSION, ("y",))
    assert pictures.image(4, value=0.9) != pictures.image(4)
    assert pictures.image(4, value=float("nan")) == pictures.image(4)


def test_that_longer_vectors_are_a_line_of_numbers(qapp):
    vectors = np.array([np.linspace(-1, 1, 30), np.zeros(30)], np.float32)
    pictures = pictures_of((30,), vectors, np.array([0, 1]))
    assert not pictures.has_pictures
    assert pictures.image(0) is None
    assert pictures.numbers(0).startswith("−1.00  −0.931")
    assert pictures.numbers(0).endswith("…")
