"""What a file is taken for by its name."""

from pathlib import Path

import pytest

from workbench.ui.window.opened_files import Kind, kind_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("model-00001-of-00003.safetensors", Kind.WEIGHTS),
        ("model.safetensors.index.json", Kind.WEIGHTS),
        ("pytorch_model.bin", Kind.WEIGHTS),
        ("pytorch_model-00001-of-00002.bin", Kind.WEIGHTS),
        ("pytorch_model.bin.index.json", Kind.WEIGHTS),
        ("images.bin", Kind.DATA),
        ("table.json", Kind.DATA),
        ("last.CKPT", Kind.CHECKPOINT),
        ("a.run", Kind.RUN),
        ("a.onnx", Kind.EXPORTED),
        ("a.PT2", Kind.EXPORTED),
    ],
)
def test_that_files_are_known_by_their_names_also_weights_in_several_parts(tmp_path, name, kind):
    assert kind_of(tmp_path / name) is kind


def test_that_a_folder_is_data_whatever_it_is_called(tmp_path):
    (tmp_path / "a.pt").mkdir()
    assert kind_of(Path(tmp_path / "a.pt")) is Kind.DATA
