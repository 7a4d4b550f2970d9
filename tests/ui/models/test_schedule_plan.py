import pytest

from workbench.engine.analysis.lr_curve import SchedulePlan
from workbench.ui.models.schedule_plan import SchedulePlanModel
from workbench.ui.models.settings_model import SettingsModel


@pytest.fixture
def settings():
    settings = SettingsModel()
    settings.set_choice("schedule", "cosine")
    return settings


def test_that_the_plan_follows_the_schedule_and_the_values_that_it_depends_on(settings):
    model = SchedulePlanModel(settings)
    heard = []
    model.changed.connect(lambda: heard.append(model.plan))
    settings.set_value("learning_rate", 0.1)
    settings.set_value("epochs", 7)
    settings.set_choice("schedule", "step")
    settings.set_value("schedule_decay", 0.25)
    assert len(heard) == 4
    assert model.plan is heard[-1]
    expected = SchedulePlan.of("step", settings.values(), len(model.plan.rates))
    assert model.plan.rates.tolist() == expected.rates.tolist()
    assert model.plan.epochs == 7


def test_that_nothing_is_planned_anew_where_other_settings_change(settings):
    model = SchedulePlanModel(settings)
    heard = []
    model.changed.connect(lambda: heard.append("changed"))
    settings.set_value("batch_size", 128)
    settings.set_choice("optimizer", "adam")
    settings.set_choice("model", "cnn")
    settings.set_value("seed", 3)
    assert heard == []
    settings.set_value("epochs", 9)
    assert heard == ["changed"]
