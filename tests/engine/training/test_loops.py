import pytest
import torch
from torch import nn

from workbench.engine.config.tasks import Task
from workbench.engine.training import loops
from workbench.engine.training.loops import LossNotFiniteError, batches_of, train_loop


@pytest.fixture
def model():
    torch.manual_seed(0)
    return nn.Linear(4, 3)


def some(count):
    torch.manual_seed(1)
    return torch.randn(count, 4), torch.randint(0, 3, (count,))


def test_that_batches_cover_everything_once_in_order_and_the_last_holds_the_rest():
    images, labels = some(10)
    batches = list(batches_of(images, labels, 4))
    assert [len(batch_labels) for _, batch_labels in batches] == [4, 4, 2]
    assert torch.equal(torch.cat([batch_images for batch_images, _ in batches]), images)
    assert torch.equal(torch.cat([batch_labels for _, batch_labels in batches]), labels)


def test_that_the_loss_is_that_from_before_the_update(model):
    batch = some(4)
    loss_fn = nn.CrossEntropyLoss()
    before = loss_fn(model(batch[0]), batch[1]).item()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    (trained,) = train_loop([batch], model, loss_fn, optimizer)
    assert trained.loss == before
    assert loss_fn(model(batch[0]), batch[1]).item() < before


def test_that_a_learning_rate_changed_between_batches_works_on_the_next(model):
    batch = some(4)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.0)
    before = model.weight.detach().clone()
    loop = train_loop([batch, batch], model, nn.CrossEntropyLoss(), optimizer)
    next(loop)
    assert torch.equal(model.weight, before)
    optimizer.param_groups[0]["lr"] = 0.1
    next(loop)
    assert not torch.equal(model.weight, before)


def test_that_a_loss_that_is_nan_leaves_the_weights_as_they_were(model):
    images, labels = some(4)
    before = model.weight.detach().clone()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with pytest.raises(LossNotFiniteError):
        list(train_loop([(images * torch.nan, labels)], model, nn.CrossEntropyLoss(), optimizer))
    assert torch.equal(model.weight, before)


def test_that_the_test_loop_averages_over_batches_not_images(model):
    images, labels = some(5)
    loss_fn = nn.CrossEntropyLoss()
    average, accuracy, _ = loops.test_loop(batches_of(images, labels, 4), model, loss_fn, Task.CLASSIFICATION)
    with torch.no_grad():
        first, last = (
            loss_fn(model(images[:4]), labels[:4]).item(),
            loss_fn(model(images[4:]), labels[4:]).item(),
        )
        right = (model(images).argmax(1) == labels).sum().item()
    assert average == (first + last) / 2
    assert accuracy == right / 5


def test_that_testing_changes_neither_weights_nor_random_state(model):
    batches = list(batches_of(*some(8), 4))
    before, state = model.weight.detach().clone(), torch.get_rng_state()
    loops.test_loop(batches, model, nn.CrossEntropyLoss(), Task.CLASSIFICATION)
    assert torch.equal(model.weight, before)
    assert torch.equal(torch.get_rng_state(), state)


def test_that_a_regression_is_tested_by_its_mean_absolute_error_and_r2(model):
    inputs, _ = some(10)
    targets = model(inputs).detach() + torch.tensor([0.5, -0.5, 0.0])
    result = loops.test_loop(batches_of(inputs, targets, 4), model, nn.functional.mse_loss, Task.REGRESSION)
    assert result.average_loss == pytest.approx(0.5 / 3)
    assert result.metric == pytest.approx(1 / 3)
    assert 0 < result.r2 < 1


@pytest.mark.parametrize("task", list(Task))
def test_that_a_test_reads_no_number_before_its_last_batch(task, monkeypatch):
    model = torch.nn.Linear(3, 2)
    inputs = torch.rand(10, 3)
    targets = torch.rand(10, 2) if task is Task.REGRESSION else torch.arange(10) % 2
    loss_fn = nn.functional.mse_loss if task is Task.REGRESSION else nn.functional.cross_entropy
    expected = loops.test_loop(batches_of(inputs, targets, 4), model, loss_fn, task)

    def batches():
        with monkeypatch.context() as patch:
            for name in ("item", "tolist", "__float__", "__int__", "__bool__"):
                patch.setattr(torch.Tensor, name, lambda *_: pytest.fail("a number was read"))
            yield from batches_of(inputs, targets, 4)

    assert loops.test_loop(batches(), model, loss_fn, task) == expected
