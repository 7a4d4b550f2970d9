"""Downloading a file: it appears whole or not at all, and the download can be cancelled at any time."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import queue
import socket
import threading
import time
import urllib.error
import urllib.request
from typing import IO, TYPE_CHECKING, Any, Final

from workbench.engine.files.atomic_write import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NETWORK_TIMEOUT: Final = 15.0
"""Seconds without a byte after which the download fails."""
PATIENCE: Final = 30.0
"""Seconds in which `LEAST_BYTES` of the file must arrive: headers, redirections and single bytes can go on for ever."""
LEAST_BYTES: Final = 4096
POLL: Final = 0.01
"""Seconds between two calls of `progress` while no bytes arrive."""
CHUNK: Final = 1 << 16
"""Bytes read at a time."""


class NotArrivedError(Exception):
    """The file did not arrive, or not as expected; the text says why, as part of a sentence."""


def fetch(url: str, target: Path, md5: str, most: int, progress: Callable[[int, int], None]) -> None:
    """Download `url` into `target` if it has the expected MD5.

    Args:
        url: http, https or file address.
        target: appears whole or not at all; its folder exists.
        md5: of the whole file, in hexadecimal.
        most: bytes of the file; the download ends where more arrive or are announced.
        progress: called with (bytes so far, total bytes or 0) at least every 10 ms; what it raises ends the
            download.

    Raises:
        NotArrivedError: there is no network; or the server refuses, stops sending, or sends another file.
        OSError: `target` cannot be written.
    """

    def write(file: IO[bytes]) -> None:
        reader = _Reader(url, most)
        digest = hashlib.md5(usedforsecurity=False)
        done = 0
        for chunk in reader.chunks():
            if max(done + len(chunk), reader.total) > most:
                raise NotArrivedError("the file that arrives is too big")
            file.write(chunk)
            digest.update(chunk)
            done += len(chunk)
            progress(done, reader.total)
        if done < reader.total:
            raise NotArrivedError("the connection was cut")
        if digest.hexdigest() != md5:
            raise NotArrivedError("the file that arrived is another one")

    write_atomically(target, write)


class _Reader(threading.Thread):
    """Reads a URL in a separate thread, so that the thread that waits for it can stop waiting at any time.

    Python cannot interrupt name resolution and connecting. An abandoned thread that has connected ends at once, since
    its connection is shut down; another one ends at the timeout. It is a daemon, so it does not delay the exit of the
    program.
    """

    def __init__(self, url: str, most: int) -> None:
        super().__init__(name="download", daemon=True)
        self.total = 0
        self._url = url
        self._most = most
        self._arrived: queue.SimpleQueue[bytes | NotArrivedError | None] = queue.SimpleQueue()
        self._abandoned = threading.Event()
        self._socket: socket.socket | None = None

    def chunks(self) -> Iterator[bytes]:
        """The bytes as they arrive; an empty chunk every 10 ms while none arrive.

        Raises:
            NotArrivedError: the server cannot be reached, refuses, stops sending, or sends next to nothing.
        """
        self.start()
        since, done = time.monotonic(), 0
        try:
            while True:
                try:
                    arrived = self._arrived.get(timeout=POLL)
                except queue.Empty:
                    arrived = b""
                    if time.monotonic() - since > PATIENCE:
                        if done < LEAST_BYTES:
                            raise NotArrivedError("the server sends too slowly") from None
                        since, done = time.monotonic(), 0
                if arrived is None:
                    return
                if isinstance(arrived, NotArrivedError):
                    raise arrived
                done += len(arrived)
                yield arrived
        finally:
            self._abandon()

    def run(self) -> None:
        """Read until the end or an error, or until the other thread stops waiting."""
        try:
            with _opener(self._on_connected).open(self._url, timeout=NETWORK_TIMEOUT) as response:
                self.total = int(response.headers.get("Content-Length", 0))
                done = 0
                # Bounded here, too: the other thread may write more slowly than bytes arrive.
                while done <= self._most and not self._abandoned.is_set() and (chunk := response.read1(CHUNK)):
                    done += len(chunk)
                    self._arrived.put(chunk)
            self._arrived.put(None)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._arrived.put(NotArrivedError(_why(error)))

    def _on_connected(self, connected: socket.socket) -> None:
        self._socket = connected
        if self._abandoned.is_set():
            raise ConnectionAbortedError

    def _abandon(self) -> None:
        self._abandoned.set()
        if self._socket is not None:
            # Not `close`, which does not wake a thread that reads; not that of an SSL socket, which is not thread-safe.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirections, as many as urllib allows, without reading their bodies, which urllib reads to the end."""

    def http_error_302(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage
    ) -> Any:
        fp.close()
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _opener(on_connected: Callable[[socket.socket], None]) -> urllib.request.OpenerDirector:
    """What `urlopen` uses; it calls `on_connected` with the socket of each connection."""

    class Plain(http.client.HTTPConnection):
        def connect(self) -> None:
            super().connect()
            on_connected(self.sock)

    class Secure(http.client.HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            on_connected(self.sock)

    class PlainHandler(urllib.request.HTTPHandler):
        def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Plain, req)

    class SecureHandler(urllib.request.HTTPSHandler):
        def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Secure, req)

    return urllib.request.build_opener(PlainHandler, SecureHandler, _Redirects)


def _why(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        error.close()  # the error is also the response, with an open socket
        if str(error.reason).startswith(_Redirects.inf_msg):
            return "the server redirects without end"
        return f"the server answered {error.code} {error.reason}"
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return "the server does not answer"
    return getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
