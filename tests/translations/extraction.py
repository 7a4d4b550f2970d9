"""Finds every text that the user can see in the source of the program, with its context.

Found are the literals that are given to `tr` and `translate` (of Qt), to `translated`, `say` and `phrase` (of the
engine), to errors with a sentence (`UserError` and what inherits it), to functions of a module that hand their text on
to `translate`, and to the rows of tables that are translated where they are shown (`ROWS`); further the constants whose
docstring says "for translation in the context `…`", and the rows of the engine's registries.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from workbench.engine.config.hyperparameters import TABLE
from workbench.engine.config.tasks import Task
from workbench.engine.exporters.registry import EXPORTS
from workbench.engine.history.records import Origin
from workbench.engine.recipe import REGISTRIES
from workbench.ui.actions.menu_lists import MENUS, SUBMENUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PROBLEMS: Final = "Problems"
COMMAND_LINE: Final = "CommandLine"
REPORT: Final = "Report"


class RowRule(NamedTuple):
    """Which arguments of a row are texts, and their context."""

    context: str
    places: tuple[int, ...] = ()
    names: tuple[str, ...] = ()


ROWS: Final = {
    "ActionRow": RowRule("Actions", (), ("text", "tip")),
    "PanelRow": RowRule("Panels", (3,), ("title",)),
    "StatusRow": RowRule("Runs", (0, 1), ("text", "help")),
    "Words": RowRule("Hints", (0, 1), ("sentence", "basis")),
    "Hyperparameter": RowRule("Hyperparameters", (), ("label", "help")),
    "progress": RowRule("Progress", (0,)),
    "_progress": RowRule("Progress", (0,)),
    "_note": RowRule(PROBLEMS, (1,)),
    "_RunAction": RowRule("RunsPanel", (1, 2), ("text", "tip")),
}
_PHASE: Final = re.compile(r"(Reading|Writing|Downloading|Translating|Comparing|Checking|Drawing)( [a-z]+)+")
"""What is under way: a constant of a module that reports progress."""
_OPTIONS: Final = {"add_argument", "add_parser", "add_argument_group", "Parser", "refused"}
OF_ARGPARSE: Final = {
    "usage: ",
    "options",
    "positional arguments",
    "show this help message and exit",
    "show program's version number and exit",
}
_MARKED: Final = re.compile(r"[Ff]or translation in the context `(\w+)`")


def texts_of_program(package: Path) -> dict[str, set[str]]:
    """The texts of the package in `package`, by context."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    trees = {_module(file, package): ast.parse(file.read_text(encoding="utf-8")) for file in package.rglob("*.py")}
    errors = _error_classes(trees.values())
    wrappers = {module: dict(_wrappers(tree)) for module, tree in trees.items()}
    for module, tree in trees.items():
        imported = {
            alias.asname or alias.name: wrappers[node.module][alias.name]
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module in wrappers
            for alias in node.names
            if alias.name in wrappers[node.module]
        }
        for context, text in _Finder(tree, errors, imported | wrappers[module]).found():
            found[context].add(text)
    for context, text in _texts_of_tables():
        found[context].add(text)
    found[COMMAND_LINE] |= OF_ARGPARSE
    return {context: {text for text in texts if re.search(r"[^\W\d_]", text)} for context, texts in found.items()}


def _module(file: Path, package: Path) -> str:
    return ".".join(file.relative_to(package.parent).with_suffix("").parts)


def _texts_of_tables() -> Iterator[tuple[str, str]]:
    yield "Panels", "Residuals"  # the second title of the dock of Confusion
    for title in (*(title for title, _ in MENUS), *(title for title, _ in SUBMENUS.values())):
        yield "Actions", title
    for row in TABLE.values():
        yield "Hyperparameters", row.label
        yield "Hyperparameters", row.help
        for choice in row.choices:
            yield "Hyperparameters", choice
    for task in Task:
        yield "Metrics", task.metric.label
    for origin in Origin:
        yield REPORT, origin.value
    for registry in (*REGISTRIES.values(), EXPORTS):
        yield "Registries", registry.label
        for each in registry.everything:
            yield "Registries", each.label
            yield "Registries", each.help


