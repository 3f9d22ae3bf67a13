"""What stands before the app lets its own pages in and nobody else's."""

import asyncio
import socket
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from sim.app.access import access
from sim.app.first_language import COOKIE, FIRST_LANGUAGE
from sim.app.guard import LARGEST_ADDRESS, MOST_REASON, Guard, trusted_names
from sim.app.server import application
from sim.app.sockets import COOKIE as BROWSER
from sim.cli import app as command
from sim.scenario.problems import InputError

OWN = {"host": "127.0.0.1:8765", "origin": "http://127.0.0.1:8765"}


NAMES = trusted_names("127.0.0.1", 8765)


async def _inside(scope, receive, send):
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 404 if "lost" in scope["path"] else 200, "headers": []})
    await send({"type": "http.response.body", "body": b"inside"})


def answers(headers, kind="http", path="/", method="GET", query=b"", names=NAMES, inside=_inside, access=None):
    """What comes back through the guard."""
    sent = []

    async def send(message):
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": kind, "path": path, "method": method, "query_string": query, "headers": raw}

    async def receive():
        return {}

    asyncio.run(Guard(inside, names, access)(scope, receive, send))
    return sent


def status(sent):
    return sent[0].get("status", sent[0]["type"])


def test_its_own_pages_are_let_in():
    assert status(answers({"host": "localhost:8765"})) == 200
    assert status(answers(OWN, kind="websocket")) == "websocket.accept"
    assert status(answers(OWN, method="POST")) == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://localhost:9999", "null", None, "http://127.0.0.1:8765.evil.example"]
)
def test_pages_from_elsewhere_cannot_talk_to_it(origin):
    headers = {"host": OWN["host"], **({"origin": origin} if origin else {})}
    assert status(answers(headers, kind="websocket")) == "websocket.close"
    assert status(answers(headers, method="POST")) == 403


PERSON = {**OWN, "accept": "text/html,*/*"}


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        ("/", b"kernelid=a", b"/"),
        ("/team", b"style=S1&kernelid=a&week=3&modelid=b", b"/team?style=S1&week=3"),
        ("/team", b"%6Bernelid=a", b"/team"),
        ("//evil.example", b"kernelid=a", b"/evil.example"),
    ],
)
def test_nobody_joins_what_another_has_opened(path, query, expected):
    sent = answers(PERSON, path=path, query=query)
    assert status(sent) == 303
    assert dict(sent[0]["headers"])[b"location"] == expected
    assert status(answers(PERSON, path=path, query=b"style=S1")) == 200


def test_who_gets_lost_is_shown_the_way_back():
    sent = answers(PERSON, path="/lost")
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert status(sent) == 404
    assert b'<a href="/">' in sent[1]["body"]
    assert answers(OWN, path="/lost")[1]["body"] == b"inside"  # a program gets what there is


@pytest.mark.parametrize("host", ["evil.example:8765", "127.0.0.1:80", "", "localhost"])
def test_another_name_for_this_machine_is_refused(host):
    assert status(answers({"host": host, "origin": f"http://{host}"})) == 403
    assert status(answers({"host": host, "origin": f"http://{host}"}, kind="websocket")) == "websocket.close"


def test_a_server_for_others_goes_by_any_name_but_only_for_its_own_pages():
    headers = {"host": "classroom:8000", "origin": "http://classroom:8000"}
    assert status(answers(headers, kind="websocket", names=None)) == "websocket.accept"
    assert (
        status(answers({**headers, "origin": "http://evil.example"}, kind="websocket", names=None)) == "websocket.close"
    )


@pytest.mark.parametrize(
    ("path", "method", "expected"), [("/resourcez", "GET", 404), ("/_solara/api/evict/1", "POST", 404)]
)
def test_what_the_framework_tells_too_freely_is_closed(path, method, expected):
    assert status(answers(OWN, path=path, method=method)) == expected


def test_an_address_without_end_is_refused():
    sent = answers(OWN, query=b"x" * LARGEST_ADDRESS)
    assert (status(sent), sent[1]["body"]) == (414, b"This address is too long.")
    assert b'<a href="/">' in answers(PERSON, query=b"x" * LARGEST_ADDRESS)[1]["body"]


FRENCH = {**PERSON, "accept-language": "fr-CH, fr;q=0.9, en;q=0.8"}


@pytest.mark.parametrize(
    ("headers", "of_server", "language", "said"),
    [
        (PERSON, "", "en", "There is no such page."),
        (FRENCH, "", "fr", "Cette page n’existe pas."),
        (FRENCH, "de", "de", "Diese Seite gibt es nicht."),
        ({**FRENCH, "cookie": f"a=b; {COOKIE}=es"}, "de", "es", "Esta página no existe."),
        ({**FRENCH, "cookie": f"{COOKIE}=xx"}, "", "fr", "Cette page n’existe pas."),
    ],
)
def test_who_gets_lost_is_told_in_the_language_that_the_pages_speak(monkeypatch, headers, of_server, language, said):
    monkeypatch.setenv(FIRST_LANGUAGE, of_server)
    body = answers(headers, path="/lost")[1]["body"].decode()
    assert f'<html lang="{language}">' in body
    assert f">{said}</h1>" in body
    assert '<p lang="en">If this app stands behind a proxy' in body


