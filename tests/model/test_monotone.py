"""More of a cause never means less of what it is said to bring: rule by rule, in any state and with any parameters.

Each line is a sentence: with more of this input, this rule leaves more (+) or less (-) of this output, or as much.
"""

import inspect

import numpy as np
import pytest

from sim.model import state
from sim.model.rules import (
    attention,
    climate,
    customers,
    decisions,
    diagnosis,
    innovation,
    learning,
    market,
    money,
    morale,
    motivation,
    strain,
    technology,
    trust,
    turnover,
    work,
)
from sim.scenario.parameters import PARAMETERS

KINDS = {
    "employee": state.EMPLOYEE, "week": state.WEEK, "team": state.TEAM, "leader": state.LEADER,
    "company": state.COMPANY, "tally": state.TALLY, "luck": state.PERSON_LUCK, "team_luck": state.TEAM_LUCK,
    "company_luck": state.COMPANY_LUCK,
}  # fmt: skip
RESULT = "the result"

SENTENCES = [
    (learning.learn, "employee.learning_rate", "+", "employee.competence"),
    (learning.learn, "employee.motivation", "+", "employee.competence"),
    (learning.learn, "week.ambiguity", "-", "employee.competence"),
    (learning.learn, "employee.ability", "+", "employee.competence"),
    (learning.reach, "week.development", "+", RESULT),
    (learning.reach, "week.feedback", "+", RESULT),
    (learning.reach, "week.challenge", "+", RESULT),
    (learning.reach, "week.tolerance", "+", RESULT),
    (learning.reach, "leader.competence", "+", RESULT),
    (learning.reach, "team.best", "+", RESULT),
    (learning.reach, "team.psychological_safety", "+", RESULT),
    (learning.reach, "week.success", "-", RESULT),
    (work.be_guided, "week.direction", "-", "week.ambiguity"),
    (work.be_guided, "week.direction", "+", "week.guidance"),
    (work.be_guided, "week.feedback", "-", "week.ambiguity"),
    (work.be_guided, "employee.competence", "-", "week.ambiguity"),
    (work.be_guided, "team.competence", "-", "week.ambiguity"),
    (work.be_guided, "team.shared_direction", "-", "week.ambiguity"),
    (work.be_guided, "team.self_leading", "-", "week.ambiguity"),
    (work.be_guided, "leader.presence", "-", "week.ambiguity"),
    (work.be_guided, "leader.attention", "-", "week.ambiguity"),
    (work.be_guided, "company.complexity", "+", "week.ambiguity"),
    (work.work, "employee.morale", "+", "week.capacity"),
    (work.work, "employee.strain", "-", "week.capacity"),
    (work.work, "employee.ability", "+", "week.capacity"),
    (work.work, "week.ambiguity", "-", "week.capacity"),
    (work.work, "week.service", "+", "week.capacity"),
    (work.work, "week.challenge", "+", "week.effort"),
    (work.work, "week.unsaid", "-", "week.capacity"),
    (work.work, "team.blocked", "-", "week.capacity"),
    (work.work, "team.process", "+", "week.capacity"),
    (work.work, "team.meeting_hours", "-", "week.practice"),
    (work.work, "team.deciding_hours", "-", "week.practice"),
    (work.work, "team.helping_hours", "-", "week.practice"),
    (work.work, "company.practice_time", "-", "week.practice"),
    (work.work, "luck.work", "+", "week.capacity"),
    (work.help_newcomers, "team.newcomers", "+", "team.helping_hours"),
    (work.lend_a_hand, "leader.spare", "+", "team.capacity"),
    (work.lend_a_hand, "leader.competence", "+", "team.capacity"),
    (work.meet_demand, "company.demand", "+", "team.output"),
    (work.meet_demand, "company.demand", "+", "team.pressure"),
    (work.meet_demand, "company.demand", "+", "team.backlog"),
    (work.meet_demand, "team.capacity", "+", "team.output"),
    (work.meet_demand, "team.capacity", "-", "team.pressure"),
    (work.meet_demand, "team.capacity", "-", "team.backlog"),
    (work.meet_demand, "company_luck.demand", "+", "team.pressure"),
    (work.perform, "week.proficiency", "+", "week.success"),
    (work.perform, "week.ambiguity", "-", "week.success"),
    (work.perform, "company.complexity", "-", "week.success"),
    (work.perform, "week.challenge", "-", "week.success"),
    (work.perform, "luck.work", "+", "week.success"),
    (work.perform, "team.utilisation", "+", "employee.output"),
    (morale.worth, "employee.trust", "+", RESULT),
    (morale.worth, "employee.strain", "-", RESULT),
    (morale.worth, "week.needs_met", "+", RESULT),
    (morale.worth, "week.ambiguity", "-", RESULT),
    (morale.worth, "company.conditions", "+", RESULT),
    (morale.worth, "company.fear", "-", RESULT),
    (morale.worth, "team.conditions", "+", RESULT),
    (strain.tire, "team.pressure", "+", "employee.strain"),
    (strain.tire, "company.urgency", "+", "employee.strain"),
    (strain.tire, "week.ambiguity", "+", "employee.strain"),
    (strain.tire, "week.challenge", "+", "employee.strain"),
    (strain.tire, "employee.resilience", "-", "employee.strain"),
    (strain.tire, "employee.affect", "-", "employee.strain"),
    (strain.tire, "week.service", "-", "employee.strain"),
    (strain.tire, "week.support", "-", "employee.strain"),
    (strain.tire, "week.autonomy_met", "-", "employee.strain"),
    (strain.tire, "company.fear", "+", "employee.strain"),
    (turnover.quit_hazard, "employee.morale", "-", RESULT),
    (turnover.quit_hazard, "employee.strain", "+", RESULT),
    (turnover.quit_hazard, "employee.newness", "+", RESULT),
    (turnover.quit_hazard, "company.labour_tightness", "+", RESULT),
    (turnover.fill_chance, "company.reputation", "+", RESULT),
    (turnover.fill_chance, "company.labour_tightness", "-", RESULT),
    (trust.give_trust, "week.support", "+", "employee.trust"),
    (trust.give_trust, "week.recognition", "+", "employee.trust"),
    (trust.give_trust, "week.oversupervision", "-", "employee.trust"),
    (trust.give_trust, "company.fear", "-", "employee.trust"),
    (trust.give_trust, "employee.propensity", "+", "employee.trust"),
    (decisions.decide, "company.complexity", "-", "team.quality"),
    (decisions.decide, "leader.competence", "+", "team.quality"),
    (decisions.decide, "team.diversity", "+", "team.quality"),
    (decisions.decide, "team.shared_direction", "+", "team.quality"),
    (decisions.decide, "team.data", "+", "team.quality"),
    (decisions.decide, "team.incompetence_squared", "-", "team.quality"),
    (decisions.decide, "team_luck.judgement", "+", "team.quality"),
    (decisions.decide, "leader.presence", "-", "team.delay"),
    (decisions.decide, "leader.deciding", "+", "team.delay"),
    (decisions.decide, "company.urgency", "+", "team.blocked"),
    (decisions.ableness, "team.competence", "+", RESULT),
    (decisions.ableness, "team.confidence", "+", RESULT),
    (decisions.ableness, "team.shared_direction", "+", RESULT),
    (decisions.arrive, "company.decision_rate", "+", "team.decisions"),
    (decisions.arrive, "team_luck.arrivals", "+", "team.decisions"),
    (attention.hours_for, "week.direction", "+", RESULT),
    (attention.hours_for, "week.feedback", "+", RESULT),
    (attention.hours_for, "week.iteration", "-", RESULT),
    (attention.hours_for, "employee.newness", "+", RESULT),
    (attention.take_example, "leader.fidelity", "+", "leader.conduct"),
    (money.keep_books, "tally.output", "+", "company.revenue"),
    (money.keep_books, "company.price", "+", "company.revenue"),
    (money.keep_books, "company.reputation", "+", "company.revenue"),
    (money.keep_books, "company.strategic_fit", "+", "company.revenue"),
    (money.keep_books, "company.pay", "+", "company.cost"),
    (money.keep_books, "tally.hires", "+", "company.cost"),
    (money.keep_books, "company.practice_money", "-", "company.profit"),
    (market.sense, "team.data", "+", RESULT),
    (market.sense, "team.iteration", "+", RESULT),
    (market.sense, "team.delegation", "+", RESULT),
    (market.respond, "team.quality", "+", RESULT),
    (market.respond, "team.delay", "-", RESULT),
    (market.respond, "team.shared_direction", "+", RESULT),
    (market.drift, "company.turbulence", "-", "company.strategic_fit"),
    (market.drift, "tally.sensing", "+", "company.strategic_fit"),
    (market.drift, "tally.deciding", "+", "company.strategic_fit"),
    (market.drift, "tally.adopted", "+", "company.strategic_fit"),
    (market.drift, "company_luck.market", "-", "company.strategic_fit"),
    (innovation.have_ideas, "employee.creativity", "+", "week.ideas"),
    (innovation.innovate, "team.heard", "+", "team.ideas"),
    (innovation.innovate, "team.ideas", "+", "team.adopted"),
    (innovation.innovate, "team.tolerance", "+", "team.adopted"),
    (innovation.innovate, "team.quality", "+", "team.adopted"),
    (innovation.innovate, "team.quality", "+", "team.process"),
    (climate.share_climate, "team.support", "+", "team.psychological_safety"),
    (climate.share_climate, "team.tolerance", "+", "team.psychological_safety"),
    (climate.share_climate, "team.direction", "-", "team.psychological_safety"),
    (climate.share_climate, "team.inspiration", "+", "team.shared_direction"),
    (climate.share_climate, "team.competence", "+", "team.shared_direction"),
    (diagnosis.develop, "employee.confidence", "+", "employee.commitment"),
    (diagnosis.develop, "employee.motivation", "+", "employee.commitment"),
    (motivation.latitude, "week.delegation", "+", RESULT),
    (motivation.latitude, "week.direction", "-", RESULT),
    (technology.in_hand, "company.ai_readiness", "+", RESULT),
    (technology.freed, "company.automation", "+", RESULT),
    (customers.serve_customers, "tally.process", "+", "company.customer_satisfaction"),
    (customers.serve_customers, "tally.competence", "+", "company.customer_satisfaction"),
    (customers.serve_customers, "tally.on_the_spot", "+", "company.customer_satisfaction"),
    (customers.serve_customers, "tally.morale", "+", "company.customer_satisfaction"),
    (customers.serve_customers, "tally.backlog", "-", "company.customer_satisfaction"),
    (customers.serve_customers, "company.strategic_fit", "+", "company.customer_satisfaction"),
    (customers.serve_customers, "company.strategic_fit", "+", "company.demand_level"),
]


