"""The classes and functions of a Python file that may be networks, with their parameters; read, never run."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any, Final, Literal

from workbench.engine.config.hyperparameter_types import Hyperparameter, Section
from workbench.engine.errors import UsageError

Fill = Literal["input_count", "input_shape", "channels", "output_count"]

FILLED: Final[dict[str, Fill]] = {
    "input_count": "input_count",
    "in_features": "input_count",
    "in_channels": "channels",
    "input_shape": "input_shape",
    "output_count": "output_count",
    "num_classes": "output_count",
    "classes": "output_count",
}
"""Names of parameters that follow from the data: the numbers in an input, its shape, its channels, the outputs."""
LARGEST: Final = 10**9
"""The largest number that a parameter may have, either way."""
KINDS: Final[dict[str, type[bool] | type[int] | type[float]]] = {"bool": bool, "int": int, "float": float}


@dataclass(frozen=True, slots=True)
class NetworkSignature:
    """A class or function that may be a network.

    Attributes:
        name: its name.
        rows: a row for each parameter that the user can set: annotated with int, float, bool or a Literal of texts.
        filled: the parameters that follow from the data.
        missing: parameters without a default that are neither; with one, the network cannot be built.
    """

    name: str
    rows: tuple[Hyperparameter, ...]
    filled: dict[str, Fill]
    missing: tuple[str, ...]


def networks_in(source: str, path: str) -> list[NetworkSignature]:
    """The classes that inherit from a class called `…Module` or from one another, and the public functions.

    In their order in the file, except that functions come before classes: the last one is what a file is opened for.

    Raises:
        UsageError: the source is no Python.
    """
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line, reason = getattr(error, "lineno", None) or 1, getattr(error, "msg", None) or str(error)
        raise UsageError(
            "Line {line} of {path} is no Python ({reason}): correct it, then open the file again.",
            line=line,
            path=path,
            reason=reason,
        ) from None
    functions = [
        _signature(node.name, node.args, skip_first=False)
        for node in body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    classes: dict[str, NetworkSignature] = {}
    constructors: dict[str, ast.arguments] = {}
    for node in body:
        if isinstance(node, ast.ClassDef):
            bases = [_last_name(base) for base in node.bases]
            if any(base.endswith("Module") or base == "Sequential" or base in classes for base in bases):
                constructors[node.name] = _constructor(node, constructors)
                classes[node.name] = _signature(node.name, constructors[node.name], skip_first=True)
    return [*functions, *classes.values()]


def _constructor(node: ast.ClassDef, known: dict[str, ast.arguments]) -> ast.arguments:
    """The parameters of the class's `__init__`, or of the one that it inherits within the file."""
    for each in node.body:
        if isinstance(each, ast.FunctionDef) and each.name == "__init__":
            return each.args
    inherited = (known[name] for base in node.bases if (name := _last_name(base)) in known)
    empty = ast.arguments([], [ast.arg("self")], None, [], [], None, [])
    return next(inherited, empty)


def _signature(name: str, arguments: ast.arguments, *, skip_first: bool) -> NetworkSignature:
    positional = [*arguments.posonlyargs, *arguments.args]
    padded: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults))
    pairs = list(zip(positional, [*padded, *arguments.defaults], strict=True))[1 if skip_first else 0 :]
    pairs += zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    rows: list[Hyperparameter] = []
    filled: dict[str, Fill] = {}
    missing: list[str] = []
    for parameter, default in pairs:
        if parameter.arg in FILLED:
            filled[parameter.arg] = FILLED[parameter.arg]
        elif (row := _row(parameter, default)) is not None:
            rows.append(row)
        elif default is None:
            missing.append(parameter.arg)
    return NetworkSignature(name, tuple(rows), filled, tuple(missing))


def _row(parameter: ast.arg, default: ast.expr | None) -> Hyperparameter | None:
    """The row of a parameter that the user can set; None for another one."""
    annotation = parameter.annotation
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            annotation = ast.parse(annotation.value, mode="eval").body
        except SyntaxError:
            return None
    if annotation is None:
        return None
    name = parameter.arg
    label = name.replace("_", " ").capitalize()
    words = f"The parameter {name} of your network."
    common: dict[str, Any] = {"name": name, "label": label, "help": words, "slider": False, "section": Section.MODEL}
    known, value = _literal(default)
    if choices := _choices(annotation):
        if default is not None and value not in choices:
            return None
        return Hyperparameter(**common, kind=str, default=value if known else choices[0], choices=choices)
    kind = KINDS.get(_last_name(annotation))
    if kind is None or (default is not None and not known):
        return None
    first: Any = False if kind is bool else 1
    row = Hyperparameter(**common, kind=kind, default=first, minimum=-LARGEST, maximum=LARGEST)
    try:
        return Hyperparameter(
            **common, kind=kind, default=row.checked(value if known else first), minimum=-LARGEST, maximum=LARGEST
        )
    except UsageError:  # `width: int = None`
        return None


def _choices(annotation: ast.expr) -> tuple[str, ...]:
    """The texts of a `Literal["a", "b"]`; empty for another annotation."""
    if not isinstance(annotation, ast.Subscript) or _last_name(annotation.value) != "Literal":
        return ()
    known, value = _literal(annotation.slice)
    values = value if isinstance(value, tuple) else (value,)
    return values if known and all(isinstance(each, str) for each in values) else ()


def _literal(node: ast.expr | None) -> tuple[bool, Any]:
    """Whether `node` is a literal, and its value."""
    if node is None:
        return False, None
    try:
        return True, ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return False, None


def _last_name(node: ast.expr) -> str:
    """`Module` for `torch.nn.Module`."""
    if isinstance(node, ast.Subscript):
        node = node.value
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
