"""What is known of the chosen network decides whether a run can start."""

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.run_parts import ShownRunParts
from workbench.engine.errors import UserError
from workbench.engine.models.network_source import NetworkSource
from workbench.engine.models.own_failures import NetworkFailedError
from workbench.engine.models.trusted_code import NotTrustedError
from workbench.engine.protocol.commands import DescribeNetwork
from workbench.engine.protocol.events import NetworkDescribed, TorchLoaded
from workbench.ui.controllers.network_facts import NetworkFacts
from workbench.ui.panels.network import NetworkPanel

NETWORK = NetworkSource("/home/me/net.py", "def Net(): ...", "Net")


@pytest.fixture
def parts(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    parts = ShownRunParts(window)
    parts.window = window
    panel = NetworkPanel(window)
    parts.facts = NetworkFacts(parts.connection, parts.settings, parts.model, parts.controls, panel, window)
    parts.changes = []
    parts.facts.problem_changed.connect(lambda: parts.changes.append(parts.facts.problem))
    parts.emit(TorchLoaded("2.9", 1))
    return parts


def shown(parts):
    """The sentence in the settings, in the place of the facts."""
    problem, facts = (parts.controls.findChild(QWidget, name) for name in ("model_problem", "model_facts"))
    assert problem.isVisibleTo(parts.controls) != facts.isVisibleTo(parts.controls)
    return problem.text() if problem.isVisibleTo(parts.controls) else ""


def described(parts, problem):
    """The answer to the request for the chosen network."""
    settings = parts.settings
    asked = DescribeNetwork(settings.choices()["model"], {}, settings.spec, settings.network)
    parts.emit(NetworkDescribed(asked, None, (), problem))


def test_that_a_network_for_images_is_refused_for_points_as_long_as_both_are_chosen(parts):
    parts.settings.edit("dataset", "moons")
    assert (shown(parts), parts.facts.problem) == ("", None)
    parts.settings.edit("model", "cnn")
    assert "for images" in shown(parts)
    assert "for images" in str(parts.facts.problem)
    parts.settings.edit("dataset", "fashion-mnist")
    assert (shown(parts), parts.facts.problem) == ("", None)
    assert len(parts.changes) == 2


def test_that_outputs_that_do_not_fit_are_said_in_the_settings_and_prevent_a_run(parts):
    parts.settings.set_network(NETWORK)
    parts.settings.edit("model", "own")
    problem = UserError("The network gives the shape (2, 9): let it end with 10 outputs.")
    described(parts, problem)
    assert shown(parts) == str(problem)
    assert parts.facts.problem == problem
    parts.settings.edit("model", "mlp")
    assert (shown(parts), parts.facts.problem) == ("", None)


def test_that_an_exception_in_the_trial_is_said_but_prevents_no_run(parts):
    """The trial is made on the CPU, and the network may be for a GPU."""
    parts.settings.set_network(NETWORK)
    parts.settings.edit("model", "own")
    described(parts, NetworkFailedError("The network failed in line 3."))
    assert shown(parts) == "The network failed in line 3."
    assert parts.facts.problem is None


def test_that_code_that_has_not_been_allowed_yet_prevents_no_run_since_train_asks(parts):
    parts.settings.set_network(NETWORK)
    parts.settings.edit("model", "own")
    described(parts, NotTrustedError(NETWORK))
    assert (shown(parts), parts.facts.problem) == ("", None)


def test_that_it_waits_from_the_choice_of_a_network_until_that_is_described(parts, qtbot):
    parts.settings.edit("model", "mlp-custom")
    assert parts.facts.is_waiting
    with qtbot.waitSignal(parts.facts._soon.timeout):
        pass
    assert parts.facts.is_waiting
    asked = parts.connection.sent[-1]
    assert isinstance(asked, DescribeNetwork)
    parts.emit(NetworkDescribed(asked, 10, ()))
    assert not parts.facts.is_waiting
