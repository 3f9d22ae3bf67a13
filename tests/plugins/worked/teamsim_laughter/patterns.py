"""How the patterns of this plug-in are measured."""

from typing import TYPE_CHECKING

from sim.analysis.patterns.asking import recent, stayed
from sim.analysis.survey import correlation

if TYPE_CHECKING:
    from sim.analysis.patterns import Figures, World


def morale_and_freshness(world: "World") -> "Figures":
    """Who feels well is fresh."""
    sample = world.sample("population")
    people = stayed(sample)
    return {"laughing": correlation(recent(sample, "morale", people), 1.0 - recent(sample, "strain", people))}