def test_a_visitor_for_whom_there_is_no_room_is_told_in_their_language(monkeypatch):
    monkeypatch.setattr("sim.app.sockets.OF_A_BROWSER", 0)
    asked = {**FRENCH, "cookie": f"{BROWSER}=b"}
    sent = answers(asked)
    assert status(sent) == 503
    body = sent[1]["body"].decode()
    assert '<html lang="fr">' in body
    assert "Vous avez 0 pages" in body
    assert ">Aller à la première page</a>" in body
    monkeypatch.setattr("sim.app.sockets.OF_A_BROWSER", 20)
    monkeypatch.setattr("sim.app.sockets.SEATS", 0)
    assert "autant de visiteurs" in answers(asked)[1]["body"].decode()
    closed = answers({**FRENCH, "cookie": f"{COOKIE}=de"}, kind="websocket")[0]
    assert closed["reason"].startswith("Diese App hat so viele Besucher")
    assert len(closed["reason"].encode()) <= MOST_REASON
    monkeypatch.setattr("sim.app.sockets.OF_AN_ADDRESS", 0)
    assert "depuis votre adresse" in answers(asked)[1]["body"].decode()
    too_long = answers(asked, query=b"x" * LARGEST_ADDRESS)[1]["body"].decode()
    assert ">Cette adresse est trop longue.</h1>" in too_long


def test_what_only_whoever_runs_the_server_can_change_is_said_in_english():
    for headers in ({**FRENCH, "host": "evil.example"}, {**FRENCH, "sec-fetch-dest": "iframe"}):
        sent = answers(headers)
        assert status(sent) == 403
        assert b'<html lang="en">' in sent[1]["body"]
        assert b"teamsim ui --allow-" in sent[1]["body"]


def test_every_answer_tells_the_browser_to_stay_inside():
    for sent in (answers(OWN), answers({"host": "evil.example"})):
        headers = dict(sent[0]["headers"])
        assert b"default-src 'self'" in headers[b"content-security-policy"]
        assert b"http" not in headers[b"content-security-policy"]
        assert headers[b"x-frame-options"] == b"DENY"
        assert headers[b"x-content-type-options"] == b"nosniff"


async def _with_scripts(scope, receive, send):
    page = b'<script src="/a.js"></script><script>one()</script><script type="text/x">two()</script>'
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": page[:40], "more_body": True})
    await send({"type": "http.response.body", "body": page[40:]})


def test_the_policy_of_a_page_lets_its_own_scripts_run_and_no_other():
    rules = []
    for _ in range(2):
        sent = answers(PERSON, inside=_with_scripts)
        (rule,) = [part for part in policy_in(sent).split("; ") if part.startswith("script-src")]
        assert "unsafe-inline" not in rule
        once = rule.rpartition("'nonce-")[2].rstrip("'")
        body = sent[1]["body"]
        assert body.count(f'<script nonce="{once}"'.encode()) == body.count(b"<script") == 3
        assert dict(sent[0]["headers"])[b"content-length"] == str(len(body)).encode()
        rules.append(rule)
    assert rules[0] != rules[1], "a word that can be foreseen protects from nothing"
    assert "nonce" not in policy_in(answers(OWN))


def policy_in(sent):
    """The policy that an answer came with."""
    return dict(sent[0]["headers"])[b"content-security-policy"].decode()


def test_another_name_is_let_in_once_it_is_allowed_and_until_then_it_is_said_how():
    called = {"host": "localhost:9000", "origin": "http://localhost:9000"}
    assert answers(called)[1]["body"].endswith(b"teamsim ui --allow-host localhost:9000")
    assert b"--allow-host localhost:9000" in answers({**called, "accept": "text/html"})[1]["body"]
    for name in ("localhost:9000", "LOCALHOST"):  # with its port, or with every port
        allowed = access(hosts=[name])
        assert status(answers(called, access=allowed)) == 200
        assert status(answers(called, kind="websocket", access=allowed)) == "websocket.accept"
        assert status(answers({"host": "evil.example"}, access=allowed)) == 403


def test_a_proxy_may_call_by_its_own_name_once_that_is_allowed():
    called = {**OWN, "origin": "https://lab.example.org"}
    assert answers(called, kind="websocket")[0]["reason"].endswith("--allow-host lab.example.org")
    page = {**PERSON, "x-forwarded-host": "lab.example.org"}
    assert b"--allow-host lab.example.org" in answers(page)[1]["body"]  # its socket would be refused
    allowed = access(hosts=["lab.example.org"])
    assert status(answers(page, access=allowed)) == 200
    assert status(answers(called, kind="websocket", access=allowed)) == "websocket.accept"
    assert status(answers({**OWN, "origin": "http://evil.example"}, kind="websocket", access=allowed)) != 200


