import subprocess
import sys

import pytest

from workbench.engine.errors import UserError
from workbench.engine.runtime import address_space
from workbench.engine.runtime.address_space import HEADLESS_RESERVE, check_address_space

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the limit is one of Linux")


@pytest.fixture
def limited(monkeypatch):
    def to(size):
        monkeypatch.setattr(address_space, "_limit", lambda: size)

    return to


def with_torch_that(folder, monkeypatch, line):
    """The child process finds this torch instead."""
    (folder / "torch.py").write_text(line, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))


def test_that_without_a_limit_or_with_one_that_is_plenty_nothing_is_tried(monkeypatch, limited):
    monkeypatch.setattr(subprocess, "run", None)
    limited(None)
    check_address_space(HEADLESS_RESERVE)
    limited(1 << 40)
    check_address_space(HEADLESS_RESERVE)


def test_that_a_limit_within_which_torch_cannot_be_loaded_is_named(limited):
    limited(900 << 20)
    with pytest.raises(UserError, match="900 MiB"):
        check_address_space(100 << 20)


def test_that_a_limit_smaller_than_the_reserve_is_named_without_a_trial(monkeypatch, limited):
    monkeypatch.setattr(subprocess, "run", None)
    limited(100 << 20)
    with pytest.raises(UserError, match="100 MiB"):
        check_address_space(HEADLESS_RESERVE)


def test_that_a_process_that_is_aborted_is_lack_of_memory(tmp_path, monkeypatch, limited):
    with_torch_that(tmp_path, monkeypatch, "import os\nos.abort()")
    limited(8 << 30)
    with pytest.raises(UserError, match="8,192 MiB"):
        check_address_space(HEADLESS_RESERVE)


@pytest.mark.parametrize("line", ["raise ImportError('libtorch.so is not there')", "raise SystemExit(7)"])
def test_that_another_fault_is_left_to_the_import_itself(tmp_path, monkeypatch, limited, line):
    with_torch_that(tmp_path, monkeypatch, line)
    limited(8 << 30)
    check_address_space(HEADLESS_RESERVE)


def test_that_a_file_of_the_working_folder_is_not_taken_for_torch(tmp_path, monkeypatch, limited):
    (tmp_path / "torch.py").write_text("import os\nos.abort()", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    limited(15 << 30)
    check_address_space(HEADLESS_RESERVE)
