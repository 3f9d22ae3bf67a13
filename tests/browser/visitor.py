"""A visitor of the app: a browser without anybody else's cookies, what is used in it, and whatever goes wrong there."""

from typing import Any

from tests.browser.serving import PATIENCE
from tests.browser.watching import watch

WINDOW = {"width": 1366, "height": 850}

ANEW = """if (!sessionStorage.getItem('came')) {
  localStorage.removeItem('teamsim:guesses');
  sessionStorage.setItem('came', 'yes');
}"""
"""What a browser keeps of lessons is somebody else's for a new tab, and the visitor's own when it is loaded again."""

GO = "(to) => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }"
"""Goes to another view as the Back button does, without loading everything anew."""


class Visitor:
    """Somebody with one tab of the app.

    `used` holds (page, control) for each control that was used; `faults` says what must not happen, and did.

    Args:
        context: of the browser, in which the visitor gets a tab.
        address: of the app.
        leaves: a context that is the visitor's own, and closed with the tab.
    """

    def __init__(self, context: Any, address: str, leaves: Any = None) -> None:
        self.address = address
        self.used: set[tuple[str, str]] = set()
        self.faults: list[str] = []
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self._leaves = leaves or self.page
        watch(self.page, self.used.add)
        self.page.add_init_script(ANEW)
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
        lessons = self.page.get_by_role("list", name="Lessons", exact=True)
        self.page.evaluate(GO, "/learn")
        lessons.wait_for()
        if path != "/learn":
            self.page.evaluate(GO, path)
            lessons.wait_for(state="detached")
        return self.page

    def noted(self) -> None:
        """Wait for all that the page has noted until now."""
        self.page.evaluate("document.title")  # what came before comes before the answer to this

    def leave(self) -> None:
        """Close the tab, and the browser if it is the visitor's own."""
        self._leaves.close()

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
