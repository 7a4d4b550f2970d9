import sys

import hypothesis
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QScrollArea, QSlider, QToolTip, QWidget

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_source import DataSource
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.data.datasets import DATASETS
from workbench.engine.errors import UsageError
from workbench.engine.models.registry import MODELS
from workbench.engine.optim.losses import losses_for
from workbench.engine.optim.lr_schedules import SCHEDULES
from workbench.engine.optim.optimizers import OPTIMIZERS
from workbench.engine.recipe import REGISTRIES, Recipe, names_for
from workbench.ui.models.own_files import OwnFiles
from workbench.ui.models.settings_folds import SettingsFolds
from workbench.ui.models.settings_model import SettingsModel
from workbench.ui.panels.settings.panel import SettingsPanel
from workbench.ui.style.palette import load_palette
from workbench.ui.widgets.hyperparameter_control import NOTE_AFTER_MS

CHOICES = Recipe().choices()
STEER_ROWS = ("learning_rate", "batch_size", "epochs")
FURTHER_ROWS = ("clip_norm", "seed", "shuffle", "guard")
VALIDATION_ROWS = ("validation_share", "early_stopping", "least_gain", "flip", "shift", "rotation")
SPEED_ROWS = ("threads", "autocast", "compile", "cuda_graph")


@pytest.fixture
def settings(qapp):
    return SettingsModel()


@pytest.fixture
def panel(qtbot, settings):
    panel = SettingsPanel(settings)
    qtbot.addWidget(panel)
    panel.set_palette(load_palette("light"))
    panel.resize(320, 760)
    with qtbot.waitActive(panel):
        panel.show()
    return panel


def control(panel, name):
    return panel.findChild(QWidget, name)


def entry(panel, name):
    return panel.findChild(QLineEdit, f"{name}_entry")


def typed(qtbot, field, text, key=None):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    if key is not None:
        qtbot.keyClick(field, key)


def choose_by_keys(qtbot, panel, name, key):
    box = panel.findChild(QComboBox, name)
    qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findData(key)):
        qtbot.keyClick(box, Qt.Key.Key_Down)


def edits(settings):
    edits = []
    settings.value_edited.connect(lambda name, value: edits.append((name, value)))
    settings.choice_edited.connect(lambda name, key: edits.append((name, key)))
    return edits


def shown_rows(panel):
    rows = [control(panel, name) for name in TABLE]
    visible = [row for row in rows if row.isVisibleTo(panel)]
    return [row.objectName() for row in sorted(visible, key=lambda row: row.mapTo(panel, QPoint(0, 0)).y())]


def test_that_every_row_of_the_table_and_every_registry_has_a_control_by_its_name(panel):
    for name in (*TABLE, *CHOICES):
        widget = control(panel, name)
        assert widget.value() is not None
        assert widget.accessibleName()
        assert widget.accessibleDescription()
        assert widget.toolTip()


