"""A study from its file to its figures."""
