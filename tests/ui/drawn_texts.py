"""The texts that a widget paints itself, and where: read while it paints."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

EDGE = 0.5
"""Logical pixels on each side by which two texts may touch: fonts are measured in fractions of pixels."""


class DrawnText(NamedTuple):
    """A text in a widget.

    Attributes:
        text: the whole of it.
        outline: around its letters, in logical pixels of the widget; turned where the text is.
    """

    text: str
    outline: QPolygonF


def drawn_texts(widget: QWidget, monkeypatch) -> list[DrawnText]:
    """What `widget` writes when it paints itself, in the order in which it does."""
    found: list[DrawnText] = []
    draw = QPainter.drawText

    def noting(painter: QPainter, place, *rest):
        text = rest[-1]
        metrics = QFontMetricsF(painter.font())
        if isinstance(place, QPointF):
            ink = metrics.tightBoundingRect(text).translated(place)
        else:
            box = metrics.boundingRect(QRectF(place), int(rest[0]), text)
            ink = metrics.tightBoundingRect(text).translated(box.left(), box.top() + metrics.ascent())
        if text.strip():
            found.append(DrawnText(text, painter.transform().map(QPolygonF(ink.adjusted(EDGE, EDGE, -EDGE, -EDGE)))))
        return draw(painter, place, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(QPainter, "drawText", noting)
        widget.grab()
    return found


def overlapping(texts: list[DrawnText]) -> list[tuple[str, str]]:
    """The pairs of texts of which one runs into the other."""
    return [(one.text, other.text) for one, other in combinations(texts, 2) if one.outline.intersects(other.outline)]


def beyond(widget: QWidget, texts: list[DrawnText]) -> list[str]:
    """The texts that reach over the edge of the widget."""
    inside = QRectF(widget.rect()).adjusted(-EDGE, -EDGE, EDGE, EDGE)
    return [each.text for each in texts if not inside.contains(each.outline.boundingRect())]
