"""Fetching a file from the network: to be cancelled at any moment, and there whole or not at all."""

from __future__ import annotations

import hashlib
import http.client
import queue
import threading
import urllib.error
import urllib.request
from typing import IO, TYPE_CHECKING, Final

from workbench.engine.files.atomic_write import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NETWORK_TIMEOUT: Final = 15.0
"""Seconds without a single byte after which a server is given up."""
POLL: Final = 0.01
"""Seconds between two looks at Cancel while nothing arrives."""
CHUNK: Final = 1 << 16
"""Bytes asked for at a time."""


class NotArrivedError(Exception):
    """The file did not come, or not as it should; the text says why, as part of a sentence."""


def fetch(url: str, target: Path, md5: str, progress: Callable[[int, int], None]) -> None:
    """Download `url` into `target`, if its MD5 is the one expected.

    Args:
        url: http, https or file address.
        target: appears whole or not at all; its folder exists.
        md5: of the whole file, in hexadecimal.
        progress: called with (bytes so far, bytes in all or 0), every 10 ms at least; what it raises ends the
            download.

    Raises:
        NotArrivedError: there is no network, the server refuses or falls silent, or sends something else.
        OSError: `target` cannot be written.
    """

    def write(file: IO[bytes]) -> None:
        reader = _Reader(url)
        digest = hashlib.md5(usedforsecurity=False)
        done = 0
        for chunk in reader.chunks():
            file.write(chunk)
            digest.update(chunk)
            done += len(chunk)
            progress(done, reader.total)
        if done < reader.total:
            raise NotArrivedError("the connection was cut")
        if digest.hexdigest() != md5:
            raise NotArrivedError("what arrived is not the file")

    write_atomically(target, write)


class _Reader(threading.Thread):
    """Reads an address in a thread of its own, so that whoever waits for it can leave at any moment.

    Neither looking up a name, nor connecting, nor reading can be interrupted from outside. A thread left
    behind ends with the next bytes that arrive or when the timeout is over; as a daemon, it delays no exit.
    """

    def __init__(self, url: str) -> None:
        super().__init__(name="download", daemon=True)
        self.total = 0
        self._url = url
        self._arrived: queue.SimpleQueue[bytes | NotArrivedError | None] = queue.SimpleQueue()
        self._abandoned = threading.Event()

    def chunks(self) -> Iterator[bytes]:
        """What arrives, as it arrives; an empty chunk every 10 ms while nothing does.

        Raises:
            NotArrivedError: the server cannot be reached, or refuses, or falls silent.
        """
        self.start()
        try:
            while True:
                try:
                    arrived = self._arrived.get(timeout=POLL)
                except queue.Empty:
                    arrived = b""
                if arrived is None:
                    return
                if isinstance(arrived, NotArrivedError):
                    raise arrived
                yield arrived
        finally:
            self._abandoned.set()

    def run(self) -> None:
        """Read until the end, an error, or nobody waiting any longer."""
        try:
            with urllib.request.urlopen(self._url, timeout=NETWORK_TIMEOUT) as response:
                self.total = int(response.headers.get("Content-Length", 0))
                while not self._abandoned.is_set() and (chunk := response.read1(CHUNK)):
                    self._arrived.put(chunk)
            self._arrived.put(None)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._arrived.put(NotArrivedError(_why(error)))


def _why(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        error.close()  # it is the response too, with an open socket
        return f"the server answered {error.code} {error.reason}"
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return "the server does not answer"
    return getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
