import pytest
import torch

from workbench.engine.paths import resource_path
from workbench.engine.translation import use_language


@pytest.fixture
def korean():
    """The program's Korean texts are in use; English ones again afterwards."""
    yield use_language("ko", resource_path("translations"))
    use_language("en", resource_path("translations"))


@pytest.fixture
def images():
    """Sixteen pictures of noise, (16, 1, 28, 28); the same each time."""
    return torch.rand(16, 1, 28, 28, generator=torch.Generator().manual_seed(0))


@pytest.fixture
def seeded():
    """Makes networks that begin with the same weights each time."""

    def build_one(build):
        torch.manual_seed(3)
        return build()

    return build_one
