import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolTip

from tests.ui.models.runs_kit import run_id, summary
from workbench.engine.history.records import Change
from workbench.engine.store.run_store import RunStatus
from workbench.ui.panels.branches import BranchesPanel
from workbench.ui.plotting.branches.branch_view import BranchView
from workbench.ui.style.palette import load_palette

FASTER = Change(step=300, name="learning_rate", old=1e-3, new=1e-2)
RUNS = [
    summary(1, steps=900),
    summary(2, parent=1, parent_step=300, steps=900, name="<b>warm</b>"),
    summary(3, parent=1, parent_step=600, steps=700, status=RunStatus.FAILED, metric=None),
    summary(4),
]


@pytest.fixture
def panel(qtbot):
    panel = BranchesPanel()
    qtbot.addWidget(panel)
    panel.set_palette(load_palette("light"))
    panel.resize(700, 300)
    panel.show()
    return panel


@pytest.fixture
def filled(panel):
    panel.set_family(RUNS, run_id(1), 450, {run_id(2): [FASTER]})
    return panel


def view(panel):
    return panel.findChild(BranchView, "family")


def click(qtbot, panel, number, *, keys=Qt.KeyboardModifier.NoModifier):
    place = view(panel).lane_place(run_id(number))
    qtbot.mouseClick(view(panel).viewport(), Qt.MouseButton.LeftButton, keys, place)


def tick(qtbot, panel, number):
    box = QPoint(16, view(panel).lane_place(run_id(number)).y())
    qtbot.mouseClick(view(panel).viewport(), Qt.MouseButton.LeftButton, pos=box)


def picture(panel):
    return view(panel).viewport().grab().toImage()


def test_that_without_a_run_it_says_how_to_make_branches(panel):
    assert panel.findChild(QLabel, "branches_empty").isVisible()
    assert not view(panel).isVisible()


def test_that_a_single_run_is_drawn_with_a_hint_on_how_to_make_branches(panel):
    panel.set_family(RUNS, run_id(4), 10)
    assert view(panel).isVisible()
    assert panel.findChild(QLabel, "branches_hint").isVisible()
    panel.set_family(RUNS, run_id(1), 10)
    assert not panel.findChild(QLabel, "branches_hint").isVisible()


def test_that_a_double_click_opens(qtbot, filled):
    with qtbot.waitSignal(filled.open_requested) as opened:
        qtbot.mouseDClick(view(filled).viewport(), Qt.MouseButton.LeftButton, pos=view(filled).lane_place(run_id(3)))
    assert opened.args == [run_id(3)]


def test_that_a_click_selects_and_opens_nothing(qtbot, filled):
    with qtbot.assertNotEmitted(filled.open_requested):
        click(qtbot, filled, 2)
    assert view(filled).selected == run_id(2)


def test_that_the_current_run_is_selected_at_first(filled):
    assert view(filled).selected == run_id(1)


def test_that_arrows_choose_and_enter_opens(qtbot, filled):
    qtbot.keyClick(view(filled), Qt.Key.Key_Down)
    assert view(filled).selected == run_id(3)
    qtbot.keyClick(view(filled), Qt.Key.Key_End)
    qtbot.keyClick(view(filled), Qt.Key.Key_Down)
    assert view(filled).selected == run_id(2)
    with qtbot.waitSignal(filled.open_requested) as opened:
        qtbot.keyClick(view(filled), Qt.Key.Key_Return)
    assert opened.args == [run_id(2)]
    qtbot.keyClick(view(filled), Qt.Key.Key_Home)
    assert view(filled).selected == run_id(1)


def test_that_boxes_overlay_and_runs_are_reported_in_the_order_of_the_lanes(qtbot, filled):
    emitted = []
    filled.overlay_requested.connect(emitted.append)
    tick(qtbot, filled, 2)
    tick(qtbot, filled, 3)
    tick(qtbot, filled, 2)
    assert emitted == [[run_id(2)], [run_id(3), run_id(2)], [run_id(3)]]


def test_that_a_click_with_ctrl_overlays_too(qtbot, filled):
    with qtbot.waitSignal(filled.overlay_requested) as overlaid:
        click(qtbot, filled, 3, keys=Qt.KeyboardModifier.ControlModifier)
    assert overlaid.args == [[run_id(3)]]


