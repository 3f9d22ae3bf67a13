"""Sockets of visitors: how many each may have open, and that nonsense on one ends it and nothing else."""

import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

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

COOKIE = "solara-session-id"
"""The framework's name for a browser."""

NONSENSE = 1007
"""Code with which a socket is closed that says what nobody understands."""

log = logging.getLogger("teamsim.app")


class Sockets:
    """Counts open sockets, and serves those that may be opened."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._open: Counter[str] = Counter()

    def refusal(self, scope: Scope) -> str | None:
        """Why this visitor may open no more pages now, in words; None if there is room."""
        browser, address = _visitor(scope)
        if browser and self._open[browser] >= OF_A_BROWSER:
            return f"You have {OF_A_BROWSER} pages of this app open. Close some of them, and load this one again."
        if self._open[address] >= OF_AN_ADDRESS:
            return "Too many pages of this app are open from your address. Close some, and load this one again."
        if self._open[""] >= SEATS:
            return "This app has as many visitors as it can serve. Come back in a few minutes."
        return None

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a socket until it is closed; what it says is looked at before the app sees it."""
        counted = [name for name in ("", *_visitor(scope)) if name is not None]
        self._open.update(counted)
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
    cookies = b"; ".join(value for name, value in scope["headers"] if name == b"cookie").decode("latin-1")
    try:
        found = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        found = None
    return (f"browser {found.value}" if found else None), f"address {client[0]}"


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
