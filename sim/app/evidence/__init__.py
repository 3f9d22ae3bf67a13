"""The page Evidence: what comes out of the model and what does not."""

from sim.app.evidence.page import Evidence

__all__ = ["Evidence"]
