"""The lessons: a list of ready-made experiments, and the page of the one that is looked at or followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.engine.teaching.checks import Verdict
from workbench.ui.models.lesson_model import Phase
from workbench.ui.models.session_state import SessionState
from workbench.ui.panel_bases.reading_panel import SPACING, ReadingPanel
from workbench.ui.style.icons import icon, pixmap
from workbench.ui.style.zoom import scaled
from workbench.ui.text.teaching_texts import changed_text, claim_text, finding_text, in_language, settings_text

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QHideEvent, QShowEvent

    from workbench.engine.teaching.lessons import Lesson
    from workbench.ui.models.lesson_model import LessonModel, Progress
    from workbench.ui.models.run_model import RunModel
    from workbench.ui.style.palette import Palette

KEY: Final = Qt.ItemDataRole.UserRole
EVERY_MS: Final = 500
"""Between two readings of the step, while a lesson runs and its page is seen."""
MARK: Final = 16
_ICONS: Final = {Verdict.SEEN: "success", Verdict.NOT_SEEN: "warning", Verdict.UNKNOWN: "question"}


class LessonsPanel(ReadingPanel):
    """Shows the lessons of a `LessonModel`; the user begins one with its button.

    Args:
        model: which lesson is looked at, and what was seen.
        run: how far the run of the lesson is.
        parent: Qt's parent.
    """

    begin_requested = Signal(str)
    """The user begins the lesson with this key."""

    def __init__(self, model: LessonModel, run: RunModel, parent: QWidget | None = None) -> None:
        super().__init__("lessons", self.tr("Lessons"), parent)
        self._model = model
        self._run = run
        self._shown: Lesson | None = None
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._show_progress)
        model.changed.connect(self.refresh)
        run.changed.connect(self._show_progress)

    def build(self) -> None:
        """Make the list and the page."""
        self._list = self._build_list()
        self._page = QWidget(self)
        self._build_page()
        self._area = self.make_scroll_area("lesson_page", self._page, self.tr("Lesson"))
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._list_page())
        self._stack.addWidget(self._area)
        self.column.addWidget(self._stack, 1)
        self.refresh()

    def refresh(self) -> None:
        """Show the list, or the lesson that is looked at."""
        if not self.is_built:
            return
        lesson = self._model.selected
        self._show_list()
        if lesson is None:
            self._stack.setCurrentIndex(0)
        else:
            if lesson is not self._shown:
                self._area.verticalScrollBar().setValue(0)
            self._show_lesson(lesson)
            self._stack.setCurrentIndex(1)
        self._shown = lesson

    def on_palette(self, palette: Palette) -> None:
        """Draw the marks in these colours."""
        del palette
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Follow the step again."""
        super().showEvent(event)
        self._show_progress()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """What is not seen costs nothing."""
        super().hideEvent(event)
        self._timer.stop()

    # The list

    def _build_list(self) -> QListWidget:
        rows = QListWidget(self)
        rows.setObjectName("lesson_list")
        rows.setAccessibleName(self.tr("Lessons"))
        rows.setToolTip(self.tr("Click a lesson, or press Enter, to read what it shows and to begin it."))
        rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.setIconSize(QSize(scaled(MARK), scaled(MARK)))
        for lesson in self._model.lessons:
            item = QListWidgetItem(in_language(lesson.title))
            item.setData(KEY, lesson.key)
            item.setToolTip(in_language(lesson.aim))
            rows.addItem(item)
        rows.setCurrentRow(0)
        rows.itemClicked.connect(self._open)
        rows.itemActivated.connect(self._open)
        return rows

    def _list_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        intro = self.make_text("lesson_intro", "muted")
        intro.setText(
            self.tr(
                "Each lesson sets the controls, trains for up to two minutes, and checks in the recorded numbers "
                "whether it was seen. Undo takes the settings back; every run stays in Runs."
            )
        )
        column.addWidget(intro)
        column.addWidget(self._list, 1)
        return page

    def _open(self, item: QListWidgetItem) -> None:
        if self._model.selected is None:
            self._model.select(item.data(KEY))

    def _show_list(self) -> None:
        for row, lesson in enumerate(self._model.lessons):
            item, is_seen = self._list.item(row), self._model.is_seen(lesson)
            if self.theme is not None:
                colour = self.theme.success if is_seen else self.theme.border_strong
                item.setIcon(icon("success" if is_seen else "dot", colour))
            title = in_language(lesson.title)
            name = self.tr("{title}, seen").format(title=title) if is_seen else title
            item.setData(Qt.ItemDataRole.AccessibleTextRole, name)

    # The page

    def _build_page(self) -> None:
        self._back = self.make_button("lesson_back", self.tr("All lessons"), self.tr("Go back to the list."))
        self._back.setProperty("small", True)
        self._back.clicked.connect(lambda: self._model.select(None))
        self._next = self.make_button("lesson_next", self.tr("Next lesson"), self.tr("Read the lesson after this one."))
        self._next.setProperty("small", True)
        self._next.clicked.connect(self._open_next)
        self._lesson_title = self.make_text("lesson_title", "heading")
        self._aim = self.make_text("lesson_aim")
        self._sets = self.make_text("lesson_sets")
        self._watch = self.make_text("lesson_watch")
        self._claims = self.make_text("lesson_claims")
        self._begin = self.make_button(
            "lesson_begin",
            self.tr("Start the lesson"),
            self.tr("Set the controls as described, and train. One Undo takes the settings back."),
        )
        self._begin.setProperty("primary", True)
        self._begin.clicked.connect(self._on_begin)
        self._note = self.make_text("lesson_note", "muted")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("lesson_progress")
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress of the lesson"))
        self._results_heading = self._heading(self.tr("What was seen"))
        self._results = QVBoxLayout()
        self._results.setSpacing(SPACING)
        self._rows: list[tuple[QLabel, QLabel]] = []
        top = QHBoxLayout()
        top.addWidget(self._back)
        top.addStretch()
        top.addWidget(self._next)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, SPACING, 0)
        column.setSpacing(SPACING)
        column.addLayout(top)
        for widget in (
            self._lesson_title,
            self._aim,
            self._heading(self.tr("It sets")),
            self._sets,
            self._heading(self.tr("What to watch")),
            self._watch,
            self._heading(self.tr("What should be seen")),
            self._claims,
            self._begin,
            self._note,
            self._bar,
            self._results_heading,
        ):
            if widget.property("role") == "muted" and not widget.objectName():
                column.addSpacing(SPACING // 2)  # a heading stands nearer to what follows it
            column.addWidget(widget)
        column.addLayout(self._results)
        column.addStretch()

    def _heading(self, text: str) -> QLabel:
        label = self.make_text("", "muted")
        label.setText(text)
        return label

    def _show_lesson(self, lesson: Lesson) -> None:
        self._lesson_title.setText(in_language(lesson.title))
        self._aim.setText(in_language(lesson.aim))
        self._sets.setText(self._sets_text(lesson))
        self._watch.setText(in_language(lesson.watch))
        self._claims.setText("\n".join(claim_text(check) for check in lesson.checks))
        self._next.setVisible(self._model.next is not None)
        self._show_progress()
        self._show_results(self._model.selected_progress)

    def _sets_text(self, lesson: Lesson) -> str:
        lines = []
        for run in lesson.runs:
            text = settings_text(run)
            if len(lesson.runs) > 1:
                lines.append(self.tr("{name}: {settings}").format(name=in_language(run.name), settings=text))
            elif text:
                lines.append(text)
        lines.append(self.tr("Everything else is as in the tutorial."))
        return "\n".join(lines)

    def _open_next(self) -> None:
        if (lesson := self._model.next) is not None:
            self._model.select(lesson.key)

    def _on_begin(self) -> None:
        if self._model.selected is not None:
            self.begin_requested.emit(self._model.selected.key)

    # How far it is

    def _show_progress(self) -> None:
        lesson, progress = self._model.selected, self._model.selected_progress
        if lesson is None or not self.is_built:
            self._timer.stop()
            return
        is_under_way = progress is not None and progress.is_under_way
        self._begin.setVisible(not is_under_way)
        self._begin.setEnabled(self._model.can_begin)
        is_over = progress is not None and progress.phase is Phase.OVER
        self._begin.setText(self.tr("Start again") if is_over else self.tr("Start the lesson"))
        text = self._progress_text(progress) if progress is not None and is_under_way else self._note_text(progress)
        self._note.setText(text)
        self._note.setVisible(bool(text))
        is_training = is_under_way and progress is not None and progress.phase is Phase.TRAINING
        planned = 0 if self._run.progress is None else self._run.progress.planned_steps
        self._bar.setVisible(is_training and not lesson.is_few)
        self._bar.setRange(0, max(1, planned))
        self._bar.setValue(min(self._run.step, planned))
        if is_training and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def _progress_text(self, progress: Progress) -> str:
        if progress.phase is Phase.STOPPING:
            return self.tr("The run before it is being stopped; it is kept…")
        run = progress.lesson.runs[progress.current]
        fields = {
            "number": progress.current + 1,
            "count": len(progress.lesson.runs),
            "name": in_language(run.name),
        }
        if self._run.state is SessionState.PAUSED and not progress.lesson.is_few:
            return self.tr("Run {number} of {count}: {name}. It is paused: press Resume.").format(**fields)
        return self.tr("Run {number} of {count}: {name}…").format(**fields)

    def _note_text(self, progress: Progress | None) -> str:
        if progress is not None and progress.phase is Phase.LEFT:
            return self.tr("This lesson was left: something else was done with the run.")
        if self._run.state is SessionState.TRAINING:
            return self.tr("The run that trains now is stopped first. It is kept, and can be continued.")
        return ""

    def _show_results(self, progress: Progress | None) -> None:
        findings = [] if progress is None or progress.phase is not Phase.OVER else progress.findings
        texts: list[tuple[Verdict, str]] = []
        if progress is not None and findings:
            pairs = zip(progress.lesson.checks, findings, strict=True)
            texts = [(found.verdict, finding_text(check, found, progress.records)) for check, found in pairs]
            if progress.changed:
                texts.append((Verdict.NOT_SEEN, changed_text(progress.changed)))
        if texts and self._results_heading.isHidden():
            # What was seen is below what was to be watched: once it is laid out, it comes into sight.
            QTimer.singleShot(0, self, self._scroll_to_results)
        self._results_heading.setVisible(bool(texts))
        while len(self._rows) < len(texts):
            self._rows.append(self._add_result(len(self._rows)))
        for index, (mark, label) in enumerate(self._rows):
            is_shown = index < len(texts)
            mark.setVisible(is_shown)
            label.setVisible(is_shown)
            if is_shown:
                verdict, text = texts[index]
                label.setText(text)
                if self.theme is not None:
                    mark.setPixmap(
                        pixmap(_ICONS[verdict], self._colour(verdict), scaled(MARK), self.devicePixelRatioF())
                    )

    def _scroll_to_results(self) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _add_result(self, index: int) -> tuple[QLabel, QLabel]:
        mark, label = QLabel(self._page), self.make_text(f"lesson_result_{index}")
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)
        self._results.addLayout(row)
        return mark, label

    def _colour(self, verdict: Verdict) -> QColor:
        assert self.theme is not None
        if verdict is Verdict.SEEN:
            return self.theme.success
        return self.theme.warning if verdict is Verdict.NOT_SEEN else self.theme.text_muted
