"""The language that a page begins in: the one once chosen in the menu, else that of the server, else of the browser.

It knows nothing of the framework, because the guard speaks to visitors whom the framework never sees.
"""

import os
from collections.abc import Mapping, Sequence

from sim.view.language import LANGUAGES

COOKIE = "teamsim-language"
"""What the browser keeps the choice under. A cookie, because it is there before anything is drawn."""

FIRST_LANGUAGE = "TEAMSIM_LANGUAGE"
"""Where the server's language is in the environment, by which the framework is set up, too."""


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
