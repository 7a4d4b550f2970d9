"""Everything that a run's next steps depend on, and everything it has recorded, to be compared bit for bit."""

import hashlib

import torch


def bits(trainer):
    """A value that differs where any bit of the run does: weights, optimizer, random states, position, history."""
    stepper, history = trainer.stepper, trainer.history
    return {
        "weights": hashed(stepper.model.state_dict()),
        "optimizer": hashed(stepper.optimizer.state_dict()),
        "random state": hashed(torch.get_rng_state()),
        "position": stepper.position.copy(),
        "values": dict(stepper.values),
        "is training": stepper.model.training,
        **recorded(history),
    }


def recorded(history):
    """What a history holds."""
    return {
        "losses": history.loss.values().tobytes(),
        "metrics": history.metric.values().tobytes(),
        "evaluations": list(history.evaluations),
        "epoch starts": list(history.epoch_starts),
        "changes": list(history.changes),
        "incidents": list(history.incidents),
    }


def hashed(state):
    """The digest of all tensors and values in a state dict."""
    digest = hashlib.sha256()

    def add(value):
        if isinstance(value, torch.Tensor):
            digest.update(f"{value.dtype}{tuple(value.shape)}".encode())
            digest.update(value.detach().cpu().contiguous().numpy().tobytes())
        elif isinstance(value, dict):
            for key, each in value.items():
                digest.update(repr(key).encode())
                add(each)
        elif isinstance(value, list | tuple):
            for each in value:
                add(each)
        else:
            digest.update(repr(value).encode())

    add(state)
    return digest.hexdigest()
