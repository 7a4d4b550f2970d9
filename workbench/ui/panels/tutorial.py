"""The tutorial beside the window: one section at a time; what it describes lights up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.engine.teaching.tutorial import ORIGINALS, tutorial
from workbench.ui.panel_bases.reading_panel import SPACING, ReadingPanel
from workbench.ui.text.teaching_texts import in_language
from workbench.ui.text.translation import current_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbench.engine.teaching.texts import Target


class TutorialPanel(ReadingPanel):
    """The sections of PyTorch's tutorial in the program's own words, with what in the window they describe."""

    target_requested = Signal(object)
    """The user reads about this target, or wants to see it in the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("tutorial", self.tr("Tutorial"), parent)
        self._name_of: Callable[[Target], str] = lambda target: target[1]
        self._first = 0

    def build(self) -> None:
        """Make the choice of the section and its page."""
        self._sections = tutorial()
        self._choice = QComboBox(self)
        self._choice.setObjectName("tutorial_section")
        self._choice.setAccessibleName(self.tr("Section"))
        self._choice.setToolTip(self.tr("Choose a section: what it describes lights up."))
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choice.setMinimumContentsLength(8)
        self._choice.addItems(
            [
                self.tr("{number}. {title}").format(number=number, title=in_language(section.title))
                for number, section in enumerate(self._sections, 1)
            ]
        )
        self._back = self.make_button("tutorial_back", self.tr("Back"), self.tr("Read the section before this one."))
        self._next = self.make_button("tutorial_next", self.tr("Next"), self.tr("Read the section after this one."))
        for button in (self._back, self._next):
            button.setProperty("small", True)
        self._heading = self.make_text("tutorial_heading", "heading")
        self._text = self.make_text("tutorial_text")
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._targets = QVBoxLayout()
        self._targets.setSpacing(SPACING)
        self._buttons: list[QPushButton] = []
        self._original = self.make_button(
            "tutorial_original", self.tr("Open the original"), self.tr("Open PyTorch's own tutorial in a browser.")
        )
        self._original.setProperty("small", True)
        self._address = self.make_text("tutorial_address", "muted")
        self._address.setText("\n".join(ORIGINALS.values()))
        self._page = QWidget(self)
        self._area = self.make_scroll_area("tutorial_page", self._page, self.tr("Tutorial"))
        self._place()
        self._choice.currentIndexChanged.connect(self._show)
        self._choice.activated.connect(lambda _: self._light())
        self._back.clicked.connect(lambda: self.go_to(self.section - 1))
        self._next.clicked.connect(lambda: self.go_to(self.section + 1))
        self._original.clicked.connect(self._open_original)
        self._show(0)
        if self._first < len(self._sections):
            self._choice.setCurrentIndex(self._first)

    @property
    def section(self) -> int:
        """The section that is read, from 0."""
        return self._choice.currentIndex() if self.is_built else self._first

    def go_to(self, section: int) -> None:
        """Read a section, from 0: what it describes first lights up."""
        self.ensure_built()
        if 0 <= section < len(self._sections):
            self._choice.setCurrentIndex(section)
            self._light()

    def set_names(self, name_of: Callable[[Target], str]) -> None:
        """Say what each target is called in the window, before the contents are made."""
        self._name_of = name_of

    def keyboard_start(self) -> QWidget:
        """The keyboard begins at the choice of the section."""
        self.ensure_built()
        return self._choice

    def state(self) -> dict[str, int]:
        """Where the reader is."""
        return {"section": self.section}

    def restore(self, state: dict[str, object]) -> None:
        """Take over what `state` returned."""
        section = state.get("section")
        if type(section) is int and section >= 0:
            self._first = section
            if self.is_built and section < len(self._sections):
                self._choice.setCurrentIndex(section)

    def _place(self) -> None:
        # In a row of its own: beside the buttons, the titles of the sections would be cut.
        steps = QHBoxLayout()
        steps.addWidget(self._back)
        steps.addWidget(self._next)
        steps.addStretch()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, SPACING, 0)
        column.setSpacing(SPACING)
        column.addWidget(self._heading)
        column.addWidget(self._text)
        column.addLayout(self._targets)
        column.addStretch()
        column.addSpacing(SPACING)
        column.addWidget(self._address)
        column.addWidget(self._original, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._choice)
        self.column.addLayout(steps)
        self.column.addWidget(self._area, 1)

    def _show(self, index: int) -> None:
        section = self._sections[index]
        self._heading.setText(in_language(section.title))
        self._text.setText(in_language(section.text))
        self._back.setEnabled(index > 0)
        self._next.setEnabled(index + 1 < len(self._sections))
        for button in self._buttons:
            self._targets.removeWidget(button)
            button.setParent(None)  # at once: those of the next section have the same names
            button.deleteLater()
        self._buttons = [self._button(number, target) for number, target in enumerate(section.targets)]
        for button in self._buttons:
            self._targets.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._area.verticalScrollBar().setValue(0)

    def _button(self, number: int, target: Target) -> QPushButton:
        text = self.tr("Show me: {name}").format(name=self._name_of(target))
        button = self.make_button(f"tutorial_target_{number}", text, self.tr("Light this up in the window."))
        button.setProperty("small", True)
        button.clicked.connect(lambda: self.target_requested.emit(target))
        return button

    def _light(self) -> None:
        self.target_requested.emit(self._sections[self.section].targets[0])

    def _open_original(self) -> None:
        address = ORIGINALS.get(current_language(), ORIGINALS["en"])
        if not QDesktopServices.openUrl(QUrl(address)):
            # The addresses stand above, as text that can be selected.
            self._original.setText(self.tr("No browser could be opened: copy the address above."))
            self._original.setEnabled(False)
