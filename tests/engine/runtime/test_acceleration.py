import os
import subprocess
import sys
import sysconfig

import pytest
import torch
from torch import nn

from workbench.engine.config.hyperparameters import TABLE, Section
from workbench.engine.errors import UsageError
from workbench.engine.history.records import ScheduledChange
from workbench.engine.models.weights import weights_sha256
from workbench.engine.recipe import Recipe
from workbench.engine.runtime import acceleration as speed
from workbench.engine.training.trainer import Trainer


@pytest.fixture(autouse=True)
def fresh_answers():
    speed.why_not.cache_clear()
    yield
    speed.why_not.cache_clear()
    speed.set_threads(0)


def trained(data, optimizer="sgd", **values):
    trainer = Trainer(Recipe(optimizer=optimizer, values={"epochs": 2, **values}), data)
    list(trainer.run())
    return trainer


def test_that_settings_that_cost_parity_are_off_by_default_and_say_so():
    rows = [row for row in TABLE.values() if row.section is Section.SPEED or row.name == "fused"]
    assert {row.name for row in rows} == {"threads", "autocast", "compile", "cuda_graph", "fused"}
    for row in rows:
        assert not row.default
        assert "It costs parity" in row.help


def test_that_bfloat16_changes_the_numbers_but_not_the_learning(tiny_data):
    exact, rough = (trained(tiny_data, autocast=autocast, learning_rate=0.1, epochs=4) for autocast in (False, True))
    assert weights_sha256(rough.weights) != weights_sha256(exact.weights)
    assert rough.weights.keys() == exact.weights.keys()
    assert all(tensor.dtype == torch.float32 for tensor in rough.weights.values())
    assert rough.history.evaluations[-1].metric == pytest.approx(exact.history.evaluations[-1].metric, abs=0.1)


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "adamw"])
def test_that_a_fused_update_learns_the_same_within_rounding(tiny_data, optimizer):
    plain, fused = (trained(tiny_data, optimizer, fused=choice) for choice in (False, True))
    assert fused.stepper.optimizer.param_groups[0]["fused"]
    for key, tensor in plain.weights.items():
        torch.testing.assert_close(fused.weights[key], tensor, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("name", ["momentum", "weight_decay", "learning_rate"])
def test_that_sliders_work_on_a_fused_update(tiny_data, name):
    change = [ScheduledChange(5, name, 0.5)]
    plain, fused = (
        Trainer(Recipe(values={"epochs": 1, "fused": choice}), tiny_data, scheduled=change) for choice in (False, True)
    )
    list(plain.run())
    list(fused.run())
    for key, tensor in plain.weights.items():
        torch.testing.assert_close(fused.weights[key], tensor, rtol=1e-3, atol=1e-4)


def test_that_rmsprop_has_no_fused_update():
    with pytest.raises(UsageError, match="rmsprop has no fused"):
        Recipe(optimizer="rmsprop", values={"fused": True})


def test_that_threads_are_set_for_the_run_and_reset_for_the_next(tiny_data):
    at_first = torch.get_num_threads()
    trained(tiny_data, threads=1)
    assert torch.get_num_threads() == 1
    trained(tiny_data)
    assert torch.get_num_threads() == at_first


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere torch has another OpenMP library")
def test_that_the_number_of_threads_does_not_follow_the_load_where_the_user_lets_it():
    code = """
import torch
from workbench.engine.runtime.acceleration import set_threads
from workbench.engine.runtime.thread_waits import libgomp
print(libgomp().omp_get_dynamic())
set_threads(0)
print(libgomp().omp_get_dynamic())
"""
    environment = os.environ | {"OMP_DYNAMIC": "true"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=100)
    assert done.stdout.split() == ["1", "0"], done.stderr


def test_that_a_compiled_model_is_made_for_any_batch_size_and_keeps_its_weights(tiny_data, monkeypatch, tmp_path):
    asked = []
    (tmp_path / "Python.h").touch()
    monkeypatch.setattr(speed.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(tmp_path))
    monkeypatch.setattr(torch, "compile", lambda model, **options: asked.append(options) or nn.Sequential(model))
    compiled = trained(tiny_data, compile=True)
    assert asked == [{"dynamic": True, "mode": "default"}]
    assert weights_sha256(compiled.weights) == weights_sha256(trained(tiny_data).weights)


def test_that_compiling_without_a_compiler_is_refused_with_advice(tiny_data, monkeypatch):
    monkeypatch.delenv("CXX", raising=False)
    monkeypatch.setattr(speed.shutil, "which", lambda _: None)
    with pytest.raises(UsageError, match="install one"):
        Trainer(Recipe(values={"compile": True}), tiny_data)


def test_that_compiling_without_pythons_headers_is_refused_with_advice(monkeypatch, tmp_path):
    monkeypatch.setattr(speed.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(tmp_path))
    assert "python3-dev" in str(speed.why_not("compile"))


def test_that_a_setting_without_requirements_is_never_refused():
    assert [speed.why_not(name) for name in TABLE if name != "compile"] == [None] * (len(TABLE) - 1)
