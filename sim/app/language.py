"""The language of each visitor: the one chosen in the menu, else the one that the page began in."""

import solara
from solara.lab import cookies, headers

from sim.app.first_language import first
from sim.view.language import LANGUAGES, find_listeners_by

_chosen = solara.reactive("")
"""What was chosen since the page was loaded; the framework keeps one for each visitor."""


def spoken_by_visitor() -> str:
    """The language of the visitor for whom this is called."""
    return _chosen.value or first(cookies.value or {}, (headers.value or {}).get("accept-language", ()))


def choose(name: object) -> None:
    """Speak another language with this visitor; the browser keeps the choice. What is no language is ignored."""
    if name in LANGUAGES:
        _chosen.value = str(name)


find_listeners_by(spoken_by_visitor)
