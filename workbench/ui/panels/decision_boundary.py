"""What the network says of every point of the plane, live, with the points of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QComboBox, QVBoxLayout

from workbench.engine.analysis.classification import softmax
from workbench.engine.config.tasks import Task
from workbench.engine.protocol.queries.plane_outputs import PlaneOutputs, PredictPlane
from workbench.ui.panel_bases.inspection_panel import InspectionPanel
from workbench.ui.plotting.charts.decision_map import DecisionMap, has_plane
from workbench.ui.plotting.charts.plane_image import outputs_at
from workbench.ui.style.zoom import scaled
from workbench.ui.text.metric_texts import three_digits
from workbench.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.protocol.events import Inspected
    from workbench.engine.protocol.queries.plane_outputs import Points
    from workbench.ui.models.inspection_model import InspectionModel
    from workbench.ui.style.palette import Palette

LEAST_SIDE: Final = 24
MOST_SIDE: Final = 96
ROUND_TO: Final = 8
"""Sides of the grid are multiples of it, so that a small change of the panel's size asks for nothing new."""
PIXELS_PER_PLACE: Final = 4
CURVE_PLACES: Final = 256
SECONDS_BESIDE_TRAINING: Final = 0.006
"""For an answer while the run trains: at 3 % of the time, five a second."""
SECONDS_WHILE_DRAGGED: Final = 0.025
"""For an answer at rest, until the step that is looked at has stayed the same for `REST_MS`."""
REST_MS: Final = 150
MOST_KEPT: Final = 48 << 20
"""Bytes of the answers that are kept for looking back."""
NARROW: Final = 340
"""Pixels: in a narrower panel the figures stand below the choice of points."""
SPACING: Final = 8


