"""The pages of the app, in the order of the menu."""

from typing import Any, NamedTuple

from sim.app.compare import Compare
from sim.app.evidence import Evidence
from sim.app.learn import Learn
from sim.app.styles import Styles
from sim.app.team import OneTeam


class PageEntry(NamedTuple):
    """A page: its address below the root, its name in the menu, what it is for, and the component that draws it."""

    path: str
    name: str
    purpose: str
    component: Any


PAGES = (
    PageEntry("", "Compare", "Change something, and see what every way of leading makes of it", Compare),
    PageEntry("team", "One team", "Watch one team, week by week", OneTeam),
    PageEntry("styles", "Styles", "What leaders do in each style, and a style of your own", Styles),
    PageEntry("learn", "Learn", "Predict first, then see: short lessons", Learn),
    PageEntry("evidence", "Evidence", "What the model supports, and what it does not", Evidence),
)
