import pytest
import torch

from workbench.engine.errors import UserError
from workbench.engine.protocol.events import GraphGivenUp
from workbench.engine.recipe import Recipe
from workbench.engine.runtime.devices import why_no_graph
from workbench.engine.training import step_graphs, stepper
from workbench.engine.training.step_graphs import PROOF_STEPS, SETTLED
from workbench.engine.training.stepper import Stepper
from workbench.engine.training.trainer import Trainer


class FakeGraphs:
    """Stands for `captured` on a machine without CUDA: a graph computes what the step computes, from its arguments.

    Like a real graph it keeps the settings of its capture: with others it gives other numbers.
    """

    def __init__(self):
        self.captures, self.replays, self.sizes = 0, 0, []

    def __call__(self, step, inputs, _targets):
        self.captures += 1
        self.sizes.append(len(inputs))

        def replay(inputs, targets):
            self.replays += 1
            return step(inputs, targets)

        return replay


@pytest.fixture
def fake(monkeypatch):
    graphs = FakeGraphs()
    monkeypatch.setattr(step_graphs.StepGraphs.__init__, "__defaults__", (graphs,))
    monkeypatch.setattr(stepper, "why_no_graph", lambda _: None)
    monkeypatch.setattr(step_graphs, "PROOF_STEPS", 4)
    return graphs


def made(data, optimizer="sgd", model="mlp", **values):
    values = {"batch_size": 16, "cuda_graph": True, "learning_rate": 0.01, **values}
    return Stepper(Recipe(optimizer=optimizer, model=model, values=values), data)


def train(stepper, count):
    losses = []
    while len(losses) < count:
        for trained in stepper.steps():
            stepper.count(trained)
            losses.append(float(trained.loss))
            if len(losses) == count:
                break
        stepper.close_epoch()
    return losses


def weights_of(stepper):
    return [tensor.clone() for tensor in stepper.model.state_dict().values()]


def are_equal(one, other):
    return all(map(torch.equal, one, other))


def test_that_a_graph_takes_over_after_the_first_steps_and_a_proof(tiny_data, fake):
    train(made(tiny_data), SETTLED + 4)
    assert fake.captures == 1
    assert fake.replays == step_graphs.PROOF_STEPS + 4


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "adamw"])
@pytest.mark.parametrize("model", ["mlp", "mlp-dropout"])
def test_that_the_proof_leaves_no_trace(tiny_data, fake, monkeypatch, optimizer, model):
    with_graph = made(tiny_data, optimizer, model)
    found = train(with_graph, 8), weights_of(with_graph)
    monkeypatch.setattr(step_graphs, "SETTLED", 1000)
    without = made(tiny_data, optimizer, model)
    expected = train(without, 8), weights_of(without)
    assert fake.captures == 1
    assert found[0] == expected[0]
    assert are_equal(found[1], expected[1])


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "adamw"])
def test_that_its_update_is_the_optimizers_own_within_rounding(tiny_data, fake, optimizer):
    graphed, plain = made(tiny_data, optimizer), made(tiny_data, optimizer, cuda_graph=False)
    train(graphed, 6)
    train(plain, 6)
    for found, expected in zip(weights_of(graphed), weights_of(plain), strict=True):
        torch.testing.assert_close(found, expected, rtol=1e-3, atol=1e-4)


def test_that_a_new_rate_needs_no_new_graph_and_is_used_at_once(tiny_data, fake):
    stepper = made(tiny_data)
    train(stepper, SETTLED + 2)
    stepper.set_value("learning_rate", 1e-6)
    before = weights_of(stepper)
    train(stepper, 1)
    moved = max(float((after - old).abs().max()) for after, old in zip(weights_of(stepper), before, strict=True))
    assert 0 < moved < 1e-5
    assert fake.captures == 1


@pytest.mark.parametrize(
    ("name", "value"), [("momentum", 0.9), ("weight_decay", 0.1), ("nesterov", True), ("batch_size", 8)]
)
def test_that_any_other_change_needs_a_new_graph_once_it_has_settled(tiny_data, fake, name, value):
    stepper = made(tiny_data, momentum=0.5)
    train(stepper, SETTLED + 1)
    stepper.set_value(name, value)
    replays = fake.replays
    train(stepper, SETTLED)
    assert (fake.captures, fake.replays) == (1, replays)
    train(stepper, 1)
    assert fake.captures == 2


