"""Analyses the results of a study: differences, ranks, sensitivity, and how sure all of these are."""