async def _where(scope, receive, send):
    await send({"type": "http.response.start", "status": 404 if scope["path"] == "/lost" else 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["path"].encode() + b"</html>"})


@pytest.mark.parametrize(
    ("path", "seen"),
    [("/lab", b"/"), ("/lab/", b"/"), ("/lab/team", b"/team"), ("/team", b"/team"), ("/labs", b"/labs")],
)
def test_below_a_path_pages_are_found_whether_the_proxy_takes_it_off_or_not(path, seen):
    allowed = access("/lab/")
    assert answers(OWN, path=path, inside=_where, access=allowed)[1]["body"] == seen + b"</html>"
    sent = answers(PERSON, path="/lab/team", query=b"kernelid=a", inside=_where, access=allowed)
    assert dict(sent[0]["headers"])[b"location"] == b"/lab/team"
    assert b'<a href="/lab/">' in answers(PERSON, path="/lab/lost", inside=_where, access=allowed)[1]["body"]


def test_without_its_path_the_app_says_how_to_give_it():
    assert b"--root-path" in answers(PERSON, path="/lost", inside=_where)[1]["body"]
    assert b"--root-path" in answers(PERSON, path="/", inside=_where)[1]["body"]  # shown if its parts do not come


def test_a_page_of_others_shows_the_app_once_that_is_allowed_and_until_then_it_is_said_how():
    framed = {**PERSON, "sec-fetch-dest": "iframe"}
    sent = answers(framed)
    assert status(sent) == 403
    assert b"--allow-frame" in sent[1]["body"]
    assert "frame-ancestors *" in policy_in(sent)  # for this page, which can do nothing
    sent = answers(framed, access=access(frames=["https://moodle.example.org"]))
    assert status(sent) == 200
    assert "frame-ancestors https://moodle.example.org" in policy_in(sent)
    assert b"x-frame-options" not in dict(sent[0]["headers"])


@pytest.mark.parametrize(
    "wrong",
    [
        ["--root-path", "lab"],
        ["--root-path", "/lab/../x"],
        ["--root-path", "/la b"],
        ["--allow-host", "http://lab.example.org"],
        ["--allow-host", "lab.example.org/x"],
        ["--allow-frame", "moodle.example.org"],
        ["--allow-frame", "https://moodle.example.org/course"],
        ["--allow-frame", "*"],
    ],
)
def test_a_path_a_name_and_an_origin_that_is_none_is_explained(wrong):
    done = CliRunner().invoke(command, ["ui", "--no-browser", *wrong])
    assert done.exit_code == 2
    assert wrong[0] in done.output
    assert "such as" in " ".join(done.output.split())


def test_a_language_that_the_app_does_not_speak_is_explained():
    done = CliRunner().invoke(command, ["ui", "--no-browser", "--language", "xx"])
    assert done.exit_code == 2
    said = " ".join(done.output.split())
    assert "--language" in said
    assert "xx" in said
    assert all(name in said for name in ("en", "de", "fr", "es"))


def test_a_taken_port_is_explained():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = CliRunner().invoke(command, ["ui", "--no-browser", "--port", str(taken.getsockname()[1])])
    assert done.exit_code == 2
    assert "in use" in done.output


def test_a_host_that_is_not_of_this_machine_is_explained():
    done = CliRunner().invoke(command, ["ui", "--no-browser", "--host", "192.0.2.1"])
    assert done.exit_code == 2
    assert "cannot listen there" in done.output


def test_without_its_extra_the_app_says_what_to_install():
    """As on a machine that has nothing of the extra: whatever imports Solara before the message fails."""
    code = "import sys; sys.modules['solara'] = None; from sim.cli import app; app(['ui', '--no-browser'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 2
    assert "pip install 'teamsim[app]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_in_a_notebook_without_the_extra_it_says_the_same():
    code = "import sys; sys.modules['solara'] = None; from sim.app import page"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "pip install 'teamsim[app]'" in done.stderr.splitlines()[-1]


def test_without_its_assets_the_app_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    with pytest.raises(InputError, match="pip install 'teamsim"):
        application("127.0.0.1", 8765)


def test_every_file_that_the_page_asks_for_is_there():
    """The framework's template names its scripts with their versions; the package of assets has to have just these."""
    pytest.importorskip("solara")
    code = """
import re
from pathlib import Path
from sim.app.server import prepare
prepare()
import solara.server.settings as settings
from solara.server.server import directory
text = (directory / "templates/solara.html.j2").read_text()
vue3 = text.replace("{{ipywidget_major_version}}", "8")
asked = set(re.findall(r"[{]{2}cdn[}]{2}/([^\\"]+(?:vuetify3-app|requirejs)[^\\"]*|requirejs[^\\"]*)", vue3))
places = [Path(place) for place in settings.assets.extra_locations]
there = [path for path in asked if any((place / "cdn" / path).is_file() for place in places)]
missing = [path for path in asked if path not in there]
print(len(asked), missing, settings.telemetry.mixpanel_enable, settings.main.mode)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    count, *rest = done.stdout.split()
    assert int(count) >= 4
    assert rest == ["[]", "False", "production"]
