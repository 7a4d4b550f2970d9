"""Parts of a script: pieces of code with the imports that they need."""

from __future__ import annotations

import inspect
import re
import sys
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_INDENT = "    "
_WIDTH = 120
_UNTYPED = "  # type: ignore[import-untyped]"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of code that stands on its own, but for names of other parts.

    Attributes:
        code: without blank lines at its ends; "" for none.
        imports: lines that it needs at the top of the script.
    """

    code: str
    imports: tuple[str, ...] = ()


def source_of(*objects: Callable[..., Any] | type) -> str:
    """The source of functions and classes of this program: what a script runs then is what the run ran."""
    return "\n\n\n".join(textwrap.dedent(inspect.getsource(each)).strip() for each in objects)


def constant(name: str, module: Any, text: str = "") -> str:
    """A line that gives `name` the value that it has in `module`, with an optional docstring."""
    line = f"{name} = {getattr(module, name)!r}"
    return f'{line}\n"""{text}"""' if text else line


def joined(parts: Iterable[Part]) -> str:
    """The code of the parts, two blank lines apart."""
    return "\n\n\n".join(part.code.strip("\n") for part in parts if part.code.strip())


def import_lines(parts: Iterable[Part], code: str) -> str:
    """The imports of the parts that `code` uses, in the order in which a linter wants them."""
    lines = set(_merged({line for part in parts for line in part.imports if _is_used(line, code)}))
    groups: dict[int, list[str]] = {}
    for line in lines:
        groups.setdefault(_group(line), []).append(line)
    # Within a group, `import x` comes before `from x import y`.
    return "\n\n".join("\n".join(map(_typed, sorted(groups[key], key=_order))) for key in sorted(groups))


def _is_used(line: str, code: str) -> bool:
    return any(re.search(rf"\b{name}\b", code) for name in _names(line))


def _merged(lines: Iterable[str]) -> list[str]:
    """The imports, with those from one module in one line."""
    names: dict[str, set[str]] = {}
    for line in lines:
        head, _, listed = line.partition(" import ")
        names.setdefault(head if listed else line, set()).update(listed.split(", ") if listed else ())
    return [f"{head} import {', '.join(sorted(each))}" if each else head for head, each in names.items()]


def _names(line: str) -> list[str]:
    """The names that an import makes known."""
    listed = line.partition(" import ")[2] or line.removeprefix("import ")
    return [name.split(" as ")[-1].strip().split(".")[0] for name in listed.split(",")]


def _typed(line: str) -> str:
    """The import as mypy accepts it: torchvision has no types."""
    return f"{line}{_UNTYPED}" if "torchvision" in line else line


def _group(line: str) -> int:
    return 0 if line.split()[1].partition(".")[0] in sys.stdlib_module_names else 1


def _order(line: str) -> tuple[bool, str]:
    return line.startswith("from "), line.split()[1].lower()


def fitted(start: str, items: list[str], end: str, levels: int = 0, *, is_display: bool = False) -> str:
    """A call, a signature or a dictionary in as few lines as a formatter gives it.

    Args:
        start: up to the bracket.
        items: between the brackets.
        end: from the other bracket on.
        levels: by which it stands to the right.
        is_display: whether it is a list or a dictionary, whose items then have a line each.
    """
    room, listed = _WIDTH - len(_INDENT) * levels, ", ".join(items)
    if len(start) + len(listed) + len(end) <= room:
        return f"{start}{listed}{end}"
    if len(_INDENT) + len(listed) <= room and not is_display:
        return f"{start}\n{_INDENT}{listed}\n{end}"
    lines = "".join(f"{_INDENT}{item},\n" for item in items)
    return f"{start}\n{lines}{end}"


def refitted(code: str) -> str:
    """`code`, with each signature that has its arguments in a line of their own in one line, where it fits."""

    def in_one_line(found: re.Match[str]) -> str:
        line = "".join(found.groups())
        return line if len(line) <= _WIDTH else found.group()

    return re.sub(r"^(def \w+\()\n    (.*[^,])\n(\).*)$", in_one_line, code, flags=re.MULTILINE)


def quoted(text: str) -> str:
    """A Python literal of `text`, in double quotes where it has none itself."""
    literal = repr(text)
    return literal if '"' in literal else f'"{literal[1:-1]}"'


def indented(code: str, levels: int = 1) -> str:
    """`code`, with each line moved to the right."""
    return textwrap.indent(code, _INDENT * levels)
