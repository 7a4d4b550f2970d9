from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.models.own_networks import FUNCTION, NORMALIZED
from workbench.engine.errors import UsageError
from workbench.engine.models.network_signature import networks_in
from workbench.engine.models.network_source import NetworkSource, read_network_file


def test_that_annotated_parameters_become_rows_and_known_names_follow_from_the_data():
    (found,) = networks_in(NORMALIZED, "net.py")
    assert found.name == "Net"
    assert [(row.name, row.kind, row.default) for row in found.rows] == [
        ("width", int, 12),
        ("noise", float, 0.0),
        ("bias", bool, True),
    ]
    assert found.filled == {"input_count": "input_count", "output_count": "output_count"}
    assert found.missing == ()


def test_that_a_function_and_a_literal_are_found():
    (found,) = networks_in(FUNCTION, "net.py")
    assert (found.name, found.rows[0].choices, found.rows[0].default) == ("make", ("relu", "tanh"), "tanh")
    assert found.filled == {"input_shape": "input_shape", "num_classes": "output_count"}


def test_that_only_classes_of_modules_count_and_constructors_are_inherited():
    source = """
import torch.nn as nn
class Options: pass
class Base(nn.Module):
    def __init__(self, depth: "int", *, rate: float = 1, other=None, needed, odd: int = None): ...
class Net(Base): ...
class Chain(nn.Sequential): ...
def _helper(): ...
"""
    found = {each.name: each for each in networks_in(source, "net.py")}
    assert list(found) == ["Base", "Net", "Chain"]
    assert [(row.name, row.default) for row in found["Net"].rows] == [("depth", 1), ("rate", 1.0)]
    assert found["Net"].missing == ("needed",)


@given(st.text())
def test_that_any_text_is_python_or_refused_with_its_line(text):
    with suppress(UsageError):
        networks_in(text, "net.py")


def test_that_a_file_is_read_without_being_run(tmp_path):
    file = tmp_path / "net.py"
    file.write_text(NORMALIZED + "\nraise SystemExit\n")
    assert read_network_file(file).name == "Net"
    with pytest.raises(UsageError, match="no class or function Other: choose one of Net"):
        read_network_file(file, "Other")
    file.write_text("x = (\n")
    with pytest.raises(UsageError, match="Line 1 of"):
        read_network_file(file)
    file.write_text("x = 1\n")
    with pytest.raises(UsageError, match="defines no network"):
        read_network_file(file)


def test_that_arguments_are_checked():
    network = NetworkSource("net.py", NORMALIZED, "Net")
    assert network.with_arguments({"width": 7}).arguments == {"width": 7}
    with pytest.raises(UsageError, match=r"no parameter depth .* choose one of width, noise, bias"):
        network.with_arguments({"depth": 7})
    with pytest.raises(UsageError, match=r"width is 1\.5: give a whole number"):
        network.with_arguments({"width": 1.5})


def test_that_a_source_survives_being_written_as_json():
    network = NetworkSource("net.py", NORMALIZED, "Net", {"width": 7})
    assert NetworkSource.from_content(network.to_content()) == network
    for content in (None, {}, {**network.to_content(), "source": 3}, {**network.to_content(), "arguments": {"a": []}}):
        with pytest.raises(ValueError, match="it"):
            NetworkSource.from_content(content)
