"""The page Compare: change something, and see what every way of leading makes of it."""

from sim.app.compare.page import Compare

__all__ = ["Compare"]
