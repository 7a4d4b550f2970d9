"""Builds the network of a recipe: one of the registry, or one of the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.engine.models.registry import MODELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import nn

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.models.network_source import NetworkSource


def build_model(name: str, spec: DataSpec, values: Mapping[str, Value], network: NetworkSource | None) -> nn.Module:
    """The network for some data; its weights are drawn from torch's global random state.

    Args:
        name: in `MODELS`.
        spec: the task and shapes of the data.
        values: its hyperparameters.
        network: the network of the user's own that takes the place of a row, if there is one.

    Raises:
        UserError: a network of the user's own is not trusted, or fails.
    """
    if network is None:
        return MODELS[name].build(spec, values)
    from workbench.engine.models.own_network import build_own

    return build_own(network, spec)
