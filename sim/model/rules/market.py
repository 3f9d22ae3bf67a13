"""Mechanism 12, market fit: it drifts and is shocked, and recovers at the pace of sensing and deciding."""

from sim.model.rules.common import spread, unit
from sim.model.rules.compiled import rule


@rule
def sense(team):
    """How much a team notices of the market: (plain + data + iteration + ears at the front line) / 4.

    plain = 1: a quarter is plain to everybody; ears = (delegation + 0.7 participation) x competence: whoever has no say
    does not pass on what they hear. That the four count alike is assumed.
    """
    ears = unit((team.delegation + 0.7 * team.participation) * team.competence)
    return 0.25 * (1.0 + team.data + team.iteration + ears)


@rule
def respond(team):
    """How well a team acts on what is noticed: quality x (0.4 + 0.6 shared direction) / (1 + delay in weeks)."""
    return team.quality * (0.4 + 0.6 * team.shared_direction) / (1.0 + team.delay)


@rule
def drift(company, tally, company_luck, p):
    """Fit is lost to turbulence and won by sensing, responding and ideas (form: Siggelkow & Rivkin 2005).

    fit += (ρ_g sensing x responding + i_p adopted)(1 - fit) - δ_m turbulence max(1 + luck / 2, 0) fit.
    Sensing and responding are means over people, sensing with what practised insight adds;
    adopted = ideas adopted per person; luck = the market's draw of the week.
    """
    n = max(tally.employed, 1.0)
    sensing = spread(tally.sensing / n, min(company.practised_insight, 1.0))
    gain = p.adaptation * sensing * (tally.deciding / n) + p.idea_improves * tally.adopted / n
    loss = p.market_drift * company.turbulence * max(1.0 + 0.5 * company_luck.market, 0.0)
    company.strategic_fit = unit(
        company.strategic_fit + gain * (1.0 - company.strategic_fit) - loss * company.strategic_fit
    )
