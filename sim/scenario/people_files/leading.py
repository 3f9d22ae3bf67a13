"""Recognises roles that lead others, in four languages."""

from enum import IntEnum
from functools import cache

from sim.scenario.people_files.words import folded, group, parts


class Leads(IntEnum):
    """How surely a role says that somebody leads: the firm, a team, perhaps a team, or nobody."""

    NOBODY = 0
    PERHAPS = 1
    TEAM = 2
    FIRM = 3


LONGEST_PHRASE = 4


@cache
def leads(role: str) -> Leads:
    """How surely a role leads: "Geschäftsführerin" does, "Assistentin der Geschäftsführung" does not."""
    words = parts(role)
    phrases = {
        "".join(words[first : first + length])
        for length in range(1, LONGEST_PHRASE + 1) for first in range(len(words) - length + 1)
    }  # fmt: skip
    if phrases & group("beside_leaders") or not words or any(word.startswith(_BESIDE) for word in words):
        return Leads.NOBODY
    if phrases & group("leads_the_firm") or folded(role) in group("leads_the_firm_alone"):
        return Leads.FIRM
    if folded(role) in group("leads_a_team") or words[0].endswith(_ENDINGS):
        return Leads.TEAM
    begins = {"".join(words[:length]) for length in range(1, LONGEST_PHRASE + 1)}
    return Leads.PERHAPS if begins & group("leads_a_team") else Leads.NOBODY


_BESIDE = ("assist", "asist", "sekret", "secret", "stellv", "adjoint", "adjunt", "referent")
_ENDINGS = ("leiter", "leiterin", "leitung", "leitende", "leitender")
