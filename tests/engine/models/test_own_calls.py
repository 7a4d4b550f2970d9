import sys

import pytest
import torch
from torch import nn

from tests.engine.models.own_networks import forward_of, network
from workbench.engine.data.dataset import FASHION_MNIST_SPEC
from workbench.engine.errors import UserError
from workbench.engine.models.description import described
from workbench.engine.models.own_calls import OwnNetwork, own_code
from workbench.engine.models.own_network import build_own


class Raised(BaseException):
    """An exception that no `except Exception` catches."""


def settings_of_torch():
    return (
        torch.is_grad_enabled(),
        torch.get_default_dtype(),
        torch.get_default_device(),
        torch.get_num_threads(),
        torch.get_deterministic_debug_mode(),
        torch.backends.cudnn.deterministic,
        torch.backends.cudnn.benchmark,
    )


SETTERS = [
    "torch.set_grad_enabled(False)",
    "torch.set_default_dtype(torch.float64)",
    "torch.set_default_device('meta')",
    "torch.set_num_threads(torch.get_num_threads() + 1)",
    "torch.use_deterministic_algorithms(True, warn_only=True)",
    "torch.backends.cudnn.deterministic = True",
    "torch.backends.cudnn.benchmark = True",
]


@pytest.mark.parametrize("setter", SETTERS)
def test_that_what_own_code_sets_in_torch_does_not_outlive_it(setter, images):
    before = settings_of_torch()
    with own_code():
        exec(setter, {"torch": torch})
        assert settings_of_torch() != before
    assert settings_of_torch() == before


@pytest.mark.parametrize("setter", SETTERS)
def test_that_a_network_that_sets_it_while_it_is_described_leaves_torch_as_it_was(setter):
    before = settings_of_torch()
    described("own", FASHION_MNIST_SPEC, {}, network(forward_of("pass", setter)))
    assert settings_of_torch() == before


def test_that_own_prints_go_to_standard_error(images, capsys):
    OwnNetwork(build_own(network(forward_of("print('forward')", "print('import')")), FASHION_MNIST_SPEC))(images)
    assert capsys.readouterr() == ("", "import\nforward\n")
    sys.stdout.write("after\n")
    assert capsys.readouterr().out == "after\n"


@pytest.mark.parametrize("raising", ["sys.exit(0)", "raise KeyboardInterrupt", "raise GeneratorExit", "raise Raised"])
def test_that_no_exception_of_own_code_ends_the_program(raising, images):
    with pytest.raises(UserError, match=r"failed in line 6 of /a/folder/net\.py"):
        build_own(network(forward_of("pass", f"import sys; Raised = BaseException; {raising}")), FASHION_MNIST_SPEC)
    late = build_own(network(forward_of(raising, "import sys; Raised = BaseException")), FASHION_MNIST_SPEC)
    with pytest.raises(UserError, match=r"failed in line 16 of /a/folder/net\.py"):
        OwnNetwork(late)(images)


def test_that_an_exception_without_an_own_line_is_a_failure_of_the_network_too(images):
    with pytest.raises(UserError, match=r"The network failed \(RuntimeError"):
        OwnNetwork(nn.Linear(3, 4))(images)


def test_that_a_stop_of_the_program_itself_passes_through():
    with pytest.raises(Raised), own_code():
        raise Raised


def test_that_the_inputs_of_an_own_network_are_a_copy(images):
    before = images.clone()
    torch.manual_seed(0)
    in_place = nn.Sequential(nn.ReLU(inplace=True), nn.Flatten(), nn.Linear(784, 10))
    outputs = OwnNetwork(in_place)(images.sub_(0.5))
    assert images.equal(before - 0.5)
    assert outputs.equal(in_place(images))


def test_that_outputs_without_a_gradient_are_refused_only_where_training_needs_one(images):
    detached = OwnNetwork(build_own(network(forward_of("outputs = outputs.detach()")), FASHION_MNIST_SPEC))
    with pytest.raises(UserError, match="have no gradient"):
        detached(images)
    with torch.no_grad():
        assert detached(images).shape == (len(images), 10)


def test_that_the_stream_may_be_missing(images, monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)  # a windowed program on Windows
    with own_code():
        exec("print(3)")
