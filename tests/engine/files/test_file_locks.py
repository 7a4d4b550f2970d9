import errno
import os

import pytest
from filelock import Timeout

from workbench.engine.files.file_locks import acquire_lock
from workbench.engine.store.process_locks import acquire_process_lock, is_alive, release_process_lock

fcntl = pytest.importorskip("fcntl")


@pytest.fixture(params=[errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def without_locks(request, monkeypatch):
    """A file system that refuses locks."""

    def refused(*_values):
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr(fcntl, "flock", refused)


@pytest.mark.filterwarnings("ignore:.*flock.*")
@pytest.mark.usefixtures("without_locks")
def test_that_one_process_at_a_time_holds_a_lock_where_the_file_system_knows_none(tmp_path):
    lock = acquire_lock(tmp_path / "opening.lock", timeout=0)
    with pytest.raises(Timeout):
        acquire_lock(tmp_path / "opening.lock", timeout=0)
    lock.release()
    acquire_lock(tmp_path / "opening.lock", timeout=0).release()


@pytest.mark.filterwarnings("ignore:.*flock.*")
@pytest.mark.usefixtures("without_locks")
def test_that_a_process_is_known_to_live_where_the_file_system_knows_no_locks(tmp_path):
    token = acquire_process_lock(tmp_path)
    assert acquire_process_lock(tmp_path) == token
    assert is_alive(tmp_path, token)
    release_process_lock(tmp_path)
    assert not is_alive(tmp_path, token)
