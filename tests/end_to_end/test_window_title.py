"""The title of the window, which the task bar shows, too."""

APPLICATION = "Training workbench"


def test_that_the_title_says_which_run_is_open_what_it_does_and_how_far_it_is(person):
    title = person.window.windowTitle
    assert title() == APPLICATION
    person.begin(epochs=900)
    person.wait_for(lambda: "Run 1 · training · epoch " in title())
    assert title().endswith(f" of 900 — {APPLICATION}")
    before = title()
    person.wait_for(lambda: title() != before)
    assert "Run 1 · training · epoch " in title()
    person.press("pause")
    person.wait_until_paused()
    assert " · paused · epoch " in title()
    person.press("stop")
    person.wait_until_ready()
    assert " · stopped · epoch " in title()


def test_that_the_title_of_a_finished_run_says_so(person):
    person.train(epochs=1)
    person.wait_for(lambda: person.window.windowTitle() == f"Run 1 · finished · epoch 1 of 1 — {APPLICATION}")
