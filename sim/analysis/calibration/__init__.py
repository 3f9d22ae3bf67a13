"""Calibration: parameters under which the model shows the published patterns, and how far they are pinned down."""
