"""Files that torch would read for ever or into gigabytes: refused soon, in a sentence, in little memory."""

from __future__ import annotations

import io
import pickle
import time
from collections import OrderedDict

import pytest
import torch

from tests.engine.files.hostile_files import PICKLES, archive_of, saved
from tests.engine.models.test_weights import small
from workbench.engine.errors import UserError
from workbench.engine.files.torch_file import kind_of, load_torch_file
from workbench.engine.models.weights_reading import load_weights

SECONDS = 10
"""Against for ever; the answer takes far less."""


HOSTILE = {
    **{name: archive_of(pickled) for name, pickled in PICKLES.items()},
    "a tensor that is expanded": saved({"0.weight": torch.zeros(1).expand(3 * 10**8)}),
    "entries in the ten thousands": archive_of(b"\x80\x02N.", **{str(n): b"" for n in range(20_000)}),
    "a pickle of pickle": pickle.dumps({"a": 1}),
    "a tensor of pickle": pickle.dumps({"a": torch.zeros(2)}),
    "a 4-bit number": saved({"0.weight": torch.zeros(2, 3, dtype=torch.uint8).view(torch.float4_e2m1fn_x2)}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_that_a_hostile_file_is_refused_soon_in_a_sentence_and_in_little_memory(tmp_path, name):
    path = tmp_path / "weights.pt"
    path.write_bytes(HOSTILE[name])
    started = time.process_time()
    with pytest.raises(UserError) as caught:
        load_weights(path, small())
    assert time.process_time() - started < SECONDS
    said = str(caught.value)
    assert str(path) in said
    assert len(said) <= 300
    assert said.isprintable()


@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_that_what_torch_saves_comes_back_as_torch_loads_it(protocol, zipped):
    shared = torch.arange(12.0)
    content = OrderedDict(
        a=shared[2:8].view(2, 3).t(),
        b=[shared, None, True, 1.5, -3, 1 << 40, "text é", (1, (2, 3))],
        c={"half": torch.ones(2).half(), 0: torch.tensor(7), "empty": torch.zeros(0, 3)},
        d=torch.nn.Parameter(torch.ones(2)),
        e=torch.Size([2, 3]),
    )
    file = io.BytesIO()
    torch.save(content, file, pickle_protocol=protocol, _use_new_zipfile_serialization=zipped)
    loaded = load_torch_file(file)
    assert list(loaded) == list(content)
    assert torch.equal(loaded["a"], content["a"])
    assert torch.equal(loaded["b"][0], shared)
    assert loaded["b"][1:] == content["b"][1:]
    assert loaded["c"]["half"].dtype is torch.float16
    assert loaded["c"][0].item() == 7
    assert loaded["c"]["empty"].shape == (0, 3)
    assert torch.equal(loaded["d"], torch.ones(2))
    assert kind_of(loaded["e"]) == "Size"
    assert loaded["a"].untyped_storage().data_ptr() == loaded["b"][0].untyped_storage().data_ptr()
