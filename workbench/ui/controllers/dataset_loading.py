"""Has the training side load data sets, and shows how that goes: progress, Cancel, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from workbench.engine.errors import UserError
from workbench.engine.protocol.commands import LoadData, Stop
from workbench.ui.text.engine_texts import sentence_of

if TYPE_CHECKING:
    from workbench.engine.protocol.events import DataFailed, DataLoaded, DataProgressed
    from workbench.ui.connection.training_thread import TrainingThread
    from workbench.ui.models.settings_model import SettingsModel
    from workbench.ui.panels.dataset import DatasetPanel
    from workbench.ui.panels.settings import SettingsPanel
    from workbench.ui.panels.status import StatusPanel


class DatasetLoading(QObject):
    """What is being loaded, as far as the window has been told.

    Args:
        thread: loads.
        settings: name the data set, also where it replaces the default.
        controls: show facts about the data set.
        samples: shows images.
        status: shows progress.
        parent: the window.
    """

    waiting_changed = Signal()
    """Something has been asked for, or has come, or has failed."""
    replaced = Signal(str)
    """The sentence that says which data set took the place of the default, and why."""
    failed = Signal(UserError)

    def __init__(
        self,
        thread: TrainingThread,
        settings: SettingsModel,
        controls: SettingsPanel,
        samples: DatasetPanel,
        status: StatusPanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._thread = thread
        self._settings = settings
        self._controls = controls
        self._samples = samples
        self._status = status
        self._asked = 0
        thread.data_progressed.connect(self._on_progressed)
        thread.data_loaded.connect(self._on_loaded)
        thread.data_failed.connect(self._on_failed)

    @property
    def is_waiting(self) -> bool:
        """Whether anything asked for has neither come nor failed."""
        return self._asked > 0

    def fetch(self, dataset: str | None) -> None:
        """Ask for a data set, or for the default one; what is being loaded now gives way."""
        self.cancel()
        self._asked += 1
        self._thread.send(LoadData(dataset))
        self.waiting_changed.emit()

    def cancel(self) -> None:
        """Give up what is being loaded."""
        if self._asked:
            self._thread.send(Stop())

    def _on_progressed(self, event: DataProgressed) -> None:
        what = QCoreApplication.translate("Progress", event.what)
        self._status.show_busy(what, event.done, event.total, can_cancel=True)

    def _on_loaded(self, event: DataLoaded) -> None:
        self._asked = max(0, self._asked - 1)
        if event.instead_of is not None:
            self._settings.set_choice("dataset", event.name)
            self.replaced.emit(sentence_of(event.instead_of))
        facts = self.tr("{train} training and {test} test images")
        self._controls.set_dataset_facts(facts.format(train=f"{event.train_count:,}", test=f"{event.test_count:,}"))
        self._samples.show_samples(event.class_names, event.samples)
        self.waiting_changed.emit()

    def _on_failed(self, event: DataFailed) -> None:
        self._asked = max(0, self._asked - 1)
        if event.problem is None:
            self._samples.show_message(self.tr("Loading was cancelled. Press Train to load the images after all."))
        else:
            self._samples.show_message(sentence_of(event.problem))
            self._controls.set_dataset_facts(self.tr("not loaded"))
            self.failed.emit(event.problem)
        self.waiting_changed.emit()
