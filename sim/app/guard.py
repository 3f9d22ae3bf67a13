"""Stands before the app: only its own pages may talk to it, and browsers are told to load nothing from elsewhere."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

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
"""What a page may load and do (Content Security Policy): everything comes from the app itself."""

HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)

CLOSED = ("/resourcez", "/_solara/api/evict")
"""Addresses of the framework that tell or change more than a visitor should."""

LARGEST_ADDRESS = 16_000
"""Bytes of an address; links to a view are shorter."""


class Guard:
    """ASGI middleware. `names` are the hosts (with port) that the app may be called by; None allows any.

    Where only this machine can reach the app, a page from elsewhere could still make the browser talk to it, under the
    app's own address (cross-site websockets) or under another name that points here (DNS rebinding); both are refused.
    """

    def __init__(self, app: App, names: frozenset[str] | None) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Refuse what is not the app's own, and add the headers to every answer."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal:
            await _refuse(scope, send, *refusal)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        await self.app(scope, receive, with_headers)

    def _refusal(self, scope: MutableMapping[str, Any]) -> tuple[int, str] | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "").lower()
        if self.names is not None and host not in self.names:
            return 403, "This app is served under another name."
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
    """The names by which a browser on this machine calls an app at this host and port."""
    return frozenset(f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]", host.lower()))


async def _refuse(scope: MutableMapping[str, Any], send: Send, status: int, text: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": text})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
