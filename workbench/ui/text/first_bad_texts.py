"""What was the first out of range before a divergence, in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from workbench.engine.protocol.queries.first_bad import Part
from workbench.ui.text.metric_texts import three_digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbench.engine.protocol.queries.first_bad import BadLayer, BadSample, FirstBad

translate = QCoreApplication.translate

LONGEST_NAME: Final = 40
"""Letters of the name of a layer or class: the sentence stays readable."""
_NOT_FINITE: Final = {
    Part.OUTPUT: "First to hold NaN or infinity: the output of {layer} at step {step}.",
    Part.GRADIENT: "First to hold NaN or infinity: the gradient of {layer} at step {step}.",
    Part.WEIGHT: "First to hold NaN or infinity: the weights of {layer} after step {step}.",
}
"""What held NaN or infinity first, for translation in the context `FirstBad`."""
_TOO_LARGE: Final = {
    Part.OUTPUT: "First out of range: the output of {layer}, {times} times that of step {before}.",
    Part.GRADIENT: "First out of range: the gradient of {layer}, {times} times that of step {before}.",
    Part.WEIGHT: "First out of range: the weights of {layer}, {times} times that of step {before}.",
}
"""What was out of range first, for translation in the context `FirstBad`."""
_SHORT_NOT_FINITE: Final = {
    Part.OUTPUT: "First to hold NaN or infinity: the output of {layer}.",
    Part.GRADIENT: "First to hold NaN or infinity: the gradient of {layer}.",
    Part.WEIGHT: "First to hold NaN or infinity: the weights of {layer}.",
}
"""`_NOT_FINITE` without figures, for translation in the context `FirstBad`."""
_SHORT_TOO_LARGE: Final = {
    Part.OUTPUT: "First out of range: the output of {layer}.",
    Part.GRADIENT: "First out of range: the gradient of {layer}.",
    Part.WEIGHT: "First out of range: the weights of {layer}.",
}
"""`_TOO_LARGE` without figures, for translation in the context `FirstBad`."""


def first_bad_text(found: FirstBad, class_names: Sequence[str]) -> str:
    """The layer and the sample, a sentence each; "" where neither is known."""
    layer = "" if found.layer is None else _layer_text(found.layer)
    sample = "" if found.sample is None else _sample_text(found.sample, class_names)
    if layer and sample:
        return translate("FirstBad", "{layer} {sample}").format(layer=layer, sample=sample)
    return layer or sample


def short_first_bad_text(found: FirstBad, class_names: Sequence[str]) -> str:
    """The layer, or else the sample, without figures; "" where neither is known."""
    if (layer := found.layer) is not None:
        words = (_SHORT_TOO_LARGE if math.isfinite(layer.size) else _SHORT_NOT_FINITE)[layer.part]
        return translate("FirstBad", words).format(layer=_short(layer.name or layer.kind))
    if (sample := found.sample) is None:
        return ""
    place = f"{sample.place:,}"
    if sample.label is None:
        return translate("FirstBad", "Highest loss: training sample {place}.").format(place=place)
    words = translate("FirstBad", "Highest loss: training sample {place} ({name}).")
    return words.format(place=place, name=_short(class_names[sample.label]))


def _layer_text(layer: BadLayer) -> str:
    name = _short(f"{layer.name} ({layer.kind})" if layer.name else layer.kind)
    words = (_TOO_LARGE if math.isfinite(layer.size) else _NOT_FINITE)[layer.part]
    times = f"{layer.times:,.0f}" if layer.times < 1e6 else f"{layer.times:.1e}"
    return translate("FirstBad", words).format(
        layer=name, step=f"{layer.step:,}", times=times, before=f"{layer.step - layer.steps_before:,}"
    )


def _sample_text(sample: BadSample, class_names: Sequence[str]) -> str:
    name = "" if sample.label is None else _short(class_names[sample.label])
    if not math.isfinite(sample.loss):
        with_class = translate(
            "FirstBad", "Step {step}: training sample {place} ({name}) is the first with such a loss."
        )
        alone = translate("FirstBad", "Step {step}: training sample {place} is the first with such a loss.")
    elif math.isnan(sample.others):
        with_class = translate("FirstBad", "Step {step} has one sample, {place} ({name}), loss {loss}.")
        alone = translate("FirstBad", "Step {step} has one sample, {place}, loss {loss}.")
    else:
        with_class = translate(
            "FirstBad", "Highest loss at step {step}: training sample {place} ({name}), {loss}; others {others}."
        )
        alone = translate("FirstBad", "Highest loss at step {step}: training sample {place}, {loss}; others {others}.")
    fields = {"step": f"{sample.step:,}", "place": f"{sample.place:,}", "name": name}
    loss, others = three_digits(sample.loss), three_digits(sample.others)
    return (with_class if name else alone).format(**fields, loss=loss, others=others)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
