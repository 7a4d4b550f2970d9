import pytest

from workbench.ui.actions.action_rows import ACTIONS
from workbench.ui.actions.qactions import ActionContext
from workbench.ui.actions.reasons import why_not
from workbench.ui.models.session_state import SessionState

FULL = ActionContext(
    weights=True,
    run=True,
    trainable=True,
    steps_left=True,
    recording=True,
    undoable=True,
    redoable=True,
    fitting=True,
    sound=True,
)


@pytest.mark.parametrize("state", SessionState)
@pytest.mark.parametrize("context", [FULL, ActionContext()], ids=["everything", "nothing"])
def test_that_every_disabled_action_says_why_and_an_enabled_one_does_not(state, context):
    for key, row in ACTIONS.items():
        is_enabled = state in row.enabled_in and all(getattr(context, need) for need in row.needs)
        reason = why_not(key, state, context, {})
        assert (reason == "") == is_enabled
        assert not reason or reason.endswith(".")


def test_that_the_reason_names_what_helps():
    assert "stop it" in why_not("train", SessionState.TRAINING, FULL, {})
    assert why_not("stop", SessionState.READY, FULL, {}) == "No run is active."
    assert "press Train" in why_not("save_weights", SessionState.READY, ActionContext(), {})
    assert "no run yet" in why_not("pause", SessionState.READY, ActionContext(), {})


@pytest.mark.parametrize(("key", "need"), [("train", "fitting"), ("loss_sound", "sound")])
def test_that_what_is_known_of_the_cause_is_the_reason(key, need):
    problems = {"fitting": "", "sound": "", need: "This is why."}
    assert why_not(key, SessionState.READY, ActionContext(), problems) == "This is why."
