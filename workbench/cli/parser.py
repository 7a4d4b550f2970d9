"""The parser of the command line: a wrong word is answered with one sentence."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, NoReturn

from workbench.cli.console import Status
from workbench.engine.errors import say

if TYPE_CHECKING:
    from typing import Any


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` that knows no abbreviations and says one sentence where its base prints its whole usage."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **keywords})

    def error(self, message: str) -> NoReturn:
        """End the process with status 2."""
        # The sentence for a value names the option already.
        message = re.sub(r"^argument (\S+): (?=\1 )", "", message)
        say("{message} ({program} --help lists the options)", message=message.rstrip("."), program=self.prog)
        raise SystemExit(Status.BAD_USAGE)