def test_that_everything_that_takes_the_keyboard_has_an_object_name_and_an_accessible_name(panel):
    widgets = [widget for widget in panel.findChildren(QWidget) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(widgets) > 20
    for widget in widgets:
        if widget.window() is not panel:
            continue  # the list of a combo box
        assert widget.objectName()
        assert widget.accessibleName(), widget.objectName()


@pytest.mark.parametrize("optimizer", OPTIMIZERS.names)
def test_that_the_rows_shown_are_those_the_optimizer_takes_in_its_order(qtbot, panel, settings, optimizer):
    choose_by_keys(qtbot, panel, "optimizer", optimizer)
    rows = [*STEER_ROWS, *OPTIMIZERS[optimizer].accepts, *FURTHER_ROWS, *VALIDATION_ROWS, *SPEED_ROWS]
    qtbot.waitUntil(lambda: shown_rows(panel) == rows)
    assert set(settings.values()) == set(names_for({"optimizer": optimizer}))
    assert settings.recipe() == Recipe(optimizer=optimizer)


@pytest.mark.parametrize("schedule", SCHEDULES.names)
def test_that_a_schedules_rows_stand_below_the_rate_and_before_the_optimizers(qtbot, panel, settings, schedule):
    choose_by_keys(qtbot, panel, "schedule", schedule)
    own = (*SCHEDULES[schedule].accepts, *OPTIMIZERS["sgd"].accepts)
    rows = [*STEER_ROWS, *own, *FURTHER_ROWS, *VALIDATION_ROWS, *SPEED_ROWS]
    qtbot.waitUntil(lambda: shown_rows(panel) == rows)
    assert control(panel, "schedule_settings").isVisible() == bool(SCHEDULES[schedule].accepts)
    assert settings.recipe() == Recipe(schedule=schedule)


def test_that_dropout_is_there_while_the_model_takes_it(qtbot, panel, settings):
    choose_by_keys(qtbot, panel, "model", "mlp-dropout")
    qtbot.waitUntil(
        lambda: (
            shown_rows(panel)
            == ["dropout", *STEER_ROWS, *OPTIMIZERS["sgd"].accepts, *FURTHER_ROWS, *VALIDATION_ROWS, *SPEED_ROWS]
        )
    )
    control(panel, "dropout").setValue(0.4)
    assert settings.recipe() == Recipe(model="mlp-dropout", values={"dropout": 0.4})
    choose_by_keys(qtbot, panel, "model", "mlp")
    assert "dropout" not in settings.values()
    assert not control(panel, "model_settings").isVisible()
    choose_by_keys(qtbot, panel, "model", "mlp-dropout")
    assert settings.values()["dropout"] == 0.4


def test_that_each_edit_by_the_user_is_emitted_once(qtbot, panel, settings):
    emitted = edits(settings)
    qtbot.keyClick(panel.findChild(QSlider, "learning_rate_slider"), Qt.Key.Key_Right)
    typed(qtbot, entry(panel, "batch_size"), "128", Qt.Key.Key_Return)
    control(panel, "nesterov").setValue(True)
    choose_by_keys(qtbot, panel, "loss", "mse")
    assert emitted == [
        ("learning_rate", 0.00106),
        ("batch_size", 128),
        ("nesterov", True),
        ("loss", "nll"),
        ("loss", "mse"),
    ]


def test_that_setters_only_show(panel, settings):
    emitted = edits(settings)
    settings.set_value("learning_rate", 0.01)
    settings.set_value("momentum", 0.9)
    settings.set_choice("loss", "mse")
    settings.set_choice("dataset", "fashion-mnist-mini")
    settings.set_choice("optimizer", "adam")
    panel.set_parameter_count(669706)
    panel.set_dataset_facts("some")
    assert emitted == []
    assert settings.recipe()["learning_rate"] == 0.01
    assert settings.choices() == CHOICES | {"dataset": "fashion-mnist-mini", "loss": "mse", "optimizer": "adam"}
    assert not settings.dataset_was_chosen


def test_that_each_optimizer_keeps_its_own_values(qtbot, panel, settings):
    typed(qtbot, entry(panel, "momentum"), "0.9", Qt.Key.Key_Return)
    typed(qtbot, entry(panel, "learning_rate"), "0.01", Qt.Key.Key_Return)
    emitted = edits(settings)
    choose_by_keys(qtbot, panel, "optimizer", "rmsprop")
    assert (settings.values()["momentum"], settings.values()["learning_rate"]) == (0, 0.01)
    typed(qtbot, entry(panel, "momentum"), "0.5", Qt.Key.Key_Return)
    choose_by_keys(qtbot, panel, "optimizer", "sgd")
    assert settings.values()["momentum"] == 0.9
    choose_by_keys(qtbot, panel, "optimizer", "rmsprop")
    assert settings.values()["momentum"] == 0.5
    assert [name for name, _ in emitted if name != "optimizer"] == ["momentum"]


def test_that_an_optimizers_own_default_is_used_and_returned_to(qtbot, panel):
    choose_by_keys(qtbot, panel, "optimizer", "adamw")
    decay = control(panel, "weight_decay")
    assert decay.value() == 0.01
    decay.setValue(0.5)
    decay.reset()
    assert decay.value() == 0.01
    choose_by_keys(qtbot, panel, "optimizer", "adam")
    assert decay.value() == 0


def test_that_what_has_been_typed_counts_in_the_recipe(qtbot, panel, settings):
    typed(qtbot, entry(panel, "learning_rate"), "0.05")
    typed(qtbot, entry(panel, "seed"), "7")
    assert (settings.recipe()["learning_rate"], settings.recipe()["seed"]) == (0.05, 7)


def test_that_a_bad_text_gives_no_recipe_and_is_gone_when_a_run_begins(qtbot, panel, settings):
    typed(qtbot, entry(panel, "learning_rate"), "fast", Qt.Key.Key_Return)
    with pytest.raises(UsageError, match="“fast” is not a value for Learning rate"):
        settings.recipe()
    assert settings.values()["learning_rate"] == 0.001
    panel.set_running(True)
    assert entry(panel, "learning_rate").text() == "0.001"
    assert control(panel, "learning_rate").note == ""


@pytest.mark.parametrize("how", ["keys", "same again", "set", "choose"])
def test_that_a_data_set_the_user_chose_counts_as_chosen(qtbot, panel, settings, how):
    box = panel.findChild(QComboBox, "dataset")
    match how:
        case "keys":
            choose_by_keys(qtbot, panel, "dataset", "fashion-mnist-mini")
        case "same again":
            box.showPopup()
            qtbot.keyClick(box.view(), Qt.Key.Key_Return)
        case "set":
            box.setValue("fashion-mnist")
        case "choose":
            settings.edit("dataset", "fashion-mnist")
    assert settings.dataset_was_chosen


def test_that_facts_stand_below_the_data_set_and_the_model(panel, settings):
    facts = {name: panel.findChild(QWidget, f"{name}_facts") for name in ("dataset", "model")}
    assert facts["model"].text() == "784 → 512 → 512 → 10"
    panel.set_parameter_count(669706)
    panel.set_dataset_facts("60,000 training and 10,000 test images")
    assert facts["model"].text() == "784 → 512 → 512 → 10 · 669,706 parameters"
    assert facts["dataset"].text() == "60,000 training and 10,000 test images"
    settings.edit("dataset", "fashion-mnist-mini")
    assert facts["dataset"].text() == ""  # until those of this one are known


# Edits, to be undone, and runs that are opened


def recorded(settings):
    recorded = []
    settings.edited.connect(lambda *edit: recorded.append(edit))
    return recorded


def test_that_every_edit_by_the_user_is_emitted_with_the_old_value(qtbot, panel, settings):
    emitted = recorded(settings)
    typed(qtbot, entry(panel, "learning_rate"), "0.5", Qt.Key.Key_Return)
    typed(qtbot, entry(panel, "learning_rate"), "0.5", Qt.Key.Key_Return)
    qtbot.keyClick(control(panel, "guard_check"), Qt.Key.Key_Space)
    choose_by_keys(qtbot, panel, "model", "mlp-dropout")
    control(panel, "dropout").setValue(0.3)
    assert emitted == [
        ("learning_rate", 0.001, 0.5),
        ("guard", True, False),
        ("model", "mlp", "mlp-dropout"),
        ("dropout", 0.2, 0.3),
    ]


def test_that_setters_are_no_edits_and_the_next_edit_knows_what_they_set(panel, settings):
    emitted = recorded(settings)
    settings.set_value("learning_rate", 0.01)
    settings.set_choice("loss", "mse")
    settings.restore(settings.state())
    settings.show_recipe(Recipe(loss="nll", values={"learning_rate": 0.02}), {})
    assert emitted == []
    control(panel, "learning_rate").setValue(0.03)
    settings.edit("loss", "mse")
    assert emitted == [("learning_rate", 0.02, 0.03), ("loss", "nll", "mse")]


def test_that_an_edit_by_undo_is_requested_but_not_emitted_as_an_edit(panel, settings):
    emitted, asked = recorded(settings), edits(settings)
    settings.edit("learning_rate", 0.5, can_undo=False)
    settings.edit("optimizer", "adam", can_undo=False)
    assert asked == [("learning_rate", 0.5), ("optimizer", "adam")]
    assert emitted == []
    settings.edit("momentum", 0.7, can_undo=False)  # of the optimizer that is not chosen
    assert asked[2:] == emitted == []
    settings.edit("optimizer", "sgd", can_undo=False)
    assert settings.values()["momentum"] == 0.7
    with pytest.raises(UsageError):
        settings.edit("learning_rate", 100, can_undo=False)
    control(panel, "epochs").setValue(3)
    assert emitted == [("epochs", 10, 3)]


@given(st.data())
@hypothesis.settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_that_edits_undone_in_reverse_lead_back_and_redone_forth(panel, settings, data):
    settings.reset_to_defaults()
    emitted = recorded(settings)
    before = settings.state()
    for _ in range(data.draw(st.integers(1, 6))):
        choice = data.draw(st.sampled_from(list(REGISTRIES)))
        offered = losses_for(settings.task) if choice == "loss" else REGISTRIES[choice].names
        if choice == "model":  # one that fits all data
            offered = [row.name for row in MODELS if row.refusal(DATASETS["sine"].spec) is None]
        settings.edit(choice, data.draw(st.sampled_from(offered)))
        row = TABLE[data.draw(st.sampled_from(list(settings.values())))]
        if row.choices:
            control(panel, row.name).setValue(data.draw(st.sampled_from(row.choices)))
        elif row.kind is str:
            control(panel, row.name).setValue(data.draw(st.sampled_from(["", "7", "8,16"])))
        elif row.kind is bool:
            control(panel, row.name).setValue(data.draw(st.booleans()))
        else:
            control(panel, row.name).setValue(
                int(row.minimum) + data.draw(st.integers(1, 2)) if row.kind is int else 0.1
            )
    if data.draw(st.booleans()):
        settings.reset_to_defaults()
    after, done = settings.recipe(), list(emitted)
    for name, old, _ in reversed(done):
        settings.edit(name, old, can_undo=False)
    assert settings.recipe() == Recipe()
    assert settings.state()["values"] == before["values"]
    for name, _, new in done:
        settings.edit(name, new, can_undo=False)
    assert settings.recipe() == after
    assert emitted == done


def test_that_an_opened_run_is_shown_without_a_request(qtbot, panel, settings):
    emitted = edits(settings)
    typed(qtbot, entry(panel, "epochs"), "7")
    values = {"momentum": 0.5, "learning_rate": 0.1, "dropout": 0.3, "warmup_epochs": 2.0, "shuffle": True}
    recipe = Recipe("fashion-mnist-mini", "mlp-dropout", "mse", "rmsprop", "warmup", values)
    settings.show_recipe(recipe, {**recipe.values, "learning_rate": 0.2})
    assert settings.recipe() == Recipe(
        "fashion-mnist-mini", "mlp-dropout", "mse", "rmsprop", "warmup", {**values, "learning_rate": 0.2}
    )
    assert emitted == []
    assert not settings.dataset_was_chosen
    settings.edit("dataset", "fashion-mnist")
    settings.show_recipe(recipe, {})
    assert settings.dataset_was_chosen


def test_that_nothing_is_pending_when_a_run_under_way_is_shown(qtbot, panel, settings):
    panel.set_running(True)
    control(panel, "learning_rate").setValue(0.5)
    recipe = Recipe(optimizer="adam", values={"beta1": 0.5, "learning_rate": 0.01})
    settings.show_recipe(recipe, recipe.values)
    settings.set_value("learning_rate", 0.02)
    for name, value in settings.values().items():
        panel.set_applied(name, value)
    qtbot.wait(2 * NOTE_AFTER_MS)
    assert {name: control(panel, name).note for name in recipe.values} == dict.fromkeys(recipe.values, "")
    assert settings.values()["learning_rate"] == 0.02
    assert not control(panel, "optimizer").isEnabled()


def test_that_a_run_locks_what_waits_for_the_next_one(panel):
    panel.set_running(True)
    enabled = {name for name in (*TABLE, *CHOICES) if control(panel, name).isEnabled()}
    assert enabled == {name for name, row in TABLE.items() if row.is_live}
    for name in ("seed", *CHOICES):
        assert "Locked while training" in control(panel, name).toolTip()
    panel.set_running(False)
    for name in {*TABLE, *CHOICES} - {"cuda_graph"}:  # which needs a GPU
        assert control(panel, name).isEnabled()
        assert "Locked" not in control(panel, name).toolTip()


@pytest.mark.parametrize("name", ["dataset", "seed_entry", "seed_roll", "learning_rate_slider"])
def test_that_the_tool_tip_is_seen_over_locked_and_unlocked_controls_alike(panel, name):
    panel.set_running(True)
    widget = control(panel, name)
    centre = widget.rect().center()
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, centre, widget.mapToGlobal(centre)))
    shown = {
        "dataset": "Locked",
        "seed_entry": "Locked",
        "seed_roll": "random",
        "learning_rate_slider": "gradient",
    }
    assert shown[name] in QToolTip.text()
    QToolTip.hideText()


