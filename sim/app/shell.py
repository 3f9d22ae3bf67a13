"""The frame of every page: the menu, the choice of a language and of light or dark, and the session of the visitor.

Solara's server serves `routes`. `Notebook` is the same app without an address bar.
"""

from collections.abc import Callable, Sequence
from typing import Any

import solara
from solara.alias import rv

from sim.app.browser_storage import Kept
from sim.app.component import component_vue
from sim.app.language import choose, spoken_by_visitor
from sim.app.pages import PAGES
from sim.app.session import provide_session
from sim.view.language import LANGUAGES, english, said

CAUTION = english(
    "This is a model, not the real world. Its numbers come from assumptions. The page Evidence compares them with"
    " published findings. Use the model to think and to discuss, not to decide about people."
)


OWN_NAMES = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}
"""What each language is called by those who speak it."""


@component_vue("shell.vue")
def _Top(
    pages: list[dict[str, str]],
    current: str,
    has_address: bool,
    languages: list[dict[str, str]],
    language: str,
    event_go: Callable[[str], None],
    event_change_language: Callable[[str], None],
) -> None:
    """The menu, the choice of a language, and that of light or dark."""


@solara.component
def _Frame(current: str, has_address: bool, go: Callable[[str], None], children: Sequence[Any]) -> None:
    pages = [{"path": page.path, "name": said(page.name), "purpose": said(page.purpose)} for page in PAGES]
    with rv.Html(tag="div", class_="ts-app"):
        Kept()
        _Top(
            pages=pages,
            current=current,
            has_address=has_address,
            languages=[{"name": name, "own": OWN_NAMES[name]} for name in LANGUAGES],
            language=spoken_by_visitor(),
            event_go=go,
            event_change_language=choose,
        )
        rv.Html(tag="main", class_="ts-main", attributes={"id": "ts-main", "tabindex": "-1"}, children=list(children))
        rv.Html(tag="footer", class_="ts-foot", children=[said(CAUTION)])


@solara.component
def Layout(children: Sequence[Any]) -> None:
    """The frame of pages with addresses. It stays when the page changes."""
    router = solara.use_router()
    provide_session()
    _Frame(current=router.path.strip("/"), has_address=True, go=router.push, children=children)


@solara.component
def Notebook() -> None:
    """The whole app in the cell of a notebook."""
    current, go_to = solara.use_state("")
    provide_session()
    by_path = {entry.path: entry for entry in PAGES}

    def go(address: str) -> None:
        path = address.partition("?")[0].strip("/")
        if path in by_path:
            go_to(path)

    content = by_path[current].component().key(current)
    _Frame(current=current, has_address=False, go=go, children=[content])


routes = [
    solara.Route(
        path=entry.path or "/",
        component=entry.component,
        layout=None if entry.path else Layout,
        label=f"{entry.name} · teamsim",
    )
    for entry in PAGES
]
