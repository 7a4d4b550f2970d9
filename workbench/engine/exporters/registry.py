"""The registry of exports: one row for each form in which a run can be taken along."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbench.engine.config.registry import Registry
from workbench.engine.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.run_record import RunRecord

    Write = Callable[[RunRecord, Path, ExportContext], UserError]


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A form in which a run can be taken along.

    Attributes:
        name: the key; its option on the command line.
        label: its name in the window, in English.
        help: what it is good for.
        suffix: of the file; "" where it is a folder.
        write: writes the run to a path, whole or not at all, opens it again and checks it; returns what was checked, as
            a sentence. Raises a `UserError` where it cannot be written.
        packages: that must be installed beside the program.
        extra: of the program, that installs them; "" where none is needed.
        needs_weights: whether the run's last weights must be known.
    """

    name: str
    label: str
    help: str
    suffix: str
    write: Write
    packages: tuple[str, ...] = ()
    extra: str = ""
    needs_weights: bool = False

    @property
    def missing(self) -> UserError | None:
        """Why it cannot be used here; None where it can."""
        lacking = [name for name in self.packages if importlib.util.find_spec(name) is None]
        if not lacking:
            return None
        return UserError(
            "{label} needs {packages}: install the program with the extra {extra} (pip install "
            "'training-workbench[{extra}]').",
            label=self.label,
            packages=", ".join(lacking),
            extra=self.extra,
        )


def _write_run(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    from workbench.engine.exporters.run_file import write_run

    return write_run(record, path, context)


def _write_csv(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    from workbench.engine.exporters.csv_points import write_csv

    return write_csv(record, path, context)


def _write_script(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    from workbench.engine.exporters.script.script import write_script

    return write_script(record, path, context)


EXPORTS: Final[Registry[ExportRow]] = Registry(
    "export",
    ExportRow(
        name="run",
        label="Run file",
        help="The recipe, the changes, the curves and the digests of a run: small, readable, and anyone can train it "
        "again from it and compare every bit.",
        suffix=".run",
        write=_write_run,
    ),
    ExportRow(
        name="script",
        label="Python script",
        help="One plain PyTorch file that needs torch and torchvision alone: it trains the network again, with every "
        "change at its step, prints the same text, and compares its weights with those of the run.",
        suffix=".py",
        write=_write_script,
    ),
    ExportRow(
        name="csv",
        label="Table of all points (CSV)",
        help="Every step with its loss, metric and learning rate, and every evaluation: for a spreadsheet, pandas or "
        "another plotting program.",
        suffix=".csv",
        write=_write_csv,
    ),
)


def export(row: ExportRow, record: RunRecord, path: Path, context: ExportContext) -> UserError:
    """Write `record` to `path` in the form of `row`; returns what was checked, as a sentence.

    Raises:
        UserError: a package is missing, the weights are not kept, or the file cannot be written or does not hold what
            it should.
    """
    from workbench.engine.exporters.run_record import no_weights

    if row.missing is not None:
        raise row.missing
    if row.needs_weights and record.weights is None:
        raise no_weights(record)
    return row.write(record, path, context)
