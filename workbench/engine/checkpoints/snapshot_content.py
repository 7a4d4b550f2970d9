"""The state of a run in a checkpoint or a snapshot: position, values, weights, optimizer and random state."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import torch

from workbench.engine.checkpoints.earlier_versions import present_position
from workbench.engine.checkpoints.snapshot import Position, Snapshot
from workbench.engine.config.hyperparameters import hyperparameter
from workbench.engine.history.validation import reader, structure


def snapshot_content(snapshot: Snapshot) -> dict[str, Any]:
    """What stands for `snapshot` in a file."""
    snapshot = snapshot.on_cpu()
    return {
        "position": asdict(snapshot.position),
        "values": dict(snapshot.values),
        "weights": dict(snapshot.weights),
        "optimizer": dict(snapshot.optimizer),
        "random_state": snapshot.random_state,
        "device_random_state": snapshot.device_random_state,
    }


def read_snapshot(content: dict[str, Any]) -> Snapshot:
    """The snapshot in a file, checked as far as that can be without its recipe: any error means that it is damaged."""
    position = structure(Position, present_position(content["position"]))
    at_most = position.batch * hyperparameter("batch_size").maximum
    for less, more in (
        (position.tested, position.epoch),
        (position.epoch, position.step),
        (position.batch, position.step),
        (position.sample, at_most),
    ):
        if less > more:
            raise ValueError(position)
    random_state = reader(torch.Tensor)(content["random_state"])
    torch.Generator().set_state(random_state)
    device_random_state = content["device_random_state"]
    if device_random_state is not None and reader(torch.Tensor)(device_random_state).dtype is not torch.uint8:
        raise ValueError(device_random_state)
    return Snapshot(
        position,
        dict(content["values"]),
        {reader(str)(key): reader(torch.Tensor)(tensor) for key, tensor in content["weights"].items()},
        dict(content["optimizer"]),
        random_state,
        device_random_state,
    )