def test_that_a_value_that_comes_back_finds_its_graph_again(tiny_data, fake):
    stepper = made(tiny_data, "adam", "mlp-dropout")
    for dropout in (0.5, 0.2, 0.5):
        stepper.set_value("dropout", dropout)
        train(stepper, SETTLED + 1)
    assert fake.captures == 2


def test_that_the_smaller_last_batch_of_an_epoch_is_trained_without_a_graph(tiny_data, fake):
    count = len(tiny_data.train_targets)
    assert count % 12
    train(made(tiny_data, batch_size=12), 2 * -(-count // 12))
    assert fake.sizes == [12]


def test_that_a_restored_state_needs_a_new_graph_but_no_new_proof(tiny_data, fake):
    stepper = made(tiny_data, "adam")
    train(stepper, SETTLED + 1)
    snapshot = stepper.snapshot()
    replays = fake.replays
    first = train(stepper, SETTLED + 2)
    stepper.restore(snapshot)
    assert train(stepper, SETTLED + 2) == first
    assert fake.captures == 2
    assert fake.replays - replays == (SETTLED + 2) + 2


def test_that_a_graph_with_other_numbers_is_given_up_in_words(tiny_data, fake, monkeypatch):
    def captured(step, _inputs, _targets):
        def replay(inputs, targets):
            loss, outputs = step(inputs, targets)
            return loss + 1e-6, outputs

        return replay

    monkeypatch.setattr(step_graphs.StepGraphs.__init__, "__defaults__", (captured,))
    found = made(tiny_data)
    losses = train(found, SETTLED + 3)
    assert "gave other numbers" in str(found.graph_problem)
    monkeypatch.setattr(step_graphs, "SETTLED", 1000)
    assert train(made(tiny_data), SETTLED + 3) == losses


def test_that_a_graph_that_keeps_the_rate_of_its_capture_is_found_out(tiny_data, fake, monkeypatch):
    def captured(step, _inputs, _targets):
        rate = found.optimizer.param_groups[0]["lr"]

        def replay(inputs, targets):
            update = found._graphs._update
            update._rate.fill_(rate)
            update._written = None
            return step(inputs, targets)

        return replay

    monkeypatch.setattr(step_graphs.StepGraphs.__init__, "__defaults__", (captured,))
    found = made(tiny_data)
    train(found, SETTLED + 1)
    assert "gave other numbers" in str(found.graph_problem)


def test_that_a_step_that_cannot_be_captured_is_trained_without_a_graph(tiny_data, fake, monkeypatch):
    def captured(*_):
        raise RuntimeError("CUDA error: operation not permitted when stream is capturing\nSearch for it …")

    monkeypatch.setattr(step_graphs.StepGraphs.__init__, "__defaults__", (captured,))
    recipe = Recipe(values={"cuda_graph": True, "epochs": 1, "batch_size": 16})
    events = list(Trainer(recipe, tiny_data).run())
    (given_up,) = [event for event in events if isinstance(event, GraphGivenUp)]
    assert str(given_up.problem) == (
        "No CUDA graph could be made of a step (CUDA error: operation not permitted when stream is capturing), so the "
        "run trains without one."
    )


def test_that_a_run_on_the_cpu_says_once_that_it_has_no_graph_and_keeps_its_bits(tiny_data):
    plain, asked = (Trainer(Recipe(values={"cuda_graph": asked, "epochs": 2}), tiny_data) for asked in (False, True))
    list(plain.run())
    given_up = [event for event in asked.run() if isinstance(event, GraphGivenUp)]
    assert len(given_up) == 1
    assert "needs an NVIDIA GPU" in str(given_up[0].problem)
    assert are_equal(weights_of(plain.stepper), weights_of(asked.stepper))


@pytest.mark.parametrize(
    ("recipe", "reason"),
    [
        (Recipe(), "needs an NVIDIA GPU"),
        (Recipe(device="mps"), "needs an NVIDIA GPU"),
        (Recipe(device="cuda", optimizer="rmsprop"), "works with SGD, Adam, AdamW"),
        (Recipe(device="cuda", values={"compile": True}), "of its own"),
    ],
)
def test_that_a_recipe_that_can_have_no_graph_is_told_why(recipe, reason):
    problem = why_no_graph(recipe)
    assert isinstance(problem, UserError)
    assert reason in str(problem)


def test_that_other_recipes_on_an_nvidia_gpu_can_have_one():
    for optimizer in ("sgd", "adam", "adamw"):
        assert why_no_graph(Recipe(device="cuda:1", optimizer=optimizer)) is None


def test_that_the_proof_is_long_enough_for_fifty_steps():
    assert PROOF_STEPS == 50
