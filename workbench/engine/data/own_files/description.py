"""DataDescription: what was understood of the user's own files, before anything is trained on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np

    from workbench.engine.data.data_source import DataSource
    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.data.dataset import Standardisation
    from workbench.engine.errors import UserError

MOST_EXAMPLES: Final = 24
MOST_NAMED: Final = 20
"""Skipped files that a description names; the others are only counted."""


@dataclass(frozen=True, slots=True)
class ColumnDescription:
    """A column of a table.

    Attributes:
        name: in the header; `column 3` where there is none.
        role: `label` for what is to be predicted, `feature` for what it is predicted from, `unused`.
        is_number: whether each value that is there is a number.
        missing: rows without a value.
        distinct: different values among the first rows, at least.
    """

    name: str
    role: str
    is_number: bool
    missing: int
    distinct: int


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that is no sample; `reason` is part of a sentence."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClassCount:
    """The samples of a class."""

    name: str
    train: int
    test: int
    validation: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.train + self.test + self.validation


@dataclass(frozen=True, slots=True, eq=False)
class DataDescription:
    """What was understood of the user's own files.

    Attributes:
        source: the files and the choices, with those filled in that the files suggested.
        form: `table`, `images`, `arrays` or `idx`; empty where the files are of no known form.
        spec: task and shapes; None where `problem` says why not.
        train_count: training samples.
        test_count: test samples.
        validation_count: samples that the files have for validation.
        has_own_test: whether the files say themselves which samples are for the test.
        classes: with their samples, of a classification.
        columns: of a table.
        rows: samples in the files, with those that are left out.
        left_out: rows left out because a value is missing.
        skipped: some of the files that are no samples.
        skipped_count: all of them.
        notes: what was understood, one sentence each, for the window to translate.
        example_images: some training images (n, C, H, W) uint8; empty for vectors.
        example_rows: some lines of a table as texts, by column; empty for images.
        example_labels: of each of the examples: its class or its numbers.
        problem: why this cannot be trained on; None where it can.
    """

    source: DataSource
    form: str
    is_text: bool
    spec: DataSpec | None
    train_count: int
    test_count: int
    validation_count: int
    has_own_test: bool
    classes: tuple[ClassCount, ...]
    columns: tuple[ColumnDescription, ...]
    rows: int
    left_out: int
    skipped: tuple[SkippedFile, ...]
    skipped_count: int
    notes: tuple[UserError, ...]
    example_images: np.ndarray
    example_rows: tuple[tuple[str, ...], ...]
    example_labels: tuple[str, ...]
    problem: UserError | None


@dataclass(slots=True)
class Findings:
    """What a reader has understood so far; a description is made of it also where the reading failed."""

    source: DataSource
    form: str = ""
    is_text: bool = False
    """Whether it is a table of text, with a delimiter and an encoding."""
    has_label_column: bool = False
    """Whether the label is a column of a table, which can be chosen."""
    columns: list[ColumnDescription] = field(default_factory=list)
    rows: int = 0
    left_out: int = 0
    skipped: list[SkippedFile] = field(default_factory=list)
    skipped_count: int = 0
    notes: list[UserError] = field(default_factory=list)
    example_rows: list[tuple[str, ...]] = field(default_factory=list)
    standardisation: Standardisation | None = None

    def skip(self, name: str, reason: str) -> None:
        """Count a file that is no sample."""
        self.skipped_count += 1
        if len(self.skipped) < MOST_NAMED:
            self.skipped.append(SkippedFile(name, reason))
