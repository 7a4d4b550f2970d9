"""Which Python sources the user has allowed to run; kept by their SHA-256 in a file of the user's settings."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Final

from workbench.engine.errors import UserError
from workbench.engine.files.safe_files import write_whole
from workbench.engine.paths import user_folder

if TYPE_CHECKING:
    from pathlib import Path

    from workbench.engine.models.network_source import NetworkSource

FILE_NAME: Final = "trusted-code.txt"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_session: Final[set[str]] = set()
"""What was allowed in this process: also where the file cannot be written."""
_NOT_ALLOWED: Final = (
    "The network {name} is the Python code of {file}, which has not been allowed to run here: read it, then allow it "
    "(on the command line with --trust-code)."
)
"""For translation in the context `Problems`."""


class NotTrustedError(UserError):
    """The code of a network has not been allowed to run.

    Args:
        network: the network.
    """

    def __init__(self, network: NetworkSource) -> None:
        super().__init__(_NOT_ALLOWED, name=network.name, file=network.file_name)
        self.network = network


def is_trusted(network: NetworkSource) -> bool:
    """Whether the user has allowed this very source to run."""
    digest = network.sha256
    return digest in _session or digest in _stored()


def trust(network: NetworkSource) -> None:
    """Allow the source to run, now and later. Where that cannot be kept, it is allowed in this process only."""
    digest = network.sha256
    _session.add(digest)
    stored = _stored()
    if digest in stored:
        return
    path = _path()
    with contextlib.suppress(OSError, UserError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole("".join(f"{each}\n" for each in [*stored, digest]).encode(), path)


def check_trusted(network: NetworkSource) -> None:
    """Raise `NotTrustedError` unless the user has allowed the source to run."""
    if not is_trusted(network):
        raise NotTrustedError(network)


def _path() -> Path:
    return user_folder("config") / FILE_NAME


def _stored() -> list[str]:
    try:
        text = _path().read_text(errors="replace")
    except (OSError, UserError):
        return []
    return [line for line in text.split() if _DIGEST.fullmatch(line)]
