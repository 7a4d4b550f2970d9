"""The choices about files of the user's own: what is predicted, and how samples are read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QHBoxLayout, QSpinBox, QWidget

from workbench.engine.config.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.engine.data.data_source import DataSource
    from workbench.engine.data.own_files.description import DataDescription

LARGEST_IMAGE: Final = 1024
MOST_COLUMNS: Final = 2000
LEAST_LETTERS: Final = 10


class DataChoices(QWidget):
    """Shows those of the choices that such files leave open."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: DataSource | None = None
        self._label = self._combo("data_label", {})
        self._task = self._combo(
            "data_task", {Task.CLASSIFICATION.value: self.tr("A class"), Task.REGRESSION.value: self.tr("A number")}
        )
        self._delimiter = self._combo(
            "data_delimiter",
            {
                ",": self.tr("Comma"),
                ";": self.tr("Semicolon"),
                "\t": self.tr("Tab"),
                " ": self.tr("Space"),
                "|": self.tr("Vertical bar"),
            },
        )
        self._encoding = self._combo("data_encoding", dict(self._encodings()))
        self._header = self._combo("data_header", {True: self.tr("Columns named"), False: self.tr("Columns not named")})
        self._text = self._side_by_side(
            {
                self._delimiter: self.tr("Between two values"),
                self._encoding: self.tr("Encoding"),
                self._header: self.tr("Whether a line above the rows names the columns"),
            }
        )
        self._size = QSpinBox(self)
        self._size.setObjectName("data_image_size")
        self._size.setRange(0, LARGEST_IMAGE)
        self._size.setSpecialValueText(self.tr("as they are"))
        self._size.setSuffix(self.tr(" pixels"))
        self._colour = self._combo("data_colour", {"grey": self.tr("Grey"), "rgb": self.tr("Colour")})
        self._standardise = QCheckBox(self.tr("Standardise the features"), self)
        self._standardise.setObjectName("data_standardise")
        self._standardise.setToolTip(
            self.tr("Give each feature mean 0 and standard deviation 1, as measured on the training samples.")
        )
        self._share = QDoubleSpinBox(self)
        self._share.setObjectName("data_test_share")
        self._share.setRange(1, 99)
        self._share.setDecimals(0)
        self._share.setSuffix(" %")
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        for text, widget in (
            (self.tr("Text of the table"), self._text),
            (self.tr("Column to predict"), self._label),
            (self.tr("What is predicted"), self._task),
            (self.tr("Image size"), self._size),
            (self.tr("Colours"), self._colour),
            ("", self._standardise),
            (self.tr("Held out for the test"), self._share),
        ):
            widget.setAccessibleName(text or self._standardise.text())
            self._form.addRow(text, widget)
        self._label.currentIndexChanged.connect(lambda: self._on_label_chosen())
        self._task.currentIndexChanged.connect(lambda: self._choose(task=self._task.currentData()))
        self._delimiter.currentIndexChanged.connect(
            lambda: self._on_text_chosen(delimiter=self._delimiter.currentData(), has_header=None)
        )
        self._encoding.currentIndexChanged.connect(lambda: self._on_text_chosen(encoding=self._encoding.currentData()))
        self._header.currentIndexChanged.connect(lambda: self._on_text_chosen(has_header=self._header.currentData()))
        self._size.valueChanged.connect(lambda size: self._choose(image_size=size or None))
        self._colour.currentIndexChanged.connect(lambda: self._choose(colour=self._colour.currentData()))
        self._standardise.toggled.connect(lambda wanted: self._choose(standardise=wanted))
        self._share.valueChanged.connect(lambda percent: self._choose(test_share=percent / 100))

    @property
    def source(self) -> DataSource | None:
        """The files with the choices that the user has made; the others are left to the files."""
        return self._source

    def set_source(self, source: DataSource) -> None:
        """Begin with these files, and with the choices that were made about them before."""
        self._source = source

    def show_description(self, found: DataDescription) -> None:
        """Offer what `found` leaves open, with what it chose."""
        source = found.source
        spec = found.spec
        blockers = [QSignalBlocker(each) for each in self._widgets()]
        names = [each.name for each in found.columns[:MOST_COLUMNS]]
        self._label.clear()
        for name in names:
            self._label.addItem(name, name)
        self._label.setCurrentIndex(self._label.findData(source.label))
        self._task.setCurrentIndex(self._task.findData(source.task))
        if source.delimiter is not None and self._delimiter.findData(source.delimiter) < 0:
            self._delimiter.addItem(source.delimiter, source.delimiter)
        self._delimiter.setCurrentIndex(self._delimiter.findData(source.delimiter))
        if source.encoding is not None and self._encoding.findData(source.encoding) < 0:
            self._encoding.addItem(source.encoding, source.encoding)
        self._encoding.setCurrentIndex(self._encoding.findData(source.encoding))
        self._header.setCurrentIndex(-1 if source.has_header is None else self._header.findData(source.has_header))
        self._size.setValue(source.image_size or 0)
        self._colour.setCurrentIndex(self._colour.findData(source.colour))
        self._standardise.setChecked(source.standardise)
        self._share.setValue(round(100 * source.test_share))
        is_image = spec is not None and spec.is_image
        self._show(self._label, bool(names))
        self._show(self._text, found.is_text)
        self._show(self._task, found.form in ("table", "arrays") and not is_image)
        self._show(self._size, is_image)
        self._show(self._colour, is_image)
        self._show(self._standardise, spec is not None and not is_image)
        self._show(self._share, bool(found.form) and not found.has_own_test)
        del blockers

    def _widgets(self) -> tuple[QWidget, ...]:
        text = self._delimiter, self._encoding, self._header
        return self._label, self._task, *text, self._size, self._colour, self._standardise, self._share

    def _on_label_chosen(self) -> None:
        """Another column may be of another task, and leave columns that are no pixels: these follow from it."""
        self._choose(label=self._label.currentData(), task=None, image_size=None, colour=None)

    def _on_text_chosen(self, **choices: Any) -> None:
        """A text that is read otherwise has other columns, so all that was chosen about these is left to the files."""
        self._choose(**choices, label=None, task=None, image_size=None, colour=None)

    def _encodings(self) -> tuple[tuple[str, str], ...]:
        """Those that tables are often in, by the names that Python has for them."""
        return (
            ("utf-8", self.tr("UTF-8")),
            ("utf-8-sig", self.tr("UTF-8 with a mark")),
            ("utf-16", self.tr("UTF-16 with a mark")),
            ("utf-16-le", self.tr("UTF-16, low byte first")),
            ("utf-16-be", self.tr("UTF-16, high byte first")),
            ("cp1252", self.tr("Western (cp1252)")),
            ("latin-1", self.tr("Western (Latin-1)")),
            ("cp1250", self.tr("Central European (cp1250)")),
            ("cp1251", self.tr("Cyrillic (cp1251)")),
            ("cp949", self.tr("Korean (cp949)")),
            ("cp932", self.tr("Japanese (cp932)")),
            ("gb18030", self.tr("Chinese (GB 18030)")),
            ("big5", self.tr("Chinese (Big5)")),
        )

    def _side_by_side(self, names: dict[QComboBox, str]) -> QWidget:
        """The boxes in one row, since none of them needs much room."""
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        for box, name in names.items():
            box.setAccessibleName(name)
            box.setToolTip(name)
            line.addWidget(box, 1)
        return row

    def _choose(self, **choices: Any) -> None:
        if self._source is not None:
            self._source = replace(self._source, **choices)
            self.changed.emit()

    def _show(self, widget: QWidget, shown: bool) -> None:
        self._form.setRowVisible(widget, shown)

    def _combo(self, name: str, texts: Mapping[Any, str]) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(LEAST_LETTERS)
        for value, text in texts.items():
            combo.addItem(text, value)
        return combo