def test_that_the_space_key_overlays_the_selected_run(qtbot, filled):
    click(qtbot, filled, 2)
    with qtbot.waitSignal(filled.overlay_requested) as overlaid:
        qtbot.keyClick(view(filled), Qt.Key.Key_Space)
    assert overlaid.args == [[run_id(2)]]


def test_that_the_current_run_is_not_drawn_over_itself(qtbot, filled):
    with qtbot.assertNotEmitted(filled.overlay_requested):
        tick(qtbot, filled, 1)


def test_that_ticks_set_by_the_program_emit_nothing(qtbot, filled):
    with qtbot.assertNotEmitted(filled.overlay_requested):
        filled.set_overlaid({run_id(3): load_palette("light").overlay_2, run_id(1): None})
    assert view(filled).ticked_runs == [run_id(3)]


def test_that_ticks_and_selection_stay_after_a_refresh(qtbot, filled):
    tick(qtbot, filled, 3)
    filled.set_family([*RUNS, summary(5, parent=1, parent_step=10)], run_id(1), 500)
    assert view(filled).ticked_runs == [run_id(3)]
    assert view(filled).selected == run_id(3)


def test_that_a_screen_reader_reads_the_drawn_tree(qtbot, filled):
    click(qtbot, filled, 2)
    assert view(filled).accessibleDescription() == "<b>warm</b>, 3 of 3: rate 0.001 → 0.01"
    click(qtbot, filled, 3)
    assert view(filled).accessibleDescription() == "Run 3, 2 of 3: from step 600"
    click(qtbot, filled, 1)
    assert view(filled).accessibleDescription() == "Run 1, 1 of 3: as in the tutorial"


def test_that_a_tool_tip_says_more_and_shows_markup_in_names_as_text(filled):
    place = view(filled).lane_place(run_id(2))
    viewport = view(filled).viewport()
    QApplication.sendEvent(viewport, QHelpEvent(QHelpEvent.Type.ToolTip, place, viewport.mapToGlobal(place)))
    text = QToolTip.text()
    QToolTip.hideText()
    assert "&lt;b&gt;warm&lt;/b&gt;" in text
    assert "Branched off Run 1 @ 300" in text
    assert "rate 0.001 → 0.01" in text
    assert "900 steps" in text


def test_that_the_menu_opens_and_overlays(qtbot, filled):
    click(qtbot, filled, 3)
    view(filled).menu_asked.emit(QPoint(10, 10))
    menu = filled.findChild(QMenu, "branches_menu")
    actions = {action.objectName(): action for action in menu.actions()}
    with qtbot.waitSignal(filled.overlay_requested) as overlaid:
        actions["branch_overlay"].trigger()
    assert overlaid.args == [[run_id(3)]]
    with qtbot.waitSignal(filled.open_requested) as opened:
        actions["branch_open"].trigger()
    assert opened.args == [run_id(3)]
    menu.close()


def test_that_the_dot_of_the_current_run_moves_with_its_step(filled):
    before = picture(filled)
    filled.set_step(800)
    after = picture(filled)
    assert before != after
    filled.set_step(450)
    assert picture(filled) == before


def test_that_both_themes_paint_it(filled):
    light = picture(filled)
    filled.set_palette(load_palette("dark"))
    assert picture(filled) != light


def test_that_a_large_family_can_be_scrolled_to_its_end(qtbot, panel):
    runs = [summary(1), *(summary(number, parent=1, parent_step=number, steps=1000) for number in range(2, 60))]
    panel.set_family(runs, run_id(1), 5)
    bar = view(panel).verticalScrollBar()
    assert bar.maximum() > 0
    qtbot.keyClick(view(panel), Qt.Key.Key_End)
    assert view(panel).selected == run_id(2)
    assert bar.value() == bar.maximum()
    assert view(panel).viewport().rect().contains(view(panel).lane_place(run_id(2)))


def test_that_a_family_without_a_single_step_can_be_drawn(panel):
    panel.set_family([summary(1, steps=0, metric=None), summary(2, parent=1, parent_step=0, steps=0)], run_id(2), 0)
    assert not picture(panel).isNull()
