"""Draw an image, or set the numbers of a vector, and see what the network takes it for, while it trains."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from workbench.engine.analysis.classification import softmax
from workbench.engine.config.tasks import Task
from workbench.engine.data.single_picture import MIDDLE, as_bytes, ground_of
from workbench.engine.protocol.queries.sample_outputs import PredictSample, SampleOutputs
from workbench.ui.connection.picture_reader import PictureReader
from workbench.ui.panel_bases.inspection_panel import InspectionPanel
from workbench.ui.style.icons import icon
from workbench.ui.style.zoom import scaled
from workbench.ui.text.engine_texts import sentence_of
from workbench.ui.text.metric_texts import signed_three_digits
from workbench.ui.widgets.drawing_pad import DrawingPad
from workbench.ui.widgets.probability_bars import ProbabilityBars
from workbench.ui.widgets.value_sliders import MOST_FEATURES, ValueSliders
from workbench.ui.widgets.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.data.single_picture import FittedPicture, RawPicture
    from workbench.engine.errors import UserError
    from workbench.engine.protocol.events import Inspected
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.style.palette import Palette

CENTRED: Final = frozenset({"mnist"})
"""The data sets whose images have their centre of mass in the middle."""
LOOKED_AT: Final = 64
"""Test images from whose edges the ground is read off."""
MOST_LOOKED_AT: Final = 10_000
"""Test samples that give the sliders their ranges."""
LOW: Final = 320
"""Pixels: in a lower panel the note has one line, and the rest in its tooltip."""
LEAST_BESIDE: Final = 390
TOOLS_HEIGHT: Final = 76
RESULTS_HEIGHT: Final = 120
RESULTS_WIDTH: Final = 165
"""Pixels, about, of what stands below or beside the pad."""
SPACING: Final = 10


class DrawPadPanel(InspectionPanel):
    """Asks the network about an input that the user makes: an image on a pad, or the features on sliders."""

    is_for_input: ClassVar[bool] = True

    def __init__(self, model: InspectionModel, parent: QWidget | None = None) -> None:
        super().__init__(model, "draw_pad", "draw", parent)
        self._palette: Palette | None = None
        self._fitted_to: object = None
        self._outputs: np.ndarray | None = None
        self._taken: int | None = None
        self._reader = PictureReader(self)
        self._reader.read.connect(self._show_picture)
        self._reader.failed.connect(self._show_refusal)
        self.pad = DrawingPad(self.content)
        self.pad.changed.connect(self._on_input)
        self.pad.test_image_requested.connect(self._take_test_sample)
        self.pad.canvas.picture_offered.connect(self.read_picture)
        self.sliders = ValueSliders(self.content)
        self.sliders.changed.connect(self._on_input)
        self.sliders.test_sample_requested.connect(self._take_test_sample)
        self.sliders.hide()
        self._sorted = QToolButton(self.content)
        self._sorted.setObjectName("sort_probabilities")
        self._sorted.setAccessibleName(self.tr("Most likely first"))
        self._sorted.setToolTip(self.tr("Show the most likely classes first, or all in their own order."))
        self._sorted.setCheckable(True)
        self._sorted.setChecked(True)
        self._sorted.toggled.connect(self._show_outputs)
        self.bars = ProbabilityBars(self.content)
        self._note = WrappedLabel(self.content)
        self._note.setObjectName("draw_pad_note")
        self._note.setProperty("role", "muted")
        results = QVBoxLayout()
        results.setSpacing(SPACING // 2)
        heading = QHBoxLayout()
        heading.addWidget(self._note, 1)
        heading.addWidget(self._sorted, 0, Qt.AlignmentFlag.AlignTop)
        results.addLayout(heading)
        results.addWidget(self.bars, 1)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self.content)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(SPACING)
        self._halves.addWidget(self.pad, 5)
        self._halves.addWidget(self.sliders)
        self._halves.addLayout(results, 2)

    @property
    def query(self) -> PredictSample | None:
        """The input; None while nothing is drawn."""
        spec = self.model.spec
        if spec is None or self._fitted_to is None:
            return None
        if spec.is_image:
            return None if self.pad.canvas.is_blank else PredictSample.of(self.pad.content)
        return PredictSample.of(self.sliders.values)

    def applies_to(self, spec: DataSpec) -> bool:
        """Images, and vectors of a few features."""
        return spec.is_image or spec.sample_shape[0] <= MOST_FEATURES

    @property
    def text_when_empty(self) -> str:
        """What will be here."""
        return self.tr("A pad to draw on, and what the network says of the drawing, appear here: press Train.")

    @property
    def text_when_not_meant(self) -> str:
        """Why there is nothing."""
        return self.tr("An input cannot be made by hand where it has more than {most} features.").format(
            most=MOST_FEATURES
        )

    def show_answer(self, event: Inspected) -> None:
        """Show what the network says of the input."""
        assert isinstance(event.answer, SampleOutputs)
        self._outputs = event.answer.outputs
        self._show_outputs()

    def show_problem(self, text: str) -> None:
        """Say it beside the pad: another drawing may do."""
        self._outputs = None
        self._show_outputs()
        self._say(text)

    def take(self, event: Inspected) -> bool:
        """Show an answer; also one to the drawing a moment before, since a fast stroke gets no other."""
        is_taken = super().take(event)
        is_before = not is_taken and isinstance(event.answer, SampleOutputs) and event.run == self.model.run_id
        if is_before and self.query is not None and event.asked_step == self.model.shown_step:
            self.show_answer(event)
        return is_taken

    def on_subject_changed(self) -> None:
        """Keep the drawing where the data have the same form: it is there to compare runs."""
        self._outputs = None
        self._show_outputs()
        if self.is_seen:
            self._fit()

    def read_picture(self, source: Path | bytes | RawPicture) -> None:
        """Put a picture on the pad, as soon as it is read."""
        spec = self.model.spec
        if spec is not None and spec.is_image:
            channels, height, width = spec.sample_shape
            self._reader.begin(source, (channels, height, width), is_ground_light=self.pad.canvas.ground >= MIDDLE)

    def rows(self) -> Iterator[Sequence[object]] | None:
        """What the network says of the input, one class or number a row."""
        spec, outputs = self.model.spec, self._outputs
        return None if spec is None or outputs is None else _rows(spec, outputs)

    def catch_up(self) -> None:
        """Fit the pad to the data, once it is seen: before anything is asked about what was set for other data."""
        if self.is_seen:
            self._fit()
        super().catch_up()

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        super().set_palette(palette)
        self.pad.set_palette(palette)
        self.bars.set_palette(palette)
        self._sorted.setIcon(icon("sort", palette.text, disabled=palette.text_disabled))

    def state(self) -> dict[str, Any]:
        """Whether the likeliest classes come first."""
        return {"sorted": self._sorted.isChecked()}

    def restore(self, state: dict[str, Any]) -> None:
        """Order the classes so again."""
        self._sorted.setChecked(state.get("sorted") is not False)

    # Qt's events

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Place the results beside or below the pad, so that the pad is as large as can be."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width, height = self.width(), self.height() - scaled(TOOLS_HEIGHT)
        lines = 2 if self.height() < scaled(LOW) else 4
        self._note.setMaximumHeight(lines * self.fontMetrics().lineSpacing() + 2)
        if self.sliders.isHidden():
            is_beside = width >= scaled(LEAST_BESIDE) and min(width - scaled(RESULTS_WIDTH), height) > min(
                width, height - scaled(RESULTS_HEIGHT)
            )
        else:
            is_beside = self.height() < self.sliders.sizeHint().height() + scaled(RESULTS_HEIGHT)
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if is_beside else directions.TopToBottom)
        for place, stretch in enumerate((3, 3, 2) if is_beside else (5, 0, 2)):
            self._halves.setStretch(place, stretch)

    # Internals

    def _fit(self) -> None:
        log, spec = self.model.log, self.model.spec
        if log is None or spec is None or not self.applies_to(spec):
            return
        ground = 255 if spec.is_image and ground_of(log.inputs[:LOOKED_AT]) >= MIDDLE else 0
        every = np.zeros(0) if spec.is_image else np.nan_to_num(log.inputs[:MOST_LOOKED_AT])
        lows, highs = (every.min(axis=0), every.max(axis=0)) if len(every) else (every, every)
        place = spec, self.model.dataset, ground, lows.tobytes(), highs.tobytes()
        if place == self._fitted_to:
            return
        self._fitted_to = place
        self._taken = None
        self._reader.cancel()
        self.bars.show_names(spec.class_names or spec.target_names)
        self._sorted.setVisible(spec.task is Task.CLASSIFICATION)
        self.pad.setVisible(spec.is_image)
        self.sliders.setVisible(not spec.is_image)
        if spec.is_image:
            channels, height, width = spec.sample_shape
            self.pad.begin((channels, height, width), ground, is_centred=self.model.dataset in CENTRED)
        else:
            names = spec.feature_names or tuple(f"x{number}" for number in range(1, spec.sample_shape[0] + 1))
            self.sliders.begin(names, lows, highs)
        self._arrange()
        self._say("")

    def _on_input(self) -> None:
        spec = self.model.spec
        if self.query is None:
            self._outputs = None
            self._show_outputs()
        if self._taken is None or (spec is not None and not self._is_as_taken):
            self._taken = None
            self._say("")
        self.request_changed.emit()

    @property
    def _is_as_taken(self) -> bool:
        """Whether the input is the test sample that was taken, unchanged."""
        log = self.model.log
        if log is None or self._taken is None or self._taken >= len(log.inputs):
            return False
        own = log.inputs[self._taken]
        if log.spec.is_image:
            return np.array_equal(as_bytes(own), self.pad.canvas.image)
        return np.array_equal(own, self.sliders.values)

    def _take_test_sample(self) -> None:
        log = self.model.log
        if log is None or not len(log.inputs):
            return
        chosen = self.model.sample
        if chosen is None or (chosen == self._taken and self._is_as_taken):
            chosen = random.randrange(len(log.inputs))
        self._taken = chosen
        if log.spec.is_image:
            self.pad.canvas.show_image(as_bytes(log.inputs[chosen]))
        else:
            self.sliders.show_values(log.inputs[chosen])
        self._say(self._text_of(chosen))

    def _text_of(self, sample: int) -> str:
        """Which test sample it is, and what it truly is."""
        log = self.model.log
        assert log is not None
        if log.spec.task is Task.CLASSIFICATION:
            truth = log.spec.class_names[int(log.targets[sample])]
        else:
            truth = ", ".join(signed_three_digits(value) for value in np.atleast_1d(log.targets[sample]).tolist())
        return self.tr("Truly {truth}: test sample {number}").format(number=f"{sample:,}", truth=truth)

    def _show_outputs(self) -> None:
        spec, outputs = self.model.spec, self._outputs
        if spec is None or outputs is None or len(outputs) != spec.output_count:
            self.bars.clear_values()
        elif spec.task is Task.CLASSIFICATION:
            shares = softmax(outputs[None])[0]
            self.bars.show_values(shares, is_sorted=self._sorted.isChecked(), are_shares=True)
        else:
            self.bars.show_values(outputs, is_sorted=False, are_shares=False)

    def _show_picture(self, picture: FittedPicture) -> None:
        if self.model.spec is None or picture.pixels.shape != self.model.spec.sample_shape:
            return  # other data are looked at by now
        self.pad.canvas.show_image(picture.pixels)
        self._say(self._what_was_done(picture))

    def _what_was_done(self, picture: FittedPicture) -> str:
        height, width = picture.size
        size = {"width": f"{width:,}", "height": f"{height:,}"}
        own = {"w": picture.pixels.shape[2], "h": picture.pixels.shape[1]}
        if picture.is_cut:
            text = self.tr("Picture of {width} × {height}: its middle was resized to {w} × {h}.")
        elif (height, width) == picture.pixels.shape[1:]:
            text = self.tr("Picture of {width} × {height}.")
        else:
            text = self.tr("Picture of {width} × {height}, resized to {w} × {h}.")
        sentences = [text.format(**size, **own)]
        if picture.was_coloured:
            sentences.append(self.tr("Its colours became grey, as the data are."))
        if picture.is_inverted:
            sentences.append(
                self.tr("Light and dark were exchanged: the data are dark on light.")
                if self.pad.canvas.ground >= MIDDLE
                else self.tr("Light and dark were exchanged: the data are light on dark.")
            )
        return " ".join(sentences)

    def _say(self, text: str) -> None:
        """Show what there is to say of the input; without it, what the panel does."""
        if not text and self.pad.isHidden():
            text = self.tr("Updates as you move the sliders, and as the network trains.")
        self._note.setText(text or self.tr("Updates as you draw, and as the network trains."))

    def _show_refusal(self, problem: UserError) -> None:
        self._say(sentence_of(problem))


def _rows(spec: DataSpec, outputs: np.ndarray) -> Iterator[Sequence[object]]:
    if spec.task is Task.CLASSIFICATION:
        yield "class", "probability"
        yield from zip(spec.class_names, softmax(outputs[None])[0].tolist(), strict=True)
    else:
        yield "target", "predicted"
        yield from zip(spec.target_names, outputs.tolist(), strict=True)
