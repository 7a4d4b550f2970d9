"""The weights that a run starts from, as the options name them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from workbench.engine.models.initial_weights import InitialWeights
from workbench.engine.paths import store_folder

if TYPE_CHECKING:
    import argparse

    from workbench.engine.session.starting_weights import StartingWeights


def chosen_weights(options: argparse.Namespace) -> InitialWeights | None:
    """The file that the options name for a new run, which is read later; None where the seed draws the weights."""
    if options.initial_weights is None:
        return None
    return InitialWeights(os.path.abspath(options.initial_weights))  # noqa: PTH100  (`resolve` would follow links)


def starting_weights(options: argparse.Namespace) -> StartingWeights:
    """Finds the weights that a run starts from: in the store, in its own file, or in the one that the options name."""
    from workbench.engine.session.starting_weights import StartingWeights

    return StartingWeights(store_folder(options.store), options.initial_weights)
