"""Links to other views of the app, with a line on each."""

from collections.abc import Callable

import solara


@solara.component_vue("links.vue", vuetify=False)
def Links(links: list[dict[str, str]], label: str, event_go: Callable[[str], None]) -> None:
    """A list of links; each has `to` (an address below the app's root), `text` and `more`."""


def link(to: str, text: str, more: str = "") -> dict[str, str]:
    """One entry of `Links`."""
    return {"to": to, "text": text, "more": more}
