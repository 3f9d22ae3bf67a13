"""Advice: from what a client wants to a leadership style, with how sure that is.

The steps are files: goals are read, plans suggested, lived through in plausible worlds, measured as gains, searched;
`advisor` chooses, and has it confirmed.
"""

from sim.analysis.advice.advisor import Advice, Effort, advise

__all__ = ["Advice", "Effort", "advise"]
