"""Saliency: how much each part of an input matters for the output of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import torch

from workbench.engine.analysis.idle_dropout import passing_copies
from workbench.engine.config.tasks import Task
from workbench.engine.data.unit_floats import UnitFloats
from workbench.engine.errors import UserError
from workbench.engine.protocol.queries.saliency import ExplainedSample, SaliencyMethod

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torch import Tensor

    from workbench.engine.analysis.scope import Scope
    from workbench.engine.protocol.queries.saliency import ExplainSample

NOISY_COPIES: Final = 50
NOISE_SHARE: Final = 0.15
"""Standard deviation of the noise, as a share of the range of the input: 10 to 20 % in the paper, with 50 copies."""
NOISE_SEED: Final = 0
PATCHES: Final = 7
"""Along the longer side of an image; the covered squares overlap by half."""
MOST_PARTS: Final = 1024
"""Of a vector: where it has more numbers, neighbours are covered together."""
MOST_FOR_MEAN: Final = 10_000
"""Test samples whose mean a covered number of a vector gets."""
BATCH: Final = 64


def answer(scope: Scope, query: ExplainSample) -> ExplainedSample:
    """The saliency of the predicted class, or of the first number to predict.

    Raises:
        UserError: there is no such sample.
    """
    inputs = scope.data.test_inputs
    if not 0 <= query.sample < len(inputs):
        raise UserError("There is no test sample {sample} in these data.", sample=query.sample)
    sample = UnitFloats(inputs[query.sample : query.sample + 1].to(scope.device)).batch(0, 1)
    with torch.no_grad():
        outputs = scope.network(sample)[0].float()
    output = int(outputs.argmax()) if scope.spec.task is Task.CLASSIFICATION else 0
    values = METHODS[query.method](scope, sample, output)
    reduced = values.amax(0) if values.dim() == 3 else values
    return ExplainedSample(query.sample, output, reduced.cpu().numpy(), outputs.cpu().numpy())


def gradient(scope: Scope, sample: Tensor, output: int) -> Tensor:
    """The absolute gradient of one output on the input: the shape of one sample.

    Args:
        scope: of the network.
        sample: (1, ...).
        output: which one.
    """
    return _gradients(scope, sample, output)[0].abs()


def smooth_grad(scope: Scope, sample: Tensor, output: int) -> Tensor:
    """The mean absolute gradient over noisy copies of the input; the noise is the same each time."""
    # A generator of its own: the run's random state stays as it is.
    generator = torch.Generator().manual_seed(NOISE_SEED)
    noise = torch.randn((NOISY_COPIES, *sample.shape[1:]), generator=generator).to(sample.device)
    copies = sample + NOISE_SHARE * float(sample.max() - sample.min()) * noise
    return torch.cat([_gradients(scope, part, output).abs() for part in torch.split(copies, BATCH)]).mean(0)


def occlusion(scope: Scope, sample: Tensor, output: int) -> Tensor:
    """How far the output falls where a square of an image is black, or a number of a vector is its mean.

    Each place has the mean over the covers that hide it; a cover that raises the output counts as 0.
    """
    hidden = torch.zeros(1, device=sample.device)
    if sample.dim() == 2:
        hidden = scope.data.test_inputs[:MOST_FOR_MEAN].to(sample.device).float().mean(0)
    total = times = torch.zeros(1, device=sample.device)
    with torch.no_grad():
        before = scope.network(sample)[0, output]
        for covers in _covers(sample):
            falls = before - scope.network(torch.where(covers, hidden, sample))[:, output]
            weights = covers.float()
            total = total + torch.tensordot(falls.clamp(min=0).float(), weights, 1)
            times = times + weights.sum(0)
    return total / times


METHODS: Final[dict[SaliencyMethod, Callable[[Scope, Tensor, int], Tensor]]] = {
    SaliencyMethod.GRADIENT: gradient,
    SaliencyMethod.SMOOTH_GRAD: smooth_grad,
    SaliencyMethod.OCCLUSION: occlusion,
}


def _gradients(scope: Scope, samples: Tensor, output: int) -> Tensor:
    """The gradients (N, ...) of one output of each of the samples."""
    with torch.enable_grad(), passing_copies(scope.model):
        asked = samples.detach().clone().requires_grad_(True)
        # The samples do not depend on each other in evaluation mode, so that the sum has the gradient of each.
        total = scope.network(asked)[:, output].sum()
        (found,) = torch.autograd.grad(total, asked, allow_unused=True)
    return torch.zeros_like(samples) if found is None else found.float()


def _covers(sample: Tensor) -> Iterator[Tensor]:
    """Which places are covered, some covers at a time: (N, 1, H, W) or (N, F) bool, for one sample (1, ...)."""
    device = sample.device
    if sample.dim() == 2:
        count = sample.shape[1]
        width = -(-count // MOST_PARTS)
        parts = torch.arange(count, device=device) // width
        for numbers in torch.split(torch.arange(-(-count // width), device=device), BATCH):
            yield parts == numbers.unsqueeze(1)
        return
    height, width = sample.shape[2:]
    side = max(1, -(-max(height, width) // PATCHES))
    stride = max(1, side // 2)
    # From beyond the edges on, so that a place at the edge is covered as often as others.
    tops = torch.arange(stride - side, height, stride, device=device).unsqueeze(1)
    lefts = torch.arange(stride - side, width, stride, device=device).unsqueeze(1)
    rows, columns = torch.arange(height, device=device), torch.arange(width, device=device)
    in_row = (rows >= tops) & (rows < tops + side)
    in_column = (columns >= lefts) & (columns < lefts + side)
    covers = (in_row[:, None, None, :, None] & in_column[None, :, None, None, :]).flatten(0, 1)
    yield from torch.split(covers, BATCH)
