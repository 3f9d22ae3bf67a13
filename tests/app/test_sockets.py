"""A real server and real sockets: no visitor takes the place of others, and nonsense harms nobody else."""

import asyncio
import contextlib
import json
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("solara")
websockets = pytest.importorskip("websockets")

from sim.app.sockets import (  # noqa: E402
    COOKIE,
    NONSENSE,
    OF_A_BROWSER,
    OF_AN_ADDRESS,
    OPENED_BY_A_BROWSER,
    OPENED_FROM_AN_ADDRESS,
    WHILE,
    Sockets,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The address of the app, served by its own command; at the end, it has said nothing of errors."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log_file = tmp_path_factory.mktemp("server") / "said.txt"
    command = [sys.executable, "-m", "sim", "ui", "--no-browser", "--port", str(port)]
    with log_file.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
        try:
            for _ in range(1200):
                with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz"):
                    break
                time.sleep(0.1)
            yield f"127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)
    text = log_file.read_text()
    assert "Traceback" not in text
    assert text.count("\n") < 80


def connect(here, browser=None, source=None):
    """A socket as a page opens it, of a new tab."""
    address = f"ws://{here}/jupyter/api/kernels/{uuid.uuid4()}/channels?session_id={uuid.uuid4()}"
    headers = {"Cookie": f"{COOKIE}={browser}"} if browser else {}
    place = {"local_addr": (source, 0)} if source else {}
    return websockets.connect(address, origin=f"http://{here}", additional_headers=headers, open_timeout=60, **place)


def page(here, browser):
    """Status and text of the first page."""
    asked = urllib.request.Request(f"http://{here}/", headers={"Accept": "text/html", "Cookie": f"{COOKIE}={browser}"})
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 -- the app's own address
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


async def opened(many, *where):
    """As many sockets as can be had of so many, one after the other."""
    found = []
    for _ in range(many):
        with contextlib.suppress(websockets.InvalidStatus):
            found.append(await connect(*where))
    return found


async def closed(sockets):
    await asyncio.gather(*(one.close() for one in sockets))


INFO: dict[str, Any] = {
    "header": {"msg_id": "1", "msg_type": "kernel_info_request", "session": "x", "username": "", "version": "5.2"},
    "content": {}, "buffers": [], "channel": "shell", "metadata": {}, "parent_header": {},
}  # fmt: skip


async def is_served(one):
    """Whether the app answers on this socket."""
    await one.send(json.dumps(INFO))
    async with asyncio.timeout(60):
        while True:
            if json.loads(await one.recv())["header"]["msg_type"] == "kernel_info_reply":
                return True


def test_one_browser_does_not_lock_others_out(server):
    async def many():
        greedy = await opened(OF_A_BROWSER + 5, server, "greedy")
        assert len(greedy) == OF_A_BROWSER
        status, text = await asyncio.to_thread(page, server, "greedy")
        assert status == 503
        assert f"You have {OF_A_BROWSER} pages of this app open. Close some of them" in text
        async with connect(server, "modest") as other:
            assert await is_served(other)
        assert (await asyncio.to_thread(page, server, "modest"))[0] == 200
        await closed(greedy)
        for _ in range(100):  # a server needs a moment to notice
            if (await asyncio.to_thread(page, server, "greedy"))[0] == 200:
                return
            await asyncio.sleep(0.1)
        raise AssertionError("who has closed pages may open others")

    asyncio.run(many())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a machine has one address of its own")
def test_one_address_does_not_lock_others_out(server):
    async def many():
        greedy = await opened(OF_AN_ADDRESS + 5, server)  # each without a cookie, so that nothing else tells them
        assert OF_AN_ADDRESS - 2 <= len(greedy) <= OF_AN_ADDRESS
        status, text = await asyncio.to_thread(page, server, "another")
        assert (status, "from your address" in text) == (503, True)
        async with connect(server, None, "127.0.0.2") as other:
            assert await is_served(other)
        await closed(greedy)

    asyncio.run(many())
    time.sleep(1)


def binary(*parts):
    """A message in parts, with the places where they begin before them."""
    places, at = [], 4 * (len(parts) + 1)
    for part in parts:
        places.append(at)
        at += len(part)
    return b"".join([len(parts).to_bytes(4), *(place.to_bytes(4) for place in places), *parts])


def likely(kind, content, **more):
    """A message that looks like one of a page."""
    return json.dumps({**INFO, "header": {**dict(INFO["header"]), "msg_type": kind}, "content": content, **more})


NO_MESSAGES = [
    "", "x", "[]", "null", "{}", "1e999", "[" * 100_000, '{"header": 1}', json.dumps({**INFO, "channel": 3}),
    json.dumps({**INFO, "header": {}}), json.dumps({**INFO, "content": []}), b"", b"\x00", b"\xff" * 50,
    (5).to_bytes(4) + b"\x00" * 3, binary(b"{}"), binary(b"x", b"y"), (2**31 - 1).to_bytes(4),
]  # fmt: skip

UNLIKELY = [
    likely("comm_open", {}),
    likely("comm_open", {"comm_id": 1, "target_name": "solara.control", "data": 5}),
    likely("comm_open", {"comm_id": "a", "target_name": "nobody", "data": {}}),
    likely("comm_msg", {"comm_id": "nobody", "data": {}}),
    likely("comm_msg", {}),
    likely("comm_close", {}),
    likely("execute_request", {"code": "1/0"}),
    likely("shutdown_request", {}),
    likely("", {}),
    likely("kernel_info_request", {}, parent_header=3, buffers="x"),
    binary(likely("comm_msg", {"comm_id": "b", "data": {"method": "update"}}).encode(), b"1", b"2"),
]


def test_nonsense_ends_a_socket_and_harms_nobody_else(server):
    async def many():
        async with connect(server, "bystander") as other:
            for number, text in enumerate(NO_MESSAGES):
                one = await connect(server, f"n{number // 10}")
                await one.send(text)
                await asyncio.wait_for(one.wait_closed(), 60)
                assert one.close_code == NONSENSE, text[:80]
            for text in UNLIKELY:
                async with connect(server, "unlikely") as one:
                    await one.send(text)
                    with contextlib.suppress(TimeoutError, websockets.ConnectionClosed):
                        async with asyncio.timeout(0.3):
                            await one.recv()
            rng = random.Random(1)  # noqa: S311 -- no secret
            for number in range(30):
                async with connect(server, f"r{number // 10}") as one:
                    noise = rng.randbytes(rng.randrange(60))
                    with contextlib.suppress(websockets.ConnectionClosed):
                        await one.send(rng.choice((noise, noise.decode("latin-1"))))
            assert await is_served(other)

    asyncio.run(many())


def asking(address, browser=None):
    """What a socket's request says of who asks."""
    headers = [(b"cookie", f"{COOKIE}={browser}".encode())] if browser else []
    return {"type": "websocket", "client": (address, 1), "headers": headers}


async def app_that_ends(*_: Any) -> Any:
    """A page that is closed at once; nothing is sent or received, either."""


@pytest.mark.parametrize(
    ("who", "most"), [(("10.0.0.1", "b"), OPENED_BY_A_BROWSER), (("10.0.0.1",), OPENED_FROM_AN_ADDRESS)]
)
def test_nobody_opens_pages_without_end(who, most):
    """The framework keeps those that are cut off for a while; a browser, or an address without any, is stopped."""
    now = [0.0]
    sockets = Sockets(app_that_ends, clock=lambda: now[0])

    async def many():
        for _ in range(most):
            assert sockets.refusal(asking(*who)) is None
            await sockets.serve(asking(*who), app_that_ends, app_that_ends)

    asyncio.run(many())
    assert "Come back in ten minutes" in (sockets.refusal(asking(*who)) or "")
    assert sockets.refusal(asking("10.0.0.2", "another")) is None
    now[0] = WHILE + 1
    assert sockets.refusal(asking(*who)) is None


def test_this_machine_opens_as_many_pages_as_it_likes():
    sockets = Sockets(app_that_ends)

    async def many():
        for _ in range(OPENED_FROM_AN_ADDRESS + 1):
            await sockets.serve(asking("127.0.0.1", "b"), app_that_ends, app_that_ends)

    asyncio.run(many())
    assert sockets.refusal(asking("127.0.0.1", "b")) is None
