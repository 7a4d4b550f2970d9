"""Parts of a script: pieces of code with the imports that they need."""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_INDENT = "    "


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
    lines = {line for part in parts for line in part.imports}
    used = sorted(line for line in lines if any(re.search(rf"\b{name}\b", code) for name in _names(line)))
    groups: dict[int, list[str]] = {}
    for line in used:
        groups.setdefault(_group(line), []).append(line)
    # Within a group, `import x` comes before `from x import y`.
    return "\n\n".join("\n".join(sorted(groups[key], key=_order)) for key in sorted(groups))


def _names(line: str) -> list[str]:
    """The names that an import makes known."""
    listed = line.partition(" import ")[2] or line.removeprefix("import ")
    return [name.split(" as ")[-1].strip().split(".")[0] for name in listed.split(",")]


def _group(line: str) -> int:
    return 1 if re.match(r"(import|from) (torch|torchvision|numpy)\b", line) else 0


def _order(line: str) -> tuple[bool, str]:
    return line.startswith("from "), line.split()[1].lower()


def indented(code: str, levels: int = 1) -> str:
    """`code`, with each line moved to the right."""
    return textwrap.indent(code, _INDENT * levels)
