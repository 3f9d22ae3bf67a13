"""Sends the files of the framework: compressed once for all visitors, cached by browsers, without what no page shows.

On a slow link the first page is as quick as its parts are small. The framework compresses each of them anew for every
visitor, and brings fonts and pictures of controls that these pages do not have.
"""

import gzip
import json
import re
from collections.abc import Callable, MutableMapping
from typing import Any

from sim.app.response import whole
from sim.app.sockets import App, Message, Receive, Send
from sim.app.style_sheets import without_controls

FOLDERS = ("/static/assets/cdn/", "/jupyter/nbextensions/")

WITH_VERSION = re.compile(r"@[0-9]+\.[0-9]+\.[0-9]+/")

FOR_A_WHILE = b"public, max-age=600"

FOR_LONG = b"public, max-age=31536000, immutable"
"""What has its version in its address never changes."""

LARGEST = 8_000_000
"""Bytes of a part that is kept."""

MOST = 60
"""Parts that are kept."""

HEADERS = (b"content-type", b"etag", b"last-modified")

_ICON = re.compile(r"data:image/svg\+xml;base64,[A-Za-z0-9+/=]{100,}")


def _without_icons(script: str) -> str:
    """A script without the pictures on buttons of a notebook, which no page has."""
    return _ICON.sub("data:,", script)


LIGHTER: dict[str, Callable[[str], str]] = {
    "/dist/fonts.css": lambda _: "/* teamsim: these pages have no such icons. */",
    "/dist/main7.css": without_controls,
    "/dist/main8.css": without_controls,
    "/dist/solara-vuetify-app7.min.js": _without_icons,
    "/dist/solara-vuetify-app8.min.js": _without_icons,
}
"""What a part becomes, by how its address ends."""


LATER = ("jupyter-vuetify/nodeps.js", "jupyter-vue/nodeps.js", "jupyter-vue/nodeps-vue-sfc.js")
"""What the framework asks for only once its largest part runs, for a second or more in which a link does nothing."""

_LARGEST_PART = re.compile(rb'<script[^>]* src="([^"]*/solara-vuetify-app[0-9]*\.min\.js)"')

_AHEAD = """<script>
try {
  const text = "onmessage = async ({ data }) => { for (const one of data) await (await fetch(one)).arrayBuffer(); }";
  const ahead = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  ahead.postMessage(PLACES.map((place) => new URL(place, location.href).href));
} catch (refused) { console.info("nothing is fetched ahead"); }
</script>"""


def ahead(page: bytes, root: str) -> bytes:
    """The page with a thread that fetches what comes later as soon as the largest part has come."""
    largest = _LARGEST_PART.search(page)
    if largest is None:
        return page
    places = [largest[1].decode(), *(f"{root}/jupyter/nbextensions/{place}" for place in LATER)]
    return page.replace(b"</head>", _AHEAD.replace("PLACES", json.dumps(places)).encode() + b"</head>", 1)


class Parts:
    """ASGI middleware that keeps the parts of the framework's page, ready to be sent."""

    def __init__(self, app: App) -> None:
        self.app = app
        self._kept: dict[str, tuple[list[tuple[bytes, bytes]], bytes]] = {}

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer from what is kept, or keep what is answered; anything else passes."""
        headers = dict(scope["headers"])
        path = scope["path"]
        if (
            scope["method"] != "GET"
            or not path.startswith(FOLDERS)
            or b"range" in headers
            or b"gzip" not in headers.get(b"accept-encoding", b"")
        ):
            await self.app(scope, receive, send)
            return
        if path not in self._kept:
            begin, body = await whole(self.app, scope, receive)
            if begin["status"] != 200 or len(body) > LARGEST or len(self._kept) >= MOST:
                await send(begin)
                await send({"type": "http.response.body", "body": body})
                return
            self._kept[path] = self._ready(path, begin, body)
        known, body = self._kept[path]
        if headers.get(b"if-none-match") == dict(known).get(b"etag", b"-"):
            await send({"type": "http.response.start", "status": 304, "headers": known})
            await send({"type": "http.response.body", "body": b""})
            return
        sized = [*known, (b"content-encoding", b"gzip"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": sized})
        await send({"type": "http.response.body", "body": body})

    def _ready(self, path: str, begin: Message, body: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
        lighter = next((change for ending, change in LIGHTER.items() if path.endswith(ending)), None)
        if lighter is not None:
            body = lighter(body.decode("utf-8")).encode()
        kept = [pair for pair in begin["headers"] if pair[0] in HEADERS]
        kept.append((b"vary", b"Accept-Encoding"))
        kept.append((b"cache-control", FOR_LONG if WITH_VERSION.search(path) else FOR_A_WHILE))
        return kept, gzip.compress(body, 9)
