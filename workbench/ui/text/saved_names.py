"""The names that Save suggests: of which run, of which step, and how good."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from workbench.ui.text.metric_texts import three_digits

if TYPE_CHECKING:
    from workbench.engine.config.tasks import Metric
    from workbench.engine.history.history import History

NOT_IN_NAMES: Final = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
"""What file names cannot have, on any system."""
LONGEST_NAME: Final = 80


def file_name(title: str) -> str:
    """A name for a file on any system."""
    return NOT_IN_NAMES.sub("-", title).strip(" .")[:LONGEST_NAME].strip(" .") or "run"


def saved_name(title: str, history: History, metric: Metric) -> str:
    """Such as `Run 12 step 1876 accuracy 87.3`; the result only where the test was of this very step."""
    translate = QCoreApplication.translate
    step = len(history)
    last = history.evaluations[-1] if history.evaluations else None
    if last is None or last.step != step:
        return translate("Files", "{run} step {step}").format(run=title, step=step)
    if metric.is_share:
        text = translate("Files", "{run} step {step} accuracy {value}")
        return text.format(run=title, step=step, value=f"{100 * last.metric:.1f}")
    text = translate("Files", "{run} step {step} error {value}")
    return text.format(run=title, step=step, value=three_digits(last.metric))
