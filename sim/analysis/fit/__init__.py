"""Fits the model to a firm's own past: which plausible worlds agree with it, and how well they predict its end."""

from sim.analysis.fit.fitting import Fit, fit

__all__ = ["Fit", "fit"]
