"""One team, week by week: a single run told person by person, to be played in the browser."""

from sim.app.team.page import OneTeam

__all__ = ["OneTeam"]
