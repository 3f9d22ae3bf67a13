"""Small pieces that several rules share."""

from sim.model.rules.compiled import rule

UNIFORM_SD = 0.28867513459481287  # of a uniform distribution on [0, 1]


@rule
def unit(x):
    """x held within [0, 1]."""
    return min(max(x, 0.0), 1.0)


@rule
def spread(x, share):
    """x with a share of what it lacks to 1 made up; where the share is below 0, with that share of x taken away."""
    return x + min(share, 1.0) * (1.0 - x) if share >= 0.0 else x * (1.0 + max(share, -1.0))


@rule
def toward(now, goal, rate):
    """One week of approach: now + rate (goal - now), rate per week."""
    return now + rate * (goal - now)
