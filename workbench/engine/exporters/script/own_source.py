"""The code of the user's own network as a part of a script: as it was written, where it fits among the rest."""

from __future__ import annotations

import ast
import itertools
import re
from typing import TYPE_CHECKING, Final

from workbench.engine.exporters.script.parts import Part

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOTICES: Final = {
    "globals",
    "locals",
    "vars",
    "eval",
    "exec",
    "inspect",
    "sys",
    "dataclass",
    "dataclasses",
    "get_type_hints",
}
"""Words of code that may notice whether it is a module of its own, or whether annotations are read."""
_USUAL: Final = {"__init__", "__call__", "__future__"}
_PLAIN_DECORATORS: Final = {"property", "staticmethod", "classmethod"}
_SETTINGS: Final = {"STEPS", "TESTED_EPOCHS", "DEVICE", "THREADS", "WEIGHTS_SHA256", "CHANGES"}
_NOTEBOOK: Final = {"DATA_ROOT", "LOSSES", "TESTS", "plt", "figure", "axes", "axis", "test", "sha256"}


def inlined(source: str, file_name: str, around: str, values: Iterable[str]) -> Part | None:
    """The source without its imports, and these; None where it must be a module of its own.

    It must be one where a name of it has another meaning in the script, where it does more than to define classes,
    functions and plain constants, and where it may notice the difference: the bits of the run come first.

    Args:
        source: of the user's file.
        file_name: of it.
        around: the rest of the script.
        values: the names of all hyperparameters of the run.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None
    docstring = ast.get_docstring(tree)
    body = tree.body[1:] if docstring is not None else tree.body
    imports = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    rest = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom)]
    bound = _bound(imports)
    if bound is None or _share_a_line(tree.body) or _may_notice(source) or not all(map(_only_defines, rest)):
        return None
    taken = _names_in(around) | {name.upper() for name in values} | _SETTINGS | _NOTEBOOK
    of_script = _bound([node for node in ast.parse(around).body if isinstance(node, ast.Import | ast.ImportFrom)]) or {}
    foreign = {name for name in bound.keys() & taken if of_script.get(name) != bound[name]}
    own = {name for node in rest for name in _defined(node)}
    if foreign or own & (taken | bound.keys()):
        return None
    gone = {
        number
        for node in (*tree.body[: len(tree.body) - len(body)], *imports)
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    lines = re.sub("\r\n?", "\n", source).split("\n")
    title = [f"# The network of {file_name}."]
    title += [f"# {line}".rstrip() for line in (docstring or "").splitlines()]
    kept = [line for number, line in enumerate(lines, 1) if number not in gone]
    code = "\n".join(title) + "\n" + "\n".join(kept).strip("\n")
    return Part(code, tuple(dict.fromkeys(line for node in imports for line in _import_lines(node))))


def _bound(imports: list[ast.Import | ast.ImportFrom]) -> dict[str, str] | None:
    """What the imports bind: what each name stands for; None for imports that cannot stand in a script."""
    names: dict[str, str] = {}
    for node in imports:
        if isinstance(node, ast.Import):
            for each in node.names:
                whole = each.asname is not None
                names[each.asname or each.name.partition(".")[0]] = each.name if whole else each.name.partition(".")[0]
        elif node.level or node.module is None or any(each.name == "*" for each in node.names):
            return None
        elif node.module == "__future__":
            if any(each.name != "annotations" for each in node.names):
                return None
        else:
            names |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
    return names


def _import_lines(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        if node.module == "__future__":
            return []
        return [f"from {node.module} import {ast.unparse(each)}" for each in node.names]
    lines = []
    for each in node.names:
        above, _, last = each.name.rpartition(".")
        # `import torch.nn as nn` is `from torch import nn`, which the script may have already.
        lines.append(f"from {above} import {last}" if above and each.asname == last else f"import {ast.unparse(each)}")
    return lines


def _only_defines(node: ast.stmt) -> bool:
    """Whether a statement defines something, and computes nothing by that."""
    match node:
        case ast.FunctionDef(decorator_list=decorators, args=arguments):
            defaults = [*arguments.defaults, *(each for each in arguments.kw_defaults if each is not None)]
            plain = all(isinstance(each, ast.Name) and each.id in _PLAIN_DECORATORS for each in decorators)
            return plain and all(map(_is_plain, defaults))
        case ast.ClassDef(decorator_list=[], keywords=[], bases=bases, body=body):
            return all(map(_is_plain, bases)) and all(map(_only_defines, body))
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return _is_plain(value) and all(map(str.isidentifier, _defined(node)))
        case ast.AnnAssign() | ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
    return False


def _is_plain(value: ast.expr) -> bool:
    """Whether an expression calls nothing."""
    return not any(isinstance(each, ast.Call | ast.Await | ast.Yield | ast.NamedExpr) for each in ast.walk(value))


def _defined(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [target.id if isinstance(target, ast.Name) else "" for target in targets]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case ast.AnnAssign():
            return [""]
    return []


def _names_in(code: str) -> set[str]:
    """All names in the code: those of variables, arguments, functions, classes and modules."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.alias(name=name, asname=other):
                names.add(other or name.partition(".")[0])
    return names


def _may_notice(source: str) -> bool:
    words = set(re.findall(r"\w+", source))
    return bool(words & _NOTICES) or any(re.fullmatch("__.+__", word) for word in words - _USUAL)


def _share_a_line(body: list[ast.stmt]) -> bool:
    return any(after.lineno <= (before.end_lineno or before.lineno) for before, after in itertools.pairwise(body))
