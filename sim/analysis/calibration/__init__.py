"""Calibration: finds parameters under which the model shows the published patterns, and how well they are known."""
