"""PlotOptions: the size and the colours of the curves that are drawn for an export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from workbench.engine.exporters.phrases import phrase
from workbench.engine.history.records import Range

if TYPE_CHECKING:
    from collections.abc import Mapping

SMALLEST: Final = 200
LARGEST: Final = 4000
"""Of the width and the height."""
Side = Annotated[int, Range(SMALLEST, LARGEST)]


@dataclass(frozen=True, slots=True)
class PlotColours:
    """The colours of a plot, as #rrggbb, under the names that they have in the themes; and its dashes.

    Attributes:
        background: of the page.
        text: of numbers and names.
        grid: of the lines of the axes.
        training: of the mean of the training.
        training_faint: of each step of it.
        test: of the test.
        validation: of the validation.
        mark: of the lines where something was changed.
        test_dash: strokes and gaps of the line of the test.
        validation_dash: of that of the validation.
    """

    background: str
    text: str
    grid: str
    training: str
    training_faint: str
    test: str
    validation: str
    mark: str
    test_dash: tuple[float, ...] = ()
    validation_dash: tuple[float, ...] = (5, 3)


COLOURS: Final[Mapping[str, PlotColours]] = {
    "light": PlotColours(
        background="#ffffff",
        text="#596070",
        grid="#e9ebf0",
        training="#00669e",
        training_faint="#4d9cc9",
        test="#d05a00",
        validation="#6c00b4",
        mark="#7a5fb0",
    ),
    "dark": PlotColours(
        background="#121418",
        text="#a0a7b4",
        grid="#23262d",
        training="#5ab8f0",
        training_faint="#376988",
        test="#f5a524",
        validation="#9b35b4",
        mark="#b79cf0",
    ),
    # Black on white: the kinds of line tell the curves apart.
    "print": PlotColours(
        background="#ffffff",
        text="#000000",
        grid="#d9d9d9",
        training="#000000",
        training_faint="#c4c4c4",
        test="#000000",
        validation="#000000",
        mark="#737373",
        test_dash=(7, 3),
        validation_dash=(1.5, 2.5),
    ),
}


@dataclass(frozen=True, slots=True)
class PlotOptions:
    """How the curves are drawn.

    Attributes:
        width: from `SMALLEST` to `LARGEST`.
        height: as `width`.
        colours: of the plot.
        is_translated: whether its words are in the language of this process. Those of files stay English: a PDF's own
            fonts have no other letters.
    """

    width: int = 800
    height: int = 600
    colours: PlotColours = COLOURS["light"]
    is_translated: bool = False

    def phrase(self, source: str, context: str = "Report", /, **fields: object) -> str:
        """`source` with its placeholders filled in, translated where the words are."""
        if self.is_translated:
            return phrase(source, context, **fields)
        return source.format(**fields) if fields else source


@dataclass(frozen=True, slots=True)
class PlotChoice:
    """What a user chooses of `PlotOptions`.

    Attributes:
        width: from `SMALLEST` to `LARGEST`.
        height: as `width`.
        colours: a name in `COLOURS`.
    """

    width: Side = 800
    height: Side = 600
    colours: str = "light"

    def __post_init__(self) -> None:
        if self.colours not in COLOURS:
            raise ValueError(f"there are no colours {self.colours}")

    @property
    def options(self) -> PlotOptions:
        """What an exporter needs."""
        return PlotOptions(self.width, self.height, COLOURS[self.colours])
