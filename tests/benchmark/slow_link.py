"""A slow link: a proxy that lets so many bytes a second through to a browser, over all of its connections together."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PIECE = 2_048
"""Bytes that are let through at once."""

CATCH_UP = 0.05
"""Seconds for which a link that was late is as quick as it can."""


class SlowLink:
    """A proxy in front of a port of this machine.

    Args:
        port: that it leads to.
        rate: bytes a second toward the browser.
        latency: seconds that each way takes.
    """

    def __init__(self, port: int, rate: float, latency: float = 0.02) -> None:
        self.behind, self.rate, self.latency = port, rate, latency
        self.port, self.bytes = 0, 0
        self._free = 0.0
        self._ready, self._over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)

    def begin(self) -> None:
        """Let through from now on."""
        self._thread.start()
        self._ready.wait()

    def end(self) -> None:
        """Let nothing through any more."""
        self._over.set()
        self._thread.join()

    async def _run(self) -> None:
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        while not self._over.is_set():
            await asyncio.sleep(0.1)
        server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        theirs, ours = await asyncio.open_connection("127.0.0.1", self.behind)
        with suppress(asyncio.CancelledError):  # at the end
            await asyncio.gather(self._pass(reader, ours, slow=False), self._pass(theirs, writer, slow=True))

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, slow: bool) -> None:
        loop = asyncio.get_running_loop()
        with suppress(OSError, asyncio.CancelledError):
            while piece := await source.read(PIECE):
                if slow:
                    await asyncio.sleep(self._turn(len(piece)))
                loop.call_later(self.latency, _write, target, piece)  # on its way, while the next one is let through
            await asyncio.sleep(2 * self.latency)
        target.close()

    def _turn(self, size: int) -> float:
        """How long it takes until so many bytes are through, after all that came before."""
        now = asyncio.get_running_loop().time()
        # A machine that is late for one piece makes up for it with the next.
        self._free = max(self._free, now - CATCH_UP) + size / self.rate
        self.bytes += size
        return max(self._free - now, 0.0)


def _write(target: asyncio.StreamWriter, piece: bytes) -> None:
    with suppress(OSError, RuntimeError):
        target.write(piece)


@contextmanager
def slow_link(port: int, rate: float) -> Iterator[SlowLink]:
    """A proxy in front of a port, which lets so many bytes a second through."""
    link = SlowLink(port, rate)
    link.begin()
    yield link
    link.end()