def test_that_a_change_during_a_run_shows_what_is_in_force_until_it_is_applied(qtbot, panel):
    panel.set_running(True)
    rate = control(panel, "learning_rate")
    rate.setValue(0.01)
    qtbot.waitUntil(lambda: rate.note == "now 0.001", timeout=20 * NOTE_AFTER_MS)
    panel.set_applied("learning_rate", 0.01)
    assert rate.note == ""
    rate.setValue(0.1)
    panel.set_running(False)
    qtbot.wait(2 * NOTE_AFTER_MS)
    assert rate.note == ""


def test_that_applied_values_mean_nothing_outside_a_run_or_for_what_is_locked(qtbot, panel):
    panel.set_applied("learning_rate", 0.5)
    panel.set_running(True)
    panel.set_applied("seed", 3)
    qtbot.wait(2 * NOTE_AFTER_MS)
    assert [control(panel, name).note for name in ("learning_rate", "seed")] == ["", ""]


def test_that_a_reset_returns_to_the_tutorials_settings_and_asks_for_them(panel, settings):
    settings.edit("dataset", "fashion-mnist-mini")
    settings.edit("optimizer", "adam")
    control(panel, "beta1").setValue(0.5)
    control(panel, "epochs").setValue(3)
    settings.set_value("momentum", 0.9)
    emitted = edits(settings)
    settings.reset_to_defaults()
    assert settings.recipe() == Recipe()
    assert not settings.dataset_was_chosen
    assert {("dataset", "fashion-mnist"), ("optimizer", "sgd"), ("epochs", 10)} <= set(emitted)
    settings.edit("optimizer", "adam")
    assert settings.values()["beta1"] == 0.9


