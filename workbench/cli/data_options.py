"""The options that choose a data set: a name of the registry, or files of the user's own and how they are read."""

from __future__ import annotations

import math
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.cli.parser import refused
from workbench.engine.config.number_text import read_number, read_whole
from workbench.engine.config.tasks import Task
from workbench.engine.data.data_source import DataSource
from workbench.engine.data.datasets import DATASETS, OWN_FILES
from workbench.engine.data.own_files.choices import NOT_DELIMITERS
from workbench.engine.errors import UsageError, UserError
from workbench.engine.paths import expanded
from workbench.engine.translation import translated

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from workbench.engine.data.data_source import DataRequest
    from workbench.engine.recipe import Recipe

_CHOICES: Final = {
    "task": "task",
    "label": "label",
    "delimiter": "delimiter",
    "encoding": "encoding",
    "header": "has_header",
    "image_size": "image_size",
    "colour": "colour",
    "standardise": "standardise",
    "test_share": "test_share",
}
"""The options about files, and the field of a `DataSource` that each sets."""
_DELIMITERS: Final = {"tab": "\t", "\\t": "\t", "space": " ", "comma": ",", "semicolon": ";"}
"""Words for delimiters that a shell makes hard to write."""


def add_data_options(parser: argparse._ActionsContainer) -> None:
    """Add `--dataset` and the options for files of the user's own; one that is not given is None."""
    parser.add_argument(
        "--dataset",
        metavar="NAME_OR_PATH",
        help=translated(
            "{names} (default: {default}); or a file or folder of your own: workbench data PATH says what is "
            "understood of it"
        ).format(names=", ".join(DATASETS.names), default=DATASETS.default),
    )
    add_file_options(parser)


def add_file_options(parser: argparse._ActionsContainer) -> None:
    """Add the options for files of the user's own."""
    parser.add_argument(
        "--label",
        metavar="COLUMN",
        help="the column of a table that is to be predicted: its name, or its number counted from 1",
    )
    parser.add_argument(
        "--task",
        choices=[task.value for task in Task],
        help="what is predicted, where numbers could be either (default: as the files suggest)",
    )
    parser.add_argument(
        "--delimiter",
        type=_delimiter,
        metavar="CHARACTER",
        help="what stands between two values of a table: one character, or tab, space (default: as the file suggests)",
    )
    parser.add_argument(
        "--encoding", metavar="NAME", help="the encoding of a table, such as utf-8 (default: as the file suggests)"
    )
    parser.add_argument(
        "--header",
        type=_yes_or_no,
        metavar="yes|no",
        help="whether the first line of a table names its columns (default: as the file suggests)",
    )
    parser.add_argument(
        "--test-share",
        type=_share,
        metavar="SHARE",
        help="the share held out for the test, where your files have no test set (default: 0.2)",
    )
    parser.add_argument(
        "--image-size", type=_pixels, metavar="PIXELS", help="the height and width to which your images are brought"
    )
    parser.add_argument("--colour", choices=("grey", "rgb"), help="whether your images are grey or in colour")
    parser.add_argument(
        "--standardise",
        action="store_true",
        default=None,
        help="give each feature of your table mean 0 and standard deviation 1, as measured on the training samples",
    )


def chosen_data(options: argparse.Namespace) -> tuple[str, DataSource | None]:
    """The name of the data set and, for files of the user's own, the choices about them.

    Raises:
        UsageError: there is no such data set, or it takes none of the choices.
    """
    name = options.dataset
    if name is not None and name not in DATASETS.names:
        return OWN_FILES, file_source(name, options)
    file_source(None, options)
    return name or DATASETS.default, None


def file_source(text: str | None, options: argparse.Namespace) -> DataSource | None:
    """The files at the path `text` and the choices of `add_file_options` about them; None without a path.

    Raises:
        UsageError: there are choices without a path, or `text` is neither a path nor the name of a file here.
    """
    choices: dict[str, Any] = {
        field: getattr(options, name) for name, field in _CHOICES.items() if getattr(options, name) is not None
    }
    if text is not None:
        return DataSource(_own_path(text), **choices)
    if choices:
        raise UsageError(
            "--{option} is for files of your own: leave it out, or give their path (--dataset PATH).",
            option=next(name for name, field in _CHOICES.items() if field in choices).replace("_", "-"),
        )
    return None


def add_moved_data(parser: argparse.ArgumentParser) -> None:
    """Add the option that says where the files of a run are now; for `moved_request`."""
    parser.add_argument(
        "--dataset", metavar="PATH", help="where the run's own files are now, if they are not where they were"
    )
    parser.set_defaults(**dict.fromkeys(_CHOICES))


def moved_request(recipe: Recipe, options: argparse.Namespace) -> DataRequest:
    """The data of a run that goes on; files of the user's own may have moved to the path that the options give.

    Raises:
        UsageError: the options ask for other data, or to read them otherwise.
    """
    request = recipe.data_request
    source = request.source
    if source is None:
        if options.dataset not in (None, recipe.dataset):
            raise _other(options.dataset, recipe.dataset)
        file_source(None, options)
        return request
    for name, field in _CHOICES.items():
        if getattr(options, name) not in (None, getattr(source, field)):
            raise UsageError(
                "The data of the run were read with another --{option}, which cannot change in it: leave it out, or "
                "train a new run.",
                option=name.replace("_", "-"),
            )
    if options.dataset is None:
        return request
    if options.dataset in DATASETS.names:
        raise _other(options.dataset, source.path)
    return replace(request, source=replace(source, path=_own_path(options.dataset)))


def own_test(path: str) -> UserError:
    """The sentence where a share for the test is given, and the files have a test set."""
    return UserError("--test-share has no effect: {path} says itself which samples are for the test.", path=path)


def _other(given: str, own: str) -> UsageError:
    return UsageError(
        "The run has the dataset {own}, which cannot change in it: leave --dataset {given} out, or train a new run.",
        own=own,
        given=given,
    )


def _own_path(text: str) -> str:
    looks_like_path = os.sep in text or "/" in text or "." in text or text.startswith("~")
    path = os.path.abspath(expanded(Path(text)))  # noqa: PTH100  (`resolve` would follow links)
    if not text or (not looks_like_path and not os.path.lexists(path)):
        raise UsageError(
            "There is no data set {name!r}: choose one of {names}, or give the path of a file or folder of your own.",
            name=text,
            names=", ".join(DATASETS.names),
        )
    return path


def _delimiter(text: str) -> str:
    character = _DELIMITERS.get(text, text)
    if len(character) != 1 or character in NOT_DELIMITERS:
        raise refused("{text} is not one character, such as ';', nor tab or space", text=repr(text))
    return character


def _yes_or_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise refused("{text} is neither yes nor no", text=repr(text))
    return text == "yes"


def _share(text: str) -> float:
    try:
        share = float(read_number(text.strip().lower()))
    except ValueError:
        share = math.nan
    if not 0 < share < 1:
        raise refused("{text} is not a share above 0 and below 1, such as 0.2", text=repr(text))
    return share


def _pixels(text: str) -> int:
    try:
        size = read_whole(text.strip())
    except ValueError:
        size = 0
    if not 1 <= size <= 1024:
        raise refused("{text} is not a whole number from 1 to 1024", text=repr(text))
    return int(size)
