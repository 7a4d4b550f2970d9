"""How to read each view of the layers, and who says what is healthy."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from workbench.engine.protocol.queries.layers import WeightForm

if TYPE_CHECKING:
    from workbench.engine.protocol.queries.layers import FirstLayer, LayerMeasures, MeasuredLayers

USUAL_LOW: Final = 1e-4
USUAL_HIGH: Final = 1e-2
"""Of the ratio of update to weight: a decade around the 1e-3 that the notes of CS231n give as a rule of thumb."""

NEARLY: Final = 0.2
"""The share by which a plain step of gradient descent may differ: the gradient is that of the biases, too."""


def weights_text(first: FirstLayer) -> str:
    """How to read the weights of the first layer."""
    match first.form:
        case WeightForm.IMAGE:
            text = QCoreApplication.translate(
                "LayerTexts",
                "A tile is the weights of one unit of {layer}, {shown} of {total} by falling norm: orange where it "
                "wants bright pixels, blue where dark. Smooth and varied tiles are a good sign, noise may mean a bad "
                "learning rate or too little training (CS231n).",
            )
        case WeightForm.FILTER:
            text = QCoreApplication.translate(
                "LayerTexts",
                "A tile is one filter of {layer}, {shown} of {total} by falling norm: the small pattern it looks for. "
                "Smooth and varied filters, such as edges in several directions, are a good sign; noise may mean a bad "
                "learning rate or too little training (CS231n).",
            )
        case WeightForm.MEAN_FILTER:
            text = QCoreApplication.translate(
                "LayerTexts",
                "A tile is one unit of {layer}, {shown} of {total} by falling norm, as the mean over its input "
                "channels. Smooth and varied tiles are a good sign, noise may mean a bad learning rate or too little "
                "training (CS231n).",
            )
        case WeightForm.ROWS:
            text = QCoreApplication.translate(
                "LayerTexts",
                "A row is the weights of one unit of {layer}, {shown} of {total} by falling norm; a column is one "
                "number of the input. Orange weights are above 0, blue ones below. A column without colour is an input "
                "that the network does not use.",
            )
    return text.format(layer=first.name or first.kind, shown=f"{len(first.units):,}", total=f"{first.total:,}")


def distributions_text(measured: MeasuredLayers) -> str:
    """How to read the distributions."""
    if not math.isfinite(measured.loss):
        return _no_update()
    text = QCoreApplication.translate(
        "LayerTexts",
        "Gradients and outputs of the {count} training samples of the next batch. Healthy: spread about alike from "
        "layer to layer, no layer all 0 or at the ends of its range (Glorot and Bengio, 2010).",
    )
    return text.format(count=f"{measured.samples:,}")


def updates_text(measured: MeasuredLayers) -> str:
    """How to read the ratio of update to weight; why it is low, where it is."""
    if not math.isfinite(measured.loss):
        return _no_update()
    layers = [each for each in measured.layers if math.isfinite(each.update_ratio)]
    low = [each for each in layers if each.update_ratio < USUAL_LOW]
    if 2 * len(low) > len(layers):
        least = min(low, key=lambda each: each.update_ratio)
        return _why_low(least, measured.learning_rate)
    return QCoreApplication.translate(
        "LayerTexts",
        "Norm of the next change of a layer's weights over the norm of the weights. Rule of thumb, CS231n: about 1e-3. "
        "Lower, the learning rate may be too low; higher, it is likely too high.",
    )


def _why_low(layer: LayerMeasures, rate: float) -> str:
    """Why the weights of a layer hardly change."""
    plain = rate * layer.gradient_norm / layer.weight_norm
    if layer.update_ratio > 0 and abs(plain / layer.update_ratio - 1.0) < NEARLY:
        text = QCoreApplication.translate(
            "LayerTexts",
            "Norm of the next change of a layer's weights over the norm of the weights. In most layers it is far below "
            "1e-3 (rule of thumb, CS231n): in {layer} the learning rate {rate} meets a gradient of norm {gradient}, "
            "and the weights have the norm {weight}. Learning is slow, not broken; a higher rate may help.",
        )
    else:
        text = QCoreApplication.translate(
            "LayerTexts",
            "Norm of the next change of a layer's weights over the norm of the weights. In most layers it is far below "
            "1e-3 (rule of thumb, CS231n), at the learning rate {rate}. Learning is slow, not broken; a higher rate "
            "may help, unless the rate is low on purpose, as at the end of a schedule.",
        )
    return text.format(
        layer=layer.name,
        rate=f"{rate:.3g}",
        gradient=f"{layer.gradient_norm:.2g}",
        weight=f"{layer.weight_norm:.2g}",
    )


def gradients_text(measured: MeasuredLayers) -> str:
    """How to read the norm of the gradient."""
    if not math.isfinite(measured.loss):
        return _no_update()
    text = QCoreApplication.translate(
        "LayerTexts",
        "Euclidean norm of the gradient of the next batch ({count} samples), before clipping: the number that "
        "clip_grad_norm_ compares. No value is right in itself: compare it with its own past. Growth by powers of ten "
        "comes before a divergence (Pascanu and others, 2013).",
    )
    return text.format(count=f"{measured.samples:,}")


def _no_update() -> str:
    return QCoreApplication.translate(
        "LayerTexts",
        "The loss of the next batch is not a finite number, so there are no gradients and no update. Look back at an "
        "earlier step to see which layer grew.",
    )
