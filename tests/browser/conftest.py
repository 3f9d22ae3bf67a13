"""The app in a real browser: a server on a free port, and pages that must not ask for anything from outside."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

PATIENCE = 20_000
"""Milliseconds that a page may take on a busy machine; nothing waits that long where all is well."""


def missing(what: str) -> None:
    """Skip where a developer lacks something; fail in continuous integration, where all has to be tried."""
    reason = f"needs {what}: make browser"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def chromium() -> str:
    """Path of a Chromium on this machine."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    missing("chromium")
    raise AssertionError


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the app, served by the project's own command on a free port."""
    pytest.importorskip("solara")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "sim.cli", "ui", "--no-browser", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(base, server)
        yield base
    finally:
        server.terminate()
        try:
            server.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.communicate()


@pytest.fixture(scope="session")
def browser():
    """A Chromium without a window."""
    try:
        from playwright.sync_api import expect, sync_playwright
    except ImportError:
        missing("playwright")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def visit(browser, address):
    """Open a page of the app as a new visitor; at the end, nothing may have gone wrong in any.

    Each call is a browser of its own, without the cookies of the others: visit("/team", viewport=...).
    """
    contexts, faults = [], []

    def opened(path: str = "/", **options):
        context = browser.new_context(**{"viewport": {"width": 1366, "height": 850}, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: faults.extend(_outside(request.url, address)))
        page.on("response", lambda answer: faults.extend(_refused(answer)))
        page.on("pageerror", lambda error: faults.append(f"error on the page: {error}"))
        page.on("console", lambda message: faults.extend(_complaint(message)))
        page.goto(address + path)
        page.locator("main").wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults


def _outside(url: str, address: str) -> list[str]:
    known = (f"{address}/", f"{address.replace('http', 'ws')}/", "data:", "blob:")
    return [] if url.startswith(known) else [f"asked outside: {url}"]


def _refused(answer) -> list[str]:
    return [f"{answer.status} for {answer.url}"] if answer.status >= 400 else []


def _complaint(message) -> list[str]:
    return [f"console: {message.text}"] if message.type == "error" else []


def _wait_until_ready(base: str, server: "subprocess.Popen[str]") -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError(f"the app did not start: {server.communicate()[0]}")
        try:
            with urllib.request.urlopen(f"{base}/readyz", timeout=1):  # noqa: S310 - the app's own address
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the app did not answer within a minute")