def _error_classes(trees: Iterable[ast.Module]) -> set[str]:
    bases = {
        node.name: {_name(base) for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    errors = {"UserError"}
    while more := {name for name, names in bases.items() if names & errors} - errors:
        errors |= more
    return errors


def _wrappers(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Functions that give one of their arguments to `translate`, and the context they give."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        arguments = {argument.arg for argument in function.args.args}
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and _name(node.func) == "translate" and len(node.args) > 1:
                context, text = node.args[0], node.args[1]
                if isinstance(context, ast.Constant) and isinstance(text, ast.Name) and text.id in arguments:
                    yield function.name, str(context.value)


class _Finder:
    """The texts of one module."""

    def __init__(self, tree: ast.Module, errors: set[str], wrappers: dict[str, str]) -> None:
        self._tree = tree
        self._errors = errors
        self._wrappers = wrappers
        self._constants: defaultdict[str, list[ast.expr]] = defaultdict(list)
        for node in ast.walk(tree):
            match node:
                case (
                    ast.Assign(targets=[ast.Name(id=name)], value=value)
                    | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                    | ast.AugAssign(target=ast.Name(id=name), value=value)
                ):
                    self._constants[name].append(value)

    def found(self) -> Iterator[tuple[str, str]]:
        yield from self._walk(self._tree, "")
        yield from self._marked()
        for value in (value for values in self._constants.values() for value in values):
            if isinstance(value, ast.Constant) and _PHASE.fullmatch(str(value.value)):
                yield "Progress", str(value.value)

    def _walk(self, node: ast.AST, class_name: str) -> Iterator[tuple[str, str]]:
        for child in ast.iter_child_nodes(node):
            inner = child.name if isinstance(child, ast.ClassDef) else class_name
            if isinstance(child, ast.Call):
                yield from self._in_call(child, class_name)
            yield from self._walk(child, inner)

    def _in_call(self, call: ast.Call, class_name: str) -> Iterator[tuple[str, str]]:
        name, arguments = _name(call.func), call.args
        if (rule := ROWS.get(name)) is not None:
            yield from self._in_row(call, rule)
        elif name in _OPTIONS:
            yield from self._in_option(call)
        elif name in {"translate", "QT_TRANSLATE_NOOP"} and len(arguments) > 1:
            if isinstance(arguments[0], ast.Constant):
                yield from self._texts(str(arguments[0].value), arguments[1])
        elif arguments:
            yield from self._in_plain_call(name, arguments, class_name)

    def _in_plain_call(self, name: str, arguments: list[ast.expr], class_name: str) -> Iterator[tuple[str, str]]:
        if name == "tr":
            yield from self._texts(class_name, arguments[0])
        elif name in self._errors:
            yield from self._texts(PROBLEMS, arguments[0])
        elif (wrapped := self._wrappers.get(name)) is not None:
            for argument in arguments:
                yield from self._texts(wrapped, argument)
        elif name in {"say", "translated", "phrase"}:
            context = arguments[1].value if len(arguments) > 1 and isinstance(arguments[1], ast.Constant) else None
            usual = REPORT if name == "phrase" else COMMAND_LINE
            yield from self._texts(str(context or usual), arguments[0])

    def _in_row(self, call: ast.Call, rule: RowRule) -> Iterator[tuple[str, str]]:
        for place in rule.places:
            if place < len(call.args):
                yield from self._texts(rule.context, call.args[place])
        for keyword in call.keywords:
            if keyword.arg in rule.names:
                yield from self._texts(rule.context, keyword.value)

    def _in_option(self, call: ast.Call) -> Iterator[tuple[str, str]]:
        """Words of the command line, which its help translates when it is printed."""
        if _name(call.func) in {"add_argument_group", "refused"} and call.args:
            yield from self._texts(PROBLEMS if _name(call.func) == "refused" else COMMAND_LINE, call.args[0])
        for keyword in call.keywords:
            if keyword.arg in {"help", "description", "epilog"}:
                yield from self._texts(COMMAND_LINE, keyword.value)

    def _texts(self, context: str, value: ast.expr, depth: int = 0) -> Iterator[tuple[str, str]]:
        match value:
            case ast.Constant(value=str(text)):
                yield context, text
            case ast.IfExp(body=body, orelse=orelse):
                yield from self._texts(context, body, depth)
                yield from self._texts(context, orelse, depth)
            case ast.Call(func=ast.Attribute(attr="get"), args=[_, other]):
                yield from self._texts(context, other, depth)
            case ast.Name(id=name) if depth == 0:
                for each in self._constants.get(name, ()):
                    yield from self._texts(context, each, depth + 1)
            case _:
                pass

    def _marked(self) -> Iterator[tuple[str, str]]:
        """Constants whose docstring names a context."""
        body = self._tree.body
        for statement, after in itertools.pairwise(body):
            if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
                continue
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                for context in _MARKED.findall(str(after.value.value)):
                    for text in _strings(statement.value):
                        yield context, text


def _strings(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Dict):
        for each in value.values:
            yield from _strings(each)
        return
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _name(function: ast.expr) -> str:
    match function:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""
