"""Protects the app: only its own pages may talk to it, no visitor takes the place of others."""

import gzip
import secrets
from collections.abc import MutableMapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote, unquote_plus, urlsplit

from sim.app.access import HOST, Access
from sim.app.first_language import first
from sim.app.framework_files import Parts, ahead
from sim.app.policy import marked, policy
from sim.app.response import whole
from sim.app.sockets import App, Message, Receive, Send, Sockets, cookies_of
from sim.view.language import said, speaking

HEADERS = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"))

NO_FRAME = (b"x-frame-options", b"DENY")
"""For browsers that do not know the policy; it cannot name who may."""

CLOSED = ("/resourcez", "/_solara/api/evict")
"""Addresses of the framework that show or change too much for a visitor."""

OTHERS = ("kernelid", "modelid")
"""Keys of an address that would let a visitor join the open session of another visitor."""

PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><title>teamsim</title>
<body style="font: 17px/1.5 sans-serif; max-width: 34em; margin: 15vh auto; padding: 0 1em">
<h1 style="font-size: 1.3em">{text}</h1><p>{more}</p></body></html>
"""

# What only whoever runs the server can do something about stays in English, as the options of the command are.

BELOW = (
    "If this app stands behind a proxy, below a path of its own, it has to be started with that path:"
    " teamsim ui --root-path /PATH"
)

FRAMED = (
    "This app may not be shown inside another page. Whoever runs it can allow that with the beginning of the address of"
    " the page: teamsim ui --allow-frame https://THAT-PAGE"
)

# Where a proxy has a path for the app, of which the app knows nothing, the page comes, and none of its parts.
PARTS = b"""<script>
addEventListener("load", function () {
  if (window.solara) {
    setTimeout(function () {
      if (window.solara.debug) return;
      const said = document.createElement("p");
      said.setAttribute("role", "alert");
      said.lang = "en";
      said.style = "position: fixed; inset: auto 0 0 0; margin: 0; padding: 12px; background: #8a4600; color: #fff";
      said.textContent = "This page cannot connect to its app. Behind a proxy, that has to let websockets"
        + " through, and the app has to be started with: teamsim ui --allow-host " + location.host;
      document.body.append(said);
    }, 10000);
    return;
  }
  const path = location.pathname.replace(/[^/]*$/, "").replace(/[/]$/, "") || "/PATH";
  document.body.innerHTML = "<p style='font: 17px/1.5 sans-serif; max-width: 34em; margin: 15vh auto'></p>";
  document.body.firstChild.lang = "en";
  document.body.firstChild.textContent = "The parts of this page cannot be found. If the app stands behind a proxy,"
    + " below a path of its own, it has to be started with that path: teamsim ui --root-path " + path;
});
</script></html>"""

HTML = (b"content-type", b"text/html; charset=utf-8")

MOST_REASON = 120
"""Bytes of the reason for which a socket is closed, by its protocol 123."""

LARGEST_ADDRESS = 16_000
"""The most bytes of an address; links to a view are shorter."""


class Guard:
    """ASGI middleware. `names` are the hosts (with port) that the app may be called by; None allows any.

    `access` says what else is allowed: other names, a path of a proxy, pages that may show the app.

    If only this machine can reach the app, a page from elsewhere could still make the browser talk to it: with the
    app's own address (cross-site websockets), or with another name for this machine (DNS rebinding). Both are refused.
    """

    def __init__(self, app: App, names: frozenset[str] | None, access: Access | None = None) -> None:
        self.app = app
        self.names = names
        self.access = access or Access()
        self.sockets = Sockets(app)
        self.parts = Parts(app)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Refuse requests from other pages, and add the headers to every answer."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        root = self.access.root
        if root and f"{scope['path']}/".startswith(f"{root}/"):  # some proxies keep their path, others take it off
            scope = {**scope, "path": scope["path"].removeprefix(root) or "/"}
            scope.pop("raw_path", None)
        with speaking(_language(scope)):
            refusal = self._refusal(scope)
        if refusal:
            await self._refuse(scope, send, *refusal)
            return
        if not self.access.frames and _header(scope, b"sec-fetch-dest") in ("iframe", "frame", "embed", "object"):
            await _answer(send, 403, PAGE.format(language="en", text=FRAMED, more=""), HTML, frames=("*",))
            return

        elsewhere = _without_others(scope)
        if elsewhere is not None:
            await _answer(send, 303, "", (b"location", (root + elsewhere).encode()))
            return
        with speaking(_language(scope)):  # the app itself finds out what each of its visitors speaks
            full = self.sockets.refusal(scope) if scope["type"] == "websocket" or _is_for_people(scope) else None
        if full:
            await self._refuse(scope, send, 503, full)
        elif scope["type"] == "websocket":
            await self.sockets.serve(scope, receive, send)
        elif _is_for_people(scope):
            await self._page(scope, receive, send)
        else:
            await self.parts(scope, receive, _with_headers(send, frames=self.access.frames))

    async def _page(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer with a page whose scripts are marked as its own; so it has to be there as a whole, and as text."""
        begin, body = await whole(self.app, scope, receive)
        if begin["status"] == 404:
            with speaking(_language(scope)):
                text = said("There is no such page.")
            await self._refuse(scope, send, 404, text)
            return
        once = secrets.token_urlsafe(16)
        page = marked(ahead(body, self.access.root).replace(b"</html>", PARTS), once)
        kept = [(name, value) for name, value in begin.get("headers", ()) if name != b"content-length"]
        if "gzip" in _header(scope, b"accept-encoding"):
            page = gzip.compress(page, 6)
            kept.append((b"content-encoding", b"gzip"))
        sized = [*kept, (b"content-length", str(len(page)).encode())]
        await _with_headers(send, once, self.access.frames)({**begin, "headers": sized})
        await send({"type": "http.response.body", "body": page})

    def _refusal(self, scope: MutableMapping[str, Any]) -> tuple[int, str] | None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "").lower()
        if self.names is not None and host not in self.names and not self.access.allows(host):
            return 403, (
                "This app has another address. If it should be called by this one, through a forwarded port or a proxy,"
                f" start it with: teamsim ui --allow-host {host if HOST.fullmatch(host) else 'NAME'}"
            )
        forwarded = headers.get("x-forwarded-host", "").lower()
        if _is_for_people(scope) and forwarded not in ("", host) and not self.access.allows(forwarded):
            return 403, (
                "A proxy calls this app by another name than browsers do. Start it with:"
                f" teamsim ui --allow-host {forwarded if HOST.fullmatch(forwarded) else 'NAME'}"
            )
        origin = headers.get("origin")
        writes = scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD")
        if writes:
            asking = urlsplit(origin).netloc.lower() if origin else ""
            if not asking or (asking != host and not self.access.allows(asking)):
                return 403, (
                    "Only the pages of this app may do that. Behind a proxy, start it with:"
                    f" teamsim ui --allow-host {asking if HOST.fullmatch(asking) else 'NAME'}"
                )
        if len(scope["path"]) + len(scope.get("query_string", b"")) > LARGEST_ADDRESS:
            return 414, said("This address is too long.")
        if scope["path"].startswith(CLOSED):
            return 404, said("There is no such page.")
        return None

    async def _refuse(self, scope: MutableMapping[str, Any], send: Send, status: int, text: str) -> None:
        """Say no, to people with a page."""
        if scope["type"] == "websocket":
            reason = text.encode()[:MOST_REASON].decode(errors="ignore")
            await send({"type": "websocket.close", "code": 1008, "reason": reason})
        elif _is_for_people(scope):
            language, more = "en", ""
            if status != 403:  # which is for whoever runs the server
                language = _language(scope)
                with speaking(language):
                    more = f'<a href="{self.access.root}/">{escape(said("Go to the first page"))}</a>'
            if status == 404 and not self.access.root:
                more += f'</p><p lang="en">{BELOW}'
            await _answer(send, status, PAGE.format(language=language, text=escape(text), more=more), HTML)
        else:
            await _answer(send, status, text, (b"content-type", b"text/plain; charset=utf-8"))


def trusted_names(host: str, port: int) -> frozenset[str]:
    """The host names that a browser on this machine uses for an app at this host and port."""
    return frozenset(f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]", host.lower()))


async def _answer(send: Send, status: int, text: str, header: tuple[bytes, bytes], frames: Sequence[str] = ()) -> None:
    await _with_headers(send, frames=frames)({"type": "http.response.start", "status": status, "headers": [header]})
    await send({"type": "http.response.body", "body": text.encode()})


def _with_headers(send: Send, once: str = "", frames: Sequence[str] = ()) -> Send:
    """Sends what it is given; the beginning of an answer with the headers that every answer has."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            rules = policy(once, frames) if frames else policy(once)
            own = [(b"content-security-policy", rules.encode()), *HEADERS, *(() if frames else (NO_FRAME,))]
            message = {**message, "headers": [*message.get("headers", ()), *own]}
        await send(message)

    return sending


def _header(scope: MutableMapping[str, Any], name: bytes) -> str:
    return next((value.decode("latin-1") for known, value in scope["headers"] if known == name), "")


def _language(scope: MutableMapping[str, Any]) -> str:
    """The language of a visitor, as the pages of the app begin in it."""
    return first(cookies_of(scope), [_header(scope, b"accept-language")])


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
