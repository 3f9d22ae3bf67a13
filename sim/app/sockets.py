"""Limits the sockets of visitors: how many each may open, and that a bad message ends only its own socket."""

import json
import logging
import time
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from sim.view.language import said

type Message = MutableMapping[str, Any]
type Scope = MutableMapping[str, Any]
type Send = Callable[[Message], Awaitable[None]]
type Receive = Callable[[], Awaitable[Message]]
type App = Callable[[Scope, Receive, Send], Awaitable[None]]

SEATS = 200
"""Sockets that may be open at once, of all visitors together; the framework keeps a thread for each."""

OF_A_BROWSER = 20
"""Sockets of one browser, told by the framework's cookie: pages that somebody has open in tabs."""

OF_AN_ADDRESS = SEATS // 2
"""Sockets of one address, which may be a whole class behind one router; it leaves room for others."""

WHILE = 600.0
"""Seconds for which the framework keeps a page in memory whose socket was cut off (see SETTINGS of the server)."""

OPENED_BY_A_BROWSER, OPENED_FROM_AN_ADDRESS = 100, 300
"""Sockets that may be opened within WHILE, closed ones included; from this machine itself, any number."""

OF_THIS_MACHINE = ("address 127.0.0.1", "address ::1")

COOKIE = "solara-session-id"
"""The framework's name for a browser."""

NONSENSE = 1007
"""Code with which a socket is closed that says what nobody understands."""

log = logging.getLogger("teamsim.app")


class Sockets:
    """Counts open sockets, and serves those that may be opened."""

    def __init__(self, app: App, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._clock = clock
        self._open: Counter[str] = Counter()
        self._opened: defaultdict[str, deque[float]] = defaultdict(deque)

    def refusal(self, scope: Scope) -> str | None:
        """Why this visitor may open no more pages now, in words of the language spoken; None if there is room."""
        browser, address = _visitor(scope)
        if browser and self._open[browser] >= OF_A_BROWSER:
            return said(
                "You have {n} pages of this app open. Close some of them, and load this one again.", n=OF_A_BROWSER
            )
        if self._open[address] >= OF_AN_ADDRESS:
            return said("Too many pages of this app are open from your address. Close some, and load this one again.")
        if self._open[""] >= SEATS:
            return said("This app has as many visitors as it can serve. Come back in a few minutes.")
        opened = [(browser, OPENED_BY_A_BROWSER), (address, OPENED_FROM_AN_ADDRESS)]
        if address not in OF_THIS_MACHINE and any(name and self._lately(name) >= most for name, most in opened):
            return said("Very many pages of this app were opened from where you are. Come back in ten minutes.")
        return None

    def _lately(self, name: str) -> int:
        """How many sockets a visitor has opened within WHILE; older ones are forgotten, of everybody."""
        for other in list(self._opened):
            times = self._opened[other]
            while times and times[0] <= self._clock() - WHILE:
                times.popleft()
            if not times:
                del self._opened[other]
        return len(self._opened[name]) if name in self._opened else 0

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a socket until it is closed; what it says is looked at before the app sees it."""
        counted = [name for name in ("", *_visitor(scope)) if name is not None]
        self._open.update(counted)
        for name in counted[1:]:
            self._opened[name].append(self._clock())
        closed = False

        async def understood() -> Message:
            nonlocal closed
            message = await receive()
            if message["type"] == "websocket.receive" and not _makes_sense(message):
                closed = True
                await send({"type": "websocket.close", "code": NONSENSE, "reason": "This is no message of the app."})
                return {"type": "websocket.disconnect", "code": NONSENSE}
            return message

        async def unless_closed(message: Message) -> None:
            if not closed:
                await send(message)

        try:
            await self._app(scope, understood, unless_closed)
        except Exception as error:  # of a message that looks like one, and is none: it ends this socket only
            log.warning("a visitor's page was closed (%s)", type(error).__name__)
            log.debug("where it came from", exc_info=True)
        finally:
            self._open.subtract(counted)
            self._open += Counter()  # forgets who has none


def _visitor(scope: Scope) -> tuple[str | None, str]:
    """The browser, if it says which it is, and the address; the prefixes keep one from passing for the other."""
    client = scope.get("client") or ("",)
    browser = cookies_of(scope).get(COOKIE)
    return (f"browser {browser}" if browser is not None else None), f"address {client[0]}"


def cookies_of(scope: Scope) -> dict[str, str]:
    """What the browser keeps for the app; nothing where that makes no sense."""
    text = b"; ".join(value for name, value in scope["headers"] if name == b"cookie").decode("latin-1")
    try:
        return {name: found.value for name, found in SimpleCookie(text).items()}
    except CookieError:
        return {}


def _makes_sense(message: Message) -> bool:
    """Whether it has the form of the messages that the pages send."""
    try:
        parsed = json.loads(_text_of(message))
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(parsed, dict)
        and isinstance(parsed.get("channel"), str)
        and isinstance(parsed.get("header"), dict)
        and isinstance(parsed["header"].get("msg_type"), str)
        and isinstance(parsed.get("content"), dict)
    )


def _text_of(message: Message) -> str | bytes:
    """The text of a message; of one with pictures or files beside it, the first part (see Jupyter's wire protocol)."""
    if message.get("text") is not None:
        return str(message["text"])
    data = message.get("bytes") or b""
    parts = int.from_bytes(data[:4])
    if not 1 <= parts <= 1_000 or len(data) < 4 * (parts + 1):
        raise ValueError("no parts")
    places = [int.from_bytes(data[4 * place : 4 * place + 4]) for place in range(1, parts + 1)]
    if places != sorted(places) or places[0] < 4 * (parts + 1) or places[-1] > len(data):
        raise ValueError("parts out of order")
    return bytes(data[places[0] : places[1]] if parts > 1 else data[places[0] :])