def test_that_a_reset_during_a_run_leaves_what_is_locked(panel, settings):
    settings.set_value("seed", 5)
    settings.set_value("learning_rate", 0.1)
    settings.set_choice("loss", "mse")
    settings.reset_to_defaults(live_only=True)
    assert (settings.values()["seed"], settings.choices()["loss"]) == (5, "mse")
    assert settings.values()["learning_rate"] == 0.001


@pytest.mark.parametrize("optimizer", OPTIMIZERS.names)
@pytest.mark.parametrize("height", [400, 900])
def test_that_it_is_never_wider_than_its_window(qtbot, panel, settings, optimizer, height):
    settings.edit("optimizer", optimizer)
    panel.resize(panel.minimumSizeHint().width(), height)
    qtbot.waitUntil(lambda: panel.height() == height)
    area = panel.findChild(QScrollArea)
    qtbot.waitUntil(lambda: area.widget().width() == area.viewport().width())
    assert panel.minimumSizeHint().width() <= 330
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    assert area.horizontalScrollBar().maximum() == 0


def test_that_nothing_moves_sideways_when_the_scroll_bar_comes(qtbot, panel):
    area = panel.findChild(QScrollArea)
    field = entry(panel, "epochs")
    before = field.mapTo(panel, QPoint(0, 0)).x()
    panel.resize(320, 300)
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
    bar = area.verticalScrollBar().width()
    qtbot.waitUntil(lambda: abs(field.mapTo(panel, QPoint(0, 0)).x() - before) <= abs(bar - 12))


