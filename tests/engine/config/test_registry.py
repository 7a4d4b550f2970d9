from dataclasses import dataclass

import pytest

from workbench.engine.config.registry import Registry
from workbench.engine.data.dataset import FASHION_MNIST_SPEC
from workbench.engine.errors import UsageError
from workbench.engine.models.registry import MODELS
from workbench.engine.recipe import REGISTRIES


@dataclass
class Fruit:
    name: str
    label: str = ""
    help: str = ""


def test_that_the_first_row_is_the_default():
    assert Registry("fruit", Fruit("apple"), Fruit("pear")).default == "apple"


def test_that_an_unknown_name_is_refused_with_the_names_there_are():
    with pytest.raises(UsageError, match=r"no fruit 'fig'.*apple, pear"):
        Registry("fruit", Fruit("apple"), Fruit("pear"))["fig"]


def test_that_two_rows_of_one_name_are_a_defect():
    with pytest.raises(ValueError, match="one name"):
        Registry("fruit", Fruit("apple"), Fruit("apple"))


@pytest.mark.parametrize("registry", REGISTRIES.values(), ids=REGISTRIES)
def test_that_every_row_says_what_it_is(registry):
    for row in registry:
        assert row.label
        assert row.help.endswith(".")


def test_that_the_registries_hold_what_the_tutorial_needs_first():
    assert [registry.default for registry in REGISTRIES.values()] == [
        "fashion-mnist",
        "mlp",
        "cross-entropy",
        "sgd",
        "constant",
    ]


def test_that_the_tutorials_network_has_669706_parameters():
    assert all(MODELS[name].parameter_count(FASHION_MNIST_SPEC, {}) == 669_706 for name in ("mlp", "mlp-dropout"))
