import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.engine.config.tasks import Task
from workbench.engine.data.data_spec import MOST_INPUTS, MOST_OUTPUTS, DataSpec

NAMES = st.lists(st.text(max_size=8), min_size=1, max_size=5).map(tuple)
SHAPES = st.tuples(st.integers(1, 9)) | st.tuples(st.integers(1, 3), st.integers(1, 40), st.integers(1, 40))
SPECS = st.builds(DataSpec, st.just(Task.CLASSIFICATION), SHAPES, class_names=NAMES) | st.builds(
    DataSpec, st.just(Task.REGRESSION), SHAPES, target_names=NAMES
)
IMAGES = DataSpec(Task.CLASSIFICATION, (3, 4, 5), ("cat", "dog"))


@given(SPECS)
def test_that_a_spec_comes_back_from_json(spec):
    assert DataSpec.from_content(json.loads(json.dumps(spec.to_content()))) == spec


def test_that_an_image_has_channels_height_and_width_and_a_vector_only_its_features():
    assert IMAGES.is_image
    assert not DataSpec(Task.REGRESSION, (13,), target_names=("price",)).is_image


def test_that_a_network_gives_one_number_for_each_class_or_target():
    assert (IMAGES.input_count, IMAGES.output_count) == (60, 2)
    assert DataSpec(Task.REGRESSION, (13,), target_names=("price", "age")).output_count == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"task": "clustering"},
        {"sample_shape": [28, 28]},
        {"sample_shape": [0]},
        {"sample_shape": [True]},
        {"sample_shape": [MOST_INPUTS, 1, 2]},
        {"sample_shape": "28"},
        {"class_names": []},
        {"class_names": [1, 2]},
        {"class_names": ["x"] * (MOST_OUTPUTS + 1)},
        {"more": 1},
    ],
    ids=str,
)
def test_that_what_is_no_spec_is_refused(changed):
    with pytest.raises(ValueError, match=r".+"):
        DataSpec.from_content(IMAGES.to_content() | changed)


@given(st.none() | st.integers() | st.text() | st.lists(st.integers()))
def test_that_what_is_no_dictionary_is_no_spec(content):
    with pytest.raises(ValueError, match="fields"):
        DataSpec.from_content(content)
