"""Says why somebody's morale changed this week: the terms of the rule of morale that changed most, in words."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.model.agents import Employee
from sim.model.rules.morale import feel, worth
from sim.model.terms import RETURNED, Term, terms_of
from sim.view.language import english, said, spoken
from sim.view.sentences import number

WORDS = {
    "around": english("how colleagues feel"),
    "needs_met": english("needs met"),
    "trust": english("trust"),
    "strain": english("strain"),
    "ambiguity": english("unclear what to do"),
    "threat": english("a threat"),
    "accustomed": english("what one is used to"),
    "private": english("life outside work"),
    "affect": english("disposition"),
    "company.conditions": english("pay, place and hours"),
    "team.conditions": english("the team's circumstances"),
}
"""What terms that change are called."""

STAYS = english("{name}'s morale stays where it is, to {now}.")
RISES = english("{name}'s morale rises by {size}, to {now}.")
FALLS = english("{name}'s morale falls by {size}, to {now}.")
TOWARD = english("It moves toward {goal}, slowly and with some luck of the week.")

WORTH = ("value",)
"""The term of the rule of morale that is told by its own terms."""

SMALLEST = 0.002
"""Of a change that is named."""

NAMED = 4
"""Terms that are named."""


def terms_for(employee: Employee) -> list[Term]:
    """What the rule of morale adds up for somebody this week, before it is followed: the worth of work in its parts."""
    run, w = employee.model.moment
    team, place = employee.place
    first = int(run.world.teams["first"][team])
    position = first + place
    records = {
        "employee": run.world.employees[position],
        "week": run.world.weeks[position],
        "team": run.world.teams[team],
        "leader": run.world.leaders[team],
        "company": run.world.company[0],
        "luck": run.block.luck[w, position],
        "p": run.parameters[0],
    }
    given: dict[str, Any] = {name: _named(record) for name, record in records.items()}
    given |= {"colleagues": run.world.colleagues[position], "mood": run.world.mood}
    others = [term for term in terms_of(feel, "goal", given) if term.names != WORTH]
    return terms_of(worth, RETURNED, given) + others


def _named(record: np.void) -> SimpleNamespace:
    return SimpleNamespace(**dict(zip(record.dtype.names or (), record.tolist(), strict=True)))


def in_words(name: str, before: float, now: float, terms: Sequence[Term], earlier: Sequence[Term]) -> str:
    """A sentence on a week: how far morale moved, and what of its terms changed since the week before.

    Args:
        name: of the person.
        before: morale the week before.
        now: morale this week.
        terms: of this week.
        earlier: of the week before; none in the first week.
    """
    change = now - before
    pattern = STAYS if abs(change) < SMALLEST / 2 else RISES if change > 0 else FALLS
    text = said(pattern, name=name, size=number(abs(change), 3), now=number(now, 2))
    goal = sum(term.value for term in terms)
    if terms:
        text += " " + said(TOWARD, goal=number(min(max(goal, 0.0), 1.0), 2))
    changes = [(_called(now_), now_.value - was.value) for now_, was in zip(terms, earlier, strict=False)]
    large = sorted((one for one in changes if abs(one[1]) >= SMALLEST), key=lambda one: -abs(one[1]))[:NAMED]
    if large:
        listed = ", ".join(f"{what} {spoken().digits(f'{size:+.3f}')}" for what, size in large)
        text += " " + said("Since last week: {changes}.", changes=listed)
    elif earlier:
        text += " " + said("Hardly anything has changed since last week.")
    return text


def _called(term: Term) -> str:
    found = next((WORDS[name] for name in term.names if name in WORDS), "")
    return said(found) if found else " and ".join(term.names).replace("_", " ")
