"""What is said about one test sample on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from workbench.engine.config.tasks import Task
from workbench.ui.text.metric_texts import three_digits

if TYPE_CHECKING:
    from workbench.engine.protocol.prediction_log import PredictionLog
    from workbench.engine.protocol.queries.sample_map import MappedTestSet

FEATURES_SHOWN: Final = 4


def mapped_sample_text(log: PredictionLog, shown: MappedTestSet, index: int) -> str:
    """The number of a sample, its class or number, what is predicted, and the first numbers of a vector; by lines.

    Args:
        log: holds the samples.
        shown: where they are on the map.
        index: of the point on the map.
    """
    translate = QCoreApplication.translate
    sample = int(shown.samples[index])
    lines = [translate("Samples", "Test sample {number}").format(number=f"{sample:,}")]
    if log.spec.task is Task.CLASSIFICATION:
        names = log.spec.class_names
        label, predicted = int(log.targets[sample]), int(shown.predicted[index])
        confidence = f"{float(shown.confidence[index]):.0%}"
        if label == predicted:
            text = translate("Samples", "{name}, found with {confidence}")
            lines.append(text.format(name=names[label], confidence=confidence))
        else:
            lines.append(names[label])
            text = translate("Samples", "predicted as {name} with {confidence}")
            lines.append(text.format(name=names[predicted], confidence=confidence))
    else:
        text = translate("Samples", "{target}: {value}, predicted {predicted}")
        value, guess = three_digits(float(log.targets[sample, 0])), three_digits(float(shown.predicted[index]))
        lines.append(text.format(target=log.spec.target_names[0], value=value, predicted=guess))
    if log.inputs.ndim == 2:
        features = log.spec.feature_names or tuple(f"x{place + 1}" for place in range(log.inputs.shape[1]))
        numbers: list[float] = log.inputs[sample].tolist()
        text = translate("Samples", "{name}: {value}")
        for name, number in zip(features[:FEATURES_SHOWN], numbers, strict=False):
            lines.append(text.format(name=name, value=three_digits(number)))
    return "\n".join(lines)
