"""The code of an own network in a script: as it was written, or as a module of its own where that may differ."""

import pytest

from workbench.engine.exporters.script.own_source import inlined

AROUND = "import torch\nfrom torch import Tensor, nn\n\ndef main() -> int:\n    model = own_network()\n"


def inline(source):
    return inlined(source, "net.py", AROUND, ["epochs", "dropout"])


def test_that_a_class_stands_as_it_was_written_and_its_imports_go_to_the_top():
    part = inline(
        '"""A small network.\n\nOf two layers."""\n\nimport torch.nn as nn\nimport torch.nn.functional as F\n\n'
        "WIDTHS = (8, 16)  # of the layers\n\n\nclass Net(nn.Module):\n    def __init__(self, width: int = 8):\n"
        '        """Has\n\n\n\n\nblank lines."""\n        super().__init__()\n'
    )
    assert part.imports == ("from torch import nn", "import torch.nn.functional as F")
    assert part.code == (
        "# The network of net.py.\n# A small network.\n#\n# Of two layers.\n"
        "WIDTHS = (8, 16)  # of the layers\n\n\nclass Net(nn.Module):\n    def __init__(self, width: int = 8):\n"
        '        """Has\n\n\n\n\nblank lines."""\n        super().__init__()'
    )


@pytest.mark.parametrize(
    "source",
    [
        *(
            "def main():\n    pass",
            "class model:\n    pass",
            "EPOCHS = 3",
            "DROPOUT = 0.5",
            "LOSSES = 3",
        ),  # names it has
        *("import numpy as nn", "import torch as Tensor", "nn = 3", "def nn():\n    pass"),
        *("from . import x", "from os import *", "from __future__ import division", "import a; b = 1"),
        *("x = f()", "x.y = 1", "if 1:\n    x = 1", "print(1)", "for x in (1,):\n    pass"),  # does something
        *("def f(a=g()):\n    pass", "@cache\ndef f():\n    pass", "class A(f()):\n    pass"),
        *("class A(metaclass=M):\n    pass", "class A:\n    x = f()", "@d\nclass A:\n    pass"),
        *(
            "import sys",
            "def f():\n    return __name__",
            "from dataclasses import dataclass",
            "def (",
            "\0",
        ),  # may notice
    ],
)
def test_that_code_that_could_differ_in_a_script_stays_a_module(source):
    assert inline(source) is None
