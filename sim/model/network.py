# mypy: allow-untyped-defs
"""Who works with whom: neighbours and a shortcut within a team, and somebody in another team."""

import numpy as np

from sim.model.draw import mix, uniform
from sim.model.rules.compiled import rule
from sim.model.state import NOBODY

BEFORE, AFTER, SHORTCUT, ELSEWHERE = range(4)  # the colleagues that a position has


@rule
def draws_for(m, t, purpose, key):
    """Four uniform numbers for place m of team t; whether there is such a place makes no difference to them."""
    words = mix(np.uint32((t << 16) | m), np.uint32(purpose << 16), key[2], key[3], key[0], key[1])
    return uniform(words[0]), uniform(words[1]), uniform(words[2]), uniform(words[3])


@rule
def introduce(colleagues, firsts, free, purpose, key):
    """Write everybody's colleagues, (positions, COLLEAGUES) of indices, NOBODY where there is none.

    Within a team, everybody works with those at the next places, and a shortcut joins two who are further apart: people
    know their neighbours well, and moods soon get far (small world; Watts & Strogatz 1998). Across teams, place m of
    one works with place m of another. firsts: (teams + 1,), each team's first position; free: scratch, as long as
    there are positions or teams. key as in `draw`.

    Whoever comes later links to those who are there: one place or team more leaves all links among the others.
    """
    colleagues[:, :] = NOBODY
    largest = 0
    for t in range(firsts.shape[0] - 1):
        size = firsts[t + 1] - firsts[t]
        largest = max(largest, size)
        join_team(colleagues[firsts[t] : firsts[t + 1]], firsts[t], t, free, purpose, key)
    for m in range(largest):
        join_teams(colleagues, firsts, m, free, purpose, key)


@rule
def join_team(members, first, t, free, purpose, key):
    """Neighbours, and shortcuts: every other place, by the toss of a coin, looks for somebody earlier who has none."""
    waiting = 0
    for m in range(members.shape[0]):
        if m > 0:
            members[m, BEFORE] = first + m - 1
            members[m - 1, AFTER] = first + m
        coin, pick, _, _ = draws_for(m, t, purpose, key)
        others = waiting
        if waiting > 0 and free[waiting - 1] == m - 1:
            others -= 1  # the neighbour is known already, and is the last who waits
        if coin < 0.5 and others > 0:
            k = int(pick * others)
            other = free[k]
            members[m, SHORTCUT] = first + other
            members[other, SHORTCUT] = first + m
            waiting -= 1
            for j in range(k, waiting):
                free[j] = free[j + 1]
        else:
            free[waiting] = m
            waiting += 1


@rule
def join_teams(colleagues, firsts, m, free, purpose, key):
    """Somebody elsewhere for place m of every team: of two places, one looks for an earlier team that has nobody yet.

    Which of the two it is, a coin says, so that even two teams of two know each other.
    """
    waiting = 0
    for t in range(firsts.shape[0] - 1):
        _, _, coin, _ = draws_for(m - m % 2, t, purpose, key)
        _, _, _, pick = draws_for(m, t, purpose, key)
        looks = (coin < 0.5) == (m % 2 == 0)
        if not looks or waiting == 0:
            free[waiting] = t
            waiting += 1
            continue
        k = int(pick * waiting)
        other = free[k]
        waiting -= 1
        free[k] = free[waiting]
        if firsts[t] + m < firsts[t + 1] and firsts[other] + m < firsts[other + 1]:
            colleagues[firsts[t] + m, ELSEWHERE] = firsts[other] + m
            colleagues[firsts[other] + m, ELSEWHERE] = firsts[t] + m
