"""Why somebody's morale moved this week: the terms of the rule of morale, those that changed most first, in words."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.model.agents import Employee
from sim.model.rules.morale import feel, worth
from sim.model.terms import RETURNED, Term, terms_of

WORDS = {
    "around": "how colleagues feel",
    "needs_met": "needs met",
    "trust": "trust",
    "strain": "strain",
    "ambiguity": "unclear what to do",
    "threat": "a threat",
    "accustomed": "what one is used to",
    "private": "life outside work",
    "affect": "disposition",
    "company.conditions": "pay, place and hours",
    "team.conditions": "the team's circumstances",
}
"""What terms that change are called."""

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
    moved = (
        "stays where it is"
        if abs(change) < SMALLEST / 2
        else f"{'rises' if change > 0 else 'falls'} by {abs(change):.3f}"
    )
    text = f"{name}'s morale {moved}, to {now:.2f}."
    goal = sum(term.value for term in terms)
    if terms:
        text += f" It moves toward {min(max(goal, 0.0), 1.0):.2f}"
        text += ", slowly and with some luck of the week."
    changes = [(_called(now_), now_.value - was.value) for now_, was in zip(terms, earlier, strict=False)]
    large = sorted((one for one in changes if abs(one[1]) >= SMALLEST), key=lambda one: -abs(one[1]))[:NAMED]
    if large:
        text += " Since last week: " + ", ".join(f"{what} {size:+.3f}" for what, size in large) + "."
    elif earlier:
        text += " Hardly anything has changed since last week."
    return text


def _called(term: Term) -> str:
    return next((WORDS[name] for name in term.names if name in WORDS), " and ".join(term.names).replace("_", " "))
