"""The app in a real browser: a server on a free port, and pages that must not ask for anything from outside."""

from collections.abc import Iterator

import pytest

from tests.browser.serving import FLAGS, PATIENCE, chromium, missing, served
from tests.browser.watching import watch


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the app."""
    pytest.importorskip("solara")
    with served() as (base, _):
        yield base


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
def visit(browser, address, request):
    """Open a page of the app as a new visitor; at the end, nothing may have gone wrong in any.

    Each call is a browser of its own, without the cookies of the others: visit("/team", viewport=...). A test that the
    inventory names has to use all the controls that it is named for.
    """
    from tests.browser.inventory import untouched

    contexts, faults, failed = [], [], request.session.testsfailed
    used: set[tuple[str, str]] = set()

    def opened(path: str = "/", **options):
        context = browser.new_context(**{"viewport": {"width": 1366, "height": 850}, **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watch(context, used.add)
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
        for page in context.pages:
            page.evaluate("document.title")  # what the page has noted until now comes before the answer
        context.close()
    assert not faults
    if request.session.testsfailed == failed:
        assert not untouched(f"{request.node.path.stem}.{request.node.originalname}", used)


def _outside(url: str, address: str) -> list[str]:
    known = (f"{address}/", f"{address.replace('http', 'ws')}/", "data:", "blob:")
    return [] if url.startswith(known) else [f"asked outside: {url}"]


def _refused(answer) -> list[str]:
    return [f"{answer.status} for {answer.url}"] if answer.status >= 400 else []


def _complaint(message) -> list[str]:
    return [f"console: {message.text}"] if message.type == "error" else []
