"""Calls code of the user's own so that it can change neither the data nor the program around it."""

from __future__ import annotations

import contextlib
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from workbench.engine.errors import UserError
from workbench.engine.models.own_failures import failed, own_failure
from workbench.engine.models.running_code import RUNNING_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def own_code() -> Iterator[None]:
    """While code of the user's own runs: its prints go to standard error, and torch's settings are put back after it.

    Standard output is the tutorial's text.

    Raises:
        UserError: any exception in the code, also one such as SystemExit that would end the thread or the process.
    """
    cudnn = torch.backends.cudnn
    has_gradients, dtype, threads = torch.is_grad_enabled(), torch.get_default_dtype(), torch.get_num_threads()
    debug_mode, flags = torch.get_deterministic_debug_mode(), (cudnn.deterministic, cudnn.benchmark)
    try:
        with contextlib.redirect_stdout(sys.stderr), RUNNING_CODE.running():
            yield
    except UserError:
        raise
    except Exception as error:
        raise failed(error) from error
    except BaseException as error:
        if (own := own_failure(error)) is None:
            raise
        raise own from error
    finally:
        if torch.is_grad_enabled() != has_gradients:
            torch.set_grad_enabled(has_gradients)
        if torch.get_default_dtype() != dtype:
            torch.set_default_dtype(dtype)
        if torch.get_num_threads() != threads:
            torch.set_num_threads(threads)
        if torch.get_deterministic_debug_mode() != debug_mode:
            torch.set_deterministic_debug_mode(debug_mode)
        if (cudnn.deterministic, cudnn.benchmark) != flags:
            cudnn.deterministic, cudnn.benchmark = flags
        torch.set_default_device(None)  # the program sets none


class OwnNetwork(nn.Module):
    """Calls a network of the user's own as `own_code` does, with a copy of the inputs.

    A batch is a view of the data, or of a buffer, which a network that works in place would change.

    Args:
        network: the network, or a module that calls it.
    """

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, inputs: Tensor) -> Any:
        """The network's outputs, which are not checked.

        Raises:
            UserError: the network fails, or its outputs have no gradient where training needs one.
        """
        is_training = torch.is_grad_enabled()
        with own_code():
            outputs = self.network(inputs.clone())
        if is_training and isinstance(outputs, Tensor) and not outputs.requires_grad:
            raise UserError(
                "The outputs of the network have no gradient, so it cannot be trained: leave out no_grad, detach, "
                "argmax and the like in forward."
            )
        return outputs
