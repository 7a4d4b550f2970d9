"""GradientClip: limits the norm of the gradient before an update, so that one bad batch cannot throw weights far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch import nn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torch import Tensor


class GradientClip:
    """Shortens the gradient of all parameters together: Pascanu and others, "On the difficulty of training RNNs", 2013.

    Attributes:
        norm: the largest Euclidean norm that is left as it is; 0 leaves every gradient as it is.
    """

    def __init__(self, parameters: Iterable[Tensor], norm: float = 0.0) -> None:
        self._parameters = list(parameters)
        self.norm = norm

    def apply(self) -> None:
        """Scale the gradients, with the bits of torch's `clip_grad_norm_`, where their norm is above `norm`."""
        nn.utils.clip_grad_norm_(self._parameters, self.norm)
