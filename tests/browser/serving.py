"""What tests in a browser, benchmarks and screenshots share: the app as its own command serves it, and a Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
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


def missing(what: str, target: str = "browser") -> None:
    """Skip where a developer lacks something; fail in continuous integration, where all has to be tried."""
    reason = f"needs {what}: make {target}"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)


BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""That without a window first: it draws the same pages with half the work."""


def chromium() -> str:
    """Path of a Chromium on this machine."""
    for name in BROWSERS:
        found = shutil.which(name)
        if found:
            return found
    missing("chromium")
    raise AssertionError


ANSWERED = """() => {
  const busy = document.querySelector('.ts-controls')?.getAttribute('aria-busy');
  return busy === 'false' && document.querySelectorAll('.ts-picture svg').length === 4;
}"""
"""Whether the page Compare shows the answer to its newest question."""


@contextmanager
def served(port: int | None = None, *options: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The address of the app, served by the project's own command on this or on a free port, and its process."""
    if port is None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    command = [sys.executable, "-m", "sim.cli", "ui", "--no-browser", "--port", str(port), *options]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(base, server)
        yield base, server
    finally:
        server.terminate()
        try:
            server.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.communicate()


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
