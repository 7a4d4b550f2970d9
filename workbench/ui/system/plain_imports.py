"""Python's own `import`, in place of the one that PySide6 puts there."""

from __future__ import annotations

import builtins


def use_plain_imports() -> None:
    """Give Python its own `import` back. Call it once PySide6 is imported, before the modules that take long.

    PySide6 replaces it, so that `from __feature__ import snake_case` works, which nothing here uses. From then on the
    source of each module that anything imports is read, searched for "PySide6" and kept in `linecache`: 565,000 lines,
    most of them torch's, which held 40 MiB in the window. Source: `feature_imported` in PySide6's
    `shibokensupport/feature.py`.
    """
    theirs = getattr(builtins, "__feature_import__", None)
    original = getattr(builtins, "__orig_import__", None)
    # A tool that came later and replaced it once more, such as a profiler, keeps its own.
    if original is not None and builtins.__import__ is theirs:
        builtins.__import__ = original
