"""Rows of the table that make training faster and cost parity: sums are rounded otherwise."""

from __future__ import annotations

import os
from typing import Final

from workbench.engine.config.hyperparameter_types import Hyperparameter, Section

SPEED_ROWS: Final = (
    Hyperparameter(
        name="fused",
        label="Fused update",
        help="Updates all weights in one pass over memory instead of several, which makes Adam's step about a third "
        "faster. It costs parity: sums are rounded in another order, so the last bits differ from the tutorial's.",
        kind=bool,
        default=False,
        section=Section.OPTIMIZER,
    ),
    Hyperparameter(
        name="threads",
        label="Threads",
        help="How many processor threads each operation may use; 0 leaves the choice to PyTorch. For this small "
        "network, more is not always faster. It costs parity: another number rounds sums in another order, so the last "
        "bits differ from a run with PyTorch's own number.",
        kind=int,
        default=0,
        minimum=0,
        maximum=512,
        zero_is_automatic=True,
        local_maximum=max(2, os.cpu_count() or 1),
        section=Section.SPEED,
    ),
    Hyperparameter(
        name="autocast",
        label="bfloat16 arithmetic",
        help="Multiplies matrices in bfloat16, numbers of 16 bits with only 8 bits of precision, where PyTorch "
        "considers that safe. About twice as fast on processors that support them, slower on others. It costs parity: "
        "losses differ from the third digit on, though the network learns equally well.",
        kind=bool,
        default=False,
        section=Section.SPEED,
    ),
    Hyperparameter(
        name="compile",
        label="Compiled model",
        help="Lets torch.compile translate the network into one program. The first batch then takes about ten seconds "
        "or more, and each later batch a little less time: worth it for long runs. It costs parity: operations are "
        "merged, so the last bits differ from the tutorial's.",
        kind=bool,
        default=False,
        section=Section.SPEED,
    ),
    Hyperparameter(
        name="cuda_graph",
        label="CUDA graph",
        help="On an NVIDIA GPU, records a whole step once and starts all of it at once: a small network's step takes "
        "less time than starting its parts one by one. It proves at the start that its numbers are those of single "
        "steps. It costs parity: it uses the fused update, whose last bits differ from the tutorial's.",
        kind=bool,
        default=False,
        section=Section.SPEED,
    ),
)
