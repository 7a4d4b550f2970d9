"""Pictures of outputs on a grid: right places, right colours, a sharp boundary."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from workbench.engine.protocol.queries.plane_outputs import PlaneOutputs, Points
from workbench.ui.plotting.charts.plane_image import (
    MOST_NUMBERS,
    classes_image,
    interpolated,
    magnified,
    number_rgb,
    numbers_image,
    picture_size,
)
from workbench.ui.plotting.render.colours import PlotColours
from workbench.ui.plotting.scatter_view import class_colour
from workbench.ui.style.palette import load_palette

NOTHING = Points(np.zeros((0, 2), np.float32), np.zeros(0, np.int64), None)


@pytest.fixture
def colours(qapp):
    return PlotColours.of(load_palette("dark"))


def pixels(image):
    return np.array(
        [[QColor(image.pixel(x, y)).getRgb()[:3] for x in range(image.width())] for y in range(image.height())]
    )


def distance(first, second):
    return np.abs(np.asarray(first, float) - np.asarray(second, float)).sum()


def test_that_a_finer_grid_keeps_the_ends_and_is_linear_between():
    coarse = np.array([[[0.0], [4.0]], [[8.0], [12.0]]])
    (fine,) = magnified(coarse, 5, 3)
    assert np.allclose(fine, [[0, 1, 2, 3, 4], [4, 5, 6, 7, 8], [8, 9, 10, 11, 12]])


def test_that_a_linear_network_is_drawn_as_it_is_from_the_coarsest_grid():
    x, y = np.linspace(-1, 1, 4), np.linspace(-2, 2, 3)
    plane = (3 * x[None, :] - y[:, None])[..., None]
    fine = 3 * np.linspace(-1, 1, 40)[None, :] - np.linspace(-2, 2, 30)[:, None]
    assert np.allclose(magnified(plane, 40, 30)[0], fine, atol=1e-5)


def test_that_the_outputs_at_a_point_are_those_of_its_place_on_the_grid():
    x, y = np.linspace(-1, 1, 5, dtype=np.float32), np.linspace(0, 4, 9, dtype=np.float32)
    outputs = np.stack(np.meshgrid(x, y), axis=-1)
    plane = PlaneOutputs(x, y, outputs, NOTHING, NOTHING)
    points = np.array([[0.3, 1.7], [-1, 0], [1, 4], [0, 0.25]], np.float32)
    assert np.allclose(interpolated(plane, points), points, atol=1e-6)
    assert np.allclose(interpolated(plane, np.array([[9, -9]], np.float32)), [[1, 0]])
    curve = PlaneOutputs(x, np.zeros(0, np.float32), 2 * x[:, None], NOTHING, NOTHING)
    assert np.allclose(interpolated(curve, np.array([[0.3], [-1]], np.float32)), [[0.6], [-2]], atol=1e-6)


@pytest.mark.parametrize("classes", [2, 3, 12])
def test_that_each_place_has_the_colour_of_its_class_and_the_first_row_stands_below(colours, classes):
    outputs = np.full((classes, 20, 20), -9.0, np.float32)
    outputs[0, :10] = outputs[1, 10:] = 9.0
    found = pixels(classes_image(outputs, colours))
    own = [class_colour(colours, label).getRgb()[:3] for label in (0, 1)]
    assert distance(found[17, 5], own[0]) < distance(found[17, 5], own[1])
    assert distance(found[2, 5], own[1]) < distance(found[2, 5], own[0])


@pytest.mark.parametrize("classes", [2, 3])
def test_that_the_boundary_is_a_line_of_one_or_two_pixels(colours, classes):
    outputs = np.full((classes, 40, 40), -50.0, np.float32)
    across = np.linspace(-8, 8, 40, dtype=np.float32)
    outputs[0], outputs[1] = across, -across
    row = pixels(classes_image(outputs, colours))[20]
    text = colours.text.getRgb()[:3]
    is_line = [distance(pixel, text) < distance(pixel, colours.background.getRgb()[:3]) for pixel in row]
    assert 1 <= sum(is_line) <= 2
    assert any(is_line[18:22])


def test_that_a_network_that_is_unsure_has_the_colour_of_the_ground(colours):
    outputs = np.zeros((3, 4, 4), np.float32)
    outputs[0] = 1e-4
    assert distance(pixels(classes_image(outputs, colours))[1, 1], colours.background.getRgb()[:3]) < 6


def test_that_numbers_go_from_one_colour_over_the_ground_to_another(colours):
    found = number_rgb(np.array([-2.0, 0.0, 2.0, 99.0]), -2.0, 2.0, colours)
    wanted = [each.getRgb()[:3] for each in (colours.test, colours.background, colours.training, colours.training)]
    assert np.allclose(found, wanted)
    image = numbers_image(np.array([[-2.0], [2.0]], np.float32), -2.0, 2.0, colours)
    below, above = pixels(image)[1, 0], pixels(image)[0, 0]
    assert distance(below, wanted[0]) < distance(below, wanted[2])
    assert distance(above, wanted[2]) < distance(above, wanted[0])


def test_that_a_picture_of_many_classes_has_fewer_pixels():
    assert picture_size(300, 200, 2) == (300, 200)
    width, height = picture_size(1200, 900, 100)
    assert width * height * 100 <= 1.02 * MOST_NUMBERS
    assert width / height == pytest.approx(4 / 3, rel=0.02)
