import math

import numpy as np
import pytest

from workbench.engine.history.series import Series
from workbench.ui.sound.loss_pitch import HIGHEST_HZ, LOWEST_HZ, STEPS, LossPitch, frequency_of


def block(loss):
    return [loss] * STEPS


def test_that_the_first_loss_is_highest_the_lowest_one_lowest_and_equal_ratios_are_equal_intervals():
    heard = [frequency_of(loss, first=1.6, lowest=0.1) for loss in (1.6, 0.8, 0.4, 0.2, 0.1)]
    assert heard[0] == HIGHEST_HZ
    assert heard[-1] == LOWEST_HZ
    assert np.diff(np.log2(heard)) == pytest.approx(np.full(4, -0.5))


@pytest.mark.parametrize(("loss", "frequency"), [(50.0, HIGHEST_HZ), (1e-9, LOWEST_HZ), (0.0, LOWEST_HZ)])
def test_that_a_loss_outside_is_heard_as_the_nearer_end(loss, frequency):
    assert frequency_of(loss, first=2.3, lowest=0.4) == frequency


def test_that_losses_of_zero_have_a_pitch():
    assert frequency_of(0.0, first=0.0, lowest=0.0) == HIGHEST_HZ
    assert frequency_of(0.0, first=2.0, lowest=0.0) == LOWEST_HZ


def test_that_the_noise_of_the_first_steps_does_not_fill_the_range():
    assert frequency_of(2.28, first=2.3, lowest=2.28) > 0.85 * HIGHEST_HZ


def test_that_a_falling_loss_is_a_falling_tone():
    losses, pitch, heard = Series(), LossPitch(), []
    for loss in (2.3, 1.7, 1.1, 0.8, 0.5):
        losses.extend(block(loss))
        heard.append(pitch.follow(losses))
    losses.extend(block(1.1))
    assert heard[0] == HIGHEST_HZ
    assert heard == sorted(heard, reverse=True)
    assert LOWEST_HZ < pitch.follow(losses) < HIGHEST_HZ


def test_that_single_batches_hardly_move_the_tone():
    losses, pitch = Series([2.3, *block(0.5), *block(1.0)]), LossPitch()
    before = pitch.follow(losses)
    losses.append(1.5)
    assert pitch.follow(losses) == pytest.approx(before, rel=0.05)


def test_that_nothing_is_heard_without_a_new_step():
    losses, pitch = Series(), LossPitch()
    assert pitch.follow(losses) is None
    losses.append(2.3)
    assert pitch.follow(losses) == HIGHEST_HZ
    assert pitch.follow(losses) is None


@pytest.mark.parametrize("loss", [math.nan, math.inf])
def test_that_a_loss_that_is_no_number_is_told_from_one_and_spoils_none_after_it(loss):
    losses, pitch = Series([2.3, *block(0.5)]), LossPitch()
    assert pitch.follow(losses) == LOWEST_HZ
    losses.append(loss)
    assert math.isnan(pitch.follow(losses))
    losses.extend(block(0.5))
    assert pitch.follow(losses) == LOWEST_HZ


def test_that_a_run_that_begins_with_infinity_is_heard_when_its_loss_is_a_number():
    losses, pitch = Series([math.inf]), LossPitch()
    assert math.isnan(pitch.follow(losses))
    losses.extend(block(2.0))
    assert pitch.follow(losses) == HIGHEST_HZ


def test_that_a_run_that_was_opened_is_heard_within_what_it_has_recorded():
    losses = Series([*block(1.6), *block(0.1), *block(0.4)])
    assert LossPitch().follow(losses) == pytest.approx(math.sqrt(LOWEST_HZ * HIGHEST_HZ))


def test_that_after_going_back_the_losses_that_were_left_do_not_count():
    losses, pitch = Series([*block(1.6), *block(0.8), *block(0.1)]), LossPitch()
    pitch.follow(losses)
    losses.truncate(2 * STEPS)
    losses.append(0.8)
    assert pitch.follow(losses) == LOWEST_HZ


def test_that_another_run_is_heard_between_its_own_losses():
    pitch = LossPitch()
    pitch.follow(Series([2.3, *block(0.01)]))
    assert pitch.follow(Series(block(1.0))) == HIGHEST_HZ