@pytest.mark.parametrize("optimizer", OPTIMIZERS.names)
def test_that_the_tab_key_goes_down_the_panel(qtbot, panel, settings, optimizer):
    settings.edit("schedule", "one-cycle")
    settings.edit("model", "mlp-dropout")
    settings.edit("optimizer", optimizer)
    qtbot.waitUntil(lambda: control(panel, "weight_decay").isVisible())
    first = control(panel, "dataset")
    first.setFocus()
    visited = [first]
    while True:
        qtbot.keyClick(visited[-1], Qt.Key.Key_Tab)
        if QApplication.focusWidget() is first:
            break
        visited.append(QApplication.focusWidget())
        assert len(visited) < 100
    names = [widget.objectName() for widget in visited]
    assert names[:9] == [*CHOICES, "dropout_slider", "dropout_entry", "learning_rate_slider", "learning_rate_entry"]
    rows = list(dict.fromkeys(name.rsplit("_", 1)[0] for name in names[len(CHOICES) :]))
    own = ["schedule_peak", "schedule_floor", *OPTIMIZERS[optimizer].accepts]
    available = [name for name in SPEED_ROWS if control(panel, name).isEnabled()]
    # After the last row, the buttons at the top.
    assert rows == ["dropout", *STEER_ROWS, *own, *FURTHER_ROWS, *VALIDATION_ROWS, *available, "fold", "trained"]
    assert not any(name.startswith("controls_scroll") for name in names)


def test_that_another_palette_is_shown_at_once(panel):
    mark = control(panel, "learning_rate_mark")
    light = mark.grab().toImage()
    panel.set_palette(load_palette("dark"))
    assert mark.grab().toImage() != light


def test_that_the_controls_are_there_before_torch():
    import subprocess

    code = "import workbench.ui.panels.settings, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# The task of the data


