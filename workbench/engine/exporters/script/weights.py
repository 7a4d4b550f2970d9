"""The weights that a script or a notebook starts from: the file beside it, and the code that reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbench.engine.errors import UserError, without_control
from workbench.engine.exporters.script.parts import Part, quoted
from workbench.engine.files.safe_files import read_whole, write_whole
from workbench.engine.models.weights import PICKLE, pickled

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.exporters.context import ExportContext
    from workbench.engine.exporters.run_record import RunRecord
    from workbench.engine.models.initial_weights import InitialWeights

MOST_BYTES: Final = 1 << 36
_LONGEST_NAME: Final = 40


def weights_path(path: Path) -> Path:
    """The file of weights beside the script or the notebook at `path`."""
    return path.with_name(f"{path.stem}_weights{PICKLE}")


def write_initial_weights(record: RunRecord, path: Path, context: ExportContext) -> None:
    """Write the weights that the run started from beside `path`, if it started from a file of them.

    A file there that holds them already stays.

    Raises:
        UserError: they are not there any more; a file there holds something else and may not be replaced; or it cannot
            be written.
    """
    weights = context.initial_weights(record)
    if weights is None:
        return
    file, content = weights_path(path), pickled(weights)
    if file.exists():
        if read_whole(file, MOST_BYTES) == content:
            return
        if not context.may_replace:
            raise UserError(
                "{path} is there already and holds something else than the weights that this run starts from: choose "
                "another name for what is exported, or move that file away.",
                path=file,
            )
    write_whole(content, file)


def initial_weights_part(weights: InitialWeights | None, file: str, *, is_notebook: bool) -> Part:
    """The function `start_from_weights(model)`; nothing where the seed draws the weights.

    Args:
        weights: those that the run started from.
        file: the name of the file beside the code.
        is_notebook: whether the code is for a notebook, which does not know its own file.
    """
    if weights is None:
        return Part("")
    place = f"Path({quoted(file)})" if is_notebook else f"Path(__file__).with_name({quoted(file)})"
    code = "notebook" if is_notebook else "script"
    # The name comes from a file: it must not end the docstring.
    name = without_control(weights.file_name)[:_LONGEST_NAME].replace("\\", "/").replace('"', "'")
    body = f'''\
INITIAL_SHA256 = "{weights.sha256}"


def start_from_weights(model: nn.Module) -> None:
    """Let the network start as in the run, from the weights of {name}: they are beside this {code}."""
    file = {place}
    model.load_state_dict(torch.load(file, map_location="cpu", weights_only=True))
    if weights_sha256(model) != INITIAL_SHA256:
        raise ValueError(f"{{file}} does not hold the weights that the run started from.")'''
    return Part(body, ("import torch", "from torch import Tensor, nn", "from pathlib import Path"))
