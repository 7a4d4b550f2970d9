"""The texts of lessons, glossary and tutorial in the user's language, and the findings of lessons in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.recipe import REGISTRIES
from workbench.engine.teaching.checks import Figure, Unit, Verdict
from workbench.ui.text.engine_texts import label_of
from workbench.ui.text.numbers import format_value, with_minus_sign
from workbench.ui.text.translation import current_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbench.engine.teaching.checks import LessonCheck, LessonFinding
    from workbench.engine.teaching.lessons import LessonRun
    from workbench.engine.teaching.record import LessonRecord
    from workbench.engine.teaching.texts import Text

translate = QCoreApplication.translate


def in_language(text: Text) -> str:
    """A text of a file in the language of the window."""
    return text.in_language(current_language())


def figure_text(figure: Figure) -> str:
    """A number as a sentence has it: `0.4463`, `72.3 %`, `1,200`."""
    value = figure.value
    if math.isnan(value):
        return translate("Lessons", "NaN")
    if math.isinf(value):
        return translate("Lessons", "infinity")
    match figure.unit:
        case Unit.LOSS:
            return with_minus_sign(f"{value:.3f}" if 0.001 <= abs(value) < 1000 else f"{value:.3g}")
        case Unit.SHARE:
            percent = 100 * value
            return translate("Lessons", "{number} %").format(
                number=with_minus_sign(f"{percent:.2g}" if abs(percent) < 1 else f"{percent:.3g}")
            )
        case Unit.COUNT:
            return f"{value:,.0f}"


def claim_text(check: LessonCheck) -> str:
    """What should be seen."""
    return in_language(check.claim).format(bound=figure_text(check.bound_figure))


def finding_text(check: LessonCheck, finding: LessonFinding, records: Sequence[LessonRecord | None]) -> str:
    """What was seen, or why that cannot be said."""
    if finding.verdict is Verdict.UNKNOWN:
        return _why_unknown([records[index] for index in check.runs if index < len(records)])
    text = check.seen if finding.verdict is Verdict.SEEN else check.not_seen
    figures = {name: figure_text(figure) for name, figure in finding.figures.items()}
    return in_language(text).format(bound=figure_text(check.bound_figure), **figures)


def changed_text(names: Sequence[str]) -> str:
    """What to say where settings were changed while a run of a lesson trained."""
    labels = ", ".join(label_of(TABLE[name]) for name in names if name in TABLE)
    template = translate(
        "Lessons",
        "Changed while it trained: {names}. So this is not quite the run that the lesson describes.",
    )
    return template.format(names=labels)


def settings_text(run: LessonRun) -> str:
    """What a run of a lesson sets, in one line: `Optimizer: Adam · Learning rate: 0.001 · Epochs: 2`."""
    pairs = [(label_of(REGISTRIES[name]), label_of(REGISTRIES[name][key])) for name, key in run.choices.items()]
    pairs += [(label_of(TABLE[name]), format_value(TABLE[name], value)) for name, value in run.values.items()]
    template = translate("Lessons", "{name}: {value}")
    return " · ".join(template.format(name=name, value=value) for name, value in pairs)


def title_of_lesson(titles: Mapping[str, str]) -> str:
    """What the step of Undo is called that takes the settings of a lesson back."""
    return translate("Undo", "Lesson: {title}").format(**titles)


def _why_unknown(records: Sequence[LessonRecord | None]) -> str:
    for record in records:
        if record is None or record.is_empty:
            return translate("Lessons", "This cannot be said: a run of the lesson was not trained.")
        if record.incidents and not record.is_complete:
            return translate("Lessons", "This cannot be said: the loss left its range before the end of the run.")
        if not record.is_complete:
            return translate("Lessons", "This cannot be said: the run ended after {steps} of {planned} steps.").format(
                steps=f"{record.steps:,}", planned=f"{record.planned_steps:,}"
            )
    return translate("Lessons", "This cannot be said from what was recorded.")