def offered(panel, name):
    box = panel.findChild(QComboBox, name)
    return [box.itemData(index) for index in range(box.count())]


def test_that_the_losses_offered_are_those_of_the_task(panel, settings):
    assert offered(panel, "loss") == ["cross-entropy", "nll", "mse"]
    settings.edit("dataset", "sine")
    assert offered(panel, "loss") == ["mse", "mae", "huber"]
    assert panel.findChild(QComboBox, "loss").value() == settings.choices()["loss"] == "mse"
    settings.edit("dataset", "fashion-mnist")
    assert panel.findChild(QComboBox, "loss").value() == "cross-entropy"


def test_that_the_settings_of_the_data_stand_under_the_data(panel, settings):
    assert not panel.findChild(QWidget, "dataset_settings").isVisibleTo(panel)
    settings.edit("dataset", "moons")
    rows = panel.findChild(QWidget, "dataset_settings")
    assert rows.isVisibleTo(panel)
    assert control(panel, "data_noise").value() == settings.value("data_noise")
    assert control(panel, "data_noise").isVisibleTo(panel)


def test_that_the_facts_of_the_network_follow_the_data(panel, settings):
    settings.edit("dataset", "moons")
    assert panel.findChild(QWidget, "model_facts").text().startswith("2 → 512 → 512 → 2")


def test_that_files_of_the_users_own_are_listed_by_their_name(panel, settings):
    spec = DataSpec(Task.REGRESSION, (3,), (), ("y",))
    settings.edit("dataset", OwnFiles(DataSource("/home/me/diabetes.csv"), spec))
    box = panel.findChild(QComboBox, "dataset")
    assert box.currentText() == "diabetes.csv"
    assert "/home/me/diabetes.csv" in box.toolTip()
    settings.edit("dataset", "fashion-mnist")
    assert box.itemText(box.count() - 1) == "diabetes.csv"
    box.setValue("own-files")
    assert settings.data_request().source == DataSource("/home/me/diabetes.csv")


def test_a_control_is_revealed_where_the_choices_have_it(qtbot):
    settings = SettingsModel()
    panel = SettingsPanel(settings)
    qtbot.addWidget(panel)
    panel.resize(330, 400)
    panel.show()
    for name in ("threads", "learning_rate", "momentum"):
        control = panel.reveal(name)
        assert control is panel.findChild(QWidget, name)
        assert not control.visibleRegion().isEmpty()
    assert panel.reveal("beta1") is None
    assert panel.reveal("no_such_control") is None


def test_a_folded_column_unfolds_for_a_control_and_folded_choices_stand_for_theirs(qtbot):
    folds = SettingsFolds()
    panel = SettingsPanel(SettingsModel(), folds=folds)
    qtbot.addWidget(panel)
    panel.show()
    assert panel.reveal("optimizer") is panel.findChild(QWidget, "optimizer")
    folds.fold_choices(True)
    assert panel.reveal("optimizer").isAncestorOf(panel.findChild(QWidget, "trained_fold"))
    folds.fold_column(True)
    assert panel.reveal("learning_rate").isVisible()
    assert not folds.is_column_folded


def test_that_the_plan_of_the_schedule_follows_the_settings(panel, settings):
    preview = panel.findChild(QWidget, "schedule_preview")
    settings.edit("epochs", 5)
    assert not preview.isVisibleTo(panel)  # a constant rate has no course
    settings.edit("schedule", "cosine")
    assert preview.isVisibleTo(panel)
    assert preview.text == "0.001 → 1e-5 in 5 epochs"
    settings.edit("learning_rate", 0.1)
    settings.edit("schedule_floor", 0.5)
    assert preview.text == "0.1 → 0.05 in 5 epochs"


def test_that_the_plan_stands_beside_the_choice_or_where_its_settings_are_while_the_choices_are_folded(qtbot):
    folds, settings = SettingsFolds(), SettingsModel()
    panel = SettingsPanel(settings, folds=folds)
    qtbot.addWidget(panel)
    settings.edit("schedule", "cosine")
    beside, below = (panel.findChild(QWidget, name) for name in ("schedule_preview", "schedule_settings_preview"))
    folds.fold_choices(False)
    assert (beside.isVisibleTo(panel), below.isVisibleTo(panel)) == (True, False)
    folds.fold_choices(True)
    assert (beside.isVisibleTo(panel), below.isVisibleTo(panel)) == (False, True)
    settings.edit("schedule", "constant")  # has no settings
    assert not below.isVisibleTo(panel)
