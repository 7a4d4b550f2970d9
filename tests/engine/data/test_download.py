"""Missing files are downloaded: the download, through the data set that uses it."""

from __future__ import annotations

import contextlib
import errno
import gzip
import hashlib
import os
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import torch
from torchvision.datasets import FashionMNIST

from tests.conftest import write_fashion_mnist
from workbench.engine.data import dataset, download, fashion_mnist, published_idx
from workbench.engine.data.fashion_mnist import PARTS, folder_of, load_fashion_mnist
from workbench.engine.errors import CancelledError, DatasetUnavailableError, UserError

NAMES = tuple(part.name for part in PARTS)
TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS = NAMES


def silent(_what, _done, _total):
    pass


def files_in(root):
    return {path.name for path in root.rglob("*") if path.is_file()}


class Mirror(ThreadingHTTPServer):
    """A mirror on this machine; `misbehave` maps the name of a file to the function that answers for it."""

    def __init__(self, files):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files = files
        self.misbehave = {}
        self.asked_for = []
        self.released = threading.Event()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}/"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        name = self.path.removeprefix("/")
        self.server.asked_for.append(name)
        self.server.misbehave.get(name, serve)(self, self.server.files[name])

    def log_message(self, *_):
        pass


def serve(handler, content, length=None):
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content) if length is None else length))
    handler.end_headers()
    handler.wfile.write(content)


def serve_without_length(handler, content):
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(content)


def serve_another(handler, content):
    serve(handler, content[::-1])


