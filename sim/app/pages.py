"""The pages of the app, in the order of the menu."""

from typing import Any, NamedTuple

from sim.app.compare.page import Compare
from sim.app.evidence import Evidence
from sim.app.learn.page import Learn
from sim.app.styles import Styles
from sim.app.team import OneTeam


class PageEntry(NamedTuple):
    """A page: its address, its name in the menu, its purpose, and the component that draws it."""

    path: str
    name: str
    purpose: str
    component: Any


PAGES = (
    PageEntry("", "Compare", "Change a situation, and see the results of each leadership style", Compare),
    PageEntry("team", "One team", "Watch one team, week by week", OneTeam),
    PageEntry("styles", "Styles", "See what leaders do in each style, and make your own style", Styles),
    PageEntry("learn", "Learn", "Short lessons: predict first, then see the result", Learn),
    PageEntry("evidence", "Evidence", "What the model supports and what it does not", Evidence),
)
