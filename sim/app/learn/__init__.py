"""The page Learn: predict first, then see what the model does, and how sure one can be of it."""

from sim.app.learn.page import Learn

__all__ = ["Learn"]
