"""Turns results into statistics: one number per run, intervals, and paired differences between styles."""
