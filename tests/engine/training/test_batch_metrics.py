import pytest
import torch

from workbench.engine.config.tasks import Task
from workbench.engine.history.history import History
from workbench.engine.training.batch_metrics import BatchMetrics
from workbench.engine.training.loops import LossNotFiniteError, TrainedBatch

OUTPUTS = torch.tensor([[1.0, 2.0], [4.0, 3.0], [0.0, 1.0]])


def test_that_the_accuracy_runs_over_the_samples_of_the_epoch():
    history = History()
    metrics = BatchMetrics(history, Task.CLASSIFICATION)
    metrics.add(TrainedBatch(0.5, OUTPUTS, torch.tensor([1, 0, 0])))
    metrics.add(TrainedBatch(0.25, OUTPUTS[:1], torch.tensor([1])))
    assert metrics.read(sample=4, metric_sum=0) == 3
    assert history.metric.values().tolist() == pytest.approx([2 / 3, 3 / 4])


def test_that_the_absolute_error_of_a_sample_is_the_mean_over_its_targets():
    history = History()
    metrics = BatchMetrics(history, Task.REGRESSION)
    metrics.add(TrainedBatch(0.5, OUTPUTS, OUTPUTS + torch.tensor([1.0, 3.0])))
    metrics.add(TrainedBatch(torch.tensor(0.25), OUTPUTS[:1], OUTPUTS[:1] - 8))
    assert metrics.read(sample=6, metric_sum=4.0) == pytest.approx(4 + 3 * 2 + 8)
    assert history.metric.values().tolist() == pytest.approx([10 / 5, 18 / 6])
    assert history.loss.values().tolist() == [0.5, 0.25]


def test_that_a_loss_that_is_no_number_ends_the_history_before_it():
    history = History()
    metrics = BatchMetrics(history, Task.REGRESSION)
    for loss in (0.5, float("nan"), 0.5):
        metrics.add(TrainedBatch(loss, OUTPUTS, OUTPUTS))
    with pytest.raises(LossNotFiniteError):
        metrics.read(sample=9, metric_sum=0.0)
    assert len(history) == 1