def cut_in_half(handler, content):
    serve(handler, content[: len(content) // 2], length=len(content))


def stall_in_half(handler, content):
    cut_in_half(handler, content)
    handler.server.released.wait(30)


def stall_at_once(handler, _content):
    handler.server.released.wait(30)


def send_nonsense(handler, _content):
    handler.wfile.write(b"220 mail ready\r\n")


def send_wrong_length(handler, content):
    serve(handler, content, length="many")


def answer_404(handler, _content):
    handler.send_error(404)


@contextmanager
def mirror_of(files):
    with Mirror(files) as mirror:
        # With the default of half a second, the wait for the shutdown would be most of the time of these tests.
        server = threading.Thread(target=mirror.serve_forever, args=(0.01,))
        server.start()
        try:
            yield mirror
        finally:
            mirror.released.set()
            mirror.shutdown()
            server.join()
            for thread in threading.enumerate():
                if thread.name == "download":
                    thread.join(30)


@pytest.fixture
def packed(tiny_root):
    """The four files as they are published: packed, by name."""
    return {f"{name}.gz": gzip.compress((folder_of(tiny_root) / name).read_bytes(), mtime=0) for name in NAMES}


@pytest.fixture
def mirror(packed, monkeypatch):
    """The only mirror torchvision knows."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    resources = [(name, hashlib.md5(content).hexdigest()) for name, content in packed.items()]
    with mirror_of(packed) as mirror:
        monkeypatch.setattr(FashionMNIST, "resources", resources)
        monkeypatch.setattr(FashionMNIST, "mirrors", [mirror.address])
        monkeypatch.setattr(fashion_mnist, "HTTPS_MIRRORS", ())
        unpacked = {name: hashlib.sha256(gzip.decompress(packed[f"{name}.gz"])).hexdigest() for name in NAMES}
        monkeypatch.setattr(fashion_mnist, "UNPACKED_SHA256", unpacked)
        yield mirror


def refused():
    """The address of a mirror that has just been closed."""
    with Mirror({}) as closed:
        return closed.address


def unavailable(root, progress=silent):
    with pytest.raises(DatasetUnavailableError) as caught:
        load_fashion_mnist(root, progress)
    text = str(caught.value)
    assert str(folder_of(root)) in text
    assert "fashion-mnist-mini" in text
    return text


def assert_only_whole_files(root, packed):
    for path in root.rglob("*"):
        if path.is_file():
            whole = packed[path.name] if path.suffix == ".gz" else gzip.decompress(packed[f"{path.name}.gz"])
            assert path.read_bytes() == whole


def test_that_what_is_missing_is_downloaded_and_unpacked_as_torchvision_does(tmp_path, tiny_root, mirror, packed):
    root = tmp_path / "new" / "root"
    raw = load_fashion_mnist(root, silent)
    for ours, theirs in zip(raw, load_fashion_mnist(tiny_root, silent), strict=True):
        assert torch.equal(ours, theirs)
    assert files_in(root) == {*NAMES, *packed}
    assert len(FashionMNIST(root, train=False, download=False)) == 160
    assert mirror.asked_for == list(packed)


def test_that_only_what_is_missing_is_downloaded(tiny_root, mirror):
    (folder_of(tiny_root) / TEST_IMAGES).unlink()
    load_fashion_mnist(tiny_root, silent)
    assert mirror.asked_for == [f"{TEST_IMAGES}.gz"]


def test_that_what_a_killed_download_left_is_swept_up_at_the_next_reading_and_other_files_are_not(tiny_root, mirror):
    left, own = (folder_of(tiny_root) / name for name in (".train-images.0123456789abcdef.part", "own.part"))
    for path in (left, own):
        path.write_bytes(b"hal")
        os.utime(path, (1, 1))
    load_fashion_mnist(tiny_root, silent)
    assert (left.exists(), own.exists(), mirror.asked_for) == (False, True, [])


def test_that_nothing_is_requested_from_the_network_where_all_files_are_there(tiny_root, mirror):
    load_fashion_mnist(tiny_root, silent)
    assert mirror.asked_for == []


def test_that_progress_reports_every_file_up_to_its_end(tmp_path, mirror, packed):
    calls = []
    load_fashion_mnist(tmp_path / "new", lambda *progress: calls.append(progress))
    for part in PARTS:
        size = len(packed[f"{part.name}.gz"])
        assert (part.downloading, size, size) in calls
        assert (dataset.UNPACKING, size, size) in calls


def test_that_a_packed_file_left_over_is_unpacked_without_the_network(tmp_path, mirror, packed):
    folder = folder_of(tmp_path / "new")
    folder.mkdir(parents=True)
    for name, content in packed.items():
        (folder / name).write_bytes(content)
    load_fashion_mnist(tmp_path / "new", silent)
    assert mirror.asked_for == []


# A user's own files


@pytest.fixture
def own(tmp_path):
    """A folder of files that are not the published ones, packed; other images, labels and checksums."""
    folder = folder_of(write_fashion_mnist(tmp_path / "own", 50, 20, seed=5))
    for name in NAMES:
        (folder / f"{name}.gz").write_bytes(gzip.compress((folder / name).read_bytes()))
        (folder / name).unlink()
    return folder


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_that_packed_files_of_a_users_own_are_read_and_left_as_they_are(own, mirror):
    before = contents(own)
    assert len(load_fashion_mnist(own.parents[1], silent).train_inputs) == 50
    assert contents(own) == before
    assert mirror.asked_for == []


@pytest.mark.parametrize("is_packed", [True, False])
@pytest.mark.parametrize("missing", NAMES)
def test_that_a_users_own_files_are_never_completed_from_the_network(own, mirror, is_packed, missing):
    for path in list(own.iterdir()):
        if path.name == f"{missing}.gz":
            path.unlink()
        elif not is_packed:
            path.with_suffix("").write_bytes(gzip.decompress(path.read_bytes()))
            path.unlink()
    before = contents(own)
    with pytest.raises(UserError, match="your own") as caught:
        load_fashion_mnist(own.parents[1], silent)
    assert not isinstance(caught.value, DatasetUnavailableError), "no other data set takes its place"
    assert missing in str(caught.value)
    assert "--data-root" in str(caught.value)
    assert contents(own) == before
    assert mirror.asked_for == []


def test_that_a_damaged_packed_file_is_named_and_not_replaced(own, mirror):
    path = own / f"{TRAIN_IMAGES}.gz"
    path.write_bytes(path.read_bytes()[:-9])
    before = contents(own)
    with pytest.raises(UserError, match="damaged") as caught:
        load_fashion_mnist(own.parents[1], silent)
    assert str(path) in str(caught.value)
    assert contents(own) == before
    assert mirror.asked_for == []


# Servers


def send_without_end(handler, _content):
    handler.send_response(200)
    handler.end_headers()
    with contextlib.suppress(OSError):
        while not handler.server.released.is_set():
            handler.wfile.write(bytes(1 << 16))


def announce_too_much(handler, content):
    serve(handler, content, length=1 << 40)


@pytest.mark.parametrize("misbehaviour", [send_without_end, announce_too_much])
def test_that_a_download_ends_where_more_arrives_than_the_file_has(tmp_path, mirror, monkeypatch, misbehaviour):
    monkeypatch.setattr(published_idx, "MOST_DOWNLOADED", 1 << 20)
    mirror.misbehave[f"{TRAIN_IMAGES}.gz"] = misbehaviour
    most = 0

    def progress(_what, done, _total):
        nonlocal most
        most = max(most, done)

    assert "too big" in unavailable(tmp_path / "new", progress)
    assert most <= 1 << 20
    assert files_in(tmp_path / "new") == set()


def drip(handler, content):
    """A byte now and then."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    go_on(handler, b"x")


def drip_headers(handler, _content):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    go_on(handler, b"x")


def ask_to_continue_without_end(handler, _content):
    go_on(handler, b"HTTP/1.1 100 Continue\r\n\r\n")


def redirect_with_an_endless_body(handler, _content):
    handler.send_response(302)
    handler.send_header("Location", f"{handler.path}?again")
    handler.end_headers()
    go_on(handler, b"x" * 1000)


def redirect_to_itself(handler, _content):
    handler.send_response(302)
    handler.send_header("Location", handler.path)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def go_on(handler, piece):
    with contextlib.suppress(OSError):
        while not handler.server.released.wait(0.005):
            handler.wfile.write(piece)


ENDLESS = {
    drip: "the server sends too slowly",
    drip_headers: "the server sends too slowly",
    ask_to_continue_without_end: "the server sends too slowly",
    redirect_to_itself: "the server redirects without end",
}


@pytest.mark.parametrize(("misbehaviour", "reason"), ENDLESS.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_that_a_server_that_never_comes_to_an_end_is_given_up_with_a_reason(
    tmp_path, mirror, monkeypatch, misbehaviour, reason
):
    monkeypatch.setattr(download, "PATIENCE", 0.1)
    mirror.misbehave[f"{TRAIN_IMAGES}.gz"] = misbehaviour
    assert reason in unavailable(tmp_path / "new")
    assert_no_thread_reads_on()


@pytest.mark.parametrize("misbehaviour", [*list(ENDLESS)[:3], redirect_with_an_endless_body])
def test_that_a_download_from_a_server_that_never_comes_to_an_end_is_cancelled(tmp_path, mirror, misbehaviour):
    mirror.misbehave[f"{TRAIN_IMAGES}.gz"] = misbehaviour
    mirror.misbehave[f"{TRAIN_IMAGES}.gz?again"] = drip
    mirror.files[f"{TRAIN_IMAGES}.gz?again"] = bytes(10_000)
    calls = []

    def cancel(what, *_):
        calls.append(what)
        if calls.count(dataset.TRAINING_IMAGES) > 10:
            raise CancelledError

    with pytest.raises(CancelledError):
        load_fashion_mnist(tmp_path / "new", cancel)
    assert_no_thread_reads_on()


def test_that_the_body_of_a_redirection_is_not_read(tmp_path, mirror, packed):
    name = f"{TRAIN_IMAGES}.gz"
    mirror.files[f"{name}?again"] = packed[name]
    mirror.misbehave[name] = redirect_with_an_endless_body
    load_fashion_mnist(tmp_path / "new", silent)
    assert mirror.asked_for[:2] == [name, f"{name}?again"]
    assert_only_whole_files(tmp_path / "new", packed)


def assert_no_thread_reads_on():
    for thread in threading.enumerate():
        if thread.name == "download":
            thread.join(20)
            assert not thread.is_alive()


def test_that_the_sizes_are_known_of_all_files_that_torchvision_publishes():
    assert [fashion_mnist.SIZES[md5] for _, md5 in FashionMNIST.resources] == [26_421_880, 29_515, 4_422_102, 5_148]


@pytest.mark.parametrize("misbehaviour", [serve_another, cut_in_half, answer_404, send_nonsense, send_wrong_length])
def test_that_the_next_mirror_is_tried_where_one_fails(tmp_path, mirror, packed, monkeypatch, misbehaviour):
    with mirror_of(packed) as second:
        mirror.misbehave[f"{TEST_IMAGES}.gz"] = misbehaviour
        monkeypatch.setattr(FashionMNIST, "mirrors", [refused(), mirror.address, second.address])
        load_fashion_mnist(tmp_path / "new", silent)
        assert second.asked_for == [f"{TEST_IMAGES}.gz"]
    assert_only_whole_files(tmp_path / "new", packed)


@pytest.mark.parametrize(
    ("misbehaviour", "reason"),
    [
        (serve_another, "the file that arrived is another one"),
        (cut_in_half, "the connection was cut"),
        (answer_404, "the server answered 404 Not Found"),
        (send_nonsense, "220 mail ready"),
        (stall_at_once, "the server does not answer"),
        (stall_in_half, "the server does not answer"),
    ],
)
def test_that_a_download_that_fails_says_why_and_leaves_only_whole_files(
    tmp_path, mirror, packed, monkeypatch, misbehaviour, reason
):
    monkeypatch.setattr(download, "NETWORK_TIMEOUT", 0.2)
    mirror.misbehave[f"{TEST_IMAGES}.gz"] = misbehaviour
    assert reason in unavailable(tmp_path / "new")
    assert files_in(tmp_path / "new") == {
        name for part in (TRAIN_IMAGES, TRAIN_LABELS) for name in (part, f"{part}.gz")
    }
    assert_only_whole_files(tmp_path / "new", packed)


def test_that_a_file_of_unknown_length_arrives_too(tmp_path, mirror, packed):
    mirror.misbehave[f"{TEST_IMAGES}.gz"] = serve_without_length
    load_fashion_mnist(tmp_path / "new", silent)
    assert_only_whole_files(tmp_path / "new", packed)


@pytest.mark.usefixtures("mirror")
def test_that_without_a_network_the_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(FashionMNIST, "mirrors", [refused()])
    text = unavailable(tmp_path / "new")
    assert "Connection refused" in text
    assert "put its four files into that folder" in text


@pytest.mark.usefixtures("mirror")
def test_that_a_name_that_cannot_be_looked_up_is_no_network(tmp_path, monkeypatch):
    def unknown(*_arguments, **_options):
        raise OSError(-2, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", unknown)
    assert "Name or service not known" in unavailable(tmp_path / "new")


@pytest.mark.parametrize("misbehaviour", [stall_at_once, stall_in_half])
def test_that_a_download_is_cancelled_while_nothing_arrives(tmp_path, mirror, packed, misbehaviour):
    # Without Cancel the server would send nothing until the timeout, and the data would be reported as unavailable.
    mirror.misbehave[f"{TEST_IMAGES}.gz"] = misbehaviour
    calls = []

    def cancel(what, done, _total):
        calls.append((what, done))
        if what == dataset.TEST_IMAGES and calls[-4:] == 4 * [calls[-1]]:
            raise CancelledError

    with pytest.raises(CancelledError):
        load_fashion_mnist(tmp_path / "new", cancel)
    assert calls[-1][1] == (0 if misbehaviour is stall_at_once else len(packed[f"{TEST_IMAGES}.gz"]) // 2)
    assert_only_whole_files(tmp_path / "new", packed)


@pytest.mark.parametrize("phase", [dataset.TRAINING_IMAGES, dataset.TEST_LABELS, dataset.UNPACKING])
def test_that_a_download_is_cancelled_within_a_piece_and_can_be_repeated(tmp_path, mirror, packed, monkeypatch, phase):
    monkeypatch.setattr(download, "CHUNK", 100)
    monkeypatch.setattr(published_idx, "CHUNK", 100)

    def cancel(what, done, total):
        if what == phase and done:
            raise CancelledError

    with pytest.raises(CancelledError):
        load_fashion_mnist(tmp_path / "new", cancel)
    assert_only_whole_files(tmp_path / "new", packed)
    assert files_in(tmp_path / "new") < {*NAMES, *packed}
    load_fashion_mnist(tmp_path / "new", silent)
    assert files_in(tmp_path / "new") >= {*packed}
    assert mirror.asked_for


@pytest.mark.usefixtures("mirror")
def test_that_a_data_root_that_is_a_file_is_reported(tmp_path):
    (tmp_path / "root").write_bytes(b"")
    assert "nothing can be written there" in unavailable(tmp_path / "root")


@pytest.mark.usefixtures("mirror")
def test_that_a_full_disk_is_reported_and_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("workbench.engine.files.atomic_write.os.fsync", full)
    assert "disk is too full" in unavailable(tmp_path / "new")
    assert files_in(tmp_path / "new") == set()
