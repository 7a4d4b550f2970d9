"""Describes a network that was chosen and not trained yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.engine.errors import UserError
from workbench.engine.protocol.events import NetworkDescribed

if TYPE_CHECKING:
    from workbench.engine.protocol.commands import DescribeNetwork


def description_of(wanted: DescribeNetwork) -> NetworkDescribed:
    """The layers of the network and the number of its parameters; without them where it cannot be made."""
    from workbench.engine.models.description import described
    from workbench.engine.models.own_failures import explained

    try:
        layers, count = described(wanted.model, wanted.spec, wanted.values, wanted.network)
    except Exception as error:  # noqa: BLE001  # only a fact is missing then; training such a network says why
        problem = explained(error)
        return NetworkDescribed(wanted, None, (), problem if isinstance(problem, UserError) else None)
    return NetworkDescribed(wanted, count, layers)
