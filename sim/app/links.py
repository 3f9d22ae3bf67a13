"""Links to other views of the app, each with a description."""

from collections.abc import Callable
from typing import Any

import solara


@solara.component_vue("links.vue", vuetify=False)
def Links(links: list[dict[str, Any]], label: str, event_go: Callable[[str], None]) -> None:
    """A list of links; each has `to` (an address below the app's root), `text`, `more`, and perhaps `button`."""


def link(to: str, text: str, more: str = "", button: bool = False) -> dict[str, Any]:
    """One entry of `Links`. The likely next step can be a button."""
    return {"to": to, "text": text, "more": more, "button": button}
