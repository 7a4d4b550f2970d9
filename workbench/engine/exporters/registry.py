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
    from workbench.engine.recipe import Recipe

    Write = Callable[[RunRecord, Path, ExportContext], UserError]


def _nothing_beside(_recipe: Recipe, _path: Path) -> tuple[Path, ...]:
    return ()


def _inputs_beside(recipe: Recipe, path: Path) -> tuple[Path, ...]:
    from workbench.engine.exporters.script.arrays import arrays_path
    from workbench.engine.exporters.script.data import needs_arrays
    from workbench.engine.exporters.script.weights import weights_path

    arrays = (arrays_path(path),) if needs_arrays(recipe) else ()
    return arrays if recipe.initial_weights is None else (*arrays, weights_path(path))


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
        is_plot: whether curves are drawn, in a size and colours that the user chooses.
        beside: returns the files that are written for a run beside that at a path.
    """

    name: str
    label: str
    help: str
    suffix: str
    write: Write
    packages: tuple[str, ...] = ()
    extra: str = ""
    needs_weights: bool = False
    is_plot: bool = False
    beside: Callable[[Recipe, Path], tuple[Path, ...]] = _nothing_beside

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


def _write_notebook(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    from workbench.engine.exporters.script.notebook import write_notebook

    return write_notebook(record, path, context)


def _write_report(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    from workbench.engine.exporters.report.page import write_report

    return write_report(record, path, context)


def _write_weights(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    from workbench.engine.exporters.weights_files import write_weights

    return write_weights(record, path, context)


def _write_onnx(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    from workbench.engine.exporters.onnx_file import write_onnx

    return write_onnx(record, path, context)


def _write_pt2(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    from workbench.engine.exporters.pt2_file import write_pt2

    return write_pt2(record, path, context)


def _write_tensorboard(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    from workbench.engine.exporters.tensorboard_events import write_tensorboard

    return write_tensorboard(record, path, context)


def _write_parquet(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    from workbench.engine.exporters.parquet_points import write_parquet

    return write_parquet(record, path, context)


def _write_svg(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    from workbench.engine.exporters.plots.plot_files import write_svg

    return write_svg(record, path, context)


def _write_pdf(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    from workbench.engine.exporters.plots.plot_files import write_pdf

    return write_pdf(record, path, context)


def _write_png(record: RunRecord, path: Path, context: ExportContext) -> UserError:
    from workbench.engine.exporters.plots.plot_files import write_png

    return write_png(record, path, context)


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
        beside=_inputs_beside,
    ),
    ExportRow(
        name="notebook",
        label="Jupyter notebook",
        help="The code of the script in cells, with headings and the curves, for those who teach and learn with "
        "Jupyter.",
        suffix=".ipynb",
        write=_write_notebook,
        beside=_inputs_beside,
    ),
    ExportRow(
        name="csv",
        label="Table of all points (CSV)",
        help="Every step with its loss, metric and learning rate, and every evaluation: for a spreadsheet, pandas or "
        "another plotting program.",
        suffix=".csv",
        write=_write_csv,
    ),
    ExportRow(
        name="parquet",
        label="Table of all points (Parquet)",
        help="The table of all points for pandas, Polars or DuckDB: smaller than CSV, and each number with all its "
        "bits.",
        suffix=".parquet",
        write=_write_parquet,
        packages=("pyarrow",),
        extra="parquet",
    ),
    ExportRow(
        name="tensorboard",
        label="TensorBoard events",
        help="A folder with one event file that holds every point: training loss and metric, learning rate, tests and "
        "validation, at their steps.",
        suffix="",
        write=_write_tensorboard,
    ),
    ExportRow(
        name="report",
        label="Report (HTML)",
        help="One page to read, pass on and print: curves, tests, what the network gets wrong, journal, recipe and "
        "environment. It opens without a network.",
        suffix=".html",
        write=_write_report,
    ),
    ExportRow(
        name="svg",
        label="Curves (SVG)",
        help="Loss and metric with the marks of epochs and changes, as lines and text: for web pages and drawing "
        "programs.",
        suffix=".svg",
        write=_write_svg,
        is_plot=True,
    ),
    ExportRow(
        name="pdf",
        label="Curves (PDF)",
        help="The same curves as a page for papers and LaTeX: sharp at any size.",
        suffix=".pdf",
        write=_write_pdf,
        is_plot=True,
    ),
    ExportRow(
        name="png",
        label="Curves (PNG)",
        help="The same curves as an image, with two pixels for each unit of its size: for slides and messages.",
        suffix=".png",
        write=_write_png,
        is_plot=True,
    ),
    ExportRow(
        name="weights",
        label="Weights (state dict)",
        help="The last weights as PyTorch saves them: a plain state dict, which loads into the same class.",
        suffix=".pt",
        write=_write_weights,
        needs_weights=True,
    ),
    ExportRow(
        name="safetensors",
        label="Weights (safetensors)",
        help="The last weights for other programs, with the recipe, the last test, the classes and the normalisation "
        "beside them. Reading such a file can run no code.",
        suffix=".safetensors",
        write=_write_weights,
        needs_weights=True,
    ),
    ExportRow(
        name="onnx",
        label="ONNX",
        help="The network in one file for other programs and devices, for any number of samples. Its outputs for the "
        "test set are compared with those of PyTorch before the file is kept: they differ by rounding alone.",
        suffix=".onnx",
        write=_write_onnx,
        packages=("onnx", "onnxscript"),
        extra="onnx",
        needs_weights=True,
    ),
    ExportRow(
        name="pt2",
        label="Exported program (.pt2)",
        help="The network as torch.export saves it: it runs in PyTorch without the code of its class, for any number "
        "of samples, and gives the same bits.",
        suffix=".pt2",
        write=_write_pt2,
        needs_weights=True,
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