class DecisionBoundaryPanel(InspectionPanel):
    """The decision boundary of data with two features, or the curve or surface of a regression.

    The grid is as fine as can be computed in time while the run trains or the step changes, and as fine as the panel is
    large at rest.
    """

    def __init__(self, model: InspectionModel, parent: QWidget | None = None) -> None:
        super().__init__(model, "decision_boundary", "chart", parent)
        self._shown: PlaneOutputs | None = None
        self._grid = PredictPlane(LEAST_SIDE, LEAST_SIDE, with_points=False)
        self._seconds_per_input = 0.0
        self._point_count = 0
        self._is_coarse = False
        # Whether the step that is looked at has stayed the same for a while.
        self._is_at_rest = False
        # The run, the step looked at, the step of the run, and whether the panel follows a run that trains.
        self._place: tuple[str | None, int | None, int, bool] = (None, None, 0, False)
        self._kept: dict[int, tuple[PredictPlane, PlaneOutputs]] = {}
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._refine)
        self._choice = QComboBox(self.content)
        self._choice.setObjectName("boundary_points")
        self._choice.setAccessibleName(self.tr("Points to show"))
        for text, key in (
            (self.tr("Training points"), "training"),
            (self.tr("Test points"), "test"),
            (self.tr("All points"), "all"),
            (self.tr("No points"), "none"),
        ):
            self._choice.addItem(text, key)
        self._choice.setToolTip(self.tr("A cross marks a point that the network takes for another class."))
        self._choice.currentIndexChanged.connect(lambda _: self._draw())
        self._figures = ElidedLabel("", self.content)
        self._figures.setObjectName("boundary_figures")
        self._map = DecisionMap(self.content)
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(SPACING)
        row.addWidget(self._choice)
        row.addWidget(self._figures, 1)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(row)
        column.addWidget(self._map, 1)
        model.step_changed.connect(self._on_step)

    @property
    def query(self) -> PredictPlane:
        """The grid for which the outputs are wanted."""
        return self._grid

    def applies_to(self, spec: DataSpec) -> bool:
        """Data that can be drawn in a plane."""
        return has_plane(spec)

    @property
    def text_when_empty(self) -> str:
        """What will be shown here."""
        return self.tr(
            "What the network says of every point of the plane appears here when a run on points is under way, such as "
            "Spirals: press Train."
        )

    @property
    def text_when_not_meant(self) -> str:
        """Why nothing is shown."""
        return self.tr(
            "A boundary can be drawn where the inputs are points with two features, or one feature predicts a number: "
            "choose a data set such as Spirals or Sine."
        )

    def show_answer(self, event: Inspected) -> None:
        """Draw the outputs, and learn how many can be computed in time."""
        plane = event.answer
        assert isinstance(plane, PlaneOutputs)
        assert isinstance(event.query, PredictPlane)
        asked = plane.outputs.shape[0] * (plane.outputs.shape[1] if len(plane.y) else 1)
        if event.query.with_points:
            asked += len(plane.training.inputs) + len(plane.test.inputs)
        self._seconds_per_input = max(event.seconds, 1e-6) / asked
        self._point_count = len(plane.training.inputs) + len(plane.test.inputs)
        if event.asked_step is not None:
            self._keep(event.asked_step, event.query, plane)
        self._shown = plane
        self._draw(is_passing=not self._is_at_rest)
        if self._is_following:
            self._grid = self._affordable(SECONDS_BESIDE_TRAINING)
        elif not self._is_at_rest or self._grid != self._finest:
            self._rest.start()

    def take(self, event: Inspected) -> bool:
        """Show an answer; also one for a step that the user has left meanwhile, since a fast drag gets no other."""
        is_taken = super().take(event)
        is_passed = not is_taken and self.model.shown_step is not None and event.asked_step is not None
        if is_passed and event.run == self.model.run_id and isinstance(event.answer, PlaneOutputs):
            assert isinstance(event.query, PredictPlane)
            assert event.asked_step is not None
            self._keep(event.asked_step, event.query, event.answer)
            if self.is_seen:
                self._shown = event.answer
                self._draw(is_passing=True)
        return is_taken

    def on_subject_changed(self) -> None:
        """Forget what was kept of another run."""
        self._kept.clear()
        self._shown = None
        self._grid = PredictPlane(*self._shaped(LEAST_SIDE), with_points=False)

    def rows(self) -> Iterator[Sequence[object]] | None:
        """The outputs on the grid, one place a row; probabilities where classes are predicted."""
        plane, spec = self._shown, self.model.spec
        return None if plane is None or spec is None else _rows(spec, plane)

    def set_palette(self, palette: Palette) -> None:
        """Draw in these colours."""
        super().set_palette(palette)
        self._map.set_palette(palette)

    def state(self) -> dict[str, Any]:
        """Which points are shown."""
        return {"points": self._choice.currentData()}

    def restore(self, state: dict[str, Any]) -> None:
        """Show those points again."""
        self._choice.setCurrentIndex(max(0, self._choice.findData(state.get("points"))))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Ask for a grid that fits the new size, once it has stayed the same for a while."""
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if self.width() < scaled(NARROW) else directions.LeftToRight)
        if self._shown is not None:
            self._rest.start()

    # Internals

    def _on_step(self) -> None:
        """Show what is known of the step that is looked at now, or ask with a grid that is soon there."""
        if not self.is_seen or not self.is_meant:
            return
        model, before = self.model, self._place
        step = model.shown_step
        self._place = place = model.run_id, step, 0 if step is not None else model.current_step, self._is_following
        if place == before:
            return
        self._is_at_rest = False
        if place[3]:
            if not before[3]:
                self._grid = self._affordable(SECONDS_BESIDE_TRAINING)
        elif place[:3] == before[:3]:
            self._rest.start()
        elif step is not None and (kept := self._kept.get(step)) is not None:
            self._grid, self._shown = kept
            self.note_known()
            self._draw(is_passing=True)
            self._rest.start()
        else:
            self._rest.stop()
            self._grid = self._affordable(SECONDS_WHILE_DRAGGED)

    def _refine(self) -> None:
        if not self._is_following and self.is_seen:
            self._is_at_rest = True
            if self._is_coarse:
                self._draw()
            self._grid = self._finest
            self.request_changed.emit()

    def _affordable(self, seconds: float) -> PredictPlane:
        """The finest grid whose outputs take about this time, with the points where they fit in as well."""
        if not self._seconds_per_input:
            return PredictPlane(*self._shaped(LEAST_SIDE), with_points=False)
        room = seconds / self._seconds_per_input
        with_points = room >= 2 * self._point_count
        places = room - self._point_count if with_points else room
        return PredictPlane(*self._shaped(max(LEAST_SIDE, int(max(0.0, places) ** 0.5))), with_points=with_points)

    @property
    def _is_following(self) -> bool:
        """Whether the run trains, and the panel shows each of its steps."""
        return self.model.is_training and self.model.shown_step is None

    @property
    def _finest(self) -> PredictPlane:
        return PredictPlane(*self._shaped(MOST_SIDE))

    def _shaped(self, most: int) -> tuple[int, int]:
        """Columns and rows of a grid with at most this side, no finer than the panel can show."""
        spec = self.model.spec
        if spec is not None and spec.sample_shape == (1,):
            return min(CURVE_PLACES, most * most), 1
        plot = self._map.plot_rect
        sides = (min(most, max(LEAST_SIDE, side // PIXELS_PER_PLACE)) for side in (plot.width(), plot.height()))
        columns, rows = (side // ROUND_TO * ROUND_TO for side in sides)
        return columns, rows

    def _keep(self, step: int, query: PredictPlane, plane: PlaneOutputs) -> None:
        known = self._kept.pop(step, None)
        is_finer = known is None or query.columns * query.rows >= known[0].columns * known[0].rows
        self._kept[step] = (query, plane) if known is None or is_finer else known
        total = sum(each.outputs.nbytes for _, each in self._kept.values())
        for old in list(self._kept)[:-1]:
            if total <= MOST_KEPT:
                break
            total -= self._kept.pop(old)[1].outputs.nbytes

    def _draw(self, *, is_passing: bool = False) -> None:
        """Draw what is known; coarser, in a third of the time, where another picture is likely to follow."""
        self._is_coarse = is_passing
        plane, spec = self._shown, self.model.spec
        if plane is None or spec is None:
            return
        choice = self._choice.currentData()
        points = {"training": (plane.training,), "test": (plane.test,), "all": (plane.training, plane.test)}
        self._map.show_plane(spec, plane, points.get(choice, ()), is_passing=is_passing)
        text = self._text(spec, plane)
        self._figures.setText(text)
        self._map.setAccessibleName(self.tr("What the network says of each point"))
        self._map.setAccessibleDescription(text)

    def _text(self, spec: DataSpec, plane: PlaneOutputs) -> str:
        """How right the network is on the points."""
        outputs = [outputs_at(plane, points) for points in (plane.training, plane.test)]
        is_exact = plane.training.outputs is not None
        if spec.task is Task.REGRESSION:
            training, test = (
                three_digits(_error(*each)) for each in zip((plane.training, plane.test), outputs, strict=True)
            )
            text = self.tr("Mean absolute error {training}, test {test}")
            about = self.tr("Mean absolute error about {training}, test {test}")
            return (text if is_exact else about).format(training=training, test=test)
        text = self.tr("Wrong: {training} of {trained}, test {test} of {tested}")
        about = self.tr("Wrong: about {training} of {trained}, test {test} of {tested}")
        return (text if is_exact else about).format(
            training=f"{_wrong(plane.training, outputs[0]):,}",
            trained=f"{len(plane.training.inputs):,}",
            test=f"{_wrong(plane.test, outputs[1]):,}",
            tested=f"{len(plane.test.inputs):,}",
        )


def _wrong(points: Points, outputs: np.ndarray) -> int:
    return int(np.count_nonzero(outputs.argmax(axis=1) != points.targets))


def _error(points: Points, outputs: np.ndarray) -> float:
    return float(np.abs(outputs.astype(np.float64) - points.targets).mean())


def _rows(spec: DataSpec, plane: PlaneOutputs) -> Iterator[Sequence[object]]:
    features = spec.feature_names or ("x1", "x2")
    yield *features[: spec.sample_shape[0]], *(spec.class_names or spec.target_names)
    outputs = plane.outputs.reshape(-1, plane.outputs.shape[-1])
    values = softmax(outputs) if spec.task is Task.CLASSIFICATION else outputs
    places = np.stack(np.meshgrid(plane.x, plane.y), axis=-1).reshape(-1, 2) if len(plane.y) else plane.x[:, None]
    for place, row in zip(places.tolist(), values.tolist(), strict=True):
        yield *place, *row
