"""Parts of the framework's page are compressed once, kept by browsers, and lighter; anything else passes as it is."""

import asyncio
import gzip

import pytest

from sim.app.framework_files import FOR_A_WHILE, FOR_LONG, LATER, Parts, ahead
from sim.app.sockets import Message

RULES = """@charset "x"; /* .v-card {} */ @font-face { font-family: x; src: url(data:font/woff;base64,AAAA); }
p, .v-card p { margin: 0 } .v-card { color: red } .v-application::before { content: "}" }
@media print { .v-card { color: blue } ul { padding: 0 } } @media screen { .v-card { color: blue } }
@keyframes turn { from { top: 0 } to { top: 1px } }"""

PICTURE = f'"data:image/svg+xml;base64,{"A" * 200}"'

FILES = {
    "/static/assets/cdn/@widgetti/app@5.1.1/dist/app8.min.js": "console.log(1);" * 500,
    "/static/assets/cdn/@widgetti/app@5.1.1/dist/main8.css": RULES,
    "/static/assets/cdn/@widgetti/app@5.1.1/dist/fonts.css": "x" * 5000,
    "/jupyter/nbextensions/jupyter-vue/nodeps.js": "1;",
    "/static/assets/cdn/@widgetti/app@5.1.1/dist/solara-vuetify-app8.min.js": PICTURE,
    "/elsewhere.js": "2;",
}
APP, SHEET, ICONS, VUE, PICTURES, ELSEWHERE = FILES


async def nothing() -> Message:
    """What a browser sends after it has asked."""
    return {}


class Server:
    """An app with some files, which counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.parts = Parts(self.answer)

    async def answer(self, scope, _receive, send):
        self.asked += 1
        text = FILES.get(scope["path"])
        headers = [(b"etag", b'"one"'), (b"content-type", b"text/css"), (b"content-length", b"9")]
        await send({"type": "http.response.start", "status": 404 if text is None else 200, "headers": headers})
        await send({"type": "http.response.body", "body": (text or "no").encode()})

    def get(self, path, method="GET", **headers):
        """Status, headers and text of an answer."""
        sent = []

        async def send(message):
            sent.append(message)

        given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "headers": given}
        asyncio.run(self.parts(scope, nothing, send))
        begin, *rest = sent
        known = dict(begin["headers"])
        body = b"".join(one["body"] for one in rest)
        assert int(known.get(b"content-length", 9)) in (9, len(body))
        return begin["status"], known, gzip.decompress(body) if known.get(b"content-encoding") else body


@pytest.fixture
def server():
    return Server()


def test_a_part_is_compressed_once_and_kept(server):
    for _ in range(3):
        status, headers, body = server.get(APP, accept_encoding="gzip, br")
        assert (status, body.decode()) == (200, FILES[APP])
        assert headers[b"cache-control"] == FOR_LONG
    assert server.asked == 1
    assert server.get(VUE, accept_encoding="gzip")[1][b"cache-control"] == FOR_A_WHILE
    status, headers, body = server.get(APP, accept_encoding="gzip", if_none_match='"one"')
    assert (status, body) == (304, b"")
    assert b"content-encoding" not in headers


def test_fonts_icons_and_controls_that_no_page_has_are_left_out(server):
    kept = server.get(SHEET, accept_encoding="gzip")[2].decode()
    assert kept.splitlines() == [
        '@charset "x";', "p{ margin: 0 }", '.v-application::before{ content: "}" }', "@media print{ul{ padding: 0 }}",
        "@keyframes turn{ from { top: 0 } to { top: 1px } }",
    ]  # fmt: skip
    assert server.get(PICTURES, accept_encoding="gzip")[2].decode() == '"data:,"'
    assert len(server.get(ICONS, accept_encoding="gzip")[2]) < 100


@pytest.mark.parametrize(
    ("path", "headers"),
    [(APP, {}), (APP, {"accept_encoding": "gzip", "range": "bytes=0-5"}), (ELSEWHERE, {"accept_encoding": "gzip"})],
)
def test_anything_else_passes(server, path, headers):
    for times in (1, 2):
        status, known, body = server.get(path, **headers)
        assert (status, body.decode()) == (200, FILES[path])
        assert b"content-encoding" not in known
        assert server.asked == times


def test_what_is_not_there_is_not_kept(server):
    assert server.get("/jupyter/nbextensions/no.js", accept_encoding="gzip")[::2] == (404, b"no")
    assert server.get("/jupyter/nbextensions/no.js", accept_encoding="gzip")[0] == 404
    assert server.asked == 2


def test_what_comes_later_is_fetched_once_the_largest_part_is_there():
    page = b'<head></head><script class="x" src="/lab/cdn/solara-vuetify-app8.min.js"></script>'
    found = ahead(page, "/lab").decode()
    for place in ("/lab/cdn/solara-vuetify-app8.min.js", *(f"/lab/jupyter/nbextensions/{later}" for later in LATER)):
        assert f'"{place}"' in found
    assert found.index("new Worker") < found.index("</head>")
    assert ahead(b"<head></head>", "") == b"<head></head>"
