"""Advice: which leadership style serves what a client wants, and how sure that is.

The steps are files: goals are read, plans suggested, lived through in plausible worlds, measured as gains, searched;
`advisor` chooses, and has it confirmed.
"""

from sim.analysis.advice.advisor import Advice, Effort, advise

__all__ = ["Advice", "Effort", "advise"]
