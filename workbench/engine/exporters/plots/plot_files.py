"""The curves of a run as a file: SVG, PDF or PNG, read again after it was written."""

from __future__ import annotations

import io
import re
import zlib
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from workbench.engine.errors import UserError
from workbench.engine.exporters.plots.curves import curve_drawing
from workbench.engine.exporters.plots.drawing import Line
from workbench.engine.exporters.plots.pdf import pdf_bytes
from workbench.engine.exporters.plots.png import png_bytes
from workbench.engine.exporters.plots.svg import NAMESPACE, svg_text
from workbench.engine.files.safe_files import read_whole, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.plots.drawing import Drawing
    from workbench.engine.exporters.run_record import RunRecord

MOST_BYTES: Final = 1 << 30


def write_svg(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    """Draw the curves as SVG.

    Raises:
        UserError: the file cannot be written, or does not hold what was drawn.
    """
    return _write(record, path, context, lambda drawing: f"{svg_text(drawing)}\n".encode(), _lines_of_svg)


def write_pdf(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    """Draw the curves as PDF.

    Raises:
        UserError: the file cannot be written, or does not hold what was drawn.
    """
    return _write(record, path, context, pdf_bytes, _lines_of_pdf)


def write_png(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    """Draw the curves as PNG.

    Raises:
        UserError: the file cannot be written, or does not hold what was drawn.
    """
    from PIL import Image

    drawing = _drawn(record, context)
    write_whole(png_bytes(drawing), path)
    with Image.open(io.BytesIO(read_whole(path, MOST_BYTES))) as image:
        image.load()
        size = image.size
    return UserError("an image of {width} x {height} pixels", width=size[0], height=size[1])


def _drawn(record: RunRecord, context: ExportContext) -> Drawing:
    context.progress("Drawing the curves", 0, 1)
    drawing = curve_drawing(record, context.plot)
    context.progress("Drawing the curves", 1, 1)
    return drawing


def _write(
    record: RunRecord,
    path: Path,
    context: ExportContext,
    content_of: Callable[[Drawing], bytes],
    count_lines: Callable[[bytes], int],
) -> UserError:
    drawing = _drawn(record, context)
    write_whole(content_of(drawing), path)
    lines = sum(isinstance(shape, Line) for shape in drawing.shapes)
    try:
        found = count_lines(read_whole(path, MOST_BYTES))
    except (ValueError, IndexError, SyntaxError, zlib.error):
        found = -1
    if found != lines:
        raise UserError("{path} does not hold what was written: try another disk.", path=path)
    return UserError("the curves of {steps:,} steps in {lines} lines", steps=record.steps, lines=lines)


def _lines_of_svg(content: bytes) -> int:
    return len(ElementTree.fromstring(content).findall(f"{{{NAMESPACE}}}polyline"))


def _lines_of_pdf(content: bytes) -> int:
    """Lines in the stream, which is found through the table at the end, as a reader does."""
    start = int(content.rsplit(b"startxref", 1)[1].split()[0])
    places = [int(row[:10]) for row in content[start:].splitlines()[3:9]]
    for number, place in enumerate(places, 1):
        if not content[place:].startswith(f"{number} 0 obj".encode()):
            raise ValueError("its table is another one")
    found = re.search(rb"stream\n(.*)\nendstream", content[places[3] :], re.DOTALL)
    if found is None:
        raise ValueError("it has no drawing")
    return zlib.decompress(found[1]).count(b" S\n") + zlib.decompress(found[1]).endswith(b" S")
