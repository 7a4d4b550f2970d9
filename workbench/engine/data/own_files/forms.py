"""Which reader is for which files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.engine.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from workbench.engine.data.dataset import Progress
    from workbench.engine.data.own_files.description import Findings
    from workbench.engine.data.own_files.samples import OwnSamples

    Reader = Callable[[Findings, Progress], OwnSamples]


def reader_of(path: Path, findings: Findings) -> Reader:
    """The reader for the file or folder at `path`; `findings.form` says its form.

    Raises:
        UserError: there is nothing at `path`, or it has no known form.
    """
    raise UserError("{path} has no known form.", path=path)
