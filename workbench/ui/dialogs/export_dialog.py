"""The dialog in which the user chooses the forms in which a run is taken along."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from workbench.engine.errors import UserError
from workbench.engine.exporters.plots.options import COLOURS, LARGEST, SMALLEST, PlotChoice
from workbench.engine.exporters.registry import EXPORTS
from workbench.ui.text.engine_texts import help_of, label_of, plain_tool_tip, sentence_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QCloseEvent

    from workbench.engine.exporters.registry import ExportRow

FIRST_SIZE: Final = QSize(680, 620)
LEAST_ROOM: Final = 60
"""Left free on a small screen around the dialog."""
PARTS: Final = 1000
INDENT: Final = 26
"""Under the text of a check box."""


@dataclass(slots=True)
class _Row:
    """What stands for one form."""

    box: QCheckBox
    result: QLabel


class ExportDialog(QDialog):
    """Asks for forms, a folder and a name; the owner writes the files, and says here how far they are.

    It leaves the window free: a run can be steered while it is exported.

    Args:
        parent: the window.
        title: of the run, or of the runs.
        name: of the files, without a suffix; None where there are several runs, whose own names are used.
        folder: where they are written.
        chosen: the names of the forms that are ticked at first.
        plot: the size and the colours of curves that are set at first.
    """

    export_requested = Signal()
    """The user wants the chosen forms."""
    cancel_requested = Signal()

    def __init__(
        self,
        parent: QWidget,
        title: str,
        name: str | None,
        folder: Path,
        chosen: Collection[str],
        plot: PlotChoice | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export_dialog")
        self.setWindowTitle(self.tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._is_busy = False
        heading = _label("export_heading", title)
        heading.setProperty("role", "heading")
        self._plot = _PlotLine(plot or PlotChoice(), self)
        self._rows = {row: self._create_row(EXPORTS[row], row in chosen) for row in EXPORTS.names}
        self._forms = QWidget()
        self._area = self._list_forms()
        self._folder = self._line("export_folder", self.tr("Folder"), str(folder))
        self._name = self._line("export_name", self.tr("Name"), name or self.tr("the name of each run"))
        self._name.setEnabled(name is not None)
        self._problem = _label("export_problem")
        self._problem.setProperty("role", "error")
        self._phase = _label("export_phase")
        self._phase.setProperty("role", "muted")
        self._progress = QProgressBar(self)
        self._progress.setObjectName("export_progress")
        self._progress.setFormat("")
        buttons = QDialogButtonBox(self)
        self._ok = buttons.addButton(self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._ok.setObjectName("export_ok")
        self._cancel = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self._cancel.setObjectName("export_cancel")
        self._cancel.setAutoDefault(False)
        buttons.accepted.connect(self._request)
        buttons.rejected.connect(self.reject)
        self._place(heading, buttons)
        self._set_busy(False)
        self._update_plot()
        room = self.screen().availableSize() - QSize(LEAST_ROOM, LEAST_ROOM)
        self.resize(FIRST_SIZE.boundedTo(room).boundedTo(parent.size().expandedTo(QSize(480, 400))))

    @property
    def chosen(self) -> list[str]:
        """The names of the forms that are ticked."""
        return [name for name, row in self._rows.items() if row.box.isChecked()]

    @property
    def plot(self) -> PlotChoice:
        """The size and the colours of curves."""
        return self._plot.choice

    @property
    def folder(self) -> Path:
        """Where the files are written."""
        text = self._folder.text().strip()
        try:
            return Path(text).expanduser().absolute()
        except RuntimeError:  # there is no such user, as in `~x`
            return Path(text).absolute()

    @property
    def name(self) -> str:
        """Of the files, without a suffix."""
        return self._name.text().strip()

    def begin(self) -> None:
        """Something is being written."""
        for row in self._rows.values():
            _show(row.result, "")
        self.show_problem("")
        self._set_busy(True)

    def show_progress(self, phase: str, done: int, total: int) -> None:
        """Show how far the writing has come; 0 where that is not known."""
        self._phase.setText(phase)
        self._progress.setMaximum(PARTS if total else 0)
        self._progress.setValue(PARTS * min(done, total) // total if total else 0)

    def add_result(self, row: str, text: str, *, has_failed: bool) -> None:
        """Say below a form what came of it; with several runs, a line for each."""
        label = self._rows[row].result
        is_bad = has_failed or (bool(label.text()) and label.property("role") == "error")
        label.setProperty("role", "error" if is_bad else "success")
        label.style().unpolish(label)
        label.style().polish(label)
        _show(label, f"{label.text()}\n{text}" if label.text() else text)
        if (layout := self._forms.layout()) is not None:
            layout.activate()  # the place of the label is known only then
        self._area.ensureWidgetVisible(label)

    def end(self, text: str) -> None:
        """Nothing is being written any more."""
        self._set_busy(False)
        _show(self._phase, text)

    def show_problem(self, text: str) -> None:
        """Say why nothing can be written; "" for no reason."""
        _show(self._problem, text)

    def reject(self) -> None:
        """Cancel what is being written, or close."""
        if self._is_busy:
            self._cancel.setEnabled(False)
            self._phase.setText(self.tr("Cancelling…"))
            self.cancel_requested.emit()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Closing it while something is written cancels that."""
        if self._is_busy:
            self.cancel_requested.emit()
        super().closeEvent(event)

    def _request(self) -> None:
        if not self.chosen:
            self.show_problem(self.tr("Nothing is chosen: tick one or more of the forms."))
        elif not self._folder.text().strip():
            self.show_problem(self.tr("There is no folder to write to: choose one."))
        elif not self.name or self.name in {".", ".."} or "/" in self.name or "\\" in self.name or "\0" in self.name:
            self.show_problem(self.tr("A file cannot have this name: type another one, without / and \\."))
        else:
            self.show_problem("")
            self.export_requested.emit()

    def _update_plot(self) -> None:
        """The size and the colours matter where curves are drawn."""
        rows = getattr(self, "_rows", {})  # boxes are ticked while the rows are made
        self._plot.setEnabled(any(EXPORTS[name].is_plot and row.box.isChecked() for name, row in rows.items()))

    def _choose_folder(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), str(self.folder)):
            self._folder.setText(name)

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self._progress.setVisible(is_busy)
        self._phase.setVisible(is_busy or bool(self._phase.text()))
        if is_busy:
            self.show_progress("", 0, 0)
        self._ok.setEnabled(not is_busy)
        self._cancel.setEnabled(True)
        self._cancel.setText(self.tr("Cancel") if is_busy else self.tr("Close"))

    def _create_row(self, row: ExportRow, is_chosen: bool) -> _Row:
        box = QCheckBox(label_of(row).replace("&", "&&"), self)
        box.setObjectName(f"export_{row.name}")
        result = _label(f"export_{row.name}_result")
        result.setVisible(False)
        result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        missing = row.missing
        box.setEnabled(missing is None)
        box.setChecked(is_chosen and missing is None)
        box.setToolTip(plain_tool_tip(help_of(row)))
        box.toggled.connect(lambda _: self._update_plot())
        return _Row(box, result)

    def _list_forms(self) -> QScrollArea:
        content = self._forms
        content.setObjectName("export_forms")
        column = QVBoxLayout(content)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        for name, row in self._rows.items():
            missing = EXPORTS[name].missing
            about = _label(
                f"export_{name}_help", help_of(EXPORTS[name]) if missing is None else _in_words(name, missing)
            )
            about.setProperty("role", "muted")
            about.setEnabled(missing is None)
            under = QVBoxLayout()
            under.setContentsMargins(INDENT, 0, 0, 10)
            under.setSpacing(2)
            under.addWidget(about)
            under.addWidget(row.result)
            column.addWidget(row.box)
            column.addLayout(under)
        column.addStretch()
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.StyledPanel)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(self.tr("Forms to export"))
        area.setWidget(content)
        return area

    def _line(self, name: str, label: str, text: str) -> QLineEdit:
        line = QLineEdit(text, self)
        line.setObjectName(name)
        line.setAccessibleName(label)
        return line

    def _place(self, heading: QLabel, buttons: QDialogButtonBox) -> None:
        choose = QPushButton(self.tr("Folder…"), self)
        choose.setObjectName("export_choose_folder")
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose_folder)
        folder = QHBoxLayout()
        folder.addWidget(self._folder, 1)
        folder.addWidget(choose)
        where = QGridLayout()
        where.setHorizontalSpacing(10)
        where.addWidget(_label("", self._folder.accessibleName()), 0, 0)
        where.addLayout(folder, 0, 1)
        where.addWidget(_label("", self._name.accessibleName()), 1, 0)
        where.addWidget(self._name, 1, 1)
        where.addWidget(_label("", self.tr("Curves")), 2, 0)
        where.addWidget(self._plot, 2, 1)
        where.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(heading)
        layout.addWidget(self._area, 1)
        layout.addLayout(where)
        for widget in (self._problem, self._phase, self._progress):
            layout.addWidget(widget)
        layout.addWidget(buttons)
        self._problem.setVisible(False)


