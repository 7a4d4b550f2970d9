"""DatasetLoading: has the training side load data sets, and shows progress, Cancel and the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.data.data_source import DataRequest
from workbench.engine.errors import UserError
from workbench.engine.protocol.commands import LoadData, Stop
from workbench.ui.models.own_files import OwnFiles
from workbench.ui.text.engine_texts import sentence_of

if TYPE_CHECKING:
    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.protocol.events import DataFailed, DataLoaded, DataProgressed
    from workbench.ui.connection.connection import Connection
    from workbench.ui.models.settings_model import SettingsModel
    from workbench.ui.panels.dataset import DatasetPanel
    from workbench.ui.panels.settings.panel import SettingsPanel
    from workbench.ui.panels.status import StatusPanel

SOON_MS: Final = 150
MOST_KEPT: Final = 4
"""Data sets that can be shown again without loading them."""


class DatasetLoading(QObject):
    """Knows what is being loaded, as far as the events say.

    Args:
        connection: its training side loads.
        settings: name the data set, also where it replaces the default.
        controls: show facts about the data set.
        samples: shows images.
        status: shows progress.
        parent: the window.
    """

    waiting_changed = Signal()
    """A data set was requested, was loaded, or failed to load."""
    replaced = Signal(str)
    """The sentence that says which data set replaces the default, and why."""
    failed = Signal(UserError)

    def __init__(
        self,
        connection: Connection,
        settings: SettingsModel,
        controls: SettingsPanel,
        samples: DatasetPanel,
        status: StatusPanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._connection = connection
        self._settings = settings
        self._controls = controls
        self._samples = samples
        self._status = status
        self._pending = 0
        self._loaded: dict[DataRequest, DataLoaded] = {}
        # The points of a data set that the program makes follow a slider, but not at each of its positions.
        self._soon = QTimer(self, interval=SOON_MS, singleShot=True)
        self._soon.timeout.connect(lambda: self.load(self._settings.data_request()))
        settings.choice_changed.connect(self._on_choice_changed)
        settings.value_changed.connect(self._on_value_changed)
        connection.data_progressed.connect(self._on_progressed)
        connection.data_loaded.connect(self._on_loaded)
        connection.data_failed.connect(self._on_failed)

    @property
    def is_waiting(self) -> bool:
        """Whether a requested data set is neither loaded nor failed yet."""
        return self._pending > 0

    def load(self, wanted: DataRequest | None) -> None:
        """Load data, the default set if None, in place of the one that is being loaded."""
        self.cancel()
        self._soon.stop()
        self._pending += 1
        self._connection.send(LoadData(wanted))
        self.waiting_changed.emit()

    def load_soon(self) -> None:
        """Load the chosen data when their values have not changed for a moment."""
        self._soon.start()

    def cancel(self) -> None:
        """Cancel the loading."""
        if self._pending:
            self._connection.send(Stop())

    def _on_progressed(self, event: DataProgressed) -> None:
        what = QCoreApplication.translate("Progress", event.what)
        self._status.show_busy(what, event.done, event.total, can_cancel=True)

    def _on_loaded(self, event: DataLoaded) -> None:
        self._pending = max(0, self._pending - 1)
        if event.instead_of is not None:
            self._settings.set_choice("dataset", event.name)
            self.replaced.emit(sentence_of(event.instead_of))
        request = event.request or DataRequest(event.name)
        self._loaded.pop(request, None)
        self._loaded[request] = event
        for oldest in list(self._loaded)[:-MOST_KEPT]:
            del self._loaded[oldest]
        files = self._settings.own_files
        if files is not None and request.source == files.source and self._settings.data_request() == request:
            self._settings.set_own_files(OwnFiles(files.source, event.spec))
        self._show_chosen()
        self.waiting_changed.emit()

    def _on_choice_changed(self, name: str, _key: str) -> None:
        """Show a data set that is in memory, also where a run of it was opened."""
        if name == "dataset":
            self._show_chosen()

    def _on_value_changed(self, name: str, _value: Value) -> None:
        if TABLE[name].of_choice == "dataset":
            self._show_chosen()

    def _show_chosen(self) -> None:
        if (event := self._loaded.get(self._settings.data_request())) is not None:
            self._show(event)

    def _show(self, event: DataLoaded) -> None:
        if event.validation_count and event.spec.is_image:
            facts = self.tr("your own {train} training, {validation} validation and {test} test images")
        elif event.validation_count:
            facts = self.tr("your own {train} training, {validation} validation and {test} test samples")
        elif event.is_users_own and event.spec.is_image:
            facts = self.tr("your own {train} training and {test} test images")
        elif event.is_users_own:
            facts = self.tr("your own {train} training and {test} test samples")
        elif event.spec.is_image:
            facts = self.tr("{train} training and {test} test images")
        else:
            facts = self.tr("{train} training and {test} test samples")
        counts = {"train": event.train_count, "validation": event.validation_count, "test": event.test_count}
        self._controls.set_dataset_facts(facts.format(**{name: f"{count:,}" for name, count in counts.items()}))
        self._controls.set_own_validation(event.validation_count)
        self._samples.show_data(event)

    def _on_failed(self, event: DataFailed) -> None:
        self._pending = max(0, self._pending - 1)
        if event.problem is None:
            self._samples.show_message(self.tr("Loading was cancelled. Press Train to load the data after all."))
        else:
            self._samples.show_message(sentence_of(event.problem))
            self._controls.set_dataset_facts(self.tr("not loaded"))
            self.failed.emit(event.problem)
        self.waiting_changed.emit()
