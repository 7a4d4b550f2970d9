"""OwnFiles: a data set of the user's own, as the settings keep it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from workbench.engine.data.data_source import DataSource
from workbench.engine.data.data_spec import DataSpec
from workbench.engine.history.validation import structure


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """Files of the user's own, how they are read, and what was understood of them.

    Attributes:
        source: the files and the choices about them.
        spec: task and shapes; None where they have not been read yet.
    """

    source: DataSource
    spec: DataSpec | None = None

    @property
    def name(self) -> str:
        """The name of the file or folder."""
        return Path(self.source.path).name or self.source.path

    def to_content(self) -> dict[str, Any]:
        """The same for JSON."""
        return {"source": asdict(self.source), "spec": None if self.spec is None else self.spec.to_content()}

    @classmethod
    def from_content(cls, content: object) -> OwnFiles:
        """What `to_content` made `content` of.

        Raises:
            ValueError: it did not.
        """
        if not isinstance(content, dict) or set(content) != {"source", "spec"}:
            raise ValueError("it does not have the fields of files of the user's own")
        spec = content["spec"]
        source = structure(DataSource, content["source"])
        if not Path(source.path).is_absolute():
            raise ValueError("its path is not absolute")
        return cls(source, None if spec is None else DataSpec.from_content(spec))
