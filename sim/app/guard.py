"""Protects the app: only its own pages may talk to it, no visitor takes the place of others."""

import secrets
from collections.abc import MutableMapping
from html import escape
from typing import Any
from urllib.parse import quote, unquote_plus, urlsplit

from sim.app.policy import marked, policy
from sim.app.sockets import App, Message, Receive, Send, Sockets

HEADERS = ((b"x-frame-options", b"DENY"), (b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"))

CLOSED = ("/resourcez", "/_solara/api/evict")
"""Addresses of the framework that show or change too much for a visitor."""

OTHERS = ("kernelid", "modelid")
"""Keys of an address that would let a visitor join the open session of another visitor."""

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>teamsim</title>
<body style="font: 17px/1.5 sans-serif; max-width: 34em; margin: 15vh auto; padding: 0 1em">
<h1 style="font-size: 1.3em">{text}</h1><p><a href="/">Go to the first page</a></p></body></html>
"""

LARGEST_ADDRESS = 16_000
"""The most bytes of an address; links to a view are shorter."""


class Guard:
    """ASGI middleware. `names` are the hosts (with port) that the app may be called by; None allows any.

    If only this machine can reach the app, a page from elsewhere could still make the browser talk to it: with the
    app's own address (cross-site websockets), or with another name for this machine (DNS rebinding). Both are refused.
    """

    def __init__(self, app: App, names: frozenset[str] | None) -> None:
        self.app = app
        self.names = names
        self.sockets = Sockets(app)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Refuse requests from other pages, and add the headers to every answer."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal:
            await _refuse(scope, send, *refusal)
            return

        elsewhere = _without_others(scope)
        if elsewhere is not None:
            await _answer(send, 303, "", (b"location", elsewhere.encode()))
            return
        full = self.sockets.refusal(scope) if scope["type"] == "websocket" or _is_for_people(scope) else None
        if full:
            await _refuse(scope, send, 503, full)
        elif scope["type"] == "websocket":
            await self.sockets.serve(scope, receive, send)
        elif _is_for_people(scope):
            await self._page(scope, receive, send)
        else:
            await self.app(scope, receive, _with_headers(send))

    async def _page(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer with a page whose scripts are marked as its own; so it has to be there as a whole, and as text."""
        plain = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
        begin: Message = {}
        body = bytearray()

        async def gathered(message: Message) -> None:
            nonlocal begin
            if message["type"] == "http.response.start":
                begin = message
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            if begin["status"] == 404:
                await _refuse(scope, send, 404, "There is no such page.")
                return
            once = secrets.token_urlsafe(16)
            page = marked(bytes(body), once)
            kept = [(name, value) for name, value in begin.get("headers", ()) if name != b"content-length"]
            sized = [*kept, (b"content-length", str(len(page)).encode())]
            await _with_headers(send, once)({**begin, "headers": sized})
            await send({**message, "body": page})

        await self.app(plain, receive, gathered)

    def _refusal(self, scope: MutableMapping[str, Any]) -> tuple[int, str] | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "").lower()
        if self.names is not None and host not in self.names:
            return 403, "This app has another address."
        origin = headers.get("origin")
        writes = scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD")
        if writes and (origin is None or urlsplit(origin).netloc.lower() != host):
            return 403, "Only the pages of this app may do that."
        if len(scope["path"]) + len(scope.get("query_string", b"")) > LARGEST_ADDRESS:
            return 414, "This address is too long."
        if scope["path"].startswith(CLOSED):
            return 404, "Not found."
        return None


def trusted_names(host: str, port: int) -> frozenset[str]:
    """The host names that a browser on this machine uses for an app at this host and port."""
    return frozenset(f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]", host.lower()))


async def _refuse(scope: MutableMapping[str, Any], send: Send, status: int, text: str) -> None:
    """Say no, to people with a page."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": text})
    elif _is_for_people(scope) and status in (404, 503):
        await _answer(send, status, PAGE.format(text=escape(text)), (b"content-type", b"text/html; charset=utf-8"))
    else:
        await _answer(send, status, text, (b"content-type", b"text/plain; charset=utf-8"))


async def _answer(send: Send, status: int, text: str, header: tuple[bytes, bytes]) -> None:
    await _with_headers(send)({"type": "http.response.start", "status": status, "headers": [header]})
    await send({"type": "http.response.body", "body": text.encode()})


def _with_headers(send: Send, once: str = "") -> Send:
    """Sends what it is given; the beginning of an answer with the headers that every answer has."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = (b"content-security-policy", policy(once).encode())
            message = {**message, "headers": [*message.get("headers", ()), own, *HEADERS]}
        await send(message)

    return sending


def _is_for_people(scope: MutableMapping[str, Any]) -> bool:
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def _without_others(scope: MutableMapping[str, Any]) -> str | None:
    """The address without the keys of OTHERS; None if it has none of them."""
    if scope["type"] != "http" or scope["method"] != "GET" or not _is_for_people(scope):
        return None
    pairs = scope.get("query_string", b"").decode("latin-1").split("&")
    kept = [pair for pair in pairs if unquote_plus(pair.partition("=")[0]) not in OTHERS]
    if kept == pairs:
        return None
    here = "/" + quote(scope["path"].lstrip("/"))  # two slashes would lead to another machine
    return f"{here}?{'&'.join(kept)}".removesuffix("?")
