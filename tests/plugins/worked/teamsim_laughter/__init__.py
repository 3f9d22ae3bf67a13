"""Laughter at work, for teamsim: a mechanism, what is measured of it, and what goes with it."""
