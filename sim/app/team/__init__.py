"""The page One team: a single run with all its people, played week by week in the browser."""

from sim.app.team.page import OneTeam

__all__ = ["OneTeam"]
