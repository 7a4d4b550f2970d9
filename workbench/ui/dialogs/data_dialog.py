"""The dialog that shows what was understood of files of the user's own, before they are taken as the data set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
)

from workbench.engine.data.data_source import DataSource
from workbench.ui.dialogs.data_choices import DataChoices
from workbench.ui.dialogs.data_examples import DataExamples
from workbench.ui.text.data_texts import detail_lines, summary_text
from workbench.ui.text.engine_texts import sentence_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from workbench.engine.data.own_files.description import DataDescription
    from workbench.engine.errors import UserError

FIRST_SIZE: Final = QSize(760, 560)
SOON_MS: Final = 250
"""A number that is typed passes other numbers."""
PARTS: Final = 1000
DETAIL_LINES: Final = 5


class DataDialog(QDialog):
    """Asks for a path and for the choices about the files there; the owner has them described.

    Args:
        parent: the window.
        folder: where the user chooses at first.
    """

    describe_requested = Signal(object)
    """The user chose files, or made another choice about them: the `DataSource`; `show_description` answers."""
    taken = Signal(object)
    """The user takes what is shown: the `DataDescription`."""

    def __init__(self, parent: QWidget, folder: Path) -> None:
        super().__init__(parent)
        self.setObjectName("data_dialog")
        self.setWindowTitle(self.tr("Open data set"))
        self._folder = folder
        self._found: DataDescription | None = None
        self._soon = QTimer(self, interval=SOON_MS, singleShot=True)
        self._soon.timeout.connect(self._ask_again)
        self._path = QLineEdit(self)
        self._path.setObjectName("data_path")
        self._path.setAccessibleName(self.tr("File or folder"))
        self._path.setPlaceholderText(self.tr("A table, a folder with a folder of pictures for each class, arrays, …"))
        self._path.returnPressed.connect(self._on_path_typed)
        self._path.textChanged.connect(self._on_path_changed)
        self._hint = self._first_hint()
        self._summary = _text_label("data_summary")
        self._summary.setProperty("role", "heading")
        self._problem = _text_label("data_problem")
        self._problem.setProperty("role", "error")
        self._details = QPlainTextEdit(self)
        self._details.setObjectName("data_details")
        self._details.setAccessibleName(self.tr("What was understood"))
        self._details.setReadOnly(True)
        self._details.setMaximumHeight(DETAIL_LINES * self.fontMetrics().lineSpacing() + 12)
        self._examples = DataExamples(self)
        self._choices = DataChoices(self)
        self._choices.changed.connect(self._on_choice_changed)
        self._progress = QProgressBar(self)
        self._progress.setObjectName("data_progress")
        self._progress.setFormat("")
        self._progress.setMaximum(PARTS)
        self._phase = _text_label("data_phase")
        self._phase.setProperty("role", "muted")
        self._place()
        self._show_nothing()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(FIRST_SIZE)

    def describe(self, source: DataSource) -> None:
        """Ask what is in these files."""
        self._hint.hide()
        self._path.setText(source.path)
        self._choices.set_source(source)
        self._ask(source)

    def show_progress(self, phase: str, done: int, total: int) -> None:
        """Show how far the reading has come."""
        self._phase.setText(QCoreApplication.translate("Progress", phase))
        self._progress.setMaximum(PARTS if total else 0)
        self._progress.setValue(PARTS * done // total if total else 0)

    def show_description(self, found: DataDescription) -> None:
        """Show what was understood."""
        self._found = found
        self._set_busy(False)
        self._summary.setText(summary_text(found))
        self._summary.setVisible(bool(self._summary.text()))
        lines = detail_lines(found)
        self._details.setPlainText("\n".join(lines))
        self._details.setVisible(bool(lines))
        self._examples.show_description(found)
        self._examples.setVisible(self._examples.has_any)
        self._choices.show_description(found)
        # Without columns, samples and a delimiter there is nothing to choose.
        self._choices.setVisible(found.spec is not None or bool(found.columns) or found.is_text)
        self._show_problem("" if found.problem is None else sentence_of(found.problem))
        self._on_path_changed()

    def show_failure(self, problem: UserError) -> None:
        """Say why the files could not be read."""
        self._set_busy(False)
        self._show_nothing()
        self._show_problem(sentence_of(problem))

    def accept(self) -> None:
        """Take what is shown, if it can be trained on and is what the choices say."""
        if self._found is not None and self._ok.isEnabled():
            self.taken.emit(self._found)
            super().accept()

    def _on_path_typed(self) -> None:
        if (path := self._typed_path()) is not None:
            self._choose(path)

    def _on_path_changed(self) -> None:
        """Only what the field names is taken: a path that is typed is not described before Enter."""
        found, is_busy = self._found, self._progress.isVisibleTo(self)
        is_described = found is not None and found.source.path in (self._path.text(), str(self._typed_path()))
        if not is_busy:
            self._phase.setText(self.tr("Press Enter in the field to read these files."))
            self._phase.setVisible(self._typed_path() is not None and found is not None and not is_described)
        is_usable = found is not None and found.problem is None and found.spec is not None
        self._ok.setEnabled(is_usable and is_described and not is_busy and not self._soon.isActive())

    def _typed_path(self) -> Path | None:
        text = self._path.text().strip()
        if not text:
            return None
        try:
            return Path(text).expanduser().absolute()
        except RuntimeError:  # there is no such user, as in `~x`
            return Path(text).absolute()

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a file"), str(self._folder))
        if name:
            self._choose(Path(name))

    def _choose_folder(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), str(self._folder)):
            self._choose(Path(name))

    def _choose(self, path: Path) -> None:
        self._folder = path.parent
        self._found = None
        self.describe(DataSource(str(path)))

    def _on_choice_changed(self) -> None:
        self._ok.setEnabled(False)
        self._soon.start()

    def _ask_again(self) -> None:
        if (source := self._choices.source) is not None:
            self._ask(source)

    def _ask(self, source: DataSource) -> None:
        self._soon.stop()
        self._show_problem("")
        self._set_busy(True)
        self.show_progress("", 0, 0)
        self.describe_requested.emit(source)

    def _set_busy(self, is_busy: bool) -> None:
        self._progress.setVisible(is_busy)
        self._phase.setVisible(is_busy)
        if is_busy:
            self._ok.setEnabled(False)

    def _show_problem(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def _first_hint(self) -> QLabel:
        """What can be opened, shown in the empty dialog until something is chosen."""
        hint = _text_label("data_hint")
        hint.setProperty("role", "muted")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        lines = (
            self.tr("Choose a file or a folder to see what is understood of it; nothing is changed yet."),
            self.tr("Tables: CSV and other text, Parquet, or one .npy array; a column is the label."),
            self.tr("Pictures: a folder with a folder for each class, perhaps within train and test."),
            self.tr("Arrays: .npz, .npy files in a folder, or IDX files such as those of MNIST."),
        )
        hint.setText("\n\n".join(lines))
        return hint

    def _show_nothing(self) -> None:
        self._found = None
        for widget in (
            self._examples,
            self._summary,
            self._problem,
            self._details,
            self._choices,
            self._progress,
            self._phase,
        ):
            widget.setVisible(False)
        self._ok.setEnabled(False)

    def _place(self) -> None:
        choose_file, choose_folder = QPushButton(self.tr("File…"), self), QPushButton(self.tr("Folder…"), self)
        choose_file.setObjectName("data_choose_file")
        choose_folder.setObjectName("data_choose_folder")
        choose_file.clicked.connect(self._choose_file)
        choose_folder.clicked.connect(self._choose_folder)
        for button in (choose_file, choose_folder):
            button.setAutoDefault(False)
        line = QHBoxLayout()
        line.addWidget(self._path, 1)
        line.addWidget(choose_file)
        line.addWidget(choose_folder)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._ok = buttons.addButton(self.tr("Use these data"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._ok.setObjectName("data_dialog_ok")
        # Enter in the field of the path reads it; it must not take the data at once.
        self._ok.setAutoDefault(False)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setObjectName("data_dialog_cancel")
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addLayout(line)
        for widget in (self._progress, self._phase, self._problem, self._summary, self._details):
            layout.addWidget(widget)
        layout.addWidget(self._hint, 1)
        layout.addWidget(self._examples, 1)
        layout.addStretch()
        layout.addWidget(self._choices)
        layout.addWidget(buttons)


def _text_label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
