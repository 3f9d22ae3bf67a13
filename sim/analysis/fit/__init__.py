"""A firm's own past: which plausible worlds go with it, and how well they would have foreseen its end."""

from sim.analysis.fit.fitting import Fit, fit

__all__ = ["Fit", "fit"]
