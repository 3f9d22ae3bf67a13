"""A visitor of the app: a browser without anybody else's cookies, what is used in it, and whatever goes wrong there."""

from typing import Any

from tests.browser.serving import PATIENCE
from tests.browser.watching import watch

WINDOW = {"width": 1366, "height": 850}

GO = "(to) => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }"
"""Goes to another view as the Back button does, without loading everything anew."""


class Visitor:
    """Somebody with one tab of the app.

    `used` holds (page, control) for each control that was used; `faults` says what must not happen, and did.

    Args:
        browser: in which the visitor gets a context.
        address: of the app.
        options: of the context.
    """

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.address = address
        self.used: set[tuple[str, str]] = set()
        self.faults: list[str] = []
        self.context = browser.new_context(**{"viewport": WINDOW, **options})
        self.context.set_default_timeout(PATIENCE)
        watch(self.context, self.used.add)
        self.page = self.context.new_page()
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)
        self.page.on("pageerror", lambda error: self.faults.append(f"error on the page: {error}"))
        self.page.on("console", self._told)

    def come(self, path: str) -> Any:
        """Load a page of the app."""
        self.page.goto(self.address + path)
        self.page.locator("main").wait_for()
        return self.page

    def go_on(self, path: str) -> Any:
        """Go to a page of the app by way of Learn, so that the page begins anew, though nothing is loaded anew."""
        lessons = self.page.get_by_role("list", name="Lessons")
        self.page.evaluate(GO, "/learn")
        lessons.wait_for()
        self.page.evaluate(GO, path)
        lessons.wait_for(state="detached")
        return self.page

    def noted(self) -> None:
        """Wait for all that the pages have noted until now."""
        for page in self.context.pages:
            page.evaluate("document.title")  # what came before comes before the answer to this

    def _asked(self, request: Any) -> None:
        known = (f"{self.address}/", f"{self.address.replace('http', 'ws')}/", "data:", "blob:")
        if not request.url.startswith(known):
            self.faults.append(f"asked outside: {request.url}")

    def _answered(self, answer: Any) -> None:
        if answer.status >= 400:
            self.faults.append(f"{answer.status} for {answer.url}")

    def _told(self, message: Any) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text}")
