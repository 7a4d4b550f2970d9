"""What follows from the events of the training side, and from what the controllers have done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from workbench.engine.protocol.commands import SetSnapshotBudget
from workbench.engine.protocol.queries.first_bad import FindFirstBad
from workbench.ui.controllers.notifications import DATA, SETTINGS, STUCK, UNTRAINABLE
from workbench.ui.controllers.run_prompts import MIB
from workbench.ui.models.rate_so_far import RateSoFar

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.engine.models.network_source import NetworkSource
    from workbench.engine.protocol.events import DataLoaded
    from workbench.ui.window.parts import Parts
    from workbench.ui.window.wiring.state_display import StateDisplay


class RunSlots(QObject):
    """Connects the model of the run, the training thread and the controllers with what shows them.

    Args:
        parts: panels, controllers and actions.
        display: shows the state of the session.
        trust_and_reopen: asks whether the code of the current run's network may run, and opens the run again with it.
        parent: Qt's parent.
    """

    def __init__(
        self,
        parts: Parts,
        display: StateDisplay,
        trust_and_reopen: Callable[[NetworkSource], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._display = display
        self._connect_controllers(trust_and_reopen)
        self._connect_run()
        self._connect_thread()

    def _connect_controllers(self, trust_and_reopen: Callable[[NetworkSource], None]) -> None:
        parts, display = self._parts, self._display
        notifications, thread = parts.notifications, parts.thread
        parts.dataset_loading.waiting_changed.connect(display.show_waiting)
        parts.dataset_loading.failed.connect(partial(notifications.show_problem, topic=DATA))
        parts.network_facts.problem_changed.connect(display.show_state)
        parts.start_weights.problem_changed.connect(display.show_state)
        parts.start_weights.failed.connect(partial(notifications.show_problem, topic=SETTINGS))
        parts.start_weights.chosen.connect(notifications.show_start)
        notifications.start_requested.connect(parts.start_weights.choose)
        parts.run_settings.choice_changed.connect(self._withdraw_data_notice)
        parts.run_settings.changed.connect(lambda: notifications.withdraw(SETTINGS))
        parts.dataset_loading.replaced.connect(notifications.show_replaced)
        parts.weights.weights_saved.connect(notifications.show_weights_saved)
        parts.weights.save_failed.connect(notifications.show_problem)
        parts.checkpoints.saved.connect(notifications.show_checkpoint_saved)
        parts.checkpoints.save_failed.connect(notifications.show_problem)
        parts.panel_exports.saved.connect(notifications.show_saved)
        parts.panel_exports.save_failed.connect(notifications.show_problem)
        parts.checkpoints.open_requested.connect(parts.controller.open_checkpoint)
        parts.library.failed.connect(notifications.show_problem)
        parts.own_data.refused.connect(notifications.show_problem)
        parts.own_networks.failed.connect(partial(notifications.show_problem, topic=SETTINGS))
        parts.own_networks.trusted.connect(parts.network_facts.forget)
        parts.own_networks.trusted.connect(parts.start_weights.look_again)
        parts.own_code_watch.stuck.connect(notifications.show_stuck)
        parts.own_code_watch.returned.connect(partial(notifications.withdraw, STUCK))
        notifications.trust_requested.connect(trust_and_reopen)
        parts.prompts.budget_chosen.connect(lambda budget: thread.send(SetSnapshotBudget(budget * MIB)))
        parts.hints.editing.connect(parts.undo_history.end_move)
        parts.undo_history.choice_needed.connect(notifications.ask_how_to_undo)
        parts.undo_history.changed.connect(display.show_state)

    def _connect_run(self) -> None:
        parts, display = self._parts, self._display
        run, weights, view, controls = parts.run_model, parts.weights, parts.live_view, parts.panels.controls
        # Weights before views: `show_state` asks whether there are any.
        run.started.connect(weights.on_run_started)
        run.resumed.connect(weights.on_run_started)
        run.ended.connect(weights.on_run_ended)
        run.discarded.connect(weights.on_run_discarded)
        run.started.connect(view.on_started)
        run.resumed.connect(view.on_resumed)
        run.paused.connect(view.on_paused)
        run.branched.connect(view.on_branched)
        run.recording_ended.connect(view.on_recording_ended)
        run.travelled.connect(view.on_travelled)
        run.ended.connect(view.on_ended)
        run.discarded.connect(view.on_discarded)
        run.ended.connect(lambda _: display.show_device(parts.run_settings.device))
        run.value_changed.connect(lambda change: controls.set_applied(change.name, change.new))
        run.value_changed.connect(view.on_value_changed)
        run.values_replaced.connect(controls.show_applied)
        view.result_shown.connect(parts.cursor_values.refresh)
        trace = controls.rate_trace
        trace.follow(RateSoFar(run).rates)
        view.result_shown.connect(lambda: trace.update())
        run.busy.connect(parts.panels.status.show_busy)
        run.idle.connect(display.show_waiting)
        run.changed.connect(display.show_state)
        run.changed.connect(parts.network_facts.update)
        run.changed.connect(parts.start_weights.update)
        run.run_changed.connect(display.show_run)
        run.failed.connect(parts.notifications.show_problem)
        run.change_refused.connect(partial(parts.notifications.show_problem, topic=SETTINGS))
        run.not_started.connect(partial(parts.notifications.show_problem, topic=SETTINGS))
        run.untrainable.connect(partial(parts.notifications.show_problem, topic=UNTRAINABLE))
        for signal in (run.started, run.discarded):
            signal.connect(lambda *_: parts.notifications.withdraw(UNTRAINABLE))
        run.differed.connect(parts.notifications.show_differed)
        run.travel_made.connect(parts.undo_history.on_travel_made)
        run.future_taken.connect(parts.undo_history.on_future_taken)

    def _connect_thread(self) -> None:
        parts, display = self._parts, self._display
        thread, notifications = parts.thread, parts.notifications
        thread.torch_loaded.connect(display.show_torch)
        thread.data_loaded.connect(self._on_data_loaded)
        thread.text_printed.connect(parts.panels.log.append)
        thread.value_changed.connect(lambda event: parts.undo_history.on_value_changed(event.change))
        thread.value_changed.connect(parts.panels.journal.refresh)
        for changed in (thread.change_refused, thread.epoch_started, thread.stopped_early):
            changed.connect(parts.panels.journal.refresh)
        thread.entry_annotated.connect(parts.panels.journal.show_note)
        thread.divergence_stopped.connect(notifications.ask_after_guard)
        thread.divergence_stopped.connect(lambda event: parts.inspection.ask(FindFirstBad(event.incident.step)))
        thread.inspected.connect(lambda event: notifications.show_first_bad(event, parts.inspection_model.class_names))
        thread.run_started.connect(lambda event: notifications.show_approximate(event.approximate))
        thread.stopped_early.connect(notifications.show_stopped_early)
        thread.graph_given_up.connect(lambda event: notifications.show_graph_given_up(event.problem))
        for signal in (thread.run_resumed, thread.run_started, thread.run_discarded):
            signal.connect(notifications.withdraw_guard)
        thread.run_discarded.connect(parts.run_actions.on_run_discarded)
        thread.record_failed.connect(parts.close_guard.on_record_failed)
        thread.record_recovered.connect(lambda _: parts.close_guard.on_record_recovered())
        thread.record_recovered.connect(lambda _: notifications.show_kept_again())
        thread.store_noticed.connect(lambda event: notifications.show_problem(event.problem))
        for failed in (thread.request_failed, thread.weights_refused, thread.record_failed):
            failed.connect(lambda event: notifications.show_problem(event.problem, event.details))
        thread.weights_evaluated.connect(parts.weights.on_weights_evaluated)
        thread.weights_evaluated.connect(display.show_state)
        start = parts.actions["start_from_weights"]
        thread.weights_evaluated.connect(lambda event: notifications.show_evaluated(event, can_start=start.isEnabled()))
        thread.crashed.connect(display.show_crash)

    def _withdraw_data_notice(self, name: str, _key: str) -> None:
        """Where another data set is chosen, what was said about the one before is stale."""
        if name == "dataset":
            self._parts.notifications.withdraw(DATA)

    def _on_data_loaded(self, event: DataLoaded) -> None:
        """Withdraw what was said about data that could not be loaded; not what is said of those that replace them."""
        if event.instead_of is None:
            self._parts.notifications.withdraw(DATA)