def sentence(case):
    rule, cause, sign, effect = case
    return f"{rule.__name__}: {cause} {sign} {effect.removeprefix('the ')}".replace(" ", "_")


def any_record(kind, rng):
    """A record with any values that make sense together."""
    made = np.zeros(1, kind)[0]
    for name in kind.names or ():
        if kind[name] == np.float64:
            made[name] = rng.random()
    for name, low, high in (("hours", 20, 40), ("employed", 2, 12), ("positions", 12, 14), ("learning_rate", 0.6, 1.4),
                            ("d1", 0, 1), ("demand_level", 0.5, 1.5), ("capacity", 1, 12), ("away", 0, 0),
                            ("decisions", 1, 8), ("pressure", 0, 2), ("leaders", 1, 1)):  # fmt: skip
        if name in (kind.names or ()):
            made[name] = low + (high - low) * rng.random()
    names = kind.names or ()
    if "participation" in names and "delegation" in names:
        made["delegation"] *= 1.0 - made["participation"]
    if "status" in names:
        made["status"] = state.EMPLOYED
    if kind in (state.PERSON_LUCK, state.TEAM_LUCK, state.COMPANY_LUCK):
        for name in names:
            made[name] = rng.normal()
    return made


def any_parameters(rng):
    made = np.zeros(1, state.PARAMETER)[0]
    for parameter in PARAMETERS:
        made[parameter.name] = rng.uniform(parameter.low, parameter.high)
    return made


