"""Shows those of the plots below the loss plot that are asked for and have room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.ui.plotting.plot_rows import (
    LEAST_HEIGHT,
    SPACING,
    PlotRow,
    least_loss_height,
    rows_with_room,
    strip_height,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.ui.plotting.legend.plot_headers import MetricHeader, PlotHeader
    from workbench.ui.plotting.render.plot import Plot


class PlotArrangement:
    """Gives the loss its share of the window, and shows the plots below it that have room in the rest.

    Args:
        loss: the uppermost plot.
        difference: shows the differences between runs.
        metric: shows the metric.
        rate: shows the learning rate.
        headers: those of the plots below the loss.
        metric_header: that of the metric: it holds switches, and says where its plot has no room.

    Attributes:
        lowest: the plot that shows the axis of steps.
        is_strip: whether the loss is shown alone and low.
        shows_difference: whether the differences are asked for.
        shows_rate: whether the learning rate is asked for.
        rate_was_chosen: whether the user asked for it: where there is no room for all plots, it then comes first.
        rate_has_room: whether the learning rate, where it is asked for, is shown.
        rate_could_have_room: whether it would be if the user chose it, in the place of the metric.
    """

    def __init__(
        self,
        loss: Plot,
        difference: Plot,
        metric: Plot,
        rate: Plot,
        headers: Mapping[Plot, PlotHeader],
        metric_header: MetricHeader,
    ) -> None:
        self._loss, self._difference, self._metric, self._rate = loss, difference, metric, rate
        self._headers = headers
        self._metric_header = metric_header
        self.lowest = loss
        self.is_strip = self.shows_difference = self.shows_rate = self.rate_was_chosen = False
        self.rate_has_room = self.rate_could_have_room = True

    def arrange(self, height: int, window_height: int, footer_height: int) -> bool:
        """Show what has room, and return whether there is room for the learning rate now, or no more.

        Args:
            height: of all plots and headers and what is below them, in pixels.
            window_height: of the window, in pixels.
            footer_height: of what is below the plots, in pixels.
        """
        least = (strip_height if self.is_strip else least_loss_height)(window_height)
        self._loss.setMinimumHeight(max(0, min(least, height - footer_height)))
        steps = self._loss.steps_height
        room = 0 if self.is_strip else height - least - footer_height - steps
        shown = rows_with_room(room, self._rows_by_priority(self.shows_rate, self.rate_was_chosen))
        chosen = rows_with_room(room, self._rows_by_priority(True, True))
        for plot, header in self._headers.items():
            header.setVisible(plot in shown.headers)
            plot.setVisible(plot in shown.plots)
        self._metric_header.set_has_room(self._metric in shown.plots)
        below = (self._difference, self._metric, self._rate)
        self.lowest = lowest = [self._loss, *(plot for plot in below if plot in shown.plots)][-1]
        for plot in (self._loss, *below):
            plot.show_steps(plot is lowest)
            if plot is not self._loss:
                plot.setMinimumHeight(LEAST_HEIGHT + (steps if plot is lowest else 0))
        rooms = (not self.shows_rate or self._rate in shown.plots, self._rate in chosen.plots)
        has_changed = rooms != (self.rate_has_room, self.rate_could_have_room)
        self.rate_has_room, self.rate_could_have_room = rooms
        return has_changed

    def _rows_by_priority(self, shows_rate: bool, rate_was_chosen: bool) -> list[PlotRow]:
        """The plots below the loss that are asked for: what the user chose comes first."""
        rate = [self._rate] if shows_rate else []
        before, after = (rate, []) if rate_was_chosen else ([], rate)
        plots = [*([self._difference] if self.shows_difference else []), *before, self._metric, *after]
        return [
            PlotRow(
                plot,
                SPACING + LEAST_HEIGHT,
                SPACING + self._headers[plot].sizeHint().height(),
                plot is self._metric,
            )
            for plot in plots
        ]
