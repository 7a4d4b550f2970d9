from workbench.ui.help.palette.entry import Entry, Kind, names_for
from workbench.ui.help.palette.ranking import MOST_SHOWN, ranked


def entry(title, kind=Kind.ACTION, why_not="", aliases=()):
    return Entry(key=title, kind=kind, title=title, act=lambda: None, why_not=why_not, names=names_for(title, *aliases))


def titles(entries, typed="", recent=()):
    return [each.title for each in ranked(entries, typed, recent)]


def test_that_without_a_text_the_last_used_come_first_and_the_rest_keeps_its_order():
    entries = [entry("Train"), entry("Stop"), entry("Undo"), entry("Redo")]
    assert titles(entries, recent=["Redo", "gone", "Stop"]) == ["Redo", "Stop", "Train", "Undo"]


def test_that_of_two_that_fit_alike_the_last_used_comes_first():
    entries = [entry("Save weights"), entry("Save run")]
    assert titles(entries, "save") == ["Save weights", "Save run"]
    assert titles(entries, "save", ["Save run"]) == ["Save run", "Save weights"]


def test_that_use_does_not_lift_what_fits_badly_over_what_fits_well():
    assert titles([entry("Step"), entry("Go to step")], "step", ["Go to step"])[0] == "Step"


def test_that_what_cannot_be_done_comes_after_what_fits_as_well():
    assert titles([entry("Save weights", why_not="No."), entry("Save run")], "save") == ["Save run", "Save weights"]


def test_that_an_action_comes_before_a_file_with_the_same_word():
    assert titles([entry("export.csv", Kind.FILE), entry("Export")], "export") == ["Export", "export.csv"]


def test_that_a_typo_counts_only_where_nothing_fits_better():
    entries = [entry("Save weights"), entry("Guard", aliases=["safety"])]
    assert titles(entries, "save") == ["Save weights"]
    assert titles(entries[1:], "safty") == ["Guard"]


def test_that_a_list_has_an_end():
    assert len(ranked([entry(f"Run {number}") for number in range(1000)], "run", ())) == MOST_SHOWN
