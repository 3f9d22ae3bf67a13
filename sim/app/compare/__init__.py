"""The page Compare: change a situation, and see the results of each leadership style."""

from sim.app.compare.page import Compare

__all__ = ["Compare"]
