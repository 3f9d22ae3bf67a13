"""The language of each visitor: the one chosen in the menu, else that of the server, else that of the browser."""

import os
from collections.abc import Mapping, Sequence

import solara
from solara.lab import cookies, headers

from sim.app.server import FIRST_LANGUAGE
from sim.view.language import LANGUAGES, find_listeners_by

COOKIE = "teamsim-language"
"""What the browser keeps the choice under. A cookie, because it is there before anything is drawn."""


_chosen = solara.reactive("")
"""What was chosen since the page was loaded; the framework keeps one for each visitor."""


def spoken_by_visitor() -> str:
    """The language of the visitor for whom this is called."""
    return _chosen.value or first(cookies.value or {}, (headers.value or {}).get("accept-language", ()))


def choose(name: object) -> None:
    """Speak another language with this visitor; the browser keeps the choice. What is no language is ignored."""
    if name in LANGUAGES:
        _chosen.value = str(name)


def first(kept: Mapping[str, str], accepted: Sequence[str]) -> str:
    """The language that a page begins in, by the browser's cookies and by what its user reads."""
    if kept.get(COOKIE) in LANGUAGES:
        return kept[COOKIE]
    if os.environ.get(FIRST_LANGUAGE) in LANGUAGES:
        return os.environ[FIRST_LANGUAGE]
    return read_by(",".join(accepted))


def read_by(accepted: str) -> str:
    """The first of our languages in a header Accept-Language: "fr-CH, fr;q=0.9, en;q=0.8" is French."""
    for part in accepted.split(","):
        name = part.partition(";")[0].partition("-")[0].strip().lower()
        if name in LANGUAGES:
            return name
    return LANGUAGES[0]


find_listeners_by(spoken_by_visitor)
