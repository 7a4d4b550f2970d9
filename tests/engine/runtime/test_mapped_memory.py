import os
import sys
from pathlib import Path

import pytest
import torch

from workbench.engine.runtime.mapped_memory import SMALLEST, mapped_copy


@pytest.mark.parametrize(
    "tensor",
    [
        torch.randn(512, 784),
        torch.randn(512, 784, requires_grad=True),
        torch.randn(3),
        torch.tensor(1.5, dtype=torch.float64),
        torch.empty(0, 5),
        torch.randn(600, 500).t(),
        torch.randn(8, 16, 32, 32).to(memory_format=torch.channels_last),
        torch.randint(0, 256, (SMALLEST,), dtype=torch.uint8),
        torch.rand(300, 300) > 0.5,
    ],
    ids=lambda tensor: f"{str(tensor.dtype)[6:]} {tuple(tensor.shape)}",
)
def test_that_a_copy_is_equal_and_independent(tensor):
    copy = mapped_copy(tensor)
    assert torch.equal(copy, tensor)
    assert (copy.dtype, copy.shape, copy.stride()) == (tensor.dtype, tensor.shape, tensor.stride())
    assert not copy.requires_grad
    before = copy.clone()
    with torch.no_grad():
        tensor.zero_()
    assert torch.equal(copy, before)


def test_that_a_copy_outlives_what_it_was_copied_from_and_can_be_saved(tmp_path):
    copy = mapped_copy(torch.full((300, 300), 2.0))
    torch.save(copy, tmp_path / "copy.pt")
    assert torch.equal(torch.load(tmp_path / "copy.pt", weights_only=True), torch.full((300, 300), 2.0))


@pytest.mark.skipif(sys.platform != "linux", reason="reads the resident memory from /proc")
def test_that_memory_of_copies_dropped_between_others_goes_back_to_the_system():
    def resident():
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    source = torch.randn(512, 784)
    kept = [mapped_copy(source) for _ in range(64)]
    full = resident()
    del kept[::2]
    assert full - resident() > 0.9 * 32 * source.nbytes
