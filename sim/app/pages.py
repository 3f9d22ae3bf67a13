"""The pages of the app, in the order of the menu."""

from typing import Any, NamedTuple

from sim.app.compare.page import Compare
from sim.app.evidence import Evidence
from sim.app.learn.page import Learn
from sim.app.styles import Styles
from sim.app.team import OneTeam
from sim.view.language import english


class PageEntry(NamedTuple):
    """A page: its address, its name in the menu, its purpose, and the component that draws it."""

    path: str
    name: str
    purpose: str
    component: Any


PAGES = (
    PageEntry(
        "", english("Compare"), english("Change a situation, and see the results of each leadership style"), Compare
    ),
    PageEntry("team", english("One team"), english("Watch one team, week by week"), OneTeam),
    PageEntry(
        "styles", english("Styles"), english("See what leaders do in each style, and make your own style"), Styles
    ),
    PageEntry("learn", english("Learn"), english("Short lessons: predict first, then see the result"), Learn),
    PageEntry("evidence", english("Evidence"), english("What the model supports and what it does not"), Evidence),
)
