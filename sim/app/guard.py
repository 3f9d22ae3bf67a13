"""Protects the app: only its own pages may talk to it, and browsers load nothing from other addresses."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote, unquote_plus, urlsplit

type Message = MutableMapping[str, Any]
type Send = Callable[[Message], Awaitable[None]]
type Receive = Callable[[], Awaitable[Message]]
type App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

POLICY = "; ".join(
    (
        "default-src 'self'",
        # The framework compiles templates in the browser, and loads them as modules of its own making.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""What a page may load and do (Content Security Policy): everything comes from the app."""

HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)

CLOSED = ("/resourcez", "/_solara/api/evict")
"""Addresses of the framework that show or change too much for a visitor."""

OTHERS = ("kernelid", "modelid")
"""Keys of an address that would let a visitor join the open session of another visitor."""

NOT_THERE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>teamsim</title>
<body style="font: 17px/1.5 sans-serif; max-width: 34em; margin: 15vh auto; padding: 0 1em">
<h1 style="font-size: 1.3em">There is no such page.</h1><p><a href="/">Go to the first page</a></p></body></html>
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
        missing = False

        async def with_headers(message: Message) -> None:
            nonlocal missing
            if message["type"] == "http.response.start":
                missing = message["status"] == 404 and _is_for_people(scope)
                if missing:
                    await _answer(send, 404, NOT_THERE, (b"content-type", b"text/html; charset=utf-8"))
                    return
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            if not missing:
                await send(message)

        await self.app(scope, receive, with_headers)

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
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": text})
        return
    await _answer(send, status, text, (b"content-type", b"text/plain; charset=utf-8"))


async def _answer(send: Send, status: int, text: str, header: tuple[bytes, bytes]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [header, *HEADERS]})
    await send({"type": "http.response.body", "body": text.encode()})


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
