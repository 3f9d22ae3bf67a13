"""The app in a real browser: a server on a free port, and pages that must not ask for anything from outside."""

from collections.abc import Iterator, Sequence

import pytest

from tests.browser.serving import FLAGS, PATIENCE, chromium, missing, served
from tests.browser.visitor import WINDOW, Visitor


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the app."""
    pytest.importorskip("solara")
    with served() as (base, _):
        yield base


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """What the tabs of visitors have in common: what every page needs is loaded once, and its scripts compiled once.

    A Chromium without a window that keeps both on disk: one that keeps nothing compiles them anew for each page.
    """
    try:
        from playwright.sync_api import expect, sync_playwright
    except ImportError:
        missing("playwright")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("browser"),
            executable_path=chromium(),
            args=list(FLAGS),
            viewport=WINDOW,  # type: ignore[arg-type]  # a table, as for any other context
            permissions=["clipboard-read", "clipboard-write"],
        )
        yield context
        context.close()


@pytest.fixture(scope="session")
def browser(shared):
    """The same Chromium, of which each further context is somebody else's and keeps nothing."""
    return shared.browser


@pytest.fixture
def visit(browser, shared, address, request):
    """Open a page of the app as a new visitor; at the end, nothing may have gone wrong for any.

    Each call is a new tab, with a session of its own: visit("/team"). With options it is a browser of its own, without
    the cookies and choices of others: visit("/team", viewport=...), or visit("/team", alone=True). A test that the
    inventory names has to use all the controls that it is named for.
    """
    visitors, failed = [], request.session.testsfailed

    def opened(path: str = "/", *, alone: bool = False, **options):
        own = browser.new_context(**{"viewport": WINDOW, **options}) if alone or options else None
        visitors.append(Visitor(own or shared, address, leaves=own))
        return visitors[-1].come(path)

    yield opened
    for visitor in visitors:
        visitor.noted()
        visitor.leave()
    assert_all_well(visitors, request, failed)


@pytest.fixture(scope="session")
def staying():
    """The visitor who stays from test to test, once there is one."""
    found: list[Visitor] = []
    yield found
    for visitor in found:
        visitor.leave()


@pytest.fixture
def look(shared, address, request, staying):
    """Open a page of the app as the visitor who stays: it begins anew, and what is kept for a visitor is still there.

    Otherwise like `visit`, and some seconds quicker. After a test that fails another visitor comes.
    """
    failed = request.session.testsfailed

    def opened(path: str = "/", viewport: dict[str, int] = WINDOW):
        if not staying:
            staying.append(Visitor(shared, address))
            staying[0].page.set_viewport_size(viewport)
            return staying[0].come(path)
        staying[0].page.set_viewport_size(viewport)
        return staying[0].go_on(path)

    for visitor in staying:
        visitor.used.clear()
    yield opened
    for visitor in staying:
        visitor.noted()
    try:
        assert_all_well(staying, request, failed)
    finally:
        if request.session.testsfailed != failed or any(visitor.faults for visitor in staying):
            staying.pop().leave()


def assert_all_well(visitors: Sequence[Visitor], request: pytest.FixtureRequest, failed: int) -> None:
    """Nothing went wrong for these visitors, and a test that passed has used all that the inventory names it for."""
    from tests.browser.inventory import untouched

    assert not [fault for visitor in visitors for fault in visitor.faults]
    if request.session.testsfailed == failed:
        used = set().union(*(visitor.used for visitor in visitors))
        assert not untouched(f"{request.node.path.stem}.{request.node.originalname}", used)
