"""The options that choose the network: a row of the registry, or a Python file of the user's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cli.parser import refused
from workbench.engine.errors import UsageError
from workbench.engine.models.network_source import OWN, NetworkSource, read_network_file
from workbench.engine.models.registry import MODELS
from workbench.engine.models.trusted_code import check_trusted, trust
from workbench.engine.paths import expanded
from workbench.engine.translation import translated

if TYPE_CHECKING:
    import argparse

    from workbench.engine.config.hyperparameters import Value

SUFFIX = ".py"


def add_model_options(group: argparse._ArgumentGroup) -> None:
    """Add the options; one that is not given is None, an empty list or False."""
    group.add_argument(
        "--model",
        type=_model,
        metavar="NAME_OR_FILE.py:NAME",
        help=translated(
            "{names} (default: {default}), or a class or function of a Python file that is, or returns, an nn.Module"
        ).format(names=", ".join(MODELS.names), default=MODELS.default),
    )
    group.add_argument(
        "--model-arg",
        action="append",
        default=[],
        type=_argument,
        metavar="NAME=VALUE",
        help="a parameter of the network in the Python file; repeatable",
    )
    group.add_argument(
        "--trust-code",
        action="store_true",
        help="allow the code of the network's Python file to run; needed once for each content of a file",
    )


def chosen_network(model: str, options: argparse.Namespace) -> tuple[str, NetworkSource | None]:
    """The name of the row, and the network of a Python file, that `model` names.

    Raises:
        UsageError: the file has no such network, or the network no such parameter.
        UserError: the file cannot be read.
    """
    if model in MODELS.names:
        if options.model_arg:
            raise UsageError("--model-arg is for the network of a Python file: give --model FILE.py:NAME.")
        return model, None
    path, name = _parts(model)
    network = read_network_file(expanded(Path(path)), name)
    rows = {row.name: row for row in network.signature.rows}
    arguments: dict[str, Value] = {}
    for key, text in options.model_arg:
        # A name that there is not is refused by `with_arguments`, whatever its value.
        arguments[key] = rows[key].parse(text) if key in rows else text
    return OWN, network.with_arguments(arguments)


def allow_code(network: NetworkSource | None, options: argparse.Namespace) -> None:
    """Remember that the code of `network` may run if the options say so.

    Raises:
        NotTrustedError: it may not.
    """
    if network is None:
        return
    if options.trust_code:
        trust(network)
    check_trusted(network)


def _model(text: str) -> str:
    """The name of a row or of a Python file, for argparse."""
    if text in MODELS.names or _parts(text)[0].lower().endswith(SUFFIX):
        return text
    raise refused(
        "there is no network {text}: give a name that `workbench models` lists, or FILE.py:NAME", text=repr(text[:60])
    )


def _parts(text: str) -> tuple[str, str | None]:
    """The path and the name in `FILE.py:NAME`; no name where only the file is named."""
    path, colon, name = text.rpartition(":")
    if colon and path.lower().endswith(SUFFIX):
        return path, name
    return text, None


def _argument(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise refused("{text} is not NAME=VALUE, as in width=64", text=repr(text[:60]))
    return name.replace("-", "_"), value