class _PlotLine(QWidget):
    """The size and the colours of curves, in one line."""

    def __init__(self, choice: PlotChoice, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("export_plot")
        self._width = self._side("export_plot_width", self.tr("Width of curves"), choice.width)
        self._height = self._side("export_plot_height", self.tr("Height of curves"), choice.height)
        self._colours = QComboBox(self)
        self._colours.setObjectName("export_plot_colours")
        self._colours.setAccessibleName(self.tr("Colours of curves"))
        self._colours.setToolTip(
            plain_tool_tip(
                self.tr("The colours of a theme, or black on white, where the kinds of line tell the curves.")
            )
        )
        texts = {"light": self.tr("Light theme"), "dark": self.tr("Dark theme"), "print": self.tr("Black on white")}
        for name in COLOURS:
            self._colours.addItem(texts[name], name)
        self._colours.setCurrentIndex(max(0, self._colours.findData(choice.colours)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._width, _label("", "×"), self._height, self._colours):
            layout.addWidget(widget)
        layout.addStretch()

    @property
    def choice(self) -> PlotChoice:
        """What is set."""
        return PlotChoice(self._width.value(), self._height.value(), str(self._colours.currentData()))

    def _side(self, name: str, label: str, value: int) -> QSpinBox:
        box = QSpinBox(self)
        box.setObjectName(name)
        box.setAccessibleName(label)
        text = self.tr("Units of an SVG or PDF file, each two pixels of a PNG file: from {least} to {most}.")
        box.setToolTip(plain_tool_tip(text.format(least=SMALLEST, most=LARGEST)))
        box.setRange(SMALLEST, LARGEST)
        box.setSingleStep(100)
        box.setValue(value)
        return box


def _in_words(name: str, missing: UserError) -> str:
    """Why an export cannot be used here, with its name in the user's language."""
    return sentence_of(UserError(missing.template, **(missing.fields | {"label": label_of(EXPORTS[name])})))


def _label(name: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(bool(name))
    return label


def _show(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
