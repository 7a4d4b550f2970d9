import pytest
import torch

from tests.engine.models.own_networks import FUNCTION, NORMALIZED, forward_of, network
from workbench.engine.data.dataset import FASHION_MNIST_SPEC
from workbench.engine.errors import UserError
from workbench.engine.models import trusted_code
from workbench.engine.models.own_failures import explained
from workbench.engine.models.own_network import build_own
from workbench.engine.models.trusted_code import NotTrustedError, is_trusted, trust


@pytest.fixture(autouse=True)
def another_process(monkeypatch):
    """As in a process that has allowed nothing yet."""
    monkeypatch.setattr(trusted_code, "_session", set())


def test_that_a_network_is_built_with_arguments_and_the_shapes_of_the_data(images):
    built = build_own(network(NORMALIZED, width=5, bias=False), FASHION_MNIST_SPEC)
    assert (built.first.weight.shape, built.first.bias) == ((5, 784), None)
    assert build_own(network(FUNCTION, "make", act="relu"), FASHION_MNIST_SPEC)(images).shape == (16, 10)


def test_that_a_seed_gives_the_weights_that_the_class_itself_gives(seeded):
    namespace = {}
    exec(NORMALIZED, namespace)
    ours = seeded(lambda: build_own(network(NORMALIZED), FASHION_MNIST_SPEC))
    theirs = seeded(lambda: namespace["Net"](784, 10))
    for key, tensor in theirs.state_dict().items():
        assert tensor.equal(ours.state_dict()[key])


def test_that_nothing_runs_before_it_is_allowed(tmp_path):
    source = f"{NORMALIZED}\nopen({str(tmp_path / 'ran')!r}, 'w').close()\n"
    with pytest.raises(NotTrustedError, match=r"net\.py, which has not been allowed"):
        build_own(network(source, trusted=False), FASHION_MNIST_SPEC)
    assert not (tmp_path / "ran").exists()
    build_own(network(source), FASHION_MNIST_SPEC)
    assert (tmp_path / "ran").exists()


def test_that_what_is_allowed_is_remembered_by_its_content(monkeypatch):
    one, other = network(NORMALIZED, trusted=False), network(NORMALIZED + "\n# changed", trusted=False)
    trust(one)
    trust(one)
    monkeypatch.setattr(trusted_code, "_session", set())
    assert is_trusted(one)
    assert not is_trusted(other)


def test_that_it_is_allowed_in_this_process_where_that_cannot_be_kept(own_home, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(own_home / "file" / "config"))
    (own_home / "file").write_text("")
    made = network(NORMALIZED, trusted=False)
    trust(made)
    assert is_trusted(made)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("def Net(): return 3", "gives a int"),
        ("def Net(): return 1 / 0", r"failed in line 1 of /a/folder/net\.py \(ZeroDivisionError: division by zero\)"),
        ("\nimport no_such_module\ndef Net(): ...", "failed in line 2 of"),
        ("x = 1\nfrom __future__ import annotations\ndef Net(): ...", "failed in line 2 of"),
        ("def Net(unknown): ...", "needs unknown: give each a default"),
        ("from torch import nn\nclass Net(nn.Module): ...\nNet = Net()", "is a network already, not a class"),
        ("def Net(): ...\nNet = 3", "is a int, not a class"),
        ("from torch import nn\ndef Net(): return nn.Linear(2, 3, device='meta')", "layers on the meta device"),
        (
            "from torch import nn\nclass Net(nn.Sequential):\n  def __init__(self): super().__init__(nn.Linear(2, 3))\n"
            "  def state_dict(self, **_): raise ValueError('no')",
            r"failed in line 4 of .*ValueError: no",
        ),
        ("from torch import nn\ndef Net(): return nn.LazyLinear(3)", "lazy layers"),
        ("from torch import nn\ndef Net(): return nn.ReLU()", "no parameters to train"),
    ],
)
def test_that_what_is_no_network_is_refused_in_words(source, sentence):
    with pytest.raises(UserError, match=sentence):
        build_own(network(source), FASHION_MNIST_SPEC)


def test_that_the_last_own_line_of_an_exception_is_named_and_others_stay(images):
    built = build_own(network(forward_of("outputs.no_such_method()")), FASHION_MNIST_SPEC)
    with pytest.raises(AttributeError) as raised:
        built(images)
    assert "line 16 of /a/folder/net.py (AttributeError" in str(explained(raised.value))
    defect = ValueError("no own line")
    assert explained(defect) is defect


def test_that_one_sample_is_too_few_for_batch_normalization_in_words():
    with pytest.raises(ValueError, match="more than 1 value") as raised:
        torch.nn.BatchNorm1d(3)(torch.zeros(1, 3))
    assert "batches of two samples or more" in str(explained(raised.value))
