"""A picture from anywhere in the form of a data set, and the centre of mass."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from workbench.engine.data.single_picture import (
    MOST_PIXELS,
    RawPicture,
    as_bytes,
    centred,
    fitted_picture,
    ground_of,
)
from workbench.engine.errors import UserError

GREY, COLOUR = (1, 8, 8), (3, 8, 8)


def png(array):
    file = io.BytesIO()
    Image.fromarray(np.asarray(array, np.uint8)).save(file, "PNG")
    return file.getvalue()


def square(ground, ink):
    image = np.full((8, 8), ground, np.uint8)
    image[3:5, 3:5] = ink
    return image


def test_that_a_picture_of_the_right_form_is_taken_as_it_is():
    found = fitted_picture(png(square(0, 200)), GREY, is_ground_light=False)
    assert np.array_equal(found.pixels[0], square(0, 200))
    assert (found.size, found.is_cut, found.was_coloured, found.is_inverted) == ((8, 8), False, False, False)


@pytest.mark.parametrize(("ground", "is_ground_light"), [(255, False), (0, True)])
def test_that_a_grey_picture_on_the_other_ground_is_inverted(ground, is_ground_light):
    found = fitted_picture(png(square(ground, 255 - ground)), GREY, is_ground_light=is_ground_light)
    assert found.is_inverted
    assert np.array_equal(found.pixels[0], square(255 - ground, ground))


def test_that_a_colour_picture_is_not_inverted_for_colour_data():
    picture = np.stack([square(255, 0)] * 3, axis=-1)
    found = fitted_picture(png(picture), COLOUR, is_ground_light=False)
    assert not found.is_inverted
    assert np.array_equal(found.pixels, np.moveaxis(picture, -1, 0))


def test_that_colours_become_grey_for_grey_data_and_that_is_said():
    found = fitted_picture(png(np.full((8, 8, 3), (9, 9, 90))), GREY, is_ground_light=False)
    assert found.pixels.shape == GREY
    assert found.was_coloured


def test_that_the_middle_of_another_size_is_taken():
    picture = np.zeros((16, 48), np.uint8)
    picture[:, 16:32] = 120
    found = fitted_picture(png(picture), GREY, is_ground_light=False)
    assert found.size == (16, 48)
    assert found.is_cut
    assert np.all(found.pixels[:, :, 1:-1] == 120)
    assert not fitted_picture(png(picture[:, :16]), GREY, is_ground_light=False).is_cut


def test_that_what_is_transparent_counts_as_white_paper():
    picture = np.zeros((8, 8, 4), np.uint8)
    picture[3:5, 3:5] = (0, 0, 0, 255)
    found = fitted_picture(RawPicture(picture.tobytes(), 8, 8), GREY, is_ground_light=False)
    assert found.is_inverted
    assert np.array_equal(found.pixels[0], square(0, 255))


def test_that_a_file_is_read(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(png(square(0, 7)))
    assert np.array_equal(fitted_picture(path, GREY, is_ground_light=False).pixels[0], square(0, 7))


@pytest.mark.parametrize(
    "source", [b"", b"no picture", png(square(0, 7))[:-30], RawPicture(b"abc", 8, 8), RawPicture(b"", MOST_PIXELS, 2)]
)
def test_that_what_is_no_picture_is_refused_in_a_sentence(source):
    with pytest.raises(UserError) as caught:
        fitted_picture(source, GREY, is_ground_light=False)
    assert 0 < len(str(caught.value)) <= 300


def test_that_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path, tmp_path / "missing.png"):
        with pytest.raises(UserError):
            fitted_picture(path, GREY, is_ground_light=False)


def test_that_the_ground_is_that_of_the_edges():
    assert ground_of(square(255, 0)[None, None]) == 255
    assert ground_of(square(0, 255)[None, None]) == 0
    assert ground_of(square(1, 0)[None, None].astype(np.float32)) == 255  # float32 in 0..1
    assert ground_of(np.zeros((0, 1, 8, 8))) == 0


def test_that_floats_become_the_nearest_bytes():
    every = np.arange(256, dtype=np.uint8)
    assert np.array_equal(as_bytes(every.astype(np.float32) / 255), every)
    assert as_bytes(np.array([np.nan, -1, 2], np.float32)).tolist() == [0, 0, 255]


@given(st.integers(0, 7), st.integers(0, 7), st.integers(1, 255), st.sampled_from([0, 255]))
def test_that_a_dot_comes_to_the_middle_wherever_it_is(row, column, strength, ground):
    image = np.full((1, 9, 9), ground, np.uint8)
    image[0, row, column] = abs(ground - strength)
    found = centred(image, ground)
    expected = np.full((1, 9, 9), ground, np.uint8)
    expected[0, 4, 4] = abs(ground - strength)
    assert np.array_equal(found, expected)


def test_that_an_empty_image_stays_as_it_is():
    image = np.full((3, 5, 7), 255, np.uint8)
    assert np.array_equal(centred(image, 255), image)
