"""Visitors of the app without a window: what a browser sends and hears while somebody moves sliders, and nothing drawn.

Thirty real browsers on the machine that also serves them would mostly measure the browsers.
"""

import asyncio
import json
import time
import urllib.request
import uuid
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import websockets


class Visit(NamedTuple):
    """What one visitor met: the seconds until each change was answered and all charts had come, and what went wrong."""

    took: list[float]
    faults: list[str]


async def come(
    base: str, settle: asyncio.Barrier, changes: list[tuple[str, float]], begin: float, every: float
) -> Visit:
    """Open the page Compare; when all visitors have come and waited `begin` seconds, change a slider every so often.

    Args:
        base: address of the app.
        settle: everybody waits for everybody here.
        changes: the label of a slider, and the value it is moved to, distinct from the one before.
        begin: seconds until the first change.
        every: seconds between two changes.
    """
    here = urlsplit(base).netloc
    session = str(uuid.uuid4())
    with await asyncio.to_thread(urllib.request.urlopen, base) as answer:
        cookie = answer.headers.get("set-cookie", "").partition(";")[0]
    kernel = f"ws://{here}/jupyter/api/kernels/{uuid.uuid4()}/channels?session_id={session}"
    headers = {"Cookie": cookie} if cookie else {}
    async with websockets.connect(kernel, origin=base, additional_headers=headers, max_size=None) as line:  # type: ignore[arg-type]
        page = _Page(line, session)
        listening = asyncio.create_task(page.listen())
        await page.open()
        await page.until(lambda: page.answered >= 0 and page.charts >= 4)
        await settle.wait()
        await asyncio.sleep(begin)
        took = []
        for number, (label, value) in enumerate(changes, 1):
            start, page.charts = time.perf_counter(), 0
            message = {"kind": "set", "id": page.sliders[label], "values": [value], "final": True, "ask": number}
            await page.say(page.panel, {"method": "custom", "content": {"event": "change", "data": message}})
            await page.until(lambda asked=number: page.answered >= asked and page.charts >= 4)
            took.append(time.perf_counter() - start)
            await asyncio.sleep(every - took[-1] if took[-1] < every else 0)
        listening.cancel()
        return Visit(took, page.faults)


class _Page:
    """The widgets of a page, as a browser would know them: the panel of controls, and the charts."""

    def __init__(self, line: Any, session: str) -> None:
        self.line = line
        self.session = session
        self.panel = ""
        self.sliders: dict[str, str] = {}
        self.answered = -1
        self.charts = 0
        self.faults: list[str] = []
        self.heard = asyncio.Event()

    async def open(self) -> None:
        control = str(uuid.uuid4())
        await self._send("comm_open", {"comm_id": control, "target_name": "solara.control", "data": {}})
        run = {"method": "run", "args": {"path": "/", "dark": False, "themes": {}, "appName": None}}
        await self.say(control, run)

    async def say(self, widget: str, data: dict[str, Any]) -> None:
        await self._send("comm_msg", {"comm_id": widget, "data": data})

    async def until(self, holds: Any) -> None:
        async with asyncio.timeout(120):
            while not holds():
                self.heard.clear()
                await self.heard.wait()

    async def listen(self) -> None:
        async for text in self.line:
            message = json.loads(text) if isinstance(text, str) else {}
            content = message.get("content", {})
            data = content.get("data") or {}
            state = data.get("state") if isinstance(data, dict) else None
            if message.get("msg_type") == "error":
                self.faults.append(str(content))
            if isinstance(state, dict):
                self._take(content["comm_id"], state)
                self.heard.set()

    def _take(self, widget: str, state: dict[str, Any]) -> None:
        if "fixed" in state:
            self.panel = widget
            groups = json.loads(state["fixed"])["groups"]
            self.sliders = {one["label"]: one["id"] for group in groups for one in group["controls"]}
        if widget == self.panel and "answered" in state:
            self.answered = state["answered"]
        if state.get("problem") or state.get("notes"):
            self.faults.append(str(state.get("problem") or state["notes"]))
        if "drawn" in state:
            self.charts += 1

    async def _send(self, kind: str, content: dict[str, Any]) -> None:
        header = {
            "msg_id": str(uuid.uuid4()), "msg_type": kind, "session": self.session, "username": "", "version": "5.2",
            "date": "2026-01-01T00:00:00.000Z",
        }  # fmt: skip
        whole = {
            "header": header,
            "content": content,
            "buffers": [],
            "channel": "shell",
            "metadata": {},
            "parent_header": {},
        }
        await self.line.send(json.dumps(whole))
