"""What a run is made from is not written over."""

import pytest

from workbench.engine.errors import UsageError
from workbench.engine.files.source_files import check_is_no_source


@pytest.mark.parametrize(
    ("target", "data", "network"),
    [
        ("mine.csv", "mine.csv", None),
        ("link.csv", "mine.csv", None),
        ("net.py", None, "net.py"),
        ("pictures/run.ckpt", "pictures", None),
        ("pictures/../mine.csv", "mine.csv", None),
        ("y.npy", "x.npy", None),
    ],
)
def test_that_data_and_networks_are_not_replaced(tmp_path, target, data, network):
    for name in ("mine.csv", "net.py", "x.npy", "y.npy"):
        (tmp_path / name).touch()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "link.csv").symlink_to("mine.csv")
    with pytest.raises(UsageError, match=r"another name\.$|outside of it\.$"):
        check_is_no_source(tmp_path / target, data and str(tmp_path / data), network and str(tmp_path / network), None)


@pytest.mark.parametrize("target", ["run.ckpt", "pictures2/run.ckpt", "other.csv"])
def test_that_other_files_are(tmp_path, target):
    (tmp_path / "mine.csv").touch()
    (tmp_path / "pictures").mkdir()
    for data in ("mine.csv", "pictures", "gone"):
        check_is_no_source(tmp_path / target, str(tmp_path / data), None, None)
    check_is_no_source(tmp_path / target, None, None, None)
