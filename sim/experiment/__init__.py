"""Studies: designs, running them, and keeping what was computed."""