def outcome(rule, means, effect):
    """What the rule leaves, started on a copy of what it gets."""
    given = {name: value.copy() for name, value in means.items()}
    result = rule(*given.values())
    if effect == RESULT:
        return float(result)
    where, _, name = effect.partition(".")
    return float(given[where][name])


def counterexamples(rule, cause, sign, effect, tries):
    rng, found = np.random.default_rng(7), []
    for _ in range(tries):
        names = inspect.signature(rule.py_func).parameters
        means = {name: any_parameters(rng) if name == "p" else any_record(KINDS[name], rng) for name in names}
        where, _, name = cause.partition(".")
        before = outcome(rule, means, effect)
        most = 1.0 - float(means[where]["participation"]) if name == "delegation" else 1.0
        room = most - float(means[where][name])
        means[where][name] += rng.random() * (room if 0 <= room <= 1 and "luck" not in where else 1.0)
        moved = outcome(rule, means, effect) - before
        if moved * (1 if sign == "+" else -1) < -1e-12:
            found.append(moved)
    return found


@pytest.mark.parametrize("case", SENTENCES, ids=sentence)
def test_more_of_a_cause_never_brings_less_of_its_effect(case):
    rule, cause, sign, effect = case
    assert not counterexamples(rule, cause, sign, effect, 40)


@pytest.mark.parametrize("case", SENTENCES, ids=sentence)
def test_and_it_brings_some_somewhere(case):
    """A sentence that nothing could break would say nothing: turned round, it is wrong in some state."""
    rule, cause, sign, effect = case
    assert counterexamples(rule, cause, "-" if sign == "+" else "+", effect, 40)
