"""NetworkSource: a network of the user's own, as the text of a Python file. Nothing here runs it or imports torch."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from workbench.engine.errors import UsageError, UserError
from workbench.engine.files.safe_files import opened
from workbench.engine.models.network_signature import NetworkSignature, networks_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbench.engine.config.hyperparameters import Value

OWN: Final = "own"
"""The name of the model whose network a recipe holds."""
NETWORK: Final = "network"
"""The name of the setting that says which network this is, and its arguments."""
MOST_CHARACTERS: Final = 1 << 18
"""Of a source: it is kept with every run."""


@dataclass(frozen=True, slots=True)
class NetworkSource:
    """A class or function of a Python file, and the arguments it is called with.

    Attributes:
        path: of the file that it came from, which may have changed or gone since.
        source: the text of the file.
        name: of the class or function.
        arguments: values of parameters that the user chose; the others have their defaults or follow from the data.
    """

    path: str
    source: str
    name: str
    arguments: Mapping[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "arguments", MappingProxyType(dict(self.arguments)))

    def __hash__(self) -> int:
        return hash((self.path, self.source, self.name, tuple(self.arguments.items())))

    @property
    def sha256(self) -> str:
        """The SHA-256 of the source: what is trusted, or not."""
        return hashlib.sha256(self.source.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def file_name(self) -> str:
        """The last part of the path."""
        return Path(self.path).name

    @property
    def signature(self) -> NetworkSignature:
        """The parameters of the class or function.

        Raises:
            UsageError: the source has no such class or function, or is no Python.
        """
        return signature_called(self.name, self.source, self.path)

    def with_arguments(self, arguments: Mapping[str, Value]) -> NetworkSource:
        """The same network with these arguments, checked; those that are left out have their defaults.

        Raises:
            UsageError: it has no such parameter, or the parameter does not allow the value.
        """
        rows = {row.name: row for row in self.signature.rows}
        for name in arguments:
            if name not in rows:
                raise UsageError(
                    "The network {network} has no parameter {name} that can be set: {names}.",
                    network=self.name,
                    name=name,
                    names="choose one of " + ", ".join(rows) if rows else "leave it out",
                )
        return replace(self, arguments={name: rows[name].checked(value) for name, value in arguments.items()})

    def to_content(self) -> dict[str, Any]:
        """The source as JSON has it."""
        return {"path": self.path, "source": self.source, "name": self.name, "arguments": dict(self.arguments)}

    @classmethod
    def from_content(cls, content: Any) -> NetworkSource:
        """The source that `to_content` made `content` of.

        Raises:
            ValueError: it did not.
        """
        if not isinstance(content, dict) or set(content) != {"path", "source", "name", "arguments"}:
            raise ValueError("it does not have the fields of a network")
        arguments = content["arguments"]
        if not all(isinstance(content[key], str) for key in ("path", "source", "name")):
            raise ValueError("its fields are no texts")
        if len(content["source"]) > MOST_CHARACTERS or not isinstance(arguments, dict):
            raise ValueError("its source is too long, or its arguments are none")
        if not all(type(value) in (bool, int, float, str) for value in arguments.values()):
            raise ValueError("its arguments are neither numbers nor texts")
        return cls(**content)


def read_network_file(path: Path, name: str | None = None) -> NetworkSource:
    """The network called `name` in a Python file; the last one of the file if None.

    Raises:
        UsageError: the file has no such class or function, or is no Python.
        UserError: it is missing, unreadable or too long, or no text.
    """
    with opened(path, MOST_CHARACTERS) as file:
        content = file.read()
    try:
        source = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise UserError(
            "{path} is no Python file in UTF-8: choose the file that defines the network.", path=path
        ) from None
    if name is None:
        found = networks_in(source, str(path))
        if not found:
            raise UsageError(
                "{path} defines no network: add a class that inherits from nn.Module, or a function that returns one.",
                path=path,
            )
        name = found[-1].name
    signature_called(name, source, str(path))
    return NetworkSource(str(path.absolute()), source, name)


def signature_called(name: str, source: str, path: str) -> NetworkSignature:
    """The signature of the class or function `name` in `source`.

    Raises:
        UsageError: there is none, or the source is no Python.
    """
    found = {each.name: each for each in networks_in(source, path)}
    if name not in found:
        raise UsageError(
            "{path} has no class or function {name}: {names}.",
            path=path,
            name=name,
            names="choose one of " + ", ".join(found) if found else "add a class that inherits from nn.Module",
        )
    return found[name]
