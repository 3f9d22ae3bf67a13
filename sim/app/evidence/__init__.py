"""The page Evidence: what the model supports and what it does not."""

from sim.app.evidence.page import Evidence

__all__ = ["Evidence"]
