import pytest

from workbench.ui.models.settings_folds import SettingsFolds


@pytest.fixture
def folds(qapp):
    return SettingsFolds()


def test_that_the_choices_are_unfolded_until_the_first_run_starts(folds, qtbot):
    assert not folds.are_choices_folded
    with qtbot.waitSignal(folds.changed):
        folds.on_run_started()
    assert folds.are_choices_folded
    with qtbot.assertNotEmitted(folds.changed):
        folds.on_run_started()


def test_that_what_the_user_chose_stays_when_runs_start(folds):
    folds.on_run_started()
    folds.fold_choices(False)
    folds.on_run_started()
    assert not folds.are_choices_folded


def test_that_the_folds_are_remembered(folds, qapp):
    folds.on_run_started()
    folds.fold_column(True)
    other = SettingsFolds()
    other.restore(folds.state())
    assert (other.are_choices_folded, other.is_column_folded) == (True, True)


@pytest.mark.parametrize("state", [{}, {"column": 3, "choices": "x", "has_run": "yes"}, {"other": True}])
def test_that_nonsense_is_passed_over(folds, state):
    folds.restore(state)
    assert (folds.are_choices_folded, folds.is_column_folded) == (False, False)
