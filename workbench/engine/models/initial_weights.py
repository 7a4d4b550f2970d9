"""InitialWeights: the weights of a file from which a run starts, in place of those that its seed draws."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from workbench.engine.errors import UserError

INITIAL_WEIGHTS: Final = "initial_weights"
"""The name of the setting that says which weights a run starts from."""
FIRST_DIGITS: Final = 12
"""Digits of a SHA-256 that a sentence names."""


@dataclass(frozen=True, slots=True)
class InitialWeights:
    """The weights that a network has before the first step of its run; `str` of it goes into a sentence.

    Attributes:
        path: of the file that they were read from, which may have changed or gone since.
        sha256: of the weights in the form that the network has them: the keys and bytes of its state dict, as
            `weights_sha256` digests them. The kind of the file, names around its keys and the width of its numbers do
            not matter, and it is the digest that a run shows whose last weights these were. None before the file is
            read.
    """

    path: str
    sha256: str | None = None

    def __str__(self) -> str:
        return self.file_name if self.sha256 is None else f"{self.file_name}, SHA-256 {self.sha256[:FIRST_DIGITS]}…"

    @property
    def file_name(self) -> str:
        """The last part of the path."""
        return Path(self.path).name

    def with_sha256(self, sha256: str) -> InitialWeights:
        """The same file, whose weights are known by now."""
        return replace(self, sha256=sha256)

    def to_content(self) -> dict[str, Any]:
        """The fields as JSON has them."""
        return asdict(self)

    @classmethod
    def from_content(cls, content: Any) -> InitialWeights:
        """The initial weights that `to_content` made `content` of.

        Raises:
            ValueError: it did not.
        """
        if not isinstance(content, dict) or set(content) != {"path", "sha256"}:
            raise ValueError("it does not have the fields of initial weights")
        path, sha256 = content["path"], content["sha256"]
        if not isinstance(path, str) or not path or "\0" in path:
            raise ValueError("it names no file")
        # The digest becomes the name of a file: a stranger's recipe must not choose another one.
        if sha256 is not None and not (isinstance(sha256, str) and re.fullmatch("[0-9a-f]{64}", sha256)):
            raise ValueError("its digest is none")
        return cls(path, sha256)


def are_missing(weights: InitialWeights) -> UserError:
    """The sentence for a run that cannot begin, since the weights that it starts from are not there."""
    return UserError(
        "The weights that this run starts from ({weights}) are not at {path}: put that file back, or name another file "
        "of the same weights (Start from weights…, or --initial-weights).",
        weights=str(weights),
        path=weights.path,
    )
