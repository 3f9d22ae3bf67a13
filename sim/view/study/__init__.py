"""Runs a study from its file to its figures, and draws them."""
