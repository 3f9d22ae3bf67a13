"""Small pieces that several rules share."""

from sim.model.rules.compiled import rule


@rule
def unit(x):
    """x held within [0, 1]."""
    return min(max(x, 0.0), 1.0)


@rule
def toward(now, goal, rate):
    """One week of approach: now + rate (goal - now), rate per week."""
    return now + rate * (goal - now)
